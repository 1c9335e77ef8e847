//! Words that begin the name of a body, and words that end it.

use std::sync::LazyLock;

use super::Words;
use crate::recognise::tasks::starts::Lexicon;

/// Verbs and connectives that end a name in running text.
const STOPS: &str = "ban hành|biên soạn|bàn giao|bám sát|báo cáo|bảo đảm|bằng|bố trí|bổ sung|cam kết|chia sẻ|cho|\
    chuyển giao|chuyển đổi|chuyển mạnh|chuyển từ|chuẩn bị|chưa|chấn chỉnh|chấp hành|chỉ đạo|chịu|chủ trì|chủ động|cung cấp|\
    cân đối|công bố|công khai|căn cứ|cải cách|cải thiện|cần|cập nhật|cử|do|duy trì|dự báo|dự kiến|\
    ghi nhận|giao|giám sát|giúp|giải quyết|giới thiệu|giữ|góp ý|gương mẫu|gắn|gồm|gửi|hoàn thiện|\
    hoàn thành|huy động|hàng năm|hàng tháng|hàng quý|hướng dẫn|hằng|hỗ trợ|hợp tác|khai thác|khi|\
    khuyến cáo|khuyến khích|không|khảo sát|khẩn trương|khắc phục|kiên quyết|kiến nghị|kiểm soát|\
    kiểm tra|kiện toàn|ký|kết hợp|kết nối|kịp thời|liên hệ|liên kết|là|làm|lãnh đạo|lấy|lập kế|lập danh|\
    lập dự|lập hồ|lập báo|lồng ghép|lựa chọn|mua|mở|mở rộng|nghiêm túc|nghiên cứu|ngăn chặn|nhanh chóng|\
    nhân rộng|nhằm|nâng cao|nêu|nắm|nỗ lực|nộp|phát hiện|phát huy|phát động|phân bổ|phân công|phân tích|\
    phê bình|phê duyệt|phải|phản ánh|phấn đấu|phối hợp|phổ biến|quan tâm|quy định|quyết liệt|quyết định|\
    quán triệt|quản lý|rà soát|sau khi|sẵn sàng|sẽ|sớm|sử dụng|sửa đổi|tham gia|tham mưu|thanh tra|theo dõi|\
    thi hành|thu hút|thu thập|thành lập|tháo gỡ|thí điểm|thông báo|thông qua|thông tin|thúc đẩy|\
    thường xuyên|thẩm định|thống kê|thống nhất|thực hiện|thực thi|tiến hành|tiếp nhận|tiếp thu|tiếp tục|\
    triển khai|truy|truyền thông|trả lời|trực tiếp|tuyên truyền|tuân thủ|tìm|tích cực|tính toán|\
    tăng cường|tạo điều|tạo sự|tạo lập|tập huấn|tập hợp|tập trung|tổng hợp|tổng kết|từng bước|tự|vào|\
    vận dụng|vận hành|vận động|về|xem xét|xin|xuất cấp|xác định|xây dựng|xử lý|yêu cầu|áp dụng|đa dạng|\
    đang|đi|điều chỉnh|điều hành|điều phối|đánh giá|đã|đôn đốc|đăng tải|đưa|được|đảm bảo|đảm nhận|\
    đẩy mạnh|đẩy nhanh|đến|đề cao|đề nghị|đề ra|đề xuất|để|định hướng|định kỳ|đồng thời|đổi mới|\
    động viên|ưu tiên|ứng dụng|khôi phục|cứu trợ|khởi công|làm việc|ủng hộ|đăng ký|thay thế|cắt giảm|\
    xúc tiến|mời|chi trả|di dời|sơ tán|ứng phó|thu hồi|công nhận|tiêu hủy|hạn chế|đàm phán|kêu gọi|\
    sắp xếp|trao đổi|lắp đặt|tạm dừng|chấm dứt|khoanh|tố giác|lan tỏa|cải tạo|nghiệm thu|thanh toán|\
    quyết toán|giải ngân|phân chia|phân loại|phân cấp|phân giao|niêm yết|số hóa|số hoá|tuyển dụng|khen thưởng|trao|tặng|\
    biểu dương|tôn vinh|vinh danh|nhắc nhở|xử phạt|cưỡng chế|thu gom|phun|tiêm|tham dự|\
    tiếp đón|ký kết|trang trí|treo|khai mạc|tham vấn|dự thảo|đo đạc|cắm mốc|phát hành|phát sóng|đưa tin|\
    cài đặt|sửa chữa|nâng cấp|tu bổ|điều tra|tuần tra|đấu tranh|truy quét|chọn|tuyển chọn|xét xử";

