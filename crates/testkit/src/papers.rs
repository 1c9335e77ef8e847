//! Invented official papers in the form of real ones, as text and as DOCX.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

/// A plan of a province: five tasks with every usual kind of deadline, a chain of papers behind it.
pub fn plan() -> String {
    PLAN.to_owned()
}

/// [`plan`] with another number, date and title.
pub fn plan_like(number: &str, day: &str, title: &str) -> String {
    PLAN.replace("Số: 12/KH-UBND", &format!("Số: {number}"))
        .replace("ngày 15 tháng 01 năm 2026", day)
        .replace("Công tác phổ biến, giáo dục pháp luật năm 2026 trên địa bàn tỉnh", title)
}

const PLAN: &str = "ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 12/KH-UBND

Lạng Sơn, ngày 15 tháng 01 năm 2026

KẾ HOẠCH

Công tác phổ biến, giáo dục pháp luật năm 2026 trên địa bàn tỉnh

Thực hiện Quyết định số 4501/QĐ-TTg ngày 10/12/2025 của Thủ tướng Chính phủ ban hành Kế hoạch thực hiện Kết luận số 977-KL/TW ngày 01/11/2025 của Ban Bí thư về tiếp tục đổi mới công tác phổ biến, giáo dục pháp luật, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU

1. Nâng cao hiệu quả công tác phổ biến, giáo dục pháp luật trên địa bàn tỉnh.

II. NHIỆM VỤ

1. Rà soát, lập danh sách đề nghị công nhận, cho thôi báo cáo viên pháp luật cấp tỉnh; bảo đảm đủ số lượng theo quy định.

- Cơ quan chủ trì: Sở Tư pháp.

- Cơ quan phối hợp: Công an tỉnh; Sở Giáo dục và Đào tạo.

- Thời gian thực hiện: trước ngày 10/11/2026.

2. Xây dựng tài liệu ngắn gọn, dễ hiểu, phát trên hệ thống loa truyền thanh cơ sở.

- Cơ quan chủ trì: Văn phòng Điều phối tài liệu cơ sở.

- Cơ quan phối hợp: Sở Tư pháp.

- Thời gian thực hiện: Thường xuyên.

3. Tổ chức cuộc thi trực tuyến tìm hiểu pháp luật trên địa bàn tỉnh.

- Cơ quan chủ trì: Sở Tư pháp.

- Cơ quan phối hợp: Sở Giáo dục và Đào tạo.

- Thời gian thực hiện: Quý III/2026.

4. Tập huấn kỹ năng tuyên truyền pháp luật cho tuyên truyền viên pháp luật cấp xã.

- Cơ quan chủ trì: Công an tỉnh.

- Cơ quan phối hợp: Sở Tư pháp.

- Thời gian thực hiện: Hằng năm.

III. TỔ CHỨC THỰC HIỆN

1. Sở Tư pháp theo dõi, đôn đốc việc thực hiện Kế hoạch này, tổng hợp kết quả báo cáo Ủy ban nhân dân tỉnh.

Trên đây là Kế hoạch công tác phổ biến, giáo dục pháp luật năm 2026./.

Nơi nhận:
- Bộ Tư pháp;
- Công an tỉnh;
- Sở Tư pháp;
- Lưu: VT, NC.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Nguyễn Văn Mẫu
";

/// The lines of a text as the paragraphs of a DOCX.
pub fn docx(text: &str) -> Vec<u8> {
    docx_under(text, "")
}

/// The same with words in the header of its pages.
pub fn docx_under(text: &str, header: &str) -> Vec<u8> {
    let escape = |line: &str| line.replace('&', "&amp;").replace('<', "&lt;");
    let paragraph = |line: &str| format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escape(line));
    let body: String = text.lines().map(paragraph).collect();
    docx_of(&body, &format!("<w:hdr xmlns:w=\"w\">{}</w:hdr>", paragraph(header)))
}

/// A DOCX of a body and a page header in its own markup.
pub fn docx_of(body: &str, header: &str) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}<w:sectPr/></w:body></w:document>"
    );
    package(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &document), ("word/header1.xml", header)])
}

/// A package of named parts.
pub fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("its text");
    }
    zip.finish().expect("a package").into_inner()
}
