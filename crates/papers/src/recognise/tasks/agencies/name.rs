//! Where one name of a list ends and the next begins.

use super::lexicon::{is_cell_stop, is_generic, is_head, is_place, is_plural, is_stop, is_work};
use super::{Words, begins, plural_of_bodies, tail};

/// Longest name, in words.
const LONGEST: usize = 40;

/// One name from word `i`: one past its last word, and where the next begins when the list goes on.
pub(super) fn name(w: &Words<'_>, i: usize, prose: bool) -> (usize, Option<usize>) {
    let collective = is_collective(w, i);
    let mut k = i + 1;
    let mut listed = false;
    while k < w.len() {
        if k - i > LONGEST && prose {
            return (k, None);
        }
        match w.low(k).unwrap_or_default() {
            ":" if w.is_capital(k + 1)
                && (!is_work(w, k + 1) || tail::names_departments(w, k))
                && (collective && k - i <= 4
                    || k >= 2 && w.low(k - 2) == Some("các")
                    || k >= 3 && w.low(k - 3) == Some("các")) =>
            {
                listed = true
            }
            ":" | "?" | "!" | "\"" | "“" => return (k, None),
            "." => {
                if !prose && begins(w, k + 1) {
                    return (k, Some(k + 1));
                }
                if w.low(k + 1).is_none() || w.is_capital(k + 1) || w.start(k + 1) > w.end(k) {
                    return (k, None);
                }
            }
            "(" => {
                let close = (k..(k + 80).min(w.len())).find(|&c| w.low(c) == Some(")"));
                let Some(c) = close else { return (k, None) };
                let (_, after) = separator(w, c + 1);
                return (k, after.filter(|&n| begins(w, n) || is_generic(w, n)));
            }
            ";" => {
                if listed && !institution(w, k + 1) && !is_plural(w, k + 1) {
                    k += 1;
                    continue;
                }
                let more = begins(w, k + 1) || is_generic(w, k + 1) || !prose && k + 1 < w.len();
                return (k, more.then_some(k + 1));
            }
            // "Tập đoàn Công nghiệp - Viễn thông Quân đội".
            "-" | "–" if listed || w.is(i, &["tập", "đoàn"]) => {}
            "-" | "–" | "/" | "+" if is_head(w, k + 1) && !(w.low(k) == Some("/") && k == i + 1) => {
                let role = w.is(k + 1, &["cơ", "quan"]);
                return (k, (!role).then_some(k + 1));
            }
            "," | "và" | "cùng" => match step(w, i, k, collective, listed, prose) {
                Step::Join(n) => {
                    k = n;
                    continue;
                }
                Step::Split(n) => return (k, Some(n)),
                Step::End => return (k, None),
            },
            "được" if matches!(w.low(k + 1), Some("giao" | "phân")) => {
                match w.ends_list_after(k, if prose { 8 } else { 14 }) {
                    Some(end) => {
                        k = end;
                        continue;
                    }
                    None => return (k, None),
                }
            }
            _ if ends(w, i, k, prose) => return (k, None),
            _ if unseparated(w, i, k, prose) => return (k, Some(k)),
            next if prose
                && k > i + 2
                && w.is(k - 2, &["liên", "quan"])
                && !matches!(
                    next,
                    "của" | "thuộc" | "đến" | "tại" | "trên" | "ở" | "trong" | "khác" | "cấp" | "tỉnh"
                ) =>
            {
                return (k, None);
            }
            _ => {}
        }
        k += 1;
    }
    (k, None)
}

/// A verb at word `k` ends the name begun at `i`.
fn ends(w: &Words<'_>, i: usize, k: usize, prose: bool) -> bool {
    let stop = if prose { is_stop(w, k) } else { is_cell_stop(w, k) };
    stop && !part_of_name(w, i, k) && !(prose && (tail::holds(w, i, k) || tail::closes(w, k) || tail::of_service(w, k)))
}

