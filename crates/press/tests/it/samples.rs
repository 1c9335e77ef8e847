//! Invented papers in the right form, for the tests and the bench.

use chrono::NaiveDate;
use press::{Align, Annex, Block, Column, Level, Official, Run, Signature, Table, TableCell, Text};

/// A paragraph.
pub fn para(text: impl Into<Text>) -> Block {
    Block::Paragraph { text: text.into() }
}

/// A heading.
pub fn heading(level: Level, label: &str, text: &str) -> Block {
    Block::Heading { level, label: label.into(), text: text.into() }
}

/// A department's report of four or five pages with two annexes.
pub fn report() -> Official {
    Official {
        superior: Some("Ủy ban nhân dân tỉnh Bình Hải".into()),
        issuer: "Sở Tư pháp".into(),
        number: Some(7),
        symbol: "BC-STP".into(),
        place: "Bình Hải".into(),
        date: NaiveDate::from_ymd_opt(2026, 2, 5),
        kind: Some("Báo cáo".into()),
        title: "Kết quả công tác phổ biến, giáo dục pháp luật năm 2025 và phương hướng, nhiệm vụ trọng tâm năm 2026".into(),
        addressees: vec!["Cục Phổ biến, giáo dục pháp luật và Trợ giúp pháp lý, Bộ Tư pháp".into(), "Ủy ban nhân dân tỉnh Bình Hải".into()],
        bases: vec![
            "Căn cứ Luật Phổ biến, giáo dục pháp luật ngày 20 tháng 6 năm 2012".into(),
            "Căn cứ Kế hoạch số 12/KH-UBND ngày 15 tháng 01 năm 2025 của Ủy ban nhân dân tỉnh Bình Hải về công tác phổ biến, giáo dục pháp luật năm 2025;".into(),
        ],
        body: body(),
        signature: Signature {
            authority: vec!["KT. Giám đốc".into()],
            position: "Phó Giám đốc".into(),
            concurrent: None,
            name: Some("Nguyễn Thị Hồng Hạnh".into()),
        },
        recipients: ["Như trên", "Thường trực Hội đồng nhân dân tỉnh (để báo cáo)", "Các sở, ban, ngành cấp tỉnh", "Lưu: VT, PBGDPL"]
            .map(String::from)
            .to_vec(),
        drafter: Some("TT.Hương".into()),
        urgency: None,
        year: None,
        annexes: vec![
            Annex { title: "Số liệu hoạt động phổ biến, giáo dục pháp luật của các xã, phường năm 2025".into(), landscape: true, body: vec![Block::Table(figures(60))] },
            Annex { title: "Danh sách mô hình hiệu quả".into(), landscape: false, body: vec![para("Các mô hình được lựa chọn theo đề nghị của Ủy ban nhân dân các xã, phường."), Block::Table(models())] },
        ],
    }
}

