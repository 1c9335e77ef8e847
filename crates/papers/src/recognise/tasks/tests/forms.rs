//! Forms of official papers that once were missed, in invented words.

use super::{LETTER, directive, plan, rows};
use crate::TaskClass;
use crate::recognise::recognise;

#[test]
fn headings_below_a_body() {
    let paper = plan(
        "II. PHÂN CÔNG NHIỆM VỤ\n\n1. Văn phòng Ủy ban nhân dân tỉnh theo dõi, đôn đốc chung.\n\n\
         2. Các sở, ban, ngành: Là đơn vị được giao quản lý hồ sơ, có trách nhiệm:\n\n2.1. Trách nhiệm chung\n\n\
         a) Rà soát hồ sơ đang lưu.\n\nb) Báo cáo kết quả trước ngày 20/6/2026.\n\n2.2. Trách nhiệm cụ thể\n\n\
         a) Sở Nội vụ:\n\n- Tham mưu kế hoạch số hóa.\n\n- Hướng dẫn nghiệp vụ lưu trữ.\n\nb) Sở Tài chính:\n\n\
         - Cân đối nguồn vốn.",
    );
    assert_eq!(
        rows(&paper),
        [
            "II.1 | Văn phòng Ủy ban n | Văn phòng Ủy ban nhân dân tỉnh |  | None",
            "II.2.1.a | Rà soát hồ sơ đang | Các sở, ban, ngành |  | None",
            "II.2.1.b | Báo cáo kết quả tr | Các sở, ban, ngành |  | 2026-06-20",
            "II.2.2.a#1 | Tham mưu kế hoạch | Sở Nội vụ |  | None",
            "II.2.2.a#2 | Hướng dẫn nghiệp v | Sở Nội vụ |  | None",
            "II.2.2.b#1 | Cân đối nguồn vốn. | Sở Tài chính |  | None",
        ]
    );
}

#[test]
fn bodies_described_among_bodies_named() {
    let paper = plan(
        "II. PHÂN CÔNG NHIỆM VỤ\n\n1. Sở Y tế:\n\n- Hướng dẫn khám sức khỏe.\n\n- Kiểm tra bếp ăn tập thể.\n\n\
         2. Ủy ban nhân dân các xã:\n\n- Lập danh sách cơ sở.\n\n\
         3. Các cơ sở sản xuất đang hoạt động trên địa bàn\n\n- Khám sức khỏe định kỳ cho người lao động.\n\n\
         4. Các doanh nghiệp đang thu gom rác thải trên địa bàn (theo danh sách kèm theo)\n\n\
         4.1. Đối với các doanh nghiệp có từ hai trăm lao động trở lên làm việc thường xuyên tại nhà máy ở trong khu công nghiệp:\n\n\
         + Bố trí phòng y tế.\n\n+ Lưu mẫu thức ăn.",
    );
    assert_eq!(
        rows(&paper),
        [
            "II.1#1 | Hướng dẫn khám sức | Sở Y tế |  | None",
            "II.1#2 | Kiểm tra bếp ăn tậ | Sở Y tế |  | None",
            "II.2#1 | Lập danh sách cơ s | Ủy ban nhân dân các xã |  | None",
            "II.3#1 | Khám sức khỏe định | Các cơ sở sản xuất đang hoạt động trên địa bàn |  | None",
            "II.4.1#1 | Bố trí phòng y tế. | các doanh nghiệp có từ hai trăm lao động trở lên làm việc thường xuyên tại nhà máy ở trong khu công nghiệp |  | None",
            "II.4.1#2 | Lưu mẫu thức ăn. | các doanh nghiệp có từ hai trăm lao động trở lên làm việc thường xuyên tại nhà máy ở trong khu công nghiệp |  | None",
        ]
    );
}

