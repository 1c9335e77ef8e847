//! Who issued the paper, in canonical form.

use super::segments::{Role, Segment};
use super::{field, inferred, warn};
use crate::recognise::clean::Clean;
use crate::recognise::fold::{bare, bare_start, is_caps};
use crate::recognise::number::agency_of;
use crate::{Paper, Span};

/// First words of the names of bodies (bare form).
const HEADS: [&str; 66] = [
    "uy ban",
    "ubnd",
    "hoi dong",
    "hdnd",
    "bo ",
    "so ",
    "phong ",
    "ban ",
    "cuc ",
    "chi cuc",
    "vu ",
    "tong cuc",
    "van phong",
    "thanh tra",
    "vien ",
    "toa an",
    "chinh phu",
    "thu tuong",
    "quoc hoi",
    "chu tich",
    "cong an",
    "tinh uy",
    "thanh uy",
    "huyen uy",
    "quan uy",
    "thi uy",
    "dang uy",
    "dang bo",
    "dang doan",
    "dang cong san",
    "dang bo",
    "trung tam",
    "truong ",
    "dai hoc",
    "hoc vien",
    "mat tran",
    "lien doan",
    "hoi ",
    "doan ",
    "kho bac",
    "ngan hang",
    "kiem toan",
    "tong cong ty",
    "cong ty",
    "tap doan",
    "bao hiem",
    "dai ",
    "bao ",
    "benh vien",
    "cong doan",
    "to ",
    "tong ",
    "bo tu lenh",
    "bo chi huy",
    "hat ",
    "doi ",
    "xi nghiep",
    "nha ",
    "lien minh",
    "lien hiep",
    "tinh doan",
    "bo truong",
    "giam doc",
    "trung uong",
    "uy vien",
    "tong thu ky",
];

/// Units of the administrative map, bare and as written.
const UNITS: [(&str, &str); 9] = [
    ("tinh ", "tỉnh"),
    ("thanh pho ", "thành phố"),
    ("huyen ", "huyện"),
    ("quan ", "quận"),
    ("thi xa ", "thị xã"),
    ("thi tran ", "thị trấn"),
    ("phuong ", "phường"),
    ("xa ", "xã"),
    ("dac khu ", "đặc khu"),
];

/// The line names a body.
pub(crate) fn is_body(text: &str) -> bool {
    let folded = bare_start(text, 24) + " ";
    text.chars().count() <= 110 && HEADS.iter().any(|head| folded.starts_with(head))
}

/// The line names the issuer, or its head, a second time ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH X" above "Căn cứ").
pub(crate) fn repeats(text: &str, paper: &Paper) -> bool {
    const PERSONS: [&str; 12] = [
        "chu tich ",
        "bo truong ",
        "giam doc ",
        "thu tuong",
        "tong giam doc",
        "hieu truong ",
        "vien truong ",
        "truong ban ",
        "cuc truong ",
        "chanh ",
        "tong cuc truong ",
        "truong phong ",
    ];
    let folded = bare(text);
    let issuer = paper.issuer.as_ref().map_or_else(String::new, |issuer| bare(&issuer.value));
    let named = bare(&canonical(text));
    PERSONS.iter().any(|person| folded.starts_with(person))
        || (!issuer.is_empty() && (issuer == named || issuer.starts_with(&named)))
}

