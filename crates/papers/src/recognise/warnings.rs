//! What deviates from the form of Nghị định 30/2020/NĐ-CP or could not be read. Warnings never block.

use super::clean::{Clean, any_triple};
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
    let count = oddities(&clean.text);
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

/// Characters that a printed paper has no use for.
fn oddities(text: &str) -> usize {
    let odd = |b: u8, n: u8, t: u8| match b {
        b'~' | b'^' | b'{' | b'}' | b'\\' => true,
        0xc2 => matches!(n, 0xa1 | 0xa3 | 0xa5 | 0xa9 | 0xab | 0xac | 0xae | 0xb0 | 0xbb | 0xbf),
        0xe2 => matches!((n, t), (0x80, 0xb9 | 0xba) | (0x81, 0x84)),
        0xef => (n, t) == (0xbf, 0xbd),
        _ => false,
    };
    let rare = |b: u8, n: u8, t: u8| {
        let ascii = (b == b'~') | (b == b'^') | (b == b'{') | (b == b'}') | (b == b'\\');
        ascii | (b == 0xc2) | (b == 0xef) | (b == 0xe2) & ((n == 0x81) | (t == 0xb9) | (t == 0xba))
    };
    let bytes = text.as_bytes();
    if !any_triple(bytes, rare, odd) && bytes.len() > 2 {
        let tail = bytes.get(bytes.len() - 2..).unwrap_or_default();
        return tail.iter().zip(tail.iter().skip(1).chain([&0])).filter(|(b, n)| odd(**b, **n, 0)).count();
    }
    let at = |i: usize| bytes.get(i).copied().unwrap_or(0);
    (0..bytes.len()).filter(|i| odd(at(*i), at(i + 1), at(i + 2))).count()
}

#[cfg(test)]
mod tests {
    use super::oddities;

    #[test]
    fn odd_characters_are_counted() {
        assert_eq!(oddities("~^°©®»«¬{}\\¡¿¥£\u{fffd}›‹⁄"), 19);
        assert_eq!(oddities("Quyết định số 12 – “ỦY BAN” ● ½ … ﷼"), 0);
    }
}
