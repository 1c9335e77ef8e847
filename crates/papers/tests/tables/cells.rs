//! Cells that name bodies, as plans print them, and the bodies they name.

/// Words of a cell and its bodies; `|` parts paragraphs of the cell.
pub type Cell = (&'static str, &'static [&'static str]);

/// One body leads.
pub const LEADS: &[Cell] = &[
    ("Sở Tư pháp", &["Sở Tư pháp"]),
    ("Công an tỉnh", &["Công an tỉnh"]),
    ("UBND các xã, phường", &["UBND các xã, phường"]),
    ("Sở Văn hóa, Thể thao và Du lịch", &["Sở Văn hóa, Thể thao và Du lịch"]),
    ("Văn phòng UBND tỉnh", &["Văn phòng UBND tỉnh"]),
    ("Các sở, ban, ngành tỉnh", &["Các sở, ban, ngành tỉnh"]),
];

/// Many help.
pub const HELPERS: &[Cell] = &[
    (
        "Sở Văn hóa, Thể thao và Du lịch; Sở Giáo dục và Đào tạo; UBND các xã, phường, đặc khu",
        &["Sở Văn hóa, Thể thao và Du lịch", "Sở Giáo dục và Đào tạo", "UBND các xã, phường, đặc khu"],
    ),
    (
        "- Công an tỉnh;|- Bộ Chỉ huy Quân sự tỉnh;|- Các cơ quan, đơn vị có liên quan.",
        &["Công an tỉnh", "Bộ Chỉ huy Quân sự tỉnh", "Các cơ quan, đơn vị có liên quan"],
    ),
    (
        "Các sở, ban, ngành, đoàn thể tỉnh và UBND các xã, phường",
        &["Các sở, ban, ngành, đoàn thể tỉnh", "UBND các xã, phường"],
    ),
    (
        "Sở Nội vụ, Sở Tài chính, Văn phòng UBND tỉnh và các đơn vị liên quan",
        &["Sở Nội vụ", "Sở Tài chính", "Văn phòng UBND tỉnh", "các đơn vị liên quan"],
    ),
    ("Các sở: Tư pháp, Nội vụ, Tài chính; Công an tỉnh", &["Các sở: Tư pháp, Nội vụ, Tài chính", "Công an tỉnh"]),
    (
        "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh, Hội Liên hiệp Phụ nữ tỉnh, Tỉnh đoàn",
        &["Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "Hội Liên hiệp Phụ nữ tỉnh", "Tỉnh đoàn"],
    ),
    (
        "Sở Nông nghiệp và Môi trường|Ban Quản lý các khu công nghiệp|Báo và Phát thanh, Truyền hình tỉnh",
        &["Sở Nông nghiệp và Môi trường", "Ban Quản lý các khu công nghiệp", "Báo và Phát thanh, Truyền hình tỉnh"],
    ),
    (
        "Các thành viên Hội đồng phối hợp PBGDPL tỉnh; Hội Luật gia tỉnh",
        &["Các thành viên Hội đồng phối hợp PBGDPL tỉnh", "Hội Luật gia tỉnh"],
    ),
    ("Sở Tư pháp (Trung tâm Trợ giúp pháp lý nhà nước), Sở Y tế", &["Sở Tư pháp", "Sở Y tế"]),
    (
        "Liên đoàn Lao động tỉnh; Hội Cựu chiến binh tỉnh; Hội Nông dân tỉnh; Đoàn TNCS Hồ Chí Minh tỉnh",
        &["Liên đoàn Lao động tỉnh", "Hội Cựu chiến binh tỉnh", "Hội Nông dân tỉnh", "Đoàn TNCS Hồ Chí Minh tỉnh"],
    ),
    (
        "Thuế tỉnh, Kho bạc Nhà nước khu vực VII, Bảo hiểm xã hội tỉnh",
        &["Thuế tỉnh", "Kho bạc Nhà nước khu vực VII", "Bảo hiểm xã hội tỉnh"],
    ),
    ("Đoàn Luật sư tỉnh và Hội Luật gia tỉnh", &["Đoàn Luật sư tỉnh", "Hội Luật gia tỉnh"]),
    (
        "Bộ Công an; Bộ Quốc phòng; các bộ, cơ quan ngang bộ; UBND các tỉnh, thành phố trực thuộc Trung ương",
        &["Bộ Công an", "Bộ Quốc phòng", "các bộ, cơ quan ngang bộ", "UBND các tỉnh, thành phố trực thuộc Trung ương"],
    ),
    (
        "Sở Khoa học và Công nghệ và các cơ quan, đơn vị, địa phương",
        &["Sở Khoa học và Công nghệ", "các cơ quan, đơn vị, địa phương"],
    ),
    ("VNPT An Bình, Viettel An Bình", &["VNPT An Bình", "Viettel An Bình"]),
    (
        "Cục Thi hành án dân sự tỉnh; Hội Công chứng viên tỉnh; các tổ chức hành nghề công chứng",
        &["Cục Thi hành án dân sự tỉnh", "Hội Công chứng viên tỉnh", "các tổ chức hành nghề công chứng"],
    ),
    (
        "Trường Chính trị tỉnh, Trường Cao đẳng An Bình; Đại học An Bình",
        &["Trường Chính trị tỉnh", "Trường Cao đẳng An Bình", "Đại học An Bình"],
    ),
    (
        "Ban Tuyên giáo và Dân vận Tỉnh ủy, Ban Nội chính Tỉnh ủy, Văn phòng Tỉnh ủy",
        &["Ban Tuyên giáo và Dân vận Tỉnh ủy", "Ban Nội chính Tỉnh ủy", "Văn phòng Tỉnh ủy"],
    ),
    (
        "Phòng Kinh tế, Phòng Văn hóa - Xã hội, Trung tâm Phục vụ hành chính công",
        &["Phòng Kinh tế", "Phòng Văn hóa - Xã hội", "Trung tâm Phục vụ hành chính công"],
    ),
    (
        "Vụ Pháp chế; Cục Phổ biến, giáo dục pháp luật và Trợ giúp pháp lý; Văn phòng Bộ",
        &["Vụ Pháp chế", "Cục Phổ biến, giáo dục pháp luật và Trợ giúp pháp lý", "Văn phòng Bộ"],
    ),
    (
        "Các cơ quan báo chí, truyền thông; doanh nghiệp viễn thông",
        &["Các cơ quan báo chí, truyền thông", "doanh nghiệp viễn thông"],
    ),
    ("Văn phòng Đoàn ĐBQH và HĐND tỉnh; Thanh tra tỉnh", &["Văn phòng Đoàn ĐBQH và HĐND tỉnh", "Thanh tra tỉnh"]),
    ("", &[]),
    ("UBND cấp xã; các hội, đoàn thể", &["UBND cấp xã", "các hội, đoàn thể"]),
    ("Sở Dân tộc và Tôn giáo", &["Sở Dân tộc và Tôn giáo"]),
    (
        "Tòa án nhân dân tỉnh, Viện kiểm sát nhân dân tỉnh, Cơ quan Tư pháp cùng cấp",
        &["Tòa án nhân dân tỉnh", "Viện kiểm sát nhân dân tỉnh", "Cơ quan Tư pháp cùng cấp"],
    ),
    (
        "Các sở, ngành; UBND các huyện, thị xã, thành phố; các doanh nghiệp",
        &["Các sở, ngành", "UBND các huyện, thị xã, thành phố", "các doanh nghiệp"],
    ),
    ("Các đơn vị thuộc, trực thuộc Sở", &["Các đơn vị thuộc, trực thuộc Sở"]),
    (
        "Sở Ngoại vụ, Công an tỉnh, Bộ Chỉ huy Bộ đội Biên phòng tỉnh và UBND các xã biên giới",
        &["Sở Ngoại vụ", "Công an tỉnh", "Bộ Chỉ huy Bộ đội Biên phòng tỉnh", "UBND các xã biên giới"],
    ),
    ("Sở Xây dựng và các cơ quan, tổ chức có liên quan", &["Sở Xây dựng", "các cơ quan, tổ chức có liên quan"]),
];

/// What is to be done.
pub const WORK: &[&str] = &[
    "Rà soát các văn bản quy phạm pháp luật thuộc phạm vi quản lý, kiến nghị sửa đổi những quy định không còn phù hợp",
    "Tổ chức hội nghị tập huấn nghiệp vụ cho cán bộ, công chức làm công tác phổ biến, giáo dục pháp luật ở cơ sở",
    "Xây dựng chuyên mục hỏi đáp trên trang thông tin điện tử",
    "Biên soạn, in và phát hành tài liệu tuyên truyền bằng tiếng dân tộc thiểu số cho người dân vùng sâu, vùng xa",
    "Kiểm tra việc thực hiện nhiệm vụ tại các địa phương, đơn vị; tổng hợp kết quả, đề xuất khen thưởng",
];

/// By when.
pub const TIMES: &[&str] =
    &["Quý II/2026", "Tháng 9/2026", "Thường xuyên", "Trước ngày 30/6/2026", "Hằng năm", "Năm 2026"];

/// What comes of it.
pub const PRODUCTS: &[&str] = &["Báo cáo", "Kế hoạch", "Hội nghị", "Tài liệu", "Văn bản của UBND tỉnh"];