#[test]
fn sentences_that_announce_dashes() {
    let paper = directive(
        "1. Giám đốc các sở đề cao trách nhiệm, chỉ đạo quyết liệt; trong đó chú trọng thực hiện tốt các nội dung sau:\n\n\
         - Rà soát lực lượng trực.\n\n- Bổ sung phương tiện trước ngày 20/3/2026.",
    );
    assert_eq!(
        rows(&paper),
        [
            "1#1 | Rà soát lực lượng | Giám đốc các sở |  | None",
            "1#2 | Bổ sung phương tiệ | Giám đốc các sở |  | 2026-03-20",
        ]
    );
}

#[test]
fn people_and_bodies_without_authority() {
    let paper = directive(
        "1. Các đồng chí Bộ trưởng, Thủ trưởng cơ quan ngang bộ, Chủ tịch Ủy ban nhân dân các tỉnh:\n\n\
         - Trực tiếp chỉ đạo công tác trực.\n\n- Kiểm tra phương tiện chữa cháy.\n\n\
         2. Đối với các cơ sở chế biến gỗ:\n\n- Bảo quản vật liệu xa nguồn lửa.\n\n\
         Lắp đặt hệ thống báo cháy tự động tại kho. Trên cơ sở đó, Sở Xây dựng tổng hợp, báo cáo Ủy ban nhân dân tỉnh.\n\n\
         3. Đối với các hộ trồng rừng, chủ trang trại:\n\nDọn thực bì dưới tán rừng trước mùa khô.",
    );
    assert_eq!(
        rows(&paper),
        [
            "1#1 | Trực tiếp chỉ đạo | Các đồng chí Bộ trưởng + Thủ trưởng cơ quan ngang bộ + Chủ tịch Ủy ban nhân dân các tỉnh |  | None",
            "1#2 | Kiểm tra phương ti | Các đồng chí Bộ trưởng + Thủ trưởng cơ quan ngang bộ + Chủ tịch Ủy ban nhân dân các tỉnh |  | None",
            "2#1 | Bảo quản vật liệu | các cơ sở chế biến gỗ |  | None",
            "2#2 | Lắp đặt hệ thống b | các cơ sở chế biến gỗ |  | None",
            "2#2#2 | Trên cơ sở đó, Sở | Sở Xây dựng |  | None",
            "3 | Dọn thực bì dưới t | các hộ trồng rừng, chủ trang trại |  | None",
        ]
    );
}

#[test]
fn duties_of_whoever_is_in_charge() {
    let paper = plan(
        "II. TRÁCH NHIỆM THỰC HIỆN\n\n1. Cơ quan chủ trì nhiệm vụ có trách nhiệm:\n\na) Lập kế hoạch chi tiết.\n\n\
         b) Báo cáo tiến độ.\n\n2. Cơ quan phối hợp thực hiện có trách nhiệm:\n\n\
         a) Cử người tham gia.\n\nb) Cung cấp số liệu.\n\n3. Các hộ khai thác nước dưới đất trên địa bàn có trách nhiệm\n\na) Đào giếng đúng giấy phép.",
    );
    assert_eq!(
        rows(&paper),
        [
            "II.1.a | Lập kế hoạch chi t | Cơ quan chủ trì nhiệm vụ |  | None",
            "II.1.b | Báo cáo tiến độ. | Cơ quan chủ trì nhiệm vụ |  | None",
            "II.2.a | Cử người tham gia. | Cơ quan phối hợp thực hiện |  | None",
            "II.2.b | Cung cấp số liệu. | Cơ quan phối hợp thực hiện |  | None",
            "II.3.a | Đào giếng đúng giấ | Các hộ khai thác nước dưới đất trên địa bàn |  | None",
        ]
    );
}

#[test]
fn names_end_before_what_is_asked_of_them() {
    let paper = plan(
        "II. NHIỆM VỤ\n\n1. Đề nghị Tòa án nhân dân tỉnh, Viện kiểm sát nhân dân tỉnh chọn vụ án phù hợp để xét xử lưu động.",
    );
    let leads: Vec<&str> = paper.tasks.iter().flat_map(|t| &t.lead).map(|f| f.value.as_str()).collect();
    assert_eq!(leads, ["Tòa án nhân dân tỉnh", "Viện kiểm sát nhân dân tỉnh"]);
}