/// Past the separators at `i`, and the word behind them when there was one.
fn separator(w: &Words<'_>, i: usize) -> (usize, Option<usize>) {
    let mut k = i;
    while matches!(w.low(k), Some("," | ";" | "và" | "cùng")) || w.low(k) == Some("với") && k > i {
        k += 1;
    }
    (k, (k > i).then_some(k))
}

enum Step {
    Join(usize),
    Split(usize),
    End,
}

/// What a comma, "và" or "cùng" at `k` does to the name begun at `i`.
fn step(w: &Words<'_>, i: usize, k: usize, collective: bool, listed: bool, prose: bool) -> Step {
    let n = separator(w, k).0;
    if w.low(n).is_none() {
        return Step::End;
    }
    if is_head(w, n) {
        let bare = is_bare(w, n);
        let same = is_plural(w, i)
            || matches!(w.low(i), Some("sở" | "bộ" | "ban" | "thủ" | "giám" | "lãnh" | "cơ" | "viện" | "trường"))
                && !(w.low(n) == Some("sở") && matches!(w.low(i), Some("viện" | "trường")));
        if collective && bare && same || pair_of_offices(w, i, k, n) {
            return Step::Join(n);
        }
        if listed && !institution(w, n) {
            return Step::Join(n);
        }
        return Step::Split(n);
    }
    if is_plural(w, n) {
        let of_places = is_place(w, n + 1) && matches!(w.low(i), Some("ubnd" | "ủy" | "uỷ" | "hđnd" | "công" | "chủ"));
        if of_places || prose && !plural_of_bodies(w, n) {
            return if of_places { Step::Join(n) } else { Step::End };
        }
        return Step::Split(n);
    }
    if is_generic(w, n) && !w.is_capital(n) {
        // "các bộ và cơ quan, tổ chức liên quan": a second collective phrase.
        let second = w.low(k) == Some("và") && (n + 1..n + 4).any(|x| w.low(x) == Some(","));
        let apart = second || is_whole(w, i, k) || w.low(n) == Some("lãnh");
        return if collective && !apart { Step::Join(n) } else { Step::Split(n) };
    }
    if !prose || is_place(w, n) || listed {
        return if !prose && is_cell_stop(w, n) { Step::End } else { Step::Join(n) };
    }
    if w.is_capital(n) {
        return Step::Join(n);
    }
    if collective && w.low(k) == Some(",") && w.is(n, &["quản", "lý", "nhà", "nước"]) {
        return Step::Join(n + 4);
    }
    if collective
        && !is_stop(w, n)
        && w.low(k) == Some(",")
        && matches!(
            w.low(n),
            Some(
                "ngành"
                    | "ban"
                    | "bộ"
                    | "đoàn"
                    | "mặt"
                    | "viện"
                    | "trường"
                    | "hội"
                    | "phòng"
                    | "trung"
                    | "thành"
                    | "truyền"
                    | "đảng"
                    | "huyện"
                    | "thị"
                    | "báo"
                    | "cục"
                    | "vụ"
                    | "nhà"
                    | "chủ"
                    | "sở"
            )
        )
    {
        return Step::Join(n);
    }
    if w.low(k) == Some("và") && !is_stop(w, n) {
        return Step::Join(n);
    }
    Step::End
}

/// Nothing joins a phrase that ends in "liên quan" or "chức năng", nor one for places of work ("cơ sở khám bệnh, chữa bệnh").
fn is_whole(w: &Words<'_>, i: usize, k: usize) -> bool {
    k >= 2
        && (w.is(k - 2, &["liên", "quan"])
            || w.is(k - 2, &["chức", "năng"])
            || k >= 3 && w.is(k - 3, &["trên", "địa", "bàn"])
            || w.low(k - 2) == Some("cấp")
                && w.low(k) == Some(",")
                && matches!(w.low(k - 1), Some("tỉnh" | "huyện" | "xã")))
        || w.is(i, &["cơ", "sở"])
}

