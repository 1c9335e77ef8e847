//! What is made up for a demonstration: who does what, what stands in the cells, when a report is sent.

use std::collections::BTreeMap;

use kernel::{Action, Actor, Error, Permit, Result, Role, Uuid};

use crate::{
    made_up::{Dice, person},
    reporting::{
        model::{
            form::{Form, Kind},
            payload::automatic,
            value::{Value, Values},
        },
        service::fill::Filling,
    },
};

/// The three people through whose hands a report goes inside an agency.
pub(super) struct Hands {
    pub maker: Actor,
    pub checker: Actor,
    pub head: Actor,
}

impl Hands {
    /// The people of an agency, the same names in every round.
    pub(super) fn of(seed: u64, place: usize, agency: Uuid) -> Self {
        let mut dice = Dice::at(seed, usize::MAX >> 24, place);
        Self {
            maker: person(&mut dice, Role::Contributor, agency),
            checker: person(&mut dice, Role::FocalPoint, agency),
            head: person(&mut dice, Role::Leader, agency),
        }
    }
}

/// The permit of someone who has the role for it.
pub(super) fn permit<A: Action>(actor: &Actor) -> Result<Permit<A>> {
    Permit::of(actor).ok_or(Error::Denied)
}

/// What becomes of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Nobody has begun.
    Missing,
    /// Begun, not passed on.
    Begun,
    /// It waits inside the agency for the checker.
    Checking,
    /// Sent so many days after the due date (before, when negative).
    Sent(i64),
}

impl Fate {
    /// Does it come only after the level above has reported?
    pub(super) fn straggles(self) -> bool {
        matches!(self, Fate::Sent(late) if late > 2)
    }
}

/// What the receiver has done with a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Not yet looked at.
    Waiting,
    /// Sent back and still with the agency.
    Returned,
    /// Sent back, sent again, approved.
    Mended,
    /// Approved.
    Approved,
}

/// The fate of a report of a period that is over, or of one that still runs.
pub(super) fn fate(dice: &mut Dice, over: bool) -> Fate {
    let days = |dice: &mut Dice, most: u64| i64::try_from(dice.roll(most)).unwrap_or(0);
    match (over, dice.roll(100)) {
        (true, 0..4) => Fate::Missing,
        (true, 4..12) => Fate::Sent(1 + days(dice, 14)),
        (true, _) => Fate::Sent(-days(dice, 9)),
        (false, 0..64) => Fate::Missing,
        (false, 64..86) => Fate::Begun,
        (false, _) => Fate::Checking,
    }
}

/// What the receiver does; of the newest rounds some reports still wait.
pub(super) fn verdict(dice: &mut Dice, newest: bool) -> Verdict {
    match dice.roll(100) {
        0..8 if newest => Verdict::Waiting,
        8..12 if newest => Verdict::Returned,
        12..17 => Verdict::Mended,
        _ => Verdict::Approved,
    }
}

/// Why a figure differs from what is recorded.
const REASONS: [&str; 3] = [
    "Gồm cả hoạt động do trung tâm phục vụ hành chính công thực hiện, chưa nhập vào hệ thống.",
    "Bổ sung số liệu của các thôn, tổ dân phố báo sau khi chốt hoạt động.",
    "Đối chiếu với sổ theo dõi của cơ quan; hoạt động đã ghi thiếu tài liệu.",
];
/// Cells on which no other figure depends.
const FREE: [&str; 5] = ["c7", "c8", "c9", "n6", "n7"];

