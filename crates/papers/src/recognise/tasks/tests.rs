//! Small invented papers in the forms that occur.

mod forms;
mod headed;
mod named;

use proptest::prelude::*;

use crate::recognise::recognise;
use crate::{DeadlineKind, Force, Paper, TaskClass};

const HEAD: &str = "ỦY BAN NHÂN DÂN\nTỈNH BÌNH MINH\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n\
                    Số: 12/KH-UBND\n\nBình Minh, ngày 05 tháng 01 năm 2026\n\nKẾ HOẠCH\nPhổ biến pháp luật năm 2026\n\n\
                    Thực hiện Quyết định số 11/QĐ-TTg ngày 02/01/2026, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:\n\n";

const FOOT: &str = "\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn An\n";

fn plan(body: &str) -> Paper {
    recognise(&format!("{HEAD}{body}{FOOT}"))
}

const LETTER: &str = "ỦY BAN NHÂN DÂN\nTỈNH BÌNH MINH\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n\
                      Số: 12/CT-UBND\n\nBình Minh, ngày 05 tháng 01 năm 2026\n\nCHỈ THỊ\nVề việc phòng cháy rừng\n\n\
                      Mùa khô năm nay đến sớm. Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:\n\n";

fn directive(body: &str) -> Paper {
    recognise(&format!("{LETTER}{body}{}", FOOT))
}

/// Anchor, first words, leads, helpers and deadline of each task.
fn rows(paper: &Paper) -> Vec<String> {
    let names = |f: &[crate::Field<String>]| f.iter().map(|f| f.value.as_str()).collect::<Vec<_>>().join(" + ");
    paper
        .tasks
        .iter()
        .map(|t| {
            let start: String = t.text.chars().take(18).collect();
            let due = t.deadline.value.clone().unwrap_or_else(|| format!("{:?}", t.deadline.kind));
            format!("{} | {} | {} | {} | {due}", t.anchor, start.trim(), names(&t.lead), names(&t.coordinating))
        })
        .collect()
}

#[test]
fn blocks_with_label_lines() {
    let paper = plan(
        "I. MỤC ĐÍCH\n\n1. Nâng cao nhận thức của cán bộ.\n\nII. NỘI DUNG\n\n1. Tổ chức hội nghị phổ biến luật mới.\n\n\
         - Cơ quan chủ trì: Sở Tư pháp.\n\n- Cơ quan phối hợp: Sở Văn hóa, Thể thao và Du lịch; UBND các xã, phường.\n\n\
         - Thời gian thực hiện: Quý II/2026.\n\n2. Sở Nội vụ chủ trì, phối hợp với Công an tỉnh:\n\n\
         - Rà soát đội ngũ báo cáo viên.\n\nThời gian thực hiện: Hằng năm.\n\n- Tập huấn nghiệp vụ cho báo cáo viên.\n\n\
         Thời gian thực hiện: Tháng 6/2026.\n\n3. Biên soạn tài liệu. Đơn vị thực hiện: Sở Giáo dục và Đào tạo. Thời gian: thường xuyên.\n\n\
         III. TỔ CHỨC THỰC HIỆN\n\n1. Sở Tài chính\n\n- Tham mưu bố trí kinh phí.\n\n- Phối hợp với Sở Tư pháp kiểm tra.\n\n\
         2. Trong quá trình thực hiện, nếu có vướng mắc, các cơ quan báo cáo Sở Tư pháp.",
    );
    assert_eq!(
        rows(&paper),
        [
            "II.1 | Tổ chức hội nghị p | Sở Tư pháp | Sở Văn hóa, Thể thao và Du lịch + UBND các xã, phường | 2026-Q2",
            "II.2#1 | Rà soát đội ngũ bá | Sở Nội vụ | Công an tỉnh | Annual",
            "II.2#2 | Tập huấn nghiệp vụ | Sở Nội vụ | Công an tỉnh | 2026-06",
            "II.3 | Biên soạn tài liệu | Sở Giáo dục và Đào tạo |  | Continuous",
            "III.1#1 | Tham mưu bố trí ki | Sở Tài chính |  | None",
            "III.1#2 | Phối hợp với Sở Tư | Sở Tài chính | Sở Tư pháp | None",
        ]
    );
    assert_eq!(paper.tasks.last().map(|t| t.class), Some(TaskClass::Org));
}

/// Dashes that share the label lines below them are one task, with all its words.
#[test]
fn a_block_keeps_all_its_words() {
    let paper = plan(
        "II. NỘI DUNG\n\n1. Sở Tư pháp chủ trì, phối hợp với Sở Nội vụ:\n\n- Hướng dẫn nội dung phổ biến luật mới.\n\n\
         - Tăng cường chia sẻ thông tin.\n\nThời gian thực hiện: Hằng năm.\n\n2. Tổ chức hội nghị phổ biến luật mới, gồm:\n\n\
         - Hội nghị cấp tỉnh;\n\n- Hội nghị cấp xã.\n\nCơ quan thực hiện: Sở Tư pháp.",
    );
    let words: Vec<&str> = paper.tasks.iter().map(|task| task.text.as_str()).collect();
    assert_eq!(
        words,
        [
            "Hướng dẫn nội dung phổ biến luật mới.\n- Tăng cường chia sẻ thông tin.",
            "Tổ chức hội nghị phổ biến luật mới, gồm:\n- Hội nghị cấp tỉnh;\n- Hội nghị cấp xã.",
        ]
    );
    let span = paper.tasks[0].span;
    assert!(paper.text[span.start..span.end].ends_with("chia sẻ thông tin."));
}

