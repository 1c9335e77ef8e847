//! Work below lines that say who carries it, in invented words.

use super::{directive, plan, rows};

#[test]
fn lines_that_say_nothing_but_who_helps() {
    let paper = plan(
        "III. TỔ CHỨC THỰC HIỆN\n\n1. Sở Y tế\n\na) Chủ trì, phối hợp với các sở, ngành, UBND các xã, phường\n\n\
         - Mua sắm trang thiết bị cho trạm y tế.\n\n- Luân chuyển bác sĩ về cơ sở.\n\n\
         b) Phối hợp với Sở Tài chính\n\n- Thẩm định giá thuốc.\n\n2. Sở Xây dựng\n\n\
         Chủ trì phối hợp với các đơn vị liên quan triển khai sửa chữa trạm, cụ thể:\n\n- Khảo sát hiện trạng.\n\n- Lập dự toán.\n\n\
         3. Công an tỉnh\n\nChủ trì, phối hợp với Sở Y tế kiểm tra an ninh tại trạm.",
    );
    let helped = "các sở, ngành + UBND các xã, phường";
    assert_eq!(
        rows(&paper),
        [
            format!("III.1.a#1 | Mua sắm trang thiế | Sở Y tế | {helped} | None"),
            format!("III.1.a#2 | Luân chuyển bác sĩ | Sở Y tế | {helped} | None"),
            "III.1.b#1 | Thẩm định giá thuố | Sở Y tế | Sở Tài chính | None".into(),
            "III.2#1+1 | Khảo sát hiện trạn | Sở Xây dựng | các đơn vị liên quan | None".into(),
            "III.2#1+2 | Lập dự toán. | Sở Xây dựng | các đơn vị liên quan | None".into(),
            "III.3 | Chủ trì, phối hợp | Công an tỉnh | Sở Y tế | None".into(),
        ]
    );
}

#[test]
fn headings_among_headings_are_names_to_their_end() {
    let paper = plan(
        "III. TỔ CHỨC THỰC HIỆN\n\n1. Sở Y tế\n\n- Mua sắm thuốc.\n\n2. Sở Nội vụ\n\n- Tuyển dụng bác sĩ.\n\n\
         3. Trung tâm Hỗ trợ nghề cá, chăn nuôi và thủy lợi\n\n- Lập hồ sơ kêu gọi tài trợ.\n\n- In tờ gấp hướng dẫn.\n\n\
         4. Các phòng khám tham gia chương trình\n\n- Cử người trực.\n\n- Các đồng chí trưởng phòng khám có trách nhiệm báo cáo Sở Y tế.",
    );
    assert_eq!(
        rows(&paper)[2..],
        [
            "III.3#1 | Lập hồ sơ kêu gọi | Trung tâm Hỗ trợ nghề cá, chăn nuôi và thủy lợi |  | None",
            "III.3#2 | In tờ gấp hướng dẫ | Trung tâm Hỗ trợ nghề cá, chăn nuôi và thủy lợi |  | None",
            "III.4#1 | Cử người trực. | Các phòng khám tham gia chương trình |  | None",
            "III.4#2 | Các đồng chí trưởn | Các đồng chí trưởng phòng khám |  | None",
        ]
    );
    // Nobody is named around it: what it lists is no body.
    let paper = plan("II. NỘI DUNG\n\n1. Báo in, truyền hình và mạng xã hội\n\n- Đăng tin bài.\n\n- Phát phóng sự.");
    assert_eq!(rows(&paper), Vec::<String>::new());
}

#[test]
fn a_directive_asks_those_who_lead_bodies() {
    let paper = directive(
        "Ủy ban nhân dân tỉnh yêu cầu lãnh đạo các sở, ban, ngành, Chủ tịch Ủy ban nhân dân các xã thực hiện các nội dung sau đây:\n\n\
         1. Rà soát chủ rừng trên địa bàn quản lý.\n\n\
         2. Hạt Kiểm lâm là đầu mối tổng hợp tin báo cháy.\n\n\
         3. Thanh tra việc bảo vệ rừng:\n\n- Lập đoàn thanh tra.\n\n\
         4. Thanh tra chuyên ngành: Ủy ban nhân dân các xã phối hợp với Công an tỉnh xử lý vi phạm.\n\n\
         5. Phân công tổ chức thực hiện:\n\na) Sở Tài chính: Bố trí kinh phí.\n\nb) Công an tỉnh:\n\n- Điều tra vụ việc.\n\n\
         Giao Chi cục Kiểm lâm theo dõi việc thực hiện Chỉ thị này.",
    );
    let asked = "lãnh đạo các sở, ban, ngành + Chủ tịch Ủy ban nhân dân các xã";
    assert_eq!(
        rows(&paper),
        [
            format!("1 | Rà soát chủ rừng t | {asked} |  | None"),
            "2 | Hạt Kiểm lâm là đầ | Hạt Kiểm lâm |  | None".into(),
            format!("3 | Thanh tra việc bảo | {asked} |  | None"),
            "4 | Thanh tra chuyên n | Ủy ban nhân dân các xã | Công an tỉnh | None".into(),
            "5.a | Bố trí kinh phí. | Sở Tài chính |  | None".into(),
            "5.b#1 | Điều tra vụ việc. | Công an tỉnh |  | None".into(),
            "5.b#2 | Giao Chi cục Kiểm | Chi cục Kiểm lâm |  | None".into(),
        ]
    );
}

#[test]
fn a_body_in_the_line_of_its_work_above_the_closing_words() {
    let paper = directive(
        "1. Sở Y tế: Tham mưu phương án cấp cứu.\n\n2. Sở Xây dựng: Rà soát hồ chứa nước.\n\n\
         Ủy ban nhân dân tỉnh yêu cầu các đơn vị nghiêm túc thực hiện./.",
    );
    let read = ["1 | Tham mưu phương án | Sở Y tế |  | None", "2 | Rà soát hồ chứa nư | Sở Xây dựng |  | None"];
    assert_eq!(rows(&paper), read);
}

#[test]
fn what_has_a_place_and_a_time_is_to_be_done() {
    let paper = plan(
        "II. NỘI DUNG\n\n1. Lớp bồi dưỡng\n\na) Khai giảng lớp bồi dưỡng hòa giải viên.\n\n- Thành phần: Hòa giải viên các xã.\n\n\
         - Địa điểm: Hội trường lớn.\n\n- Thời gian: ngày 12/3/2026.\n\nb) Thi cuối khóa.\n\n- Địa điểm: Hội trường nhỏ.\n\n\
         - Thời gian: Theo lịch của ban tổ chức.\n\nc) Tài liệu của lớp.\n\n- Thời gian: Theo chương trình.\n\n\
         d) Nước uống của lớp.\n\n- Kinh phí: Theo dự toán.\n\n- Thời gian: Theo chương trình.",
    );
    assert_eq!(
        rows(&paper),
        ["II.1.a | Khai giảng lớp bồi |  |  | 2026-03-12", "II.1.b | Thi cuối khóa. |  |  | Event"]
    );
}