#[test]
fn names_keep_their_tail() {
    let paper = plan(
        "II. NHIỆM VỤ\n\n1. Các cơ quan đăng ký kinh doanh rà soát dữ liệu doanh nghiệp.\n\n\
         2. Các cơ sở giáo dục trên địa bàn tổ chức sinh hoạt ngoại khóa.\n\n\
         3. UBND các xã, phường nơi có công trình:\n\n- Vận động người dân bàn giao mặt bằng.\n\n\
         4. Sở Y tế chủ trì, phối hợp với các đơn vị kiểm định vắc xin và các cơ quan quản lý thị trường kiểm tra kho lạnh.",
    );
    let leads: Vec<&str> = paper.tasks.iter().flat_map(|t| &t.lead).map(|f| f.value.as_str()).collect();
    assert_eq!(
        leads,
        [
            "Các cơ quan đăng ký kinh doanh",
            "Các cơ sở giáo dục trên địa bàn",
            "UBND các xã, phường nơi có công trình",
            "Sở Y tế"
        ]
    );
}

#[test]
fn nothing_behind_the_signature() {
    let paper = recognise(&format!(
        "{LETTER}1. Sở Xây dựng kiểm tra kho gỗ trước ngày 20/3/2026.{}\nDANH SÁCH CÔNG TY GỬI VĂN BẢN\n\n\
         1. Công ty Cổ phần Gỗ Bình Minh;\n\n2. Công ty TNHH Thương mại Hoa Sen - Sở Công Thương theo dõi;\n\n\
         - Tập đoàn Điện lực thực hiện;\n\n3. Các doanh nghiệp chế biến gỗ xuất khẩu.\n",
        super::FOOT
    ));
    assert_eq!(paper.tasks.len(), 1, "{:?}", rows(&paper));
}

#[test]
fn dashes_below_a_body_in_the_last_part() {
    let paper = plan(
        "II. NỘI DUNG\n\n1. Mở lớp học.\n\n- Cơ quan chủ trì: Sở Nội vụ.\n\n- Cơ quan phối hợp: Sở Tư pháp, Công an tỉnh; Sở Y tế\nvà các cơ quan, đơn vị liên quan.\n\n\
         III. TỔ CHỨC THỰC HIỆN\n\n6. Sở Khoa học và Công nghệ:\n\n- Đầu mối giúp tỉnh về kỹ thuật.\n\n\
         - Hạ tầng dùng chung: nâng cấp đường truyền.\n\nMọi số liệu gửi về một nơi.\n\n\
         7. Các sở, ban, ngành; UBND các xã, phường\n\nNiêm yết thủ tục tại trụ sở.\n\n+ Lồng ghép vào kế hoạch năm.",
    );
    assert_eq!(
        rows(&paper),
        [
            "II.1 | Mở lớp học. | Sở Nội vụ | Sở Tư pháp + Công an tỉnh + Sở Y tế + các cơ quan, đơn vị liên quan | None",
            "III.6#1 | Đầu mối giúp tỉnh | Sở Khoa học và Công nghệ |  | None",
            "III.6#2 | Hạ tầng dùng chung | Sở Khoa học và Công nghệ |  | None",
            "III.6#3 | Mọi số liệu gửi về | Sở Khoa học và Công nghệ |  | None",
            "III.7#1 | Niêm yết thủ tục t | Các sở, ban, ngành + UBND các xã, phường |  | None",
            "III.7#2 | Lồng ghép vào kế h | Các sở, ban, ngành + UBND các xã, phường |  | None",
        ]
    );
    assert!(paper.tasks[1..].iter().all(|t| t.class == TaskClass::Org));
}