/// The words of a list written with bars between them.
fn set(words: &'static str) -> Lexicon {
    words.split('|').collect()
}

static STOP_SET: LazyLock<Lexicon> = LazyLock::new(|| set(STOPS));
static PAIR_SET: LazyLock<Lexicon> = LazyLock::new(|| set(PAIRS));
static CELL_SET: LazyLock<Lexicon> = LazyLock::new(|| set(CELL_STOPS));
static GENERIC_SET: LazyLock<Lexicon> = LazyLock::new(|| set(GENERIC));
static PLACE_SET: LazyLock<Lexicon> = LazyLock::new(|| set(PLACES));
static HEAD_SET: LazyLock<Lexicon> = LazyLock::new(|| set(HEADS));

/// First words of names, where the second may be anything.
const HEADS: &str = "ubnd|hđnd|sở|ubmttq|ubmttqvn|mttq|cục|bhxh|nhnn|tand|vksnd|btv|bch|bcđ|bqp|lđlđ|ttxvn|ubkt|tpubnd|\
    vpcp|vp|evn|qlda|vnpt|viettel|mobifone";

/// First and second words of names.
const PAIRS: &str = "ủy ban|uỷ ban|hội đồng|công an|công ty|công đoàn|văn phòng|liên đoàn|liên hiệp|liên minh|tòa án|\
    toà án|chi cục|tổng cục|kho bạc|ngân hàng|bảo hiểm|hải quan|trung tâm|học viện|đảng ủy|đảng uỷ|\
    tỉnh ủy|tỉnh uỷ|thành ủy|thành uỷ|huyện ủy|mặt trận|tập đoàn|tổng công|doanh nghiệp|hiệp hội|\
    kiểm toán|thông tấn|đại học|cơ quan|đơn vị|chủ tịch|giám đốc|thủ trưởng|bộ trưởng|thứ trưởng|\
    trưởng ban|trưởng phòng|người đứng|chủ đầu|điện lực|chi nhánh|lực lượng|địa phương|chính quyền|\
    nhà trường|thường trực|ban thường|đảng bộ|quân khu|cảng vụ|chánh văn|chánh thanh|cục trưởng|\
    vụ trưởng|bí thư|thống đốc|tổng giám|phó chủ|phó trưởng|phó thủ|tổ công|tổ giúp|tổ thư|tổ biên|\
    tổ chức|tiểu ban|cấp ủy|cổng thông|viện kiểm|lãnh đạo|nhà đầu|nhà xuất|nhà thầu|ngành tư|ngành y|\
    đoàn thể|đoàn thanh|đoàn luật|đoàn đại|thủ tướng|tổng liên|bộ đội|bộ chỉ|bộ tư|bộ phận|thành viên|\
    quỹ bảo|quỹ phát|quỹ hỗ|bưu điện|viễn thông|đồn biên|đồn công|hạt kiểm|\
    kiểm lâm|thanh tra|tòa soạn|tổng biên|đối tượng|chủ cơ|chủ rừng|đảng đoàn|huyện uỷ|thị ủy|thị uỷ|\
    quận ủy|quận uỷ|quân ủy|quân uỷ|chi bộ|chi đoàn|chi hội|trưởng đoàn|tổ trưởng|đội trưởng|nhóm trưởng|chủ nhiệm|\
    viện trưởng|hiệu trưởng|trưởng thôn|trưởng ấp|trưởng bản|trưởng buôn|trưởng bon|trưởng khóm|trưởng xóm|\
    trưởng khu|trưởng trạm|trưởng tiểu|trưởng các|trưởng bộ|phó giám|phó bí|phó chánh|phó cục|bệnh viện|xí nghiệp|\
    nhà máy|nhà hát|nhà thiếu|nhà văn|bảo tàng|thư viện|phân hiệu|câu lạc|nông trường|lâm trường|tạp chí|\
    hạt quản|sư đoàn|lữ đoàn|trung đoàn|tiểu đoàn|hải đoàn";

