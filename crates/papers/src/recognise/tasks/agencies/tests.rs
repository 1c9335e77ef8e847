//! How lists of bodies are split.

use super::*;

fn cell(text: &str) -> Vec<&str> {
    split(text).into_iter().map(|n| &text[n.at]).collect()
}

fn prose(text: &str) -> (Vec<&str>, &str) {
    let w = Words::new(text);
    let l = list_in_prose(&w, 0);
    (l.names.iter().map(|n| &text[n.at.clone()]).collect(), &text[w.start(l.next)..])
}

#[test]
fn cells() {
    for (text, want) in [
        (
            "Sở Tư pháp; Sở Văn hóa, Thể thao và Du lịch; các sở, ngành có liên quan.",
            vec!["Sở Tư pháp", "Sở Văn hóa, Thể thao và Du lịch", "các sở, ngành có liên quan"],
        ),
        (
            "Sở Khoa học và Công nghệ Sở Công Thương; UBND các phường, xã",
            vec!["Sở Khoa học và Công nghệ", "Sở Công Thương", "UBND các phường, xã"],
        ),
        (
            "Các sở, ngành, UBND các xã, phường và các cơ quan, tổ chức, cá nhân có liên quan",
            vec!["Các sở, ngành", "UBND các xã, phường", "các cơ quan, tổ chức, cá nhân có liên quan"],
        ),
        ("Sở Tài chính và cơ quan, địa phương liên quan", vec!["Sở Tài chính", "cơ quan, địa phương liên quan"]),
        ("Sở, ban, ngành, tổ chức chính trị - xã hội", vec!["Sở, ban, ngành, tổ chức chính trị - xã hội"]),
        ("Ban Chỉ huy Phòng thủ dân sự cấp tỉnh, cấp xã", vec!["Ban Chỉ huy Phòng thủ dân sự cấp tỉnh, cấp xã"]),
        ("Doanh nghiệp, nhà cung cấp dịch vụ, nhà đầu tư", vec!["Doanh nghiệp, nhà cung cấp dịch vụ, nhà đầu tư"]),
        (
            "Các Cục: Di sản văn hóa, Bản quyền tác giả; Báo chí; Vụ Kế hoạch, Tài chính",
            vec!["Các Cục: Di sản văn hóa, Bản quyền tác giả; Báo chí", "Vụ Kế hoạch, Tài chính"],
        ),
        ("Các sở, ngành có liên quan theo chức năng, nhiệm vụ được giao", vec!["Các sở, ngành có liên quan"]),
        ("Sở Lao động - Thương binh và Xã hội", vec!["Sở Lao động - Thương binh và Xã hội"]),
        ("- Sở Y tế; - Sở Nội vụ", vec!["Sở Y tế", "Sở Nội vụ"]),
        ("Văn phòng Đoàn đại biểu Quốc hội và HĐND tỉnh", vec!["Văn phòng Đoàn đại biểu Quốc hội và HĐND tỉnh"]),
        (
            "Các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ và Ủy ban nhân dân các tỉnh, thành phố",
            vec!["Các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ", "Ủy ban nhân dân các tỉnh, thành phố"],
        ),
        ("Bộ CHQS tỉnh; UBND cấp xã", vec!["Bộ CHQS tỉnh", "UBND cấp xã"]),
        ("Các đơn vị được giao thực hiện TTHC", vec!["Các đơn vị được giao thực hiện TTHC"]),
        (
            "Sở Tài chính, cơ quan, tổ chức có liên quan, cơ sở đào tạo, dạy nghề, doanh nghiệp",
            vec!["Sở Tài chính", "cơ quan, tổ chức có liên quan", "cơ sở đào tạo, dạy nghề", "doanh nghiệp"],
        ),
        ("Ủy ban nhân dân cấp xã trình cấp có thẩm quyền", vec!["Ủy ban nhân dân cấp xã"]),
        ("Công ty Khai thác công trình thủy lợi", vec!["Công ty Khai thác công trình thủy lợi"]),
        ("Tập đoàn Than - Khoáng sản Việt Nam; Bộ Y tế", vec!["Tập đoàn Than - Khoáng sản Việt Nam", "Bộ Y tế"]),
        ("", vec![]),
        (";;; , -", vec![]),
    ] {
        assert_eq!(cell(text), want, "{text}");
    }
}

#[test]
fn subjects() {
    for (text, want, rest) in [
        ("Sở Tư pháp chủ trì, phối hợp", vec!["Sở Tư pháp"], "chủ trì, phối hợp"),
        (
            "các cơ quan, tổ chức liên quan tổ chức thông tin",
            vec!["các cơ quan, tổ chức liên quan"],
            "tổ chức thông tin",
        ),
        (
            "Đoàn Luật sư, Hội Luật gia tỉnh tổ chức phổ biến",
            vec!["Đoàn Luật sư", "Hội Luật gia tỉnh"],
            "tổ chức phổ biến",
        ),
        (
            "Bộ Chỉ huy Quân sự tỉnh và sở, ngành có liên quan rà soát",
            vec!["Bộ Chỉ huy Quân sự tỉnh", "sở, ngành có liên quan"],
            "rà soát",
        ),
        (
            "Thủ trưởng các sở, ban, ngành, đoàn thể, UBND các huyện, thành phố, thị xã tổ chức quán triệt",
            vec!["Thủ trưởng các sở, ban, ngành, đoàn thể", "UBND các huyện, thành phố, thị xã"],
            "tổ chức quán triệt",
        ),
        (
            "Hội đồng phối hợp PBGDPL các cấp phát huy vai trò",
            vec!["Hội đồng phối hợp PBGDPL các cấp"],
            "phát huy vai trò",
        ),
        (
            "Bộ Văn hóa, Thể thao và Du lịch phối hợp với Ban",
            vec!["Bộ Văn hóa, Thể thao và Du lịch"],
            "phối hợp với Ban",
        ),
        ("Ban Thường vụ Tỉnh ủy, Thành ủy lãnh đạo", vec!["Ban Thường vụ Tỉnh ủy, Thành ủy"], "lãnh đạo"),
        (
            "Cơ quan chủ trì soạn thảo VBQPPL căn cứ nội dung",
            vec!["Cơ quan chủ trì soạn thảo VBQPPL"],
            "căn cứ nội dung",
        ),
        ("Sở Xây dựng dựng nhà tạm", vec!["Sở Xây dựng"], "dựng nhà tạm"),
        (
            "các cơ quan chức năng, chính quyền cơ sở tuần tra",
            vec!["các cơ quan chức năng", "chính quyền cơ sở"],
            "tuần tra",
        ),
        ("Doanh nghiệp, hợp tác xã hợp tác đầu tư", vec!["Doanh nghiệp, hợp tác xã"], "hợp tác đầu tư"),
        ("các chủ rừng rà soát ranh giới", vec!["các chủ rừng"], "rà soát ranh giới"),
        ("Sở Xây dựng, tổ chức khảo sát", vec!["Sở Xây dựng"], ", tổ chức khảo sát"),
        ("Báo cáo kết quả", vec![], "Báo cáo kết quả"),
        ("Tổ chức hội nghị", vec![], "Tổ chức hội nghị"),
        ("các nhiệm vụ", vec![], "các nhiệm vụ"),
    ] {
        assert_eq!(prose(text), (want, rest), "{text}");
    }
}