#[test]
fn requests_and_orders() {
    let paper = plan(
        "II. NHIỆM VỤ\n\n1. Đề nghị Tòa án nhân dân tỉnh phối hợp tuyên truyền.\n\n2. Giao Sở Y tế xây dựng tài liệu, hoàn thành trước ngày 30/6/2026.\n\n\
         3. Về kinh phí tổ chức hội thi: giao Sở Tài chính thẩm định trong tháng 3 năm 2026.",
    );
    let force: Vec<Force> = paper.tasks.iter().map(|t| t.force).collect();
    assert_eq!(force, [Force::Request, Force::Assign, Force::Assign]);
    assert_eq!(paper.tasks[1].deadline.value.as_deref(), Some("2026-06-30"));
    assert_eq!(paper.tasks[2].deadline.kind, DeadlineKind::Month);
}

const TABLE: [&str; 3] = [
    "II.1 | Tổ chức hội nghị p | Sở Tư pháp | Sở Nội vụ + UBND các xã, phường | 2026-Q1",
    "II.2 | Biên soạn tài liệu | Sở Tư pháp | Sở Nội vụ | Annual",
    "III.1 | Kiểm tra công tác | Công an tỉnh |  | 2026-12-15",
];

fn expect(paper: &Paper, prefix: &str) {
    let want: Vec<String> = TABLE.iter().map(|r| format!("{prefix}{r}")).collect();
    assert_eq!(rows(paper), want);
    assert!(paper.tasks.iter().all(|t| t.in_table));
    assert_eq!(paper.tables.len(), 1);
}

#[test]
fn tables_of_rows() {
    let body = "II. NỘI DUNG\n\n| STT | Nội dung | Chủ trì | Phối hợp | Thời gian |\n| --- | --- | --- | --- | --- |\n\
                | II | PHỔ BIẾN PHÁP LUẬT | | | |\n| 1 | Tổ chức hội nghị phổ biến | Sở Tư pháp | Sở Nội vụ; UBND các xã, phường | Quý I/2026 |\n\
                | 2 | Biên soạn tài liệu | Sở Tư pháp | Sở Nội vụ | Hằng năm |\n| III | KIỂM TRA | | | |\n\
                | 1 | Kiểm tra công tác phổ biến | Công an tỉnh | | Trước ngày 15/12/2026 |\n";
    expect(&plan(body), "II.");
}

#[test]
fn merged_cells_go_on_and_blank_ones_say_nothing() {
    let body = "II. NỘI DUNG\n\n| STT | Nội dung | Chủ trì | Phối hợp | Thời gian |\n\
                | 1 | Ban hành kế hoạch | Sở Tư pháp | Sở Nội vụ | Quý I/2026 |\n| 2 | Tổ chức hội nghị triển khai | | | Quý II/2026 |\n\
                | 3 | Biên soạn tài liệu tuyên truyền | - | - | Quý III/2026 |\n";
    let paper = plan(body);
    let named = |at: usize| (paper.tasks[at].lead.len(), paper.tasks[at].coordinating.len());
    assert_eq!([named(0), named(1), named(2)], [(1, 1), (1, 1), (0, 0)]);
}

#[test]
fn tables_of_bars() {
    let mut body = String::from("|\n");
    for row in [
        &["TT", "Nội dung\ncông việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn"][..],
        &["II", "PHỔ BIẾN PHÁP LUẬT"],
        &["1", "Tổ chức hội nghị\nphổ biến", "Sở Tư pháp", "Sở Nội vụ; UBND\ncác xã, phường", "Quý I/2026"],
        &["2", "Biên soạn tài liệu", "Sở Tư pháp", "Sở Nội vụ", "Hằng năm"],
        &["III", "KIỂM TRA"],
        &["1", "Kiểm tra công tác phổ biến", "Công an tỉnh", "", "Trước ngày 15/12/2026"],
    ] {
        for cell in row {
            body.push_str(cell);
            body.push_str(if cell.is_empty() { "|\n" } else { "\n|\n" });
        }
        body.push_str("|\n");
    }
    let paper = recognise(&format!(
        "{HEAD}I. NỘI DUNG\n\n1. Nội dung như phụ lục.{FOOT}\nPHỤ LỤC\nDANH MỤC NHIỆM VỤ\n\n{body}"
    ));
    expect(&paper, "PL.");
}

