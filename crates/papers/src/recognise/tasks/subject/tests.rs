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