/// A phrase for many bodies: "các …", "Sở, ban, ngành …", "Thủ trưởng các …", "cơ quan, đơn vị …".
fn is_collective(w: &Words<'_>, i: usize) -> bool {
    if is_plural(w, i) || is_bare(w, i) && is_head(w, i) || is_generic(w, i) && !w.is_capital(i) {
        return true;
    }
    let titled = matches!(w.low(i), Some("thủ" | "giám" | "lãnh" | "người" | "bộ" | "cục" | "vụ" | "chánh" | "trưởng"))
        && is_head(w, i);
    titled && (i + 1..i + 4).any(|k| w.low(k) == Some("các") || is_generic(w, k) && !w.is_capital(k))
        || matches!(
            (w.low(i), w.low(i + 1)),
            (Some("cơ"), Some("quan"))
                | (Some("đơn"), Some("vị"))
                | (Some("doanh"), Some("nghiệp"))
                | (Some("tổ"), Some("chức"))
                | (Some("địa"), Some("phương"))
        )
}

/// A head without a name of its own: "Sở,", "Ban, ngành", "Bộ liên quan".
fn is_bare(w: &Words<'_>, i: usize) -> bool {
    let long = matches!(w.low(i), Some("cơ" | "đơn" | "đoàn" | "địa" | "doanh" | "tổ" | "hiệp"))
        && w.low(i + 1).is_some_and(|s| matches!(s, "quan" | "vị" | "thể" | "phương" | "nghiệp" | "chức" | "hội"));
    let k = if long { i + 2 } else { i + 1 };
    let single = long
        || matches!(
            w.low(i),
            Some(
                "sở" | "ban"
                    | "bộ"
                    | "ngành"
                    | "hội"
                    | "phòng"
                    | "cục"
                    | "vụ"
                    | "viện"
                    | "trường"
                    | "đoàn"
                    | "trung"
                    | "báo"
                    | "đài"
            )
        );
    single
        && matches!(
            w.low(k),
            None | Some(
                "," | ";"
                    | "ngành"
                    | "và"
                    | "liên"
                    | "có"
                    | "cấp"
                    | "tỉnh"
                    | "của"
                    | "thuộc"
                    | "trực"
                    | "chuyên"
                    | "trên"
                    | "ở"
                    | "trung"
                    | "địa"
            )
        )
}

/// A head that ends a list of bare names behind "Các Cục:".
fn institution(w: &Words<'_>, i: usize) -> bool {
    is_head(w, i)
        && !is_bare(w, i)
        && matches!(
            w.low(i),
            Some(
                "sở" | "bộ"
                    | "vụ"
                    | "cục"
                    | "ubnd"
                    | "ủy"
                    | "uỷ"
                    | "văn"
                    | "trung"
                    | "viện"
                    | "công"
                    | "ban"
                    | "hội"
                    | "tổng"
                    | "chủ"
                    | "hđnd"
                    | "các"
            )
        )
}

/// "Văn phòng HĐND và UBND", "Tỉnh ủy, Thành ủy", "Đoàn ĐBQH và HĐND": one office.
fn pair_of_offices(w: &Words<'_>, i: usize, k: usize, n: usize) -> bool {
    let next = w.low(n).unwrap_or_default();
    let last = w.low(k.wrapping_sub(1)).unwrap_or_default();
    if w.low(i) == Some("văn")
        && matches!(next, "hđnd" | "ubnd" | "hội" | "ủy" | "uỷ")
        && matches!(last, "hđnd" | "dân" | "hội" | "đbqh")
    {
        return true;
    }
    let committee = |x: usize| matches!(w.low(x), Some("ủy" | "uỷ"));
    matches!(next, "thành" | "huyện" | "đảng")
        && committee(n + 1)
        && committee(k.wrapping_sub(1))
        && w.low(i) != Some("tỉnh")
        || w.low(i) == Some("báo") && next == "đài" && w.low(k) == Some("và")
}

