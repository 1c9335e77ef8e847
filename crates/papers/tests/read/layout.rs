//! Output of `pdftotext -layout` gives the same text as the file the PDF was made of.

use papers::{Format, read_layout};

use crate::formats::PAPER;

#[test]
fn the_same_paper() {
    let source = read_layout(
        "\
       UBND TỈNH AN BÌNH                 CỘNG HÒA XÃ HỘI CHỦ NGHĨA
          SỞ TƯ PHÁP                                 VIỆT NAM
                                            Độc lập - Tự do - Hạnh phúc
           Số: 12/KH-STP                  An Bình, ngày 05 tháng 6 năm 2025
                                KẾ HOẠCH
      I. MỤC ĐÍCH
      1. Nâng cao nhận thức của cán bộ.
      2. Phổ biến kịp thời quy định mới.
    STT           Nội dung                Chủ trì
     I       Tuyên truyền
     1       Biên soạn tài liệu         Phòng Phổ biến
             hỏi đáp.                     pháp luật
\u{c}                                    2
      II. TỔ CHỨC THỰC HIỆN
Nơi nhận:                                               KT. GIÁM ĐỐC
- Như trên;                                             PHÓ GIÁM ĐỐC
- Lưu: VT, PBPL.


                                                         Trần Văn Minh
\u{c}",
    );
    assert_eq!(source.text, PAPER);
    assert_eq!(source.format, Format::PdfLayout);
}

#[test]
fn paragraphs_over_lines_and_pages() {
    let source = read_layout(
        "      Thực hiện Kế hoạch số 45/KH-UBND ngày 10 tháng 01 năm 2025 của Ủy ban
nhân dân tỉnh, Sở ban hành Kế hoạch triển khai Nghị quyết số 57-
NQ/TW như sau:
      1. Các phòng, đơn vị thuộc Sở căn cứ Kế hoạch này tổ chức thực hiện; trong
quá trình thực hiện nếu có vướng mắc, kịp thời phản ánh về Phòng Phổ biến
\u{c}                                       2
pháp luật để tổng hợp, báo cáo Giám đốc Sở xem xét, quyết định theo thẩm
quyền.
      2. Kinh phí thực hiện theo quy định.
",
    );
    let lines: Vec<&str> = source.text.lines().collect();
    assert_eq!(
        lines,
        [
            "Thực hiện Kế hoạch số 45/KH-UBND ngày 10 tháng 01 năm 2025 của Ủy ban nhân dân tỉnh, Sở ban hành Kế hoạch \
             triển khai Nghị quyết số 57-NQ/TW như sau:",
            "1. Các phòng, đơn vị thuộc Sở căn cứ Kế hoạch này tổ chức thực hiện; trong quá trình thực hiện nếu có vướng \
             mắc, kịp thời phản ánh về Phòng Phổ biến pháp luật để tổng hợp, báo cáo Giám đốc Sở xem xét, quyết định theo \
             thẩm quyền.",
            "2. Kinh phí thực hiện theo quy định.",
        ]
    );
}

#[test]
fn official_letter() {
    let source = read_layout(
        "            ỦY BAN NHÂN DÂN                     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
              TỈNH AN BÌNH                             Độc lập - Tự do - Hạnh phúc
            Số: 1234/UBND-NC                    An Bình, ngày 07 tháng 11 năm 2025
 V/v triển khai thi hành Luật Thực hiện dân
         chủ ở cơ sở trên địa bàn tỉnh


                                  Kính gửi: - Các sở, ban, ngành cấp tỉnh;
                                              - Công an tỉnh; Bộ Chỉ huy Quân sự
                                              tỉnh.
      Chủ tịch Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành triển khai nghiêm
túc nội dung nêu trên./.
",
    );
    let lines: Vec<&str> = source.text.lines().collect();
    assert_eq!(lines[3], "V/v triển khai thi hành Luật Thực hiện dân chủ ở cơ sở trên địa bàn tỉnh");
    assert_eq!(
        lines[8..],
        [
            "Kính gửi:",
            "- Các sở, ban, ngành cấp tỉnh;",
            "- Công an tỉnh; Bộ Chỉ huy Quân sự tỉnh.",
            "Chủ tịch Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành triển khai nghiêm túc nội dung nêu trên./.",
        ]
    );
}

/// Numbers centred in their rows, a row broken over the page, the head repeated on the next page.
#[test]
fn centred_rows_over_pages() {
    let source = read_layout(
        "                  Nội dung                        Đơn vị phối    Thời gian
    STT                         Đơn vị chủ trì
                  công việc                           hợp         thực hiện
               Biên soạn tài
               liệu tuyên
               truyền về Luật                    Văn phòng Sở;
                                  Phòng Phổ                      Quý III năm
      1        Tài nguyên                          các phòng
                                biến pháp luật                     2025
               nước và các                        chuyên môn
               văn bản hướng
               dẫn thi hành
\u{c}                                               3
                  Nội dung                        Đơn vị phối    Thời gian
    STT                         Đơn vị chủ trì
                  công việc                           hợp         thực hiện
                                                 Văn phòng Sở;
               Tổ chức hội        Phòng Phổ                      Quý III năm
      2                                            các phòng
               nghị             biến pháp luật                     2025
                                                  chuyên môn
      3        Tổng kết         Thanh tra                        Quý IV
",
    );
    let expected = "\
| STT | Nội dung công việc | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian thực hiện |
| 1 | Biên soạn tài liệu tuyên truyền về Luật Tài nguyên nước và các văn bản hướng dẫn thi hành | Phòng Phổ biến pháp luật | Văn phòng Sở; các phòng chuyên môn | Quý III năm 2025 |
| 2 | Tổ chức hội nghị | Phòng Phổ biến pháp luật | Văn phòng Sở; các phòng chuyên môn | Quý III năm 2025 |
| 3 | Tổng kết | Thanh tra | | Quý IV |";
    assert_eq!(source.text, expected);
}

#[test]
fn empty_output_of_a_scan() {
    assert_eq!(read_layout("\u{c}\u{c}\n").text, "");
}
