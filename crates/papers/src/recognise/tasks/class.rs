//! Which part of a paper a clause belongs to: aims, content or organisation.

use std::sync::LazyLock;

use super::starts::Inside;
use super::words::head;
use crate::recognise::fold::bare_start;

/// A part of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Aims, requirements, background, figures: no tasks.
    Aims,
    /// Content.
    Content,
    /// "Tổ chức thực hiện".
    Org,
    /// "Kinh phí": only a body named by its own name has work there.
    Money,
}

/// What a heading opens; `None` when it says nothing about it.
pub(crate) fn part(heading: &str) -> Option<Part> {
    let low = bare_start(heading, 90);
    let low = low.trim_start_matches(|c: char| !c.is_alphabetic());
    let starts = |ws: &[&str]| ws.iter().any(|w| low.starts_with(w));
    let has = |w: &str| low.contains(w);
    if starts(&[
        "kinh phi",
        "nguon kinh phi",
        "nguon luc",
        "bao dam kinh phi",
        "co che tai chinh",
        "nguon von",
        "du toan kinh phi",
    ]) && !has("to chuc")
    {
        return Some(Part::Money);
    }
    let short = low.len() < 45;
    if starts(&["to chuc thuc hien", "to chuc, thuc hien", "dieu khoan thi hanh", "che do bao cao", "che do thong tin"])
        || has("to chuc thuc hien") && low.len() < 80
        || short && starts(&["to chuc trien khai"])
    {
        return Some(Part::Org);
    }
    let works = has("nhiem vu")
        || has("giai phap")
        || has("phan cong")
        || has("noi dung thuc hien")
        || has("to chuc thuc hien");
    let aims = starts(&[
        "muc dich",
        "muc tieu",
        "yeu cau",
        "quan diem",
        "pham vi",
        "doi tuong",
        "nguyen tac",
        "can cu",
        "su can thiet",
        "tinh hinh",
        "danh gia",
        "ket qua",
        "thuc trang",
        "thuan loi",
        "kho khan",
        "ton tai",
        "han che",
        "nguyen nhan",
        "dinh huong",
        "tieu chi",
        "chi tieu",
        "boi canh",
        "khai quat",
        "dac diem",
        "co so phap ly",
        "co so thuc tien",
        "giai thich tu ngu",
        "mot so ket qua",
        "tam nhin",
        "cac muc tieu",
        "cac chi tieu",
        "khen thuong",
        "tieu chuan",
        "dieu kien",
        "hinh thuc khen",
        "co cau",
        "so luong",
        "thu tuc, ho so",
        "ho so",
    ]);
    if aims && !works {
        return Some(Part::Aims);
    }
    (works || starts(&["noi dung", "trach nhiem", "hoat dong", "cac hoat dong"])).then_some(Part::Content)
}

/// Paragraphs that never are tasks: closings, entry into force, what to do when in doubt.
pub(crate) fn is_formula(text: &str) -> bool {
    let low = bare_start(text, 16);
    let low = low.trim_start_matches(|c: char| !c.is_alphabetic());
    let head = head(text, 400);
    let doubts =
        || ["khó khăn", "vướng mắc", "phát sinh", "cần sửa đổi", "cần bổ sung"].iter().any(|d| head.contains(d));
    if low.starts_with("trong qua trinh") && doubts() {
        return true;
    }
    // "Nhận được công văn này, yêu cầu …": asks nothing but to carry out what was said; not when it sets a date.
    let received =
        low.starts_with("nhan duoc") && ["này, ", "này đề nghị", "này yêu cầu"].iter().any(|w| head.contains(w));
    if received && !head.bytes().any(|b| b.is_ascii_digit()) {
        return true;
    }
    const STARTS: [&str; 9] = [
        "tren day la",
        "truong hop co",
        "neu co kho khan",
        "quyet dinh nay",
        "nghi quyet nay",
        "chi thi nay",
        "noi nhan",
        "ban hanh kem",
        "van phong chinh",
    ];
    static INSIDE: LazyLock<Inside> = LazyLock::new(|| {
        Inside::new(&[
            "chịu trách nhiệm thi hành",
            "có hiệu lực thi hành",
            "có hiệu lực kể từ",
            "căn cứ Quyết định này thi hành",
        ])
    });
    let office = low.starts_with("van phong chinh") && !head.contains("thông báo");
    !office && STARTS.iter().any(|s| low.starts_with(s)) || INSIDE.is_in(head) && !head.contains(" chủ trì")
}