/// A verb that stands in the name itself: "Ban quản lý …", "Hội đồng phối hợp …", "Trung tâm kiểm soát …".
fn part_of_name(w: &Words<'_>, i: usize, k: usize) -> bool {
    let near = k <= i + 3;
    let after = |words: &[&str]| near && k > 0 && words.contains(&w.low(k - 1).unwrap_or_default());
    let verb = w.low(k).unwrap_or_default();
    let second = w.low(k + 1).unwrap_or_default();
    after(&["ban"])
        && matches!(
            (verb, second),
            ("quản", "lý")
                | ("chỉ", "đạo")
                | ("tổ", "chức")
                | ("điều", "hành")
                | ("chấp", "hành")
                | ("vận", "động")
                | ("tuyên", "giáo")
                | ("giúp", "việc")
                | ("thường", "vụ")
        )
        || k > 0
            && matches!(w.low(k - 1), Some("viện" | "trường" | "tâm"))
            && matches!(
                verb,
                "nghiên" | "đào" | "hỗ" | "kiểm" | "xúc" | "phát" | "chuyển" | "điều" | "giám" | "phục" | "tư"
            )
        || verb == "phối" && k > i + 1 && w.is(k - 2, &["hội", "đồng"]) && w.is_capital(k - 2)
        || after(&["đồng", "tâm", "viện", "quỹ"])
            && !matches!(verb, "có" | "theo" | "chủ" | "cần" | "phải" | "tham" | "tiếp" | "về" | "để" | "khi")
        || k >= 2
            && matches!(w.low(k - 1), Some("quan" | "tượng"))
            && (verb == "quản"
                || verb == "tham"
                || verb == "thực"
                || verb == "chủ" && w.low(k + 2) == Some("soạn")
                || matches!(verb, "truyền" | "thông" | "báo" | "thanh" | "điều" | "thi" | "kiểm"))
        || near
            && w.low(k - 1) == Some("vị")
            && matches!((verb, second), ("thực", "hiện") | ("sử", "dụng") | ("quản", "lý"))
            && !tail::is_object(w, k + 2)
        || w.low(k - 1) == Some("vi") && verb == "quản"
        || k >= 1 && w.low(k - 1) == Some("tham") && verb == "mưu"
        || k >= 2 && w.is(k - 2, &["tham", "mưu"]) && verb == "quản"
}

/// Two names printed without a separator ("Sở Tài chính Sở Tư pháp", "Hội Nông dân tỉnh Hội Luật gia tỉnh").
fn unseparated(w: &Words<'_>, i: usize, k: usize, prose: bool) -> bool {
    if prose || k < i + 2 || w.low(i) == Some("các") {
        return false;
    }
    let before = w.low(k - 1).unwrap_or_default();
    let plural = w.is(k, &["các"]) && before != "lý";
    if !is_head(w, k) && !plural || LINKS.contains(&before) || w.is(k - 1, &["huy", "bộ", "đội"]) {
        return false;
    }
    // The names of departments hold no other head, and a place closes any name.
    let whole = w.low(i) == Some("sở") && !is_bare(w, i) || matches!(before, "tỉnh" | "xã" | "phường" | "huyện");
    let begun = matches!(w.low(i), Some("sở" | "bộ" | "ban" | "công" | "ubnd" | "văn"));
    let next =
        matches!(w.low(k), Some("sở" | "ubnd")) || w.low(k) == Some("bộ") && w.low(k + 1) != Some("trưởng") || plural;
    begun && next || whole && !plural && is_head(w, i)
}

/// Words that tie the next name to the one before it.
const LINKS: [&str; 16] =
    ["của", "thuộc", "các", "và", "với", "do", "tại", "phòng", "-", "–", "tra", "đốc", "trưởng", "tịch", "đạo", "&"];