/// What agencies write under the headings of the narrative report and of the one that looks back.
const WORDS: [(&str, [&str; 3]); 10] = [
    (
        "m1",
        [
            "Đã ban hành kế hoạch phổ biến, giáo dục pháp luật năm và văn bản hướng dẫn các đơn vị, đoàn thể thực hiện.",
            "Đã ban hành kế hoạch năm; lồng ghép nội dung phổ biến pháp luật trong chương trình công tác của Ủy ban nhân dân.",
            "Đã ban hành kế hoạch, phân công từng công chức phụ trách và gửi đến các thôn, tổ dân phố.",
        ],
    ),
    (
        "m2",
        [
            "Đã rà soát, công nhận tuyên truyền viên pháp luật; mỗi thôn có ít nhất một người.",
            "Đội ngũ tuyên truyền viên được kiện toàn sau khi sắp xếp đơn vị hành chính, được tập huấn một lần.",
            "Đã thay thế các tuyên truyền viên thôi nhiệm vụ; duy trì tổ hòa giải ở tất cả các thôn, tổ dân phố.",
        ],
    ),
    (
        "m3",
        [
            "Tập trung phổ biến Luật Đất đai, trật tự an toàn giao thông, phòng, chống ma túy; chủ yếu qua hội nghị và loa truyền thanh.",
            "Phổ biến qua sinh hoạt chi hội, câu lạc bộ pháp luật và niêm yết tài liệu tại nhà văn hóa.",
            "Kết hợp tuyên truyền miệng tại thôn với đăng bài trên trang mạng xã hội của địa phương.",
        ],
    ),
    (
        "m4",
        [
            "Đã tổ chức phổ biến bằng tiếng dân tộc cho đồng bào ở các thôn vùng cao.",
            "Phối hợp với trường học phổ biến pháp luật cho học sinh; phát tài liệu cho người khuyết tật tại nhà.",
            "Phối hợp với Hội Liên hiệp Phụ nữ tư vấn cho phụ nữ bị bạo lực gia đình.",
        ],
    ),
    (
        "m5",
        [
            "Treo khẩu hiệu, phát tin bài trên loa truyền thanh và tổ chức hội nghị hưởng ứng.",
            "Tổ chức ngày hội pháp luật tại nhà văn hóa với phần hỏi đáp có thưởng.",
            "Lồng ghép trong ngày hội đại đoàn kết toàn dân tộc.",
        ],
    ),
    (
        "m7",
        [
            "Kinh phí hạn chế; công chức làm công tác này kiêm nhiệm nhiều việc.",
            "Địa bàn rộng, dân cư phân tán nên khó tập hợp người dân.",
            "Tuyên truyền viên mới được phân công, còn thiếu tài liệu.",
        ],
    ),
    (
        "m8",
        [
            "Tiếp tục phổ biến các luật mới có hiệu lực; nâng cao chất lượng hòa giải ở cơ sở.",
            "Tăng cường phổ biến trên mạng xã hội; tập huấn tuyên truyền viên.",
            "Phổ biến pháp luật cho các nhóm đối tượng đặc thù theo kế hoạch.",
        ],
    ),
    (
        "v1",
        [
            "Các nhiệm vụ được triển khai đúng tiến độ; nhận thức pháp luật của người dân được nâng lên.",
            "Hoạt động đi vào nền nếp, gắn với sinh hoạt của thôn, tổ dân phố và các đoàn thể.",
            "Mô hình câu lạc bộ pháp luật và loa truyền thanh được người dân hưởng ứng.",
        ],
    ),
    (
        "v2",
        [
            "Kinh phí hạn chế; người làm công tác phổ biến pháp luật kiêm nhiệm nhiều việc.",
            "Nội dung chưa phong phú, tài liệu cho đồng bào dân tộc thiểu số còn ít.",
            "Việc ứng dụng công nghệ thông tin còn chậm do thiếu thiết bị.",
        ],
    ),
    (
        "v4",
        [
            "Đề nghị tiếp tục thực hiện trong giai đoạn sau và bố trí kinh phí riêng.",
            "Đề nghị biên soạn tài liệu mẫu dùng chung cho cấp xã.",
            "Đề nghị tập huấn tuyên truyền viên hằng năm.",
        ],
    ),
];

fn words(cell: &str) -> Option<&'static [&'static str; 3]> {
    WORDS.iter().find(|(key, _)| *key == cell).map(|(_, words)| words)
}

/// What people type into a report whose sources say `auto`. `wild`: one figure got a digit too many.
pub(super) fn filling(dice: &mut Dice, form: &Form, auto: &Values, place: usize, wild: bool) -> Filling {
    let mut values: BTreeMap<String, Option<Value>> = BTreeMap::new();
    let mut reasons = BTreeMap::new();
    let number = |number: u64| {
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        Some(Value::Number(number as f64))
    };
    let cases = 6 + dice.roll(18);
    let settled = cases - dice.roll(cases / 4 + 1);
    for cell in form.cells.iter().filter(|cell| !cell.source.computed()) {
        let typed = match cell.key.as_str() {
            "c11" => number(if wild { cases * 40 } else { cases }),
            "c12" => number(settled),
            "c14" | "n8" => number(14 + place as u64 % 9),
            "t6" => number(46),
            "kk" if dice.roll(4) == 0 => Some(Value::Text(
                "Kinh phí cấp chậm; đề nghị hướng dẫn thống nhất cách thống kê lượt tiếp cận trên mạng xã hội.".into(),
            )),
            _ if cell.kind == Kind::Text => match words(&cell.key).filter(|_| cell.required) {
                Some(words) => Some(Value::Text(dice.one(words).into())),
                None => continue,
            },
            _ if automatic(cell) && auto.get(&cell.key).is_some_and(|value| *value != Value::Number(0.0)) => continue,
            "n3" | "n4" if place % 3 == 1 => Some(Value::Unassigned),
            _ => Some(Value::None),
        };
        values.insert(cell.key.clone(), typed);
    }
    if dice.roll(9) == 0 {
        let free = dice.one(&FREE);
        if let Some(found) = auto.get(free).and_then(Value::number).filter(|found| *found > 0.0) {
            values.insert(free.to_owned(), Some(Value::Number(found + 2.0)));
            reasons.insert(free.to_owned(), dice.one(&REASONS).to_owned());
        }
    }
    Filling { version: None, values, reasons }
}
