//! Text → [`Paper`].
//!
//! [`clean`] prepares the text; each of the other modules reads one kind of thing from it.

mod citations;
mod clean;
mod date;
mod fold;
mod foot;
mod header;
mod kinds;
mod number;
mod tasks;
mod warnings;

pub use number::number_key;

use crate::Paper;

/// Reads the structure of a paper from its text. Any text is answered; time and memory are linear in its length.
pub fn recognise(text: &str) -> Paper {
    let clean = clean::clean(text);
    let mut paper = Paper { text: clean.text.clone(), ..Paper::default() };
    header::read(&clean, &mut paper);
    foot::read(&clean, &mut paper);
    header::finish(&clean, &mut paper);
    citations::read(&clean, &mut paper);
    warnings::add(&clean, &mut paper);
    tasks::fill(&clean, &mut paper);
    paper
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::recognise;
    use crate::{Paper, Span, to_json};

    fn spans(paper: &Paper) -> Vec<Span> {
        let texts =
            [&paper.issuer, &paper.parent_body, &paper.number, &paper.place, &paper.kind, &paper.title, &paper.secrecy];
        let signer = paper.signer.iter().flat_map(|s| [&s.authority, &s.position, &s.concurrent_position, &s.name]);
        let lists = paper.addressees.iter().chain(&paper.recipients).filter_map(|field| field.span);
        texts
            .into_iter()
            .chain(signer)
            .flatten()
            .filter_map(|field| field.span)
            .chain(lists)
            .chain(paper.date.iter().filter_map(|field| field.span))
            .chain(paper.citations.iter().map(|citation| citation.span))
            .chain(paper.warnings.iter().filter_map(|warning| warning.span))
            .chain(paper.tasks.iter().map(|task| task.span))
            .chain(paper.clauses.iter().map(|clause| clause.span))
            .chain(paper.tables.iter().map(|table| table.span))
            .collect()
    }

    fn check(text: &str) {
        let paper = recognise(text);
        for span in spans(&paper) {
            assert!(paper.text.get(span.start..span.end).is_some(), "{span:?} in {:?}", paper.text);
        }
        to_json(&paper);
    }

    #[test]
    fn a_title_may_name_the_state() {
        let title = |lines: &str| {
            let text = format!(
                "ỦY BAN NHÂN DÂN\nTỈNH MẪU\n\nCộng hòa xã hội chủ nghĩa Việt Nam\nĐộc lập - Tự do - Hạnh phúc\n\nSố: 12/KH-UBND\n\n\
                 Mẫu, ngày 15 tháng 01 năm 2026\n\nKẾ HOẠCH\n\n{lines}\n\nI. MỤC ĐÍCH\n1. Giao Sở Tư pháp tổ chức tập huấn."
            );
            recognise(&text).title.map(|title| title.value).unwrap_or_default()
        };
        let whole = "Tuyên truyền Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam trên địa bàn tỉnh";
        assert_eq!(title(whole), whole);
        let lines = "Tuyên truyền Hiến pháp nước\nCộng hòa xã hội chủ nghĩa Việt Nam\ntrên địa bàn tỉnh";
        assert_eq!(title(lines), whole);
        assert_eq!(title("Phổ biến pháp luật năm 2026"), "Phổ biến pháp luật năm 2026");
    }

    /// Pieces of papers, in any order.
    fn piece() -> impl Strategy<Value = String> {
        let fixed = prop::sample::select(vec![
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "ỦY BAN NHÂN DÂN",
            "TỈNH A",
            "SỞ TƯ PHÁP",
            "Số: 12/KH-UBND",
            "Số:   /KH-UBND",
            "A, ngày 1 tháng 2 năm 2025",
            "ngày   tháng 2",
            "KẾ HOẠCH",
            "QUYẾT ĐỊNH:",
            "V/v phổ biến",
            "Kính gửi:",
            "- Bộ Tư pháp;",
            "Căn cứ Luật Thủ đô;",
            "Thực hiện Quyết định số 1/QĐ-TTg ngày 1/1/2020 về",
            "thực hiện Kết luận số 8-KL/TW",
            "Nơi nhận:",
            "- Lưu: VT.",
            "TM. ỦY BAN NHÂN DÂN",
            "KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
            "Nguyễn Văn A",
            "|",
            "| a | b |",
            "**",
            "*",
            "CÔNG BÁO/Số 1/Ngày 01-02-2026",
            "70",
            "Người ký: A",
            "+07:00",
            "TT",
            "1. Mục đích",
            "a) ờ",
            "(Kèm theo",
            "điện:",
            "MẬT",
            "\u{c}",
            "Luật ",
            "của",
            "số",
            "ngày",
        ]);
        prop_oneof![4 => fixed.prop_map(str::to_owned), 1 => "\\PC{0,24}"]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn any_text_is_answered(text in "[\\s\\S]{0,400}") {
            check(&text);
        }

        #[test]
        fn any_mix_of_pieces_is_answered(pieces in prop::collection::vec((piece(), prop::sample::select(vec!["\n", " ", "\n\n", "   ", "\t"])), 0..60)) {
            let text: String = pieces.into_iter().flat_map(|(piece, end)| [piece, end.to_owned()]).collect();
            check(&text);
        }
    }
}
