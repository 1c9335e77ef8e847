//! Who is told to work, by example.

use super::*;

fn who(text: &str) -> Option<(Vec<&str>, bool, bool)> {
    let w = Words::new(text);
    read(&w).map(|s| (s.lead.iter().map(|n| &text[n.at.clone()]).collect(), s.heading, s.request))
}

#[test]
fn who_is_told() {
    for (text, want) in [
        ("Sở Tư pháp", Some((vec!["Sở Tư pháp"], true, false))),
        ("Giao Sở Nội vụ:", Some((vec!["Sở Nội vụ"], true, false))),
        ("Sở Nội vụ chủ trì, phối hợp với Sở Y tế và các cơ quan liên quan:", Some((vec!["Sở Nội vụ"], true, false))),
        ("Sở Nội vụ chủ trì, phối hợp với Sở Y tế rà soát quy chế.", Some((vec!["Sở Nội vụ"], false, false))),
        ("Đề nghị Tòa án nhân dân tỉnh phối hợp.", Some((vec!["Tòa án nhân dân tỉnh"], false, true))),
        (
            "Trên cơ sở kết quả khảo sát, Sở Xây dựng chủ trì xây dựng phương án.",
            Some((vec!["Sở Xây dựng"], false, false)),
        ),
        ("Ủy ban nhân dân tỉnh giao Sở Tư pháp theo dõi.", Some((vec!["Sở Tư pháp"], false, false))),
        ("Thực hiện nhiệm vụ được giao tại Kế hoạch", None),
        ("Tổ chức hội nghị triển khai", None),
        ("Các bộ đã hoàn thành nhiệm vụ", None),
        ("Sở Tài chính - Cơ quan thường trực Ban Chỉ đạo", Some((vec!["Sở Tài chính"], true, false))),
        (
            "Các cơ quan quản lý chợ (Sở Công Thương, UBND cấp xã):",
            Some((vec!["Các cơ quan quản lý chợ"], true, false)),
        ),
        ("Cơ quan phối hợp thẩm định hồ sơ dự án", Some((vec!["Cơ quan phối hợp thẩm định hồ sơ dự án"], true, false))),
        (
            "Ban quản lý Khu Nông nghiệp ứng dụng Công nghệ cao An Bình rà soát hạ tầng.",
            Some((vec!["Ban quản lý Khu Nông nghiệp ứng dụng Công nghệ cao An Bình"], false, false)),
        ),
        ("Sở Y tế: Chuẩn bị cơ số thuốc", Some((vec!["Sở Y tế"], false, false))),
        ("Doanh nghiệp, hợp tác xã: Chủ động gia cố lồng bè", Some((vec!["Doanh nghiệp, hợp tác xã"], false, false))),
        ("Doanh nghiệp, hợp tác xã: Gồm mười hai hộ", None),
        ("Các bộ, cơ quan ngang bộ có trách nhiệm:", Some((vec!["Các bộ, cơ quan ngang bộ"], true, false))),
    ] {
        assert_eq!(who(text), want, "{text}");
    }
}

#[test]
fn with_whom() {
    let text = "Rà soát; phối hợp với Sở Y tế, Công an tỉnh kiểm tra; phối hợp, hướng dẫn địa phương; phối hợp Sở Nội vụ tập huấn";
    let w = Words::new(text);
    let names: Vec<_> = partners(&w).iter().map(|n| text[n.at.clone()].to_owned()).collect();
    assert_eq!(names, ["Sở Y tế", "Công an tỉnh", "Sở Nội vụ"]);
}