/// First words of names, unless the second word makes another word of them.
const UNLESS: &[(&str, &[&str])] = &[
    ("bộ", &["máy", "mặt", "môn", "luật", "tiêu", "dữ", "công", "quy", "hồ", "tài", "sách", "phận", "thủ"]),
    ("ban", &["hành", "đầu", "ngày", "đêm"]),
    ("báo", &["cáo", "động", "hiệu", "giá", "trước"]),
    ("đài", &["thọ"]),
    ("đoàn", &["kết", "viên"]),
    ("hội", &["nghị", "nhập", "thảo", "họp", "tụ", "viên", "trường"]),
    ("viện", &["dẫn", "trợ", "phí"]),
    ("vụ", &["việc", "án", "mùa"]),
    ("thuế", &["suất", "giá", "thu", "và", ",", "đất"]),
    ("trường", &["hợp", "phái"]),
    ("phòng", &["ngừa", "chống", "thủ", "tránh", ",", "bệnh"]),
    ("tổ", &["quốc", "tiên", "ấm", "yến", "sư", "chức"]),
    ("đội", &["ngũ", "hình", "tuyển"]),
    ("trạm", &["biến", "bơm", "thu", "dừng", "sạc"]),
];

/// Words that may begin a collective phrase in small letters.
const GENERIC: &str = "cơ quan|đơn vị|địa phương|đoàn thể|tổ chức|doanh nghiệp|chính quyền|nhà trường|cá nhân|cấp ủy|\
    hiệp hội|lực lượng|cơ sở|cộng đồng|người dân|chủ đầu|đối tượng|thủ trưởng|chủ tịch|giám đốc|\
    người đứng|nhà đầu|hợp tác";

/// Verbs that end a name also in a table cell or under a label, where most words belong to a name.
const CELL_STOPS: &str = "theo|căn|chủ trì|phối hợp|thực hiện|tổ chức|rà soát|triển khai|tham mưu|tiến hành|hướng dẫn|chịu|\
    chủ động|nghiên cứu|đề xuất|tổng hợp|báo cáo|để|nhằm|khi|ban hành|chỉ đạo|tăng cường|tiếp tục|\
    kiểm tra|đôn đốc|bố trí|trình|có trách|có nhiệm|cung cấp|thúc đẩy|xây dựng|thẩm định";

/// True when a cell's list of names ends at token `i`.
pub(super) fn is_cell_stop(w: &Words<'_>, i: usize) -> bool {
    is_stop(w, i) && (w.low(i).is_some_and(|f| CELL_SET.contains(f)) || w.pair(i).is_some_and(|p| CELL_SET.contains(p)))
}

/// Words for places, which continue a collective phrase ("UBND các xã, phường").
const PLACES: &str = "xã|phường|huyện|tỉnh|thành phố|thị xã|thị trấn|đặc khu|quận|thôn|ấp|xóm|làng|buôn|bon|khóm|khu phố|trung ương|cấp|vùng|miền|\
    địa bàn|tổ dân";

