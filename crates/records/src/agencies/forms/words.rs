//! What the pages of events call things: the words of agencies, the words of localities.

use crate::agencies::model::side::Side;

/// The words of one side.
pub(in crate::agencies) struct Words {
    /// Where its pages begin.
    pub base: &'static str,
    /// The page of the tree.
    pub home: &'static str,
    /// The list of events.
    pub list: &'static str,
    /// Below the heading of the list.
    pub about: &'static str,
    /// Recording one.
    pub record: &'static str,
    /// Asked before one is taken back.
    pub withdraw: &'static str,
    /// Kinds of event: key, label, what it does.
    pub kinds: [(&'static str, &'static str, &'static str); 6],
    /// A unit, and how it is named in a field.
    pub unit: &'static str,
    pub hint: &'static str,
    /// Those that are merged.
    pub from: &'static str,
    /// Who carries on; what an empty field means at an end.
    pub heir: &'static str,
    pub heir_hint: &'static str,
    /// The heirs in a division.
    pub heirs: &'static str,
    pub heirs_hint: &'static str,
    /// The name.
    pub name: &'static str,
    pub name_hint: &'static str,
    /// The superior.
    pub above: &'static str,
    pub above_hint: &'static str,
    /// Messages.
    pub which: &'static str,
    pub at_least_one: &'static str,
    pub at_least_two: &'static str,
    pub merged: &'static str,
    pub example: &'static str,
}

/// The words of a side.
pub(in crate::agencies) fn words(side: Side) -> &'static Words {
    match side {
        Side::Agencies => &AGENCIES,
        Side::Localities => &LOCALITIES,
    }
}

const AGENCIES: Words = Words {
    base: "/co-quan",
    home: "Cơ quan",
    list: "Sự kiện tổ chức",
    about: "Cây cơ quan của mọi ngày được dựng lại từ các sự kiện này.",
    record: "Ghi sự kiện tổ chức",
    withdraw: "Thu hồi sự kiện này? Cây cơ quan sẽ được dựng lại như không có nó.",
    kinds: [
        ("thanh-lap", "Thành lập", "Một cơ quan mới"),
        ("doi-ten", "Đổi tên", "Cơ quan vẫn là cơ quan đó, mang tên khác"),
        ("hop-nhat", "Hợp nhất, sáp nhập", "Nhiều cơ quan thành một; số liệu cũ tính cho cơ quan tiếp nhận"),
        ("chia-tach", "Chia, tách", "Một cơ quan chia cho nhiều cơ quan; số liệu cũ chia theo tỷ lệ"),
        ("chuyen", "Chuyển cơ quan cấp trên", "Cơ quan về trực thuộc cơ quan khác"),
        ("giai-the", "Giải thể, kết thúc hoạt động", "Cơ quan không còn; nhiệm vụ về nơi tiếp nhận"),
    ],
    unit: "Cơ quan",
    hint: "Tên đầy đủ hoặc mã của cơ quan, như ở trang Cơ quan",
    from: "Các cơ quan được nhập vào",
    heir: "Cơ quan tiếp nhận",
    heir_hint: "Khi giải thể có thể bỏ trống: cơ quan cấp trên tiếp nhận",
    heirs: "Các cơ quan tiếp nhận",
    heirs_hint: "Mỗi dòng một cơ quan, cơ quan chính trước; tỷ lệ (dân số, biên chế…) viết sau dấu |, ví dụ: Tên cơ quan | 12.500",
    name: "Tên đầy đủ mới",
    name_hint: "Tên phân biệt được trong cả nước, ví dụ: Sở Tư pháp tỉnh Lạng Sơn",
    above: "Cơ quan cấp trên",
    above_hint: "Tên đầy đủ hoặc mã của cơ quan, như ở trang Cơ quan",
    which: "Hãy ghi tên hoặc mã cơ quan.",
    at_least_one: "Hãy ghi ít nhất một cơ quan, mỗi dòng một cơ quan.",
    at_least_two: "Hãy ghi ít nhất hai cơ quan tiếp nhận, mỗi dòng một cơ quan.",
    merged: "Hãy ghi các cơ quan được nhập vào, mỗi dòng một cơ quan.",
    example: "Tên cơ quan",
};

const LOCALITIES: Words = Words {
    base: "/dia-ban",
    home: "Địa bàn",
    list: "Thay đổi đơn vị hành chính",
    about: "Địa bàn của mọi ngày được dựng lại từ các thay đổi này; cơ quan của từng nơi thay đổi theo.",
    record: "Ghi thay đổi đơn vị hành chính",
    withdraw: "Thu hồi thay đổi này? Địa bàn và cơ quan ở đó sẽ được dựng lại như không có nó.",
    kinds: [
        ("thanh-lap", "Thành lập", "Một tỉnh, xã, phường, đặc khu mới; các cơ quan ở đó được lập theo"),
        ("doi-ten", "Đổi tên, đổi loại", "Nơi đó vẫn là nơi đó, mang tên khác hoặc từ xã thành phường"),
        ("hop-nhat", "Nhập đơn vị hành chính", "Nhiều nơi nhập thành một; số liệu cũ tính cho nơi tiếp nhận"),
        ("chia-tach", "Chia, tách", "Một nơi chia cho nhiều nơi; số liệu cũ chia theo dân số hoặc diện tích"),
        ("chuyen", "Điều chỉnh về tỉnh khác", "Xã, phường, đặc khu về trực thuộc tỉnh, thành phố khác"),
        ("giai-the", "Giải thể", "Đơn vị hành chính không còn; số liệu cũ về nơi tiếp nhận"),
    ],
    unit: "Đơn vị hành chính",
    hint: "Tên hoặc mã, viết thêm tỉnh nếu trùng tên, ví dụ: Xã Tân Tiến, tỉnh Lạng Sơn",
    from: "Các đơn vị hành chính được nhập",
    heir: "Đơn vị hành chính tiếp nhận",
    heir_hint: "Khi giải thể có thể bỏ trống: số liệu cũ để ở tỉnh, thành phố",
    heirs: "Các đơn vị hành chính tiếp nhận",
    heirs_hint: "Mỗi dòng một nơi, nơi chính trước; dân số hoặc diện tích viết sau dấu |, ví dụ: Xã Đoàn Kết | 12.500. Nơi bị tách mà còn lại cũng ghi một dòng.",
    name: "Tên mới",
    name_hint: "Ghi cả loại đơn vị hành chính, ví dụ: Phường Kỳ Lừa",
    above: "Trực thuộc",
    above_hint: "Tên hoặc mã của tỉnh, thành phố; bỏ trống khi chính nơi này là tỉnh, thành phố trực thuộc Trung ương",
    which: "Hãy ghi tên hoặc mã đơn vị hành chính.",
    at_least_one: "Hãy ghi ít nhất một đơn vị hành chính, mỗi dòng một nơi.",
    at_least_two: "Hãy ghi ít nhất hai nơi tiếp nhận, mỗi dòng một nơi.",
    merged: "Hãy ghi các đơn vị hành chính được nhập, mỗi dòng một nơi.",
    example: "Xã Đoàn Kết",
};