fn body() -> Vec<Block> {
    let counted = vec![
        Run::plain("Trong năm 2025, toàn tỉnh đã tổ chức "),
        Run::reference("tong.hoat-dong", "1.284"),
        Run::plain(" hội nghị phổ biến, giáo dục pháp luật trực tiếp cho "),
        Run::reference("tong.luot-nguoi", "96.512"),
        Run::plain(" lượt người, tăng "),
        Run::reference("so-sanh.hoat-dong", "12,4%"),
        Run::plain(" so với năm 2024; biên soạn và phát hành "),
        Run::reference("tong.tai-lieu", "215.300"),
        Run::plain(" bản tài liệu, trong đó "),
        Run::bold("82% được phát hành trên môi trường số"),
        Run::plain("."),
    ];
    vec![
        para("Thực hiện chỉ đạo của Bộ Tư pháp và Ủy ban nhân dân tỉnh, Sở Tư pháp báo cáo kết quả như sau:"),
        heading(Level::Roman, "I.", "KẾT QUẢ CÔNG TÁC PHỔ BIẾN, GIÁO DỤC PHÁP LUẬT"),
        heading(Level::Arabic, "1.", "Công tác lãnh đạo, chỉ đạo, hướng dẫn"),
        para(
            "Sở Tư pháp đã tham mưu Ủy ban nhân dân tỉnh ban hành 04 kế hoạch và 11 văn bản hướng dẫn, bảo đảm rõ người, rõ việc, rõ thời hạn; tổ chức 03 đoàn kiểm tra tại 12 xã, phường, qua đó kịp thời tháo gỡ khó khăn ở cơ sở.",
        ),
        heading(Level::Arabic, "2.", "Hoạt động phổ biến, giáo dục pháp luật"),
        heading(Level::Letter, "a)", "Phổ biến pháp luật trực tiếp"),
        para(counted),
        Block::Bullets {
            items: vec![
                "Hội nghị, tọa đàm theo chuyên đề tại khu dân cư, trường học và doanh nghiệp;".into(),
                Text::from(vec![
                    Run::plain("Phiên tòa giả định về phòng, chống bạo lực học đường: "),
                    Run::reference("phien-toa", "36"),
                    Run::plain(" phiên tại "),
                    Run::italic("28 trường trung học phổ thông"),
                    Run::plain("."),
                ]),
            ],
        },
        heading(Level::Letter, "b)", "Phổ biến pháp luật trên môi trường số"),
        para(
            "Cổng thông tin của tỉnh đăng tải 640 tin, bài; các phóng sự ngắn trên mạng xã hội đạt hơn 2,1 triệu lượt xem. Kết quả theo từng nhóm đối tượng như sau:",
        ),
        Block::Table(groups()),
        heading(Level::Roman, "II.", "KHÓ KHĂN, HẠN CHẾ VÀ NGUYÊN NHÂN"),
        para(
            "Một số xã mới sắp xếp chưa bố trí đủ công chức phụ trách; kinh phí phân bổ chậm; việc ghi nhận hoạt động ở một số nơi chưa kịp thời, còn 03 xã chưa gửi báo cáo đúng hạn.",
        ),
        heading(Level::Roman, "III.", "PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM NĂM 2026"),
        para(
            "Tiếp tục đẩy mạnh chuyển đổi số; ưu tiên người dân tộc thiểu số, người lao động trong khu công nghiệp và học sinh.",
        ),
        para("Trên đây là báo cáo kết quả công tác phổ biến, giáo dục pháp luật năm 2025, Sở Tư pháp kính báo cáo."),
    ]
}

/// A small table in the body, with a figure that is a reference.
fn groups() -> Table {
    let row = |n: &str, name: &str, turns: TableCell, share: &str| {
        vec![TableCell::of(n), TableCell::of(name), turns, TableCell::of(share)]
    };
    Table {
        columns: vec![
            Column::new(1.0, Align::Centre),
            Column::new(6.0, Align::Left),
            Column::new(3.0, Align::Right),
            Column::new(2.0, Align::Right),
        ],
        head: vec![vec![
            TableCell::of("TT"),
            TableCell::of("Nhóm đối tượng"),
            TableCell::of("Số lượt người"),
            TableCell::of("Tỷ lệ (%)"),
        ]],
        rows: vec![
            row(
                "1",
                "Người dân vùng dân tộc thiểu số, miền núi, biên giới",
                TableCell::of(Run::reference("nhom.dtts", "31.204")),
                "32,3",
            ),
            row(
                "2",
                "Người lao động trong doanh nghiệp",
                TableCell::of(Run::reference("nhom.lao-dong", "22.870")),
                "23,7",
            ),
            row("3", "Học sinh, sinh viên", TableCell::of("42.438"), "44,0"),
            vec![
                TableCell::over(Run::bold("Tổng cộng"), 2, 1),
                TableCell::of(Run::bold("96.512")),
                TableCell::of(Run::bold("100")),
            ],
        ],
        caption: Some("Bảng 1. Số lượt người tham dự theo nhóm đối tượng".into()),
        note: None,
        size: None,
    }
}