/// True when a verb or connective that ends a name stands at token `i`.
pub(super) fn is_stop(w: &Words<'_>, i: usize) -> bool {
    let Some(first) = w.low(i) else { return true };
    if w.is_capital(i) {
        return false;
    }
    let second = w.low(i + 1).unwrap_or_default();
    match first {
        "tổ" => second == "chức" && !organisation(w, i),
        "có" => !matches!(
            second,
            "liên" | "chức" | "thẩm" | "đông" | "trụ" | "hoạt" | "sử" | "vốn" | "cửa" | "biển" | "rừng" | "hệ"
        ),
        "tại" => !matches!(second, "địa" | "tỉnh" | "thành" | "khu" | "chỗ"),
        "trong" => !matches!(second, "tỉnh" | "hệ" | "và" | "khu" | "nước" | "lĩnh" | "ngành"),
        "trên" => second == "cơ",
        "theo" | "rút" => true,
        // As scans misread them: "tổ chức", "tổng hợp", "triển khai", "đẩy mạnh", "để".
        "tô" | "tố" => second == "chức",
        "tống" | "tông" => second == "hợp",
        "triên" => second == "khai",
        "đây" => second == "mạnh" || second == "nhanh",
        "đê" => STOP_SET.contains(second) || w.pair(i + 1).is_some_and(|p| STOP_SET.contains(p)),
        "ứng" => matches!(second, "dụng" | "phó") && w.low(i.wrapping_sub(1)) != Some("nghiệp"),
        "trình" => !matches!(w.low(i.wrapping_sub(1)), Some("chương" | "quá" | "công" | "quy" | "lộ" | "tờ" | "giáo")),
        "giao" => !matches!(second, "thông" | "dịch" | "thương" | "lưu" | "đất" | "khoán"),
        "xây" => {
            let works = i > 1 && w.is(i - 2, &["đầu", "tư"]) && !w.is_capital(i - 2);
            // "các ban xây dựng Đảng".
            let party = w.low(i + 2) == Some("đảng") && w.low(i.wrapping_sub(1)) == Some("ban");
            second == "dựng" && !works && !party && !matches!(w.low(i.wrapping_sub(1)), Some("và" | "án"))
        }
        "giúp" => w.low(i.wrapping_sub(1)) != Some("trợ"),
        "điều" if second == "tra" => !matches!(w.low(i.wrapping_sub(1)), Some("quan" | "sát")),
        "cử" => w.low(i.wrapping_sub(1)) != Some("bầu"),
        "thông" => {
            second == "báo"
                || second == "qua"
                || second == "tin"
                    && !matches!(w.low(i.wrapping_sub(1)), Some("thống" | "quan" | "cổng" | "trang" | "nghệ"))
        }
        "cung" => second == "cấp" && !matches!(w.low(i.wrapping_sub(1)), Some("nhà" | "vị")),
        "hợp" => second == "tác" && w.low(i + 2) != Some("xã"),
        "dựng" => w.low(i.wrapping_sub(1)) != Some("xây"),
        "phòng" => {
            second == "ngừa"
                || second == ","
                    && w.low(i + 2) == Some("chống")
                    && !matches!(w.low(i.wrapping_sub(1)), Some("đạo" | "huy"))
        }
        _ => STOP_SET.contains(first) || w.pair(i).is_some_and(|p| STOP_SET.contains(p)),
    }
}

/// A verb of work stands at token `i`, however it is written.
pub(super) fn is_work(w: &Words<'_>, i: usize) -> bool {
    let weak = matches!(
        w.low(i),
        Some("không" | "có" | "là" | "do" | "về" | "để" | "đã" | "đang" | "chưa" | "gồm" | "tại" | "trong" | "được")
            | None
    );
    !weak
        && (w.low(i).is_some_and(|f| STOP_SET.contains(f))
            || w.pair(i).is_some_and(|p| STOP_SET.contains(p))
            || w.is(i, &["tổ", "chức"])
            || matches!(w.low(i), Some("trên" | "theo" | "căn" | "trình")))
}