#[test]
fn tables_without_bars() {
    let body = "TT\nNội dung công việc\nCơ quan\nchủ trì\nCơ quan\nphối hợp\nThời hạn\nhoàn thành\n\
                I\nPhổ biến pháp luật\n1\nTổ chức hội nghị giới thiệu luật mới cho\ncán bộ, công chức trên địa bàn tỉnh\n\
                Sở Tư pháp\nCác sở, ban,\nngành liên\nquan\nQuý I/2026\n2\nBiên soạn tài liệu hỏi đáp pháp luật cho\ngiáo viên, học sinh các trường\n\
                Sở Giáo dục\nvà Đào tạo\nSở Tư pháp\nThường xuyên\n";
    let paper = recognise(&format!("{HEAD}I. NỘI DUNG\n\n1. Nội dung như phụ lục.{FOOT}\nPHỤ LỤC\n\n{body}"));
    assert_eq!(
        rows(&paper),
        [
            "PL.I.1 | Tổ chức hội nghị g | Sở Tư pháp | Các sở, ban, ngành liên quan | 2026-Q1",
            "PL.I.2 | Biên soạn tài liệu | Sở Giáo dục và Đào tạo | Sở Tư pháp | Continuous",
        ]
    );
}

#[test]
fn anchors_are_unique_and_parents_come_first() {
    let paper = plan("I. NỘI DUNG\n\n1. Một\n\n1. Hai\n\na) Ba\n\n- Bốn\n\n- Năm\n\n1.1. Sáu\n\nII. KHÁC\n\n1. Bảy");
    let mut anchors: Vec<&str> = paper.clauses.iter().map(|c| c.anchor.as_str()).collect();
    assert!(anchors.contains(&"I.1~2.1") && anchors.contains(&"II.1"), "{anchors:?}");
    anchors.sort_unstable();
    anchors.dedup();
    assert_eq!(anchors.len(), paper.clauses.len());
    for (i, c) in paper.clauses.iter().enumerate() {
        assert!(c.parent.is_none_or(|p| p < i));
    }
}

/// The plan from which the product was conceived: 28 time labels, 19 recurring and 9 dated.
#[test]
fn the_founding_plan() {
    let shared = std::env::var("LANTOA_SHARED").unwrap_or_else(|_| "../../../shared".into());
    let file = std::path::Path::new(&shared).join("samples/papers/164-KH-UBND-thai-nguyen.txt");
    let Ok(text) = std::fs::read_to_string(&file) else {
        eprintln!("skipped: {} is not here", file.display());
        return;
    };
    let paper = recognise(&text);
    let labels = super::labels::find;
    let mut times = vec![];
    for line in paper.text.lines() {
        times.extend(
            labels(line)
                .into_iter()
                .filter(|l| l.role == super::labels::Role::Time)
                .map(|l| super::deadline::all_of_label(&line[l.value], Some(2020))[0].deadline.kind),
        );
    }
    let recurring = times.iter().filter(|k| **k == DeadlineKind::Annual).count();
    let dated = times.iter().filter(|k| matches!(k, DeadlineKind::Quarter | DeadlineKind::Year)).count();
    assert_eq!((times.len(), recurring, dated), (28, 19, 9));
    assert_eq!(paper.tasks.len(), 36);
}

fn spans_hold(paper: &Paper) {
    let ok = |s: crate::Span| paper.text.get(s.start..s.end).is_some();
    assert!(paper.clauses.iter().all(|c| ok(c.span)));
    assert!(paper.tables.iter().all(|t| ok(t.span)));
    for t in &paper.tasks {
        assert!(ok(t.span));
        assert!(t.lead.iter().chain(&t.coordinating).chain(&t.deadline_text).all(|f| f.span.is_none_or(ok)));
        assert!((0.0..=1.0).contains(&t.confidence));
    }
}

proptest! {
    #[test]
    fn any_text_is_answered(text in "\\PC{0,400}") {
        spans_hold(&recognise(&text));
    }

    #[test]
    fn any_order_of_usual_lines_is_answered(picks in prop::collection::vec(0usize..PIECES.len(), 0..60)) {
        let text: String = picks.into_iter().map(|i| PIECES[i]).collect();
        spans_hold(&recognise(&text));
    }
}

const PIECES: [&str; 30] = [
    "|\n",
    "|\n|\n",
    "TT\n",
    "STT\nNội dung\nChủ trì\nPhối hợp\n",
    "1\n",
    "2\n",
    "I\n",
    "II. NỘI DUNG\n",
    "1. Sở Tư pháp:\n",
    "a) Chủ trì, phối hợp với ",
    "Công an tỉnh và các cơ quan liên quan ",
    "rà soát, hoàn thành trước ngày 31/12/2026.\n",
    "- Cơ quan chủ trì: Sở Nội vụ\n",
    "Thời gian thực hiện: Quý I, II/2026 - ",
    "hằng năm.\n",
    "\n",
    "| a | b | c |\n",
    "| STT | Nhiệm vụ | Chủ trì | Thời gian |\n",
    "| 1 | Việc | Sở Y tế | 2026 |\n",
    "KẾ HOẠCH\n",
    "Nơi nhận:\n",
    "TM. ỦY BAN NHÂN DÂN\n",
    "PHỤ LỤC I\n",
    "Điều 1. ",
    "Giao Sở Xây dựng; ",
    "(",
    ":",
    "từ ngày 15/11 đến ngày 15/12 ",
    "\u{301}\u{feff}",
    "…......\n",
];
