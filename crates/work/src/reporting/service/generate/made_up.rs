//! What is made up for a demonstration: who does what, what stands in the cells, when a report is sent.

use std::collections::BTreeMap;

use kernel::{Action, Actor, Error, Holding, Permit, Result, Role, Uuid, new_id};

use crate::reporting::{
    model::{
        form::{Form, Kind},
        payload::automatic,
        value::{Value, Values},
    },
    service::fill::Filling,
};

/// Numbers that look random and are the same in every run.
pub(super) struct Dice(u64);

impl Dice {
    /// Dice for one report: the same for the same place in the same list.
    pub(super) fn at(seed: u64, round: usize, place: usize) -> Self {
        // The places of a list lie side by side: their numbers are stirred before the first throw.
        let mut mixed = seed ^ ((round as u64) << 40) ^ ((place as u64) << 8);
        for factor in [0xbf58_476d_1ce4_e5b9_u64, 0x94d0_49bb_1331_11eb] {
            mixed = (mixed ^ (mixed >> 30)).wrapping_add(0x9e37_79b9_7f4a_7c15).wrapping_mul(factor);
        }
        Self(mixed ^ (mixed >> 31))
    }

    pub(super) fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides.max(1)
    }

    fn one<'a>(&mut self, list: &[&'a str]) -> &'a str {
        usize::try_from(self.roll(list.len() as u64)).ok().and_then(|at| list.get(at)).copied().unwrap_or_default()
    }
}

/// The three people through whose hands a report goes inside an agency.
pub(super) struct Hands {
    pub maker: Actor,
    pub checker: Actor,
    pub head: Actor,
}

const FAMILY: [&str; 10] = ["Nguyễn", "Trần", "Lê", "Hoàng", "Nông", "Phạm", "Hà", "Đặng", "Vũ", "Bùi"];
const MIDDLE: [&str; 6] = ["Văn", "Thị", "Đức", "Thu", "Minh", "Thanh"];
const GIVEN: [&str; 12] =
    ["Bình", "Cường", "Dung", "Giang", "Hải", "Hạnh", "Khánh", "Lan", "Mai", "Nam", "Phương", "Sơn"];

/// Someone with a role at an agency.
pub(super) fn person(dice: &mut Dice, role: Role, agency: Uuid) -> Actor {
    let name = format!("{} {} {}", dice.one(&FAMILY), dice.one(&MIDDLE), dice.one(&GIVEN));
    Actor { user: new_id(), name, holdings: vec![Holding { role, agency, agency_name: String::new() }] }
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
            _ if cell.kind == Kind::Text => continue,
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