/// A wide table whose head has two rows with merged cells.
pub fn figures(rows: usize) -> Table {
    let c = |text: &str, columns, rows| TableCell::over(text, columns, rows);
    let head = vec![
        vec![
            c("STT", 1, 2),
            c("Xã, phường", 1, 2),
            c("Phổ biến trực tiếp", 3, 1),
            c("Thi tìm hiểu pháp luật", 2, 1),
            c("Tài liệu phát hành (bản)", 2, 1),
            c("Ghi chú", 1, 2),
        ],
        ["Số cuộc", "Số lượt người", "Trong đó nữ", "Số cuộc thi", "Số lượt dự thi", "Bản in", "Bản điện tử"]
            .map(TableCell::of)
            .to_vec(),
    ];
    let names = ["Xã An Lộc", "Phường Đông Hải", "Xã Vĩnh Phước", "Xã Tân Thuận", "Phường Quỳnh Mai", "Xã Thượng Sơn"];
    let row = |at: usize| {
        let figure = |base: usize| {
            TableCell::of(Run::reference(
                format!("xa-{at}.c{base}"),
                kernel::text::display_number((base * (at % 17 + 3)) as i64),
            ))
        };
        let mut cells = vec![
            TableCell::of((at + 1).to_string()),
            TableCell::of(format!("{} {}", names[at % names.len()], at / names.len() + 1)),
        ];
        cells.extend([3, 214, 101, 1, 77, 350, 91].map(figure));
        cells.push(TableCell::of(if at % 9 == 4 { "Không phát sinh cuộc thi" } else { "" }));
        cells
    };
    Table {
        columns: [(1.0, Align::Centre), (4.5, Align::Left)]
            .into_iter()
            .chain([(2.2, Align::Right); 7])
            .chain([(3.0, Align::Left)])
            .map(|(weight, align)| Column::new(weight, align))
            .collect(),
        head,
        rows: (0..rows).map(row).collect(),
        caption: None,
        note: Some("Số liệu do các xã, phường báo cáo, đã được Sở Tư pháp kiểm tra.".into()),
        size: Some(12.0),
    }
}

fn models() -> Table {
    Table {
        columns: vec![Column::new(1.0, Align::Centre), Column::new(4.0, Align::Left), Column::new(6.0, Align::Left)],
        head: vec![["TT", "Tên mô hình", "Kết quả"].map(TableCell::of).to_vec()],
        rows: vec![
            vec![
                TableCell::of("1"),
                TableCell::of("Cà phê pháp luật"),
                TableCell::of("24 buổi, 1.150 lượt người; được nhân rộng tại 08 phường"),
            ],
            vec![
                TableCell::of("2"),
                TableCell::of("Tiếng loa biên phòng"),
                TableCell::of("Phát thanh bằng hai thứ tiếng, mỗi tuần 03 buổi"),
            ],
        ],
        ..Table::default()
    }
}

/// A short công văn, signed for a council by somebody who has a post of their own.
pub fn letter() -> Official {
    Official {
        superior: Some("Ủy ban nhân dân tỉnh Bình Hải".into()),
        issuer: "Hội đồng phối hợp phổ biến, giáo dục pháp luật".into(),
        number: Some(118),
        symbol: "HĐPH-STP".into(),
        place: "Bình Hải".into(),
        date: NaiveDate::from_ymd_opt(2026, 11, 20),
        title: "hướng dẫn tổ chức các hoạt động hưởng ứng Ngày Pháp luật năm 2026".into(),
        addressees: vec!["Ủy ban nhân dân các xã, phường".into()],
        body: vec![
            para(
                "Để việc hưởng ứng Ngày Pháp luật thiết thực, tiết kiệm, Hội đồng phối hợp đề nghị Ủy ban nhân dân các xã, phường quan tâm thực hiện một số nội dung sau:",
            ),
            heading(Level::Arabic, "1.", "Nội dung"),
            para("Tập trung phổ biến các luật mới được Quốc hội thông qua."),
            para("Báo cáo kết quả gửi về Sở Tư pháp trước ngày 10 tháng 12 năm 2026 để tổng hợp"),
        ],
        signature: Signature {
            authority: vec!["TM. Hội đồng".into(), "KT. Chủ tịch".into()],
            position: "Phó Chủ tịch".into(),
            concurrent: Some("Giám đốc Sở Tư pháp".into()),
            name: Some("Lê Văn Bình".into()),
        },
        recipients: vec!["Như trên".into(), "Lưu: VT".into()],
        ..Official::default()
    }
}