#[test]
fn with_whom_in_many_words() {
    let cases: [(&str, &[&str]); 28] = [
        ("Chỉ đạo các phòng liên quan phối hợp lực lượng dân quân hộ đê", &["lực lượng dân quân hộ đê"]),
        ("Các cơ quan phối hợp Sở Y tế lập danh sách", &[]),
        (
            "Chủ trì, phối hợp với Sở Tài chính, các sở, ngành, địa phương liên quan xây dựng dự toán",
            &["Sở Tài chính", "các sở, ngành, địa phương liên quan"],
        ),
        (
            "Phối hợp chính quyền địa phương, Mặt trận cơ sở và các đoàn thể giám sát việc phân bổ",
            &["chính quyền địa phương", "Mặt trận cơ sở", "các đoàn thể"],
        ),
        ("Phối hợp cơ quan báo chí thông báo kịp thời", &["cơ quan báo chí"]),
        (
            "phối hợp chặt chẽ lực lượng Công an và các lực lượng liên quan thực hiện các nội dung",
            &["lực lượng Công an", "các lực lượng liên quan"],
        ),
        ("phối hợp tổ chức hội nghị", &[]),
        ("phối hợp tổ chức thực hiện", &[]),
        (
            "phối hợp với các tổ chức cung cấp dịch vụ thu hộ thực hiện đối soát",
            &["các tổ chức cung cấp dịch vụ thu hộ"],
        ),
        ("phối hợp với phòng CNTT tổ chức buổi khai mạc", &["phòng CNTT"]),
        ("phối hợp với Công an và Quản lý thị trường triển khai", &["Công an", "Quản lý thị trường"]),
        ("phối hợp với chủ đầu tư triển khai các thủ tục", &["chủ đầu tư"]),
        (
            "phối hợp cùng Hội Luật gia tỉnh, Đoàn Luật sư tỉnh tổ chức tư vấn",
            &["Hội Luật gia tỉnh", "Đoàn Luật sư tỉnh"],
        ),
        (
            "Phối hợp với Trung tâm Trợ giúp pháp lý nhà nước, các hội, đoàn thể tổ chức truyền thông",
            &["Trung tâm Trợ giúp pháp lý nhà nước", "các hội, đoàn thể"],
        ),
        (
            "phối hợp với Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội vận động nhân dân",
            &["Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "các tổ chức chính trị - xã hội"],
        ),
        ("phối hợp với lực lượng chức năng điều tra các vụ vận chuyển", &["lực lượng chức năng"]),
        (
            "phối hợp với các trường học, Công an xã, Đoàn Thanh niên tuyên truyền",
            &["các trường học", "Công an xã", "Đoàn Thanh niên"],
        ),
        ("phối hợp với các cơ quan, đơn vị liên quan trong việc kiểm tra", &["các cơ quan, đơn vị liên quan"]),
        (
            "phối hợp với Sở Tư pháp và UBND các xã, phường, đặc khu trong quá trình triển khai",
            &["Sở Tư pháp", "UBND các xã, phường, đặc khu"],
        ),
        ("phối hợp với các sở: Tư pháp, Nội vụ rà soát", &["các sở: Tư pháp, Nội vụ"]),
        (
            "phối hợp Công an tỉnh, Sở Y tế, các ngành liên quan và UBND cấp xã rà soát",
            &["Công an tỉnh", "Sở Y tế", "các ngành liên quan", "UBND cấp xã"],
        ),
        (
            "phối hợp với Ban Tuyên giáo và Dân vận Tỉnh ủy, Báo và Phát thanh, Truyền hình tỉnh mở chuyên mục",
            &["Ban Tuyên giáo và Dân vận Tỉnh ủy", "Báo và Phát thanh, Truyền hình tỉnh"],
        ),
        ("phối hợp với Bưu điện tỉnh, Viễn thông An Bình hỗ trợ", &["Bưu điện tỉnh", "Viễn thông An Bình"]),
        (
            "phối hợp với Đồn Biên phòng Cửa Lạch, Hạt Kiểm lâm khu vực II tuần tra",
            &["Đồn Biên phòng Cửa Lạch", "Hạt Kiểm lâm khu vực II"],
        ),
        ("phối hợp với cơ quan, tổ chức, cá nhân có liên quan giải quyết", &["cơ quan, tổ chức, cá nhân có liên quan"]),
        (
            "phối hợp với UBND cùng cấp, cơ quan Tư pháp cùng cấp rà soát",
            &["UBND cùng cấp", "cơ quan Tư pháp cùng cấp"],
        ),
        ("phối hợp với Tỉnh đoàn, Hội Liên hiệp Phụ nữ tỉnh phát động", &["Tỉnh đoàn", "Hội Liên hiệp Phụ nữ tỉnh"]),
        ("Thường xuyên phối hợp, trao đổi với cơ quan Công an trong quản lý", &["cơ quan Công an"]),
    ];
    let mut wrong = vec![];
    for (text, want) in cases {
        let w = Words::new(text);
        let names: Vec<_> = partners(&w).iter().map(|n| text[n.at.clone()].to_owned()).collect();
        if names != want {
            wrong.push(format!("{names:?} for {want:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_heading_without_words_is_nobodys_name() {
    for text in ["", ":", "::", ",:", "1:"] {
        assert!(whole(&Words::new(text)).is_none(), "{text:?}");
    }
    assert!(whole(&Words::new("Trung tâm Ứng dụng giống mới, máy nông nghiệp:")).is_some());
}
