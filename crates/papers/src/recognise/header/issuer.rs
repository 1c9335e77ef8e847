//! Who issued the paper, in canonical form.

use super::names::{UNITS, canonical, with_place};
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
