//! What deviates from the form of Nghị định 30/2020/NĐ-CP or could not be read. Warnings never block.

use super::clean::Clean;
use super::header::warn;
use super::number::agency_of;
use crate::Paper;

/// Adds the warnings that need the whole paper.
pub(crate) fn add(clean: &Clean, paper: &mut Paper) {
    if paper.number.is_none() && paper.kind.is_none() && paper.signer.is_none() {
        warn(
            paper,
            "not_a_paper",
            "Không thấy số, tên loại và chữ ký: có thể đây không phải văn bản hành chính.",
            None,
        );
        return;
    }
    number(paper);
    date(paper);
    signature(paper);
    noise(clean, paper);
}

fn has(paper: &Paper, code: &str) -> bool {
    paper.warnings.iter().any(|warning| warning.code == code)
}

fn number(paper: &mut Paper) {
    let Some(number) = paper.number.clone() else {
        if !has(paper, "number_blank") && !has(paper, "number_unreadable") {
            warn(paper, "number_missing", "Không tìm thấy số, ký hiệu của văn bản.", None);
        } else if let Some(printed) = blank_symbol(paper) {
            deviations(&printed, None, paper);
        }
        return;
    };
    deviations(&number.value, number.span, paper);
}

/// The symbol of a paper whose ordinal is blank.
fn blank_symbol(paper: &Paper) -> Option<String> {
    let warning = paper.warnings.iter().find(|warning| warning.code == "number_blank")?;
    Some(warning.message.split('“').nth(1)?.split('”').next()?.to_owned())
}

/// Where a symbol departs from "số/tên loại-cơ quan" (or "số/cơ quan-đơn vị" in a letter).
fn deviations(number: &str, span: Option<crate::Span>, paper: &mut Paper) {
    let (agency, named) = agency_of(number);
    let kind = paper.kind.as_ref().map(|kind| kind.value.clone());
    let letter = kind.as_deref() == Some("Công văn");
    let party = number.chars().find(|c| matches!(c, '/' | '-')) == Some('-');
    let ordinal = number.bytes().take_while(u8::is_ascii_digit).count();
    let mut says = |message: String| warn(paper, "symbol_deviates", message, span);
    if letter && number.contains("CV-") {
        says(format!("Ký hiệu “{number}”: công văn không ghi “CV” trong ký hiệu."));
    } else if let (Some(kind), Some(named)) = (&kind, named)
        && super::kinds::canonical(named) != *kind
        && !letter
        && !same_abbreviation(named, kind)
    {
        says(format!("Ký hiệu “{number}” không khớp tên loại “{kind}”."));
    } else if !letter && !party && named.is_none() && kind.is_some() && agency.is_some() {
        says(format!("Ký hiệu “{number}” không ghi chữ viết tắt tên loại văn bản."));
    }
    if ordinal >= 3 && number.starts_with('0') {
        says(format!("Số “{number}” ghi thừa chữ số 0 ở đầu."));
    }
    if number.contains('_') {
        says(format!("Ký hiệu “{number}” dùng dấu gạch dưới thay cho gạch nối."));
    }
}

/// "TT" is both Thông tư and Thông tri.
fn same_abbreviation(one: &str, other: &str) -> bool {
    let short = |name: &str| super::kinds::KINDS.iter().find(|(kind, _, _)| *kind == name).map(|(_, _, short)| *short);
    short(one).is_some() && short(one) == short(other)
}

fn date(paper: &mut Paper) {
    if paper.date.is_none() && !has(paper, "date_partial") {
        warn(paper, "date_missing", "Không tìm thấy ngày ban hành.", None);
    }
}

fn signature(paper: &mut Paper) {
    let Some(signer) = paper.signer.clone() else {
        warn(paper, "signer_missing", "Không tìm thấy chữ ký.", None);
        return;
    };
    if signer.name.is_none() {
        warn(
            paper,
            "signer_missing",
            "Không tìm thấy họ tên người ký.",
            signer.position.as_ref().and_then(|field| field.span),
        );
    }
    let authority = signer.authority.as_ref().map_or("", |field| field.value.as_str());
    let place = signer.position.as_ref().and_then(|field| field.span);
    let position = signer.position.as_ref().map_or("", |field| field.value.as_str());
    let deputy = position.starts_with("PHÓ ") || position.starts_with("THỨ TRƯỞNG");
    let collective = paper
        .issuer
        .as_ref()
        .is_some_and(|issuer| issuer.value.starts_with("Ủy ban nhân dân") || issuer.value.starts_with("Hội đồng"));
    let whole = matches!(
        paper.kind.as_ref().map(|kind| kind.value.as_str()),
        Some("Kế hoạch" | "Nghị quyết" | "Báo cáo" | "Tờ trình" | "Chương trình" | "Quy định" | "Đề án")
    );
    if deputy && authority.is_empty() {
        warn(paper, "authority_missing", format!("“{position}” ký nhưng không ghi quyền hạn ký (KT., TL.…)."), place);
    } else if collective && whole && !authority.starts_with('T') {
        warn(paper, "authority_missing", "Văn bản của tập thể nhưng thiếu dòng “TM.” trước chữ ký.", place);
    }
}

/// Marks that only a poor scan leaves.
fn noise(clean: &Clean, paper: &mut Paper) {
    let odd = |c: char| {
        matches!(
            c,
            '~' | '^'
                | '°'
                | '©'
                | '®'
                | '»'
                | '«'
                | '¬'
                | '{'
                | '}'
                | '\\'
                | '¡'
                | '¿'
                | '¥'
                | '£'
                | '\u{fffd}'
                | '›'
                | '‹'
                | '⁄'
        )
    };
    let count = clean.text.chars().filter(|c| odd(*c)).count();
    let doubtful = [&paper.issuer, &paper.place].into_iter().flatten().any(|field| field.confidence < 0.5);
    if (count >= 4 && count * 4000 >= clean.text.len()) || doubtful {
        warn(
            paper,
            "ocr_noise",
            "Văn bản có nhiều ký tự lạ, có thể do nhận dạng từ bản quét; cần đối chiếu bản gốc.",
            None,
        );
    }
}