/// Groups the capital lines above the number into bodies; the last is the issuer, the one above it the parent.
pub(crate) fn from_header(segments: &[Segment<'_>], paper: &mut Paper) {
    let stop = segments
        .iter()
        .position(|segment| matches!(segment.role, Role::Kind | Role::Subject | Role::Addressee))
        .unwrap_or(segments.len());
    let nation = segments.iter().position(|segment| segment.role == Role::Nation);
    let numbered = segments.iter().position(|segment| segment.role == Role::Number);
    if nation.is_none() && numbered.is_none() {
        return;
    }
    let mut bodies: Vec<(String, Span)> = Vec::new();
    let mut open = false;
    for segment in segments.iter().take(stop) {
        let text = segment.text.trim_matches([',', '.', '-', '=', '*', ' ']);
        if segment.role != Role::Other || !is_caps(text) || text.chars().count() > 110 || stamp(text) {
            continue;
        }
        let place = is_place(text);
        match bodies.last_mut() {
            Some((name, span)) if open && (place || !is_body(text) || dangling(name)) => {
                name.push(' ');
                name.push_str(text);
                span.end = segment.span().end;
                open = !place;
            }
            _ if is_body(text) => {
                bodies.push((text.to_owned(), segment.span()));
                open = true;
            }
            _ => {}
        }
    }
    let Some((name, span)) = bodies.pop() else { return };
    let parent = bodies.pop();
    let sure = if noisy(&name) { 0.4 } else { 0.95 };
    let mut value = canonical(&name);
    if let Some((parent, parent_span)) = parent {
        let parent = canonical(&parent);
        value = with_place(&value, &parent);
        paper.parent_body = Some(field(parent, parent_span, sure));
    }
    paper.issuer = Some(field(value, span, sure));
}

fn stamp(text: &str) -> bool {
    let tight: String = bare(text).split(' ').collect();
    ["mat", "toimat", "tuyetmat", "khan", "thuongkhan", "hoatoc"].contains(&tight.as_str())
}

fn dangling(name: &str) -> bool {
    let folded = bare(name);
    name.ends_with(',') || [" va", " cua", " ve", " bo", " so", " ban"].iter().any(|end| folded.ends_with(end))
}

/// "TỈNH LAI CHÂU".
fn is_place(text: &str) -> bool {
    let folded = bare_start(text, 16);
    UNITS.iter().any(|(unit, _)| folded.starts_with(unit)) || folded.starts_with("tp.") || folded.starts_with("tp ")
}

/// Signs that a scan cannot have read right.
fn noisy(name: &str) -> bool {
    name.chars()
        .any(|c| !c.is_alphanumeric() && !matches!(c, ' ' | ',' | '-' | '.' | '\'' | '’' | '&' | '(' | ')' | '/'))
}

/// A department is named with its province: "Sở Tài chính" under "Ủy ban nhân dân tỉnh X" → "Sở Tài chính tỉnh X".
fn with_place(name: &str, parent: &str) -> String {
    let folded = format!(" {} ", bare(name));
    let local = ["so ", "phong ", "ban ", "chi cuc", "trung tam", "van phong", "thanh tra"]
        .iter()
        .any(|head| folded.trim_start().starts_with(head));
    let placed = UNITS.iter().any(|(unit, _)| folded.contains(&format!(" {unit}")));
    let place = parent.split_once("nhân dân ").map(|(_, place)| place);
    match place {
        Some(place) if local && !placed => {
            if folded.ends_with(" uy ban nhan dan ") || folded.ends_with(" ubnd ") || !folded.starts_with(" van phong")
            {
                format!("{name} {place}")
            } else {
                format!("{name} {parent}")
            }
        }
        _ => name.to_owned(),
    }
}

/// Canonical full name: abbreviations expanded, capitals as in running text.
pub(crate) fn canonical(name: &str) -> String {
    let spaced = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let caps = is_caps(&spaced);
    let mut text = spaced;
    for (short, full) in
        [("UBND", "Ủy ban nhân dân"), ("HĐND", "Hội đồng nhân dân"), ("TP.", "thành phố "), ("TP ", "thành phố ")]
    {
        text = replace_word(&text, short, full);
    }
    text = text.replace("Uỷ", "Ủy").replace("UỶ", "ỦY").split_whitespace().collect::<Vec<_>>().join(" ");
    let text = if caps { recase(&text.to_lowercase()) } else { text };
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn replace_word(text: &str, short: &str, full: &str) -> String {
    match text.find(short) {
        Some(at) if text.get(..at).is_none_or(|before| before.is_empty() || before.ends_with(' ')) => {
            text.replacen(short, full, 1)
        }
        _ => text.to_owned(),
    }
}

/// Capitals of a lower-case name: places wholly, the words after Bộ, Sở, "," and "và" at their start.
fn recase(lower: &str) -> String {
    const PROPER: [(&str, &str); 14] = [
        ("chính phủ", "Chính phủ"),
        ("quốc hội", "Quốc hội"),
        ("trung ương", "Trung ương"),
        ("việt nam", "Việt Nam"),
        ("nhà nước", "Nhà nước"),
        ("mặt trận tổ quốc", "Mặt trận Tổ quốc"),
        ("đảng", "Đảng"),
        ("tp.", "TP."),
        ("hồ chí minh", "Hồ Chí Minh"),
        ("thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
        ("bộ chính trị", "Bộ Chính trị"),
        ("ban bí thư", "Ban Bí thư"),
        ("hội đồng dân tộc", "Hội đồng Dân tộc"),
        ("tổ quốc", "Tổ quốc"),
    ];
    let words: Vec<&str> = lower.split(' ').collect();
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut place = false;
    let mut topic = false; // inside a ministry's or department's field
    let mut start = false;
    let folded: Vec<String> = words.iter().map(|word| bare(word)).collect();
    for (at, word) in words.iter().enumerate() {
        let unit_now = unit_len(&folded, at);
        if unit_now > 0 && at > 0 {
            place = true;
            topic = false;
            out.push((*word).to_owned());
            continue;
        }
        let unit_inner = at > 0 && unit_len(&folded, at - 1) == 2;
        if unit_inner {
            out.push((*word).to_owned());
            continue;
        }
        let capital = place || start;
        start = false;
        if at == 0 && matches!(*word, "bộ" | "sở" | "phòng" | "cục" | "vụ" | "ban" | "viện") {
            topic = true;
            start = true;
        }
        if topic && (word.ends_with(',') || *word == "và") {
            start = true;
        }
        out.push(if capital && *word != "và" { capitalise(word) } else { (*word).to_owned() });
    }
    let mut text = out.join(" ");
    for (from, to) in PROPER {
        text = text.replace(from, to);
    }
    text
}

/// Words of the administrative unit that starts at `at`: "tỉnh" 1, "thành phố" 2, none 0.
fn unit_len(words: &[String], at: usize) -> usize {
    let one = words.get(at).map_or("", String::as_str);
    let two = words.get(at + 1).map_or("", String::as_str);
    match (one, two) {
        ("thanh", "pho") | ("thi", "xa" | "tran") | ("dac", "khu") => 2,
        ("tinh", next) if next != "uy" && next != "doan" => 1,
        ("huyen", next) if next != "uy" => 1,
        ("quan" | "xa" | "phuong", next) if !matches!(next, "su" | "uy" | "doi" | "hoi" | "ly" | "he" | "") => 1,
        _ => 0,
    }
}

fn capitalise(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Falls back on the signature, the symbol and the body when the header does not name the issuer.
pub(crate) fn settle(clean: &Clean, paper: &mut Paper) {
    let sure = paper.issuer.as_ref().map_or(0.0, |issuer| issuer.confidence);
    let known = paper.issuer.as_ref().map_or("", |issuer| issuer.value.as_str());
    let placeless = known == "Ủy ban nhân dân" || known == "Hội đồng nhân dân";
    if sure >= 0.5 && !placeless {
        return;
    }
    let start = clean.lines.get(clean.body.start).map_or(0, |line| line.span.start);
    let mut end = clean.text.len().min(start + 30_000);
    while !clean.text.is_char_boundary(end) {
        end -= 1;
    }
    let body = clean.text.get(start..end).unwrap_or("");
    let found = super::facts::issuer_in_body(paper, body);
    if let Some((value, at)) = found {
        let span = at.map(|span| Span { start: span.start + start, end: span.end + start });
        let lost = paper.issuer.is_none();
        let confidence = if lost && !placeless_name(&value) { 0.75 } else { 0.5 };
        paper.issuer = Some(crate::Field { value, span, confidence });
        if lost {
            warn(
                paper,
                "header_lost",
                "Phần đầu văn bản bị mất: cơ quan ban hành suy ra từ ký hiệu, chữ ký và nội dung.",
                None,
            );
        }
    } else if let Some(value) = clean.page.issuer.as_deref().filter(|_| paper.issuer.is_none()) {
        let unit = UNITS.iter().any(|(unit, _)| bare(value).starts_with(unit));
        let value =
            if unit { canonical(&format!("Ủy ban nhân dân {}", lower_first(value))) } else { canonical(value) };
        paper.issuer = Some(inferred(value, 0.6));
        warn(paper, "header_lost", "Phần đầu văn bản bị mất: cơ quan ban hành lấy theo trang đăng văn bản.", None);
    }
    if paper.issuer.is_none() {
        let agency = paper.number.as_ref().and_then(|number| agency_of(&number.value).0.map(str::to_owned));
        let message = agency.map_or_else(
            || "Không tìm thấy cơ quan ban hành.".to_owned(),
            |agency| format!("Không tìm thấy tên cơ quan ban hành; ký hiệu ghi “{agency}”."),
        );
        warn(paper, "issuer_missing", message, None);
    }
}

/// A committee or council without its place.
fn placeless_name(name: &str) -> bool {
    let folded = bare(name);
    ["uy ban nhan dan", "hoi dong nhan dan"].iter().any(|head| {
        folded.strip_prefix(head).is_some_and(|rest| {
            rest.split_whitespace().count() <= 2 && UNITS.iter().any(|(unit, _)| *unit == format!("{} ", rest.trim()))
                || rest.is_empty()
        })
    })
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_out() {
        for (name, want) in [
            ("ỦY BAN NHÂN DÂN TỈNH LAI CHÂU", "Ủy ban nhân dân tỉnh Lai Châu"),
            ("UBND TỈNH ĐẮK NÔNG", "Ủy ban nhân dân tỉnh Đắk Nông"),
            ("UỶ BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI", "Ủy ban nhân dân thành phố Hà Nội"),
            ("BỘ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Bộ Văn hóa, Thể thao và Du lịch"),
            ("THỦ TƯỚNG CHÍNH PHỦ", "Thủ tướng Chính phủ"),
            ("VĂN PHÒNG CHÍNH PHỦ", "Văn phòng Chính phủ"),
            ("BAN CHẤP HÀNH TRUNG ƯƠNG", "Ban Chấp hành Trung ương"),
            ("TỈNH ỦY LẠNG SƠN", "Tỉnh ủy Lạng Sơn"),
            ("Bộ Tư pháp", "Bộ Tư pháp"),
        ] {
            assert_eq!(canonical(name).to_lowercase(), want.to_lowercase(), "{name}");
        }
        assert_eq!(canonical("UBND TỈNH LAI CHÂU"), "Ủy ban nhân dân tỉnh Lai Châu");
        assert_eq!(canonical("BỘ KHOA HỌC VÀ CÔNG NGHỆ"), "Bộ Khoa học và Công nghệ");
        assert_eq!(with_place("Sở Tài chính", "Ủy ban nhân dân tỉnh Đắk Nông"), "Sở Tài chính tỉnh Đắk Nông");
    }
}