#[test]
fn sentences_behind_each_other() {
    let paper = directive(
        "1. Chính phủ trân trọng đề nghị Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam và các tổ chức thành viên vận động ủng hộ.\n\n\
         2. Về phủ sóng rừng phòng hộ: đề nghị các Tập đoàn: Sao Mai, Hoa Sen tổ chức lắp trạm trong tháng 5 năm 2026; \
         Sở Khoa học và Công nghệ hướng dẫn các Tập đoàn trong việc lắp trạm.\n\n\
         3. Tăng cường kiểm tra\n\nCác sở, ban, ngành, Ủy ban nhân dân các xã, phường chuyển từ tiền kiểm sang hậu kiểm đối với chủ rừng.",
    );
    assert_eq!(
        rows(&paper),
        [
            "1 | Chính phủ trân trọ | Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam + các tổ chức thành viên |  | None",
            "2 | Về phủ sóng rừng p | các Tập đoàn: Sao Mai, Hoa Sen |  | 2026-05",
            "2#2 | Sở Khoa học và Côn | Sở Khoa học và Công nghệ |  | None",
            "3#1 | Các sở, ban, ngành | Các sở, ban, ngành + Ủy ban nhân dân các xã, phường |  | None",
        ]
    );
}

#[test]
fn names_in_cells_and_labels() {
    let paper = plan(
        "II. NỘI DUNG\n\n| STT | Nội dung | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian |\n| --- | --- | --- | --- | --- |\n\
         | 1 | Tổ chức hội nghị | Sở Tư pháp | Sở Nội vụ, Công an tỉnh; Sở Y tế và các cơ quan, đơn vị liên quan | Quý I/2026 |\n\
         | 2 | Biên soạn tài liệu | Sở Tư pháp | Sở Tài chính; Sở Nội vụ; UBND các xã, phường, đặc khu; các tổ chức chính trị - xã hội; các cơ quan, tổ chức, cá nhân có liên quan | Hằng năm |\n\n\
         III. CÔNG VIỆC KHÁC\n\n1. Kiểm tra kho.\n\n- Cơ quan phối hợp: Văn phòng UBND tỉnh, Sở Xây dựng,\nSở Công Thương; Báo và Đài Phát thanh, Truyền hình Bình Minh\nvà các cơ quan,\nđơn vị liên quan.\n\n- Cơ quan chủ trì: Thanh tra tỉnh.",
    );
    let with: Vec<String> = paper
        .tasks
        .iter()
        .map(|t| t.coordinating.iter().map(|f| f.value.as_str()).collect::<Vec<_>>().join(" + "))
        .collect();
    assert_eq!(
        with,
        [
            "Sở Nội vụ + Công an tỉnh + Sở Y tế + các cơ quan, đơn vị liên quan",
            "Sở Tài chính + Sở Nội vụ + UBND các xã, phường, đặc khu + các tổ chức chính trị - xã hội + các cơ quan, tổ chức, cá nhân có liên quan",
            "Văn phòng UBND tỉnh + Sở Xây dựng + Sở Công Thương + Báo và Đài Phát thanh, Truyền hình Bình Minh + các cơ quan, đơn vị liên quan",
        ]
    );
}

#[test]
fn bodies_as_headings_in_the_line_of_their_work() {
    let paper = directive(
        "1. Sở Y tế:\n\n- Chuẩn bị cơ số thuốc.\n\n- Trực cấp cứu.\n\n\
         2. Đề nghị Công ty Điện lực Bình Minh: Khẩn trương phát quang hành lang lưới điện. Phối hợp Công an tỉnh tuần tra trước ngày 20/3/2026.\n\n\
         3. Đề nghị các doanh nghiệp viễn thông: Bảo đảm liên lạc.\n\n\
         4. Doanh nghiệp, hợp tác xã: Chủ động thu dọn vật liệu dễ cháy.\n\n\
         5. Sở Nội vụ: hồ sơ khen thưởng theo quy định.\n\n6. Doanh nghiệp, hợp tác xã: mười hai cơ sở.",
    );
    assert_eq!(
        rows(&paper),
        [
            "1#1 | Chuẩn bị cơ số thu | Sở Y tế |  | None",
            "1#2 | Trực cấp cứu. | Sở Y tế |  | None",
            "2 | Khẩn trương phát q | Công ty Điện lực Bình Minh | Công an tỉnh | 2026-03-20",
            "3 | Bảo đảm liên lạc. | các doanh nghiệp viễn thông |  | None",
            "4 | Chủ động thu dọn v | Doanh nghiệp, hợp tác xã |  | None",
            "5 | Sở Nội vụ: hồ sơ k | Sở Nội vụ |  | None",
        ]
    );
    let span = paper.tasks[2].span;
    assert!(
        paper.text[span.start..span.end].starts_with("Khẩn trương") && paper.tasks[2].force == crate::Force::Request
    );
}

