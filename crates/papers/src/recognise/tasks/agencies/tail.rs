//! The tail that says which bodies are meant: "Các cơ quan đăng ký đầu tư", "UBND các xã nơi có dự án".

use super::Words;
use super::lexicon::{is_head, is_stop};

/// Longest tail, in words.
const LONGEST: usize = 12;

/// Verbs that tell bodies apart by what they are for.
const KINDS: &str = "đăng ký|đăng kiểm|kiểm định|giám định|thẩm định|quản lý|sử dụng|khai thác|vận hành|chủ trì|phối hợp|\
    thực hiện|tham gia|xây dựng|kiểm soát|tiếp nhận|giải quyết|hỗ trợ|xúc tiến|thi hành|cung cấp|công nhận";

/// Words behind a verb that make it the work itself ("kiểm tra việc …").
const OBJECTS: &str = "việc|các|kết|tình|công|những|nội|chặt|tốt|nghiêm|đúng|đầy|hiệu|có|với|theo|ngay|xong|hồ|báo|thông|\
    số|chế|kế|rà|về|đồng|thường|cùng|từ|cho|để|và|mọi|toàn";

/// What bodies with a tail are then told.
const DUTIES: &str = "có trách|có nhiệm|chịu trách|chủ động|phải|cần|rà soát|tổng hợp|tăng cường|tiếp tục|khẩn trương|\
    đẩy mạnh|nghiêm túc|kịp thời|căn cứ|thường xuyên|báo cáo|tổ chức|chủ trì|phối hợp|triển khai|thực hiện|\
    xây dựng|gửi|đề xuất|hoàn thành|được";

fn among(list: &str, w: &Words<'_>, i: usize) -> bool {
    list.split('|').any(|x| w.low(i) == Some(x) || w.pair(i) == Some(x))
}

/// The verb at word `k` stands in the tail of the name begun at word `i`.
pub(super) fn holds(w: &Words<'_>, i: usize, k: usize) -> bool {
    if k > 0 && w.low(k - 1) == Some("nơi") {
        return matches!(w.low(k), Some("có" | "đang" | "được"));
    }
    let plural = matches!(w.low(i), Some("các" | "những"));
    if plural && heads_duties(w, k) {
        return true;
    }
    let head = if plural { i + 1 } else { i };
    let generic = matches!(w.pair(head), Some("cơ quan" | "đơn vị" | "cơ sở" | "tổ chức" | "bộ phận"));
    if !generic {
        return false;
    }
    let verb = head + 2;
    let from = verb + 2;
    // "Cơ quan phối hợp thực hiện …": the second verb belongs to the tail as well.
    let two = matches!(w.pair(verb), Some("chủ trì" | "phối hợp" | "tham gia"))
        && matches!(w.pair(from), Some("thực hiện" | "giải quyết" | "thẩm định" | "soạn thảo"));
    let own = verb..if two { from + 2 } else { from };
    own.contains(&k) && names(w, verb, two)
}

/// "Các Cục: Quản lý giá, Thi hành án", "các Sở: Xây dựng, Tổ chức": what follows the colon at `k` is named by what it
/// does; elsewhere a verb there is the work ("Các sở, ngành: Rà soát …").
pub(super) fn names_departments(w: &Words<'_>, k: usize) -> bool {
    let kind = matches!(w.low(k - 1), Some("sở" | "bộ" | "cục" | "vụ" | "ban" | "phòng" | "hội" | "tâm"));
    kind && matches!(
        w.pair(k + 1),
        Some(
            "quản lý"
                | "kiểm soát"
                | "kiểm tra"
                | "xúc tiến"
                | "thi hành"
                | "điều tra"
                | "giám sát"
                | "giám định"
                | "hợp tác"
                | "tổ chức"
                | "tuyên giáo"
                | "thông tin"
                | "xây dựng"
                | "phát triển"
                | "đăng kiểm"
                | "đăng ký"
                | "tổng hợp"
                | "điều phối"
                | "ứng dụng"
                | "hỗ trợ"
                | "theo dõi"
                | "thống kê"
        )
    )
}

/// Words at `i` make the verb before them the work itself ("các đơn vị thực hiện các nội dung sau").
pub(super) fn is_object(w: &Words<'_>, i: usize) -> bool {
    among(OBJECTS, w, i)
}

/// "đơn vị cung cấp dịch vụ thu hộ": the verb says which service.
pub(super) fn of_service(w: &Words<'_>, k: usize) -> bool {
    let services = ["chi trả", "thanh toán", "thu gom", "thu hộ", "cung ứng", "sửa chữa", "vận hành", "lắp đặt"];
    k > 2 && w.is(k - 2, &["dịch", "vụ"]) && w.pair(k).is_some_and(|verb| services.contains(&verb))
}

/// "UBND các xã có đê:": words that tell the bodies apart close a heading.
pub(super) fn closes(w: &Words<'_>, k: usize) -> bool {
    let duty = ["trách", "nhiệm", "kế", "giải", "biện", "văn", "báo", "ý"];
    w.low(k) == Some("có")
        && w.low(k + 1).is_some_and(|next| !duty.contains(&next))
        && (k + 2..k + 6).any(|end| end + 1 >= w.len() && matches!(w.low(end), Some(":") | None))
        && (k + 1..w.len()).all(|x| w.low(x).is_some_and(|t| t == ":" || t.chars().all(char::is_alphabetic)))
}

/// "Các hộ khai thác nước dưới đất trên địa bàn có trách nhiệm:": nothing but the name stands before the duty.
fn heads_duties(w: &Words<'_>, k: usize) -> bool {
    let end = if w.low(w.len().saturating_sub(1)) == Some(":") { w.len() - 1 } else { w.len() };
    let Some(duty) = end.checked_sub(3).filter(|&d| w.is(d, &["có", "trách", "nhiệm"])) else { return false };
    k < duty
        && duty - k <= 16
        && (k..duty).all(|x| w.low(x).is_some_and(|t| t.chars().all(char::is_alphabetic)) && !is_head(w, x))
        && !(k..duty).any(|x| w.is(x, &["phối", "hợp"]) || w.is(x, &["chủ", "trì"]))
}

/// The verb at word `verb`, right behind "các cơ quan", says which bodies are meant: other duties follow it.
fn names(w: &Words<'_>, verb: usize, two: bool) -> bool {
    if !among(KINDS, w, verb) {
        return false;
    }
    let from = verb + 2;
    if among(OBJECTS, w, from) {
        // "Cơ quan chủ trì có trách nhiệm".
        return matches!(w.pair(verb), Some("chủ trì" | "phối hợp")) && w.is(from, &["có", "trách", "nhiệm"]);
    }
    let start = if two { from + 2 } else { from };
    if !two && (is_stop(w, from) || w.low(from).is_none_or(|t| !t.chars().all(char::is_alphabetic))) {
        return false;
    }
    for x in start..(start + LONGEST).min(w.len() + usize::from(two)) {
        if matches!(w.low(x), Some(":" | "(")) || two && x > start && w.low(x).is_none() {
            return true;
        }
        if is_head(w, x) || w.low(x).is_none_or(|t| !t.chars().all(char::is_alphabetic)) {
            return false;
        }
        if x > from && is_stop(w, x) && !of_service(w, x) {
            return among(DUTIES, w, x);
        }
    }
    false
}
