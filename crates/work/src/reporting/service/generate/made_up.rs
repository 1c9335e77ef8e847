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
