//! Two invented papers, described once, written in any form.

/// A piece of a paper.
pub enum Part {
    /// Two columns without borders: rows of left lines and right lines.
    Columns(&'static [(&'static [&'static str], &'static [&'static str])]),
    /// A centred line.
    Centre(&'static str),
    /// A paragraph.
    Line(&'static str),
    /// An automatically numbered paragraph: level from 0, the number as it prints, its words.
    Item(u8, &'static str, &'static str),
    /// A table with borders, header first. `<` belongs to the cell on its left, `^` to the one above.
    Table(&'static [&'static [&'static str]]),
    /// A new page.
    Page,
}

use Part::{Centre, Columns, Item, Line, Page, Table};

/// A plan: numbered headings, label lines, an annex with merged cells.
pub const PLAN: &[Part] = &[
    Columns(&[
        (&["ỦY BAN NHÂN DÂN", "TỈNH AN BÌNH"], &["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]),
        (&["Số: 47/KH-UBND"], &["An Bình, ngày 09 tháng 02 năm 2026"]),
    ]),
    Centre("KẾ HOẠCH"),
    Centre("Chuẩn hóa dữ liệu hộ tịch và hòa giải ở cơ sở trên địa bàn tỉnh năm 2026"),
    Line(
        "Thực hiện Quyết định số 3141/QĐ-TTg ngày 05/12/2025 của Thủ tướng Chính phủ ban hành Kế hoạch thực hiện Kết luận số 271-KL/TW ngày 12/9/2025 của Ban Bí thư về tiếp tục thực hiện Chỉ thị số 88-CT/TW ngày 03/3/2015, Ủy ban nhân dân tỉnh ban hành Kế hoạch chuẩn hóa dữ liệu hộ tịch và hòa giải ở cơ sở năm 2026 như sau:",
    ),
    Item(0, "I.", "MỤC ĐÍCH, YÊU CẦU"),
    Item(1, "1.", "Mục đích"),
    Item(
        2,
        "a)",
        "Bảo đảm thông tin hộ tịch của người dân được ghi đúng, ghi đủ, dùng chung giữa các cơ quan và không phải khai lại nhiều lần.",
    ),
    Item(2, "b)", "Nâng chất lượng của tổ hòa giải ở thôn, bản, tổ dân phố."),
    Item(1, "2.", "Yêu cầu"),
    Line("Việc triển khai thiết thực, tiết kiệm, đúng tiến độ; không làm phát sinh thủ tục đối với người dân."),
    Item(0, "II.", "NHIỆM VỤ"),
    Item(1, "1.", "Hoàn thiện dữ liệu"),
    Line(
        "1.1. Rà soát sổ hộ tịch đang lưu giữ, lập danh mục những trường hợp còn thiếu thông tin, nhập bổ sung vào hệ thống theo thứ tự ưu tiên.",
    ),
    Line("- Cơ quan chủ trì: Sở Tư pháp."),
    Line("- Cơ quan phối hợp: Công an tỉnh; Sở Khoa học và Công nghệ; UBND các xã, phường."),
    Line("- Thời gian thực hiện: Hoàn thành trước ngày 30/9/2026."),
    Line("1.2. Đối chiếu dữ liệu giữa hai hệ thống, xử lý chênh lệch ngay trong tháng phát hiện."),
    Line("- Cơ quan chủ trì: Công an tỉnh."),
    Line("- Cơ quan phối hợp: Sở Tư pháp."),
    Line("- Thời gian thực hiện: Hằng tháng."),
    Item(1, "2.", "Hòa giải ở cơ sở"),
    Line("2.1. Mở lớp bồi dưỡng kỹ năng cho hòa giải viên mới được công nhận trong năm."),
    Line("- Cơ quan thực hiện: UBND các xã, phường."),
    Line("- Cơ quan phối hợp: Sở Tư pháp; đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh phối hợp thực hiện."),
    Line("- Thời gian thực hiện: Quý II và Quý IV năm 2026."),
    Item(0, "III.", "TỔ CHỨC THỰC HIỆN"),
    Item(
        1,
        "1.",
        "Sở Tư pháp theo dõi, đôn đốc việc thực hiện Kế hoạch này; tổng hợp kết quả, báo cáo Ủy ban nhân dân tỉnh trước ngày 15/12/2026.",
    ),
    Item(
        1,
        "2.",
        "Sở Tài chính tham mưu bố trí kinh phí thực hiện Kế hoạch theo phân cấp ngân sách nhà nước hiện hành.",
    ),
    Line("Trên đây là Kế hoạch chuẩn hóa dữ liệu hộ tịch và hòa giải ở cơ sở trên địa bàn tỉnh năm 2026./."),
    Columns(&[(
        &[
            "Nơi nhận:",
            "- Bộ Tư pháp;",
            "- Thường trực Tỉnh ủy;",
            "- Chủ tịch, các Phó Chủ tịch UBND tỉnh;",
            "- Các sở, ban, ngành tỉnh;",
            "- UBND các xã, phường;",
            "- Lưu: VT, NC.",
        ],
        &["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "", "Lý Thanh Mẫu"],
    )]),
    Page,
    Centre("PHỤ LỤC"),
    Centre("DANH MỤC NHIỆM VỤ CHI TIẾT"),
    Centre("(Kèm theo Kế hoạch số 47/KH-UBND ngày 09/02/2026 của Ủy ban nhân dân tỉnh An Bình)"),
    Table(&[
        &["STT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện", "Sản phẩm"],
        &["I", "Công tác chuẩn bị", "<", "<", "<", "<"],
        &[
            "1",
            "Thành lập tổ giúp việc triển khai việc chuẩn hóa dữ liệu",
            "Sở Tư pháp",
            "Sở Nội vụ; Văn phòng UBND tỉnh",
            "Tháng 3/2026",
            "Quyết định",
        ],
        &["2", "Tập huấn nghiệp vụ nhập dữ liệu cho công chức cấp xã", "^", "^", "Quý II/2026", "Lớp tập huấn"],
        &["II", "Công tác hòa giải", "<", "<", "<", "<"],
        &[
            "3",
            "Biên soạn sổ tay tình huống hòa giải thường gặp, phát cho từng tổ hòa giải",
            "Sở Tư pháp",
            "Sở Văn hóa, Thể thao và Du lịch; Hội Luật gia tỉnh; các cơ quan có liên quan",
            "Trước ngày 31/8/2026",
            "Sổ tay",
        ],
        &[
            "4",
            "Sinh hoạt chuyên đề của câu lạc bộ pháp luật",
            "UBND các xã, phường",
            "Đoàn Luật sư tỉnh",
            "Hằng quý",
            "Buổi sinh hoạt",
        ],
    ]),
];

/// An official letter: addressees, dashed requests.
pub const LETTER: &[Part] = &[
    Columns(&[
        (&["UBND TỈNH AN BÌNH", "SỞ TƯ PHÁP"], &["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]),
        (
            &["Số: 305/STP-PBPL", "V/v báo cáo kết quả rà soát tủ sách pháp luật ở cơ sở"],
            &["An Bình, ngày 21 tháng 4 năm 2026"],
        ),
    ]),
    Columns(&[(&["Kính gửi:"], &["- Các sở, ban, ngành tỉnh;", "- UBND các xã, phường."])]),
    Line(
        "Căn cứ Kế hoạch số 47/KH-UBND ngày 09/02/2026 của Ủy ban nhân dân tỉnh về chuẩn hóa dữ liệu hộ tịch, Sở Tư pháp đề nghị các cơ quan, địa phương phối hợp thực hiện các nội dung sau:",
    ),
    Item(
        1,
        "1.",
        "Các sở, ban, ngành tỉnh rà soát tủ sách pháp luật tại cơ quan mình, gửi kết quả về Sở Tư pháp trước ngày 15/5/2026.",
    ),
    Item(
        1,
        "2.",
        "UBND các xã, phường thống kê số đầu sách còn giá trị sử dụng và đề xuất phương án khai thác trước ngày 20/5/2026.",
    ),
    Line("Đề nghị các cơ quan, địa phương quan tâm thực hiện./."),
    Columns(&[(
        &["Nơi nhận:", "- Như trên;", "- UBND tỉnh (để báo cáo);", "- Lưu: VT, PBPL."],
        &["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "", "Trần Thị Ví Dụ"],
    )]),
];

/// As plain text: the left column before the right one, rows of tables between bars.
pub fn text(parts: &[Part]) -> String {
    let mut out = String::new();
    for part in parts {
        match part {
            Columns(rows) => {
                let left = rows.iter().flat_map(|(left, _)| *left);
                let right = rows.iter().flat_map(|(_, right)| *right);
                for line in left.chain(right).filter(|line| !line.is_empty()) {
                    out.push_str(line);
                    out.push('\n');
                }
            }
            Centre(line) | Line(line) => out.push_str(&format!("{line}\n")),
            Item(_, number, line) => out.push_str(&format!("{number} {line}\n")),
            Table(rows) => {
                for row in *rows {
                    let cell =
                        |cell: &&str| if matches!(*cell, "<" | "^") { String::new() } else { format!(" {cell}") };
                    out.push_str(&format!("|{} |\n", row.iter().map(cell).collect::<Vec<_>>().join(" |")));
                }
            }
            Page => {}
        }
        out.push('\n');
    }
    out
}

/// [`text`] with its lines broken after `width` letters, as mail programs do; rows of tables stay whole.
pub fn wrapped(parts: &[Part], width: usize) -> String {
    let mut out = String::new();
    for line in text(parts).lines() {
        let mut used = 0;
        for word in line.split(' ') {
            let long = word.chars().count();
            if used > 0 {
                let fits = used + 1 + long <= width || line.starts_with('|');
                out.push(if fits { ' ' } else { '\n' });
                used = if fits { used + 1 } else { 0 };
            }
            out.push_str(word);
            used += long;
        }
        out.push('\n');
    }
    out
}