#[test]
fn dashes_below_a_sentence_or_an_unended_name() {
    let paper = plan(
        "III. TỔ CHỨC THỰC HIỆN\n\n1. Sở Y tế chủ trì, phối hợp với Sở Nội vụ xây dựng kế hoạch tập huấn.\n\n\
         - Biên soạn tài liệu.\n\n- Báo cáo kết quả trước ngày 20/6/2026.\n\n\
         2. Đề nghị các doanh nghiệp chế biến và xuất khẩu nông sản\n\n- Chủ động tìm thị trường.\n\n- Bố trí kho lạnh.\n\n\
         3. Sở Công Thương tổng hợp nhu cầu kho lạnh.\n\n- Kho lạnh cấp tỉnh;\n\n- Kho lạnh cấp xã.",
    );
    assert_eq!(
        rows(&paper),
        [
            "III.1 | Sở Y tế chủ trì, p | Sở Y tế | Sở Nội vụ | None",
            "III.1#1 | Biên soạn tài liệu | Sở Y tế |  | None",
            "III.1#2 | Báo cáo kết quả tr | Sở Y tế |  | 2026-06-20",
            "III.2#1 | Chủ động tìm thị t | các doanh nghiệp chế biến và xuất khẩu nông sản |  | None",
            "III.2#2 | Bố trí kho lạnh. | các doanh nghiệp chế biến và xuất khẩu nông sản |  | None",
            "III.3 | Sở Công Thương tổn | Sở Công Thương |  | None",
        ]
    );
}

#[test]
fn who_helps_with_all_that_follows() {
    let paper = plan(
        "III. TỔ CHỨC THỰC HIỆN\n\n1. Sở Xây dựng\n\nChủ trì, phối hợp với Sở Tài chính tham mưu Ủy ban nhân dân tỉnh:\n\n\
         a) Lập danh mục công trình.\n\nb) Cân đối vốn.\n\n2. Sở Y tế\n\nPhối hợp với Công an tỉnh thực hiện:\n\n\
         - Lập chốt kiểm dịch.\n\n- Phun khử khuẩn.\n\n3. Sở Nội vụ\n\nTham mưu Ủy ban nhân dân tỉnh:\n\na) Sắp xếp biên chế.",
    );
    assert_eq!(
        rows(&paper),
        [
            "III.1.a | Lập danh mục công | Sở Xây dựng | Sở Tài chính | None",
            "III.1.b | Cân đối vốn. | Sở Xây dựng | Sở Tài chính | None",
            "III.2#1+1 | Lập chốt kiểm dịch | Sở Y tế | Công an tỉnh | None",
            "III.2#1+2 | Phun khử khuẩn. | Sở Y tế | Công an tỉnh | None",
            "III.3.a | Sắp xếp biên chế. | Sở Nội vụ |  | None",
        ]
    );
}

#[test]
fn owners_of_forests_among_bodies_named() {
    let paper = directive(
        "1. Sở Nông nghiệp và Môi trường\n\n- Trực cháy rừng.\n\n- Kiểm tra đường băng.\n\n2. Công an tỉnh\n\n- Điều tra vụ cháy.\n\n\
         3. Các chủ rừng nhận khoán (các nông trường, các hợp tác xã trồng quế…)\n\n- Phát dọn đường băng.\n\n- Lập chốt gác.",
    );
    let leads: Vec<&str> = paper.tasks.iter().skip(3).flat_map(|t| &t.lead).map(|f| f.value.as_str()).collect();
    assert_eq!(leads, ["Các chủ rừng nhận khoán"; 2]);
}