/// "tổ chức" as a noun.
fn organisation(w: &Words<'_>, i: usize) -> bool {
    let before = i.checked_sub(1).and_then(|b| w.low(b));
    let next = w.low(i + 2).unwrap_or_default();
    if w.is(i + 2, &["chính", "trị"]) {
        return true;
    }
    let noun_next = matches!(
        next,
        "chính"
            | "xã"
            | "liên"
            | "có"
            | "thành"
            | "pháp"
            | "tín"
            | "đảng"
            | "kinh"
            | "khoa"
            | "quốc"
            | "đoàn"
            | "khác"
            | "cá"
            | "phi"
            | "hành"
            | "nghề"
            | "tôn"
            | "trực"
            | "thuộc"
            | "hữu"
    ) || matches!(next, "cung" | "đại" | "bổ" | "đấu" | "tư") && before == Some("các")
        || matches!(next, "," | ";" | "và" | "." | "");
    noun_next && matches!(before, Some("các" | "," | "và" | "số" | "những" | ";" | "cùng" | "với") | None)
}

/// True when a name begins at token `i`, which must be written with a capital.
pub(super) fn is_head(w: &Words<'_>, i: usize) -> bool {
    let Some(first) = w.low(i) else { return false };
    if !w.is_capital(i) {
        return false;
    }
    let second = w.low(i + 1).unwrap_or_default();
    if first == "tổ" && second == "chức" {
        return matches!(w.low(i + 2), Some("chính" | "pháp" | "đảng" | "xã"));
    }
    if first == "thành" && second == "phố" {
        return w.is_capital(i + 2);
    }
    if first == "quản" && second == "lý" {
        return w.is(i + 2, &["thị", "trường"]);
    }
    if first == "lãnh" {
        return second == "đạo" && (w.is_capital(i + 2) || matches!(w.low(i + 2), Some("các" | "cơ" | "đơn")));
    }
    if second == "đoàn" && matches!(first, "tỉnh" | "thành" | "huyện") {
        return true;
    }
    if first == "tỉnh" {
        return w.is_capital(i + 1);
    }
    // "Ngành Giáo dục", "Công chức Văn hóa - Xã hội".
    if first == "ngành" && w.is_capital(i + 1)
        || matches!(w.pair(i), Some("công chức" | "cán bộ")) && w.is_capital(i + 2)
    {
        return true;
    }
    if first == "hợp" && second == "tác" {
        return w.low(i + 2) == Some("xã");
    }
    if first == "thanh" && second == "tra" {
        return w.is_capital(i) && !matches!(w.low(i + 2), Some("," | "việc" | "và" | "trách"));
    }
    if let Some((_, no)) = UNLESS.iter().find(|(h, _)| *h == first) {
        return !no.contains(&second) || second.len() > 1 && w.is_capital(i + 1);
    }
    HEAD_SET.contains(first) || w.pair(i).is_some_and(|p| PAIR_SET.contains(p))
}

/// True when a collective phrase begins at token `i` with "các", "những", "một số".
pub(super) fn is_plural(w: &Words<'_>, i: usize) -> bool {
    match w.low(i) {
        Some("các" | "những") => true,
        Some("một") => w.low(i + 1) == Some("số"),
        _ => false,
    }
}

/// True when a collective phrase may begin at token `i` with a small letter ("cơ quan liên quan").
pub(super) fn is_generic(w: &Words<'_>, i: usize) -> bool {
    match w.low(i) {
        Some("sở" | "ngành") => true,
        Some("phòng") => w.is_capital(i + 1),
        Some("đồng") => w.low(i + 1) == Some("chí") && is_head(w, i + 2),
        Some("ban") => matches!(w.low(i + 1), Some("," | "ngành")),
        Some("lãnh") => w.low(i + 1) == Some("đạo") && matches!(w.low(i + 2), Some("các" | "cơ" | "đơn")),
        Some("bộ") => matches!(w.low(i + 1), Some("," | "ngành" | "và")),
        Some(_) => w.pair(i).is_some_and(|p| GENERIC_SET.contains(p)) && (w.low(i) != Some("tổ") || organisation(w, i)),
        None => false,
    }
}

/// True when a word for a place stands at token `i`.
pub(super) fn is_place(w: &Words<'_>, i: usize) -> bool {
    w.low(i).is_some_and(|f| PLACE_SET.contains(f)) || w.pair(i).is_some_and(|p| PLACE_SET.contains(p))
}
