//! The small language of formulas and rules.
//!
//! Numbers, keys of cells, `+ - * /`, `= != < <= > >=`, `and or not`, `prev(c3)` (last period), `other("form", "c1")` (another form of the same
//! period), and `blank(c1)`, `none(c1)`, `unassigned(c1)` for the three ways of having no number.
//!
//! Numbers are IEEE doubles, as in a browser, where a second interpreter walks the same tree ([`Expr`] as JSON). What both must keep to:
//!
//! - A number that is not finite is missing.
//! - `+` and `-`: missing with anything is missing; "none" counts as 0, "unassigned" as nothing; none with none is none, unassigned with unassigned
//!   is unassigned, none with unassigned is none.
//! - `*` and `/`: missing with anything is missing, unassigned with anything else is unassigned, "none" counts as 0.
//! - A comparison with something missing or unassigned is unknown; "none" counts as 0.
//! - `and`, `or`, `not` as Kleene's three values. A rule is broken only when it is false.

mod parse;
#[cfg(test)]
mod tests;

use serde::{Serialize, Serializer, ser::SerializeSeq};

pub use parse::{Parsed, Reference, SyntaxError, parse};

/// An operator between two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `=`
    Equal,
    /// `!=`
    Differs,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `and`
    And,
    /// `or`
    Or,
}

impl Op {
    /// As written.
    pub fn sign(self) -> &'static str {
        match self {
            Op::Add => "+",
            Op::Subtract => "-",
            Op::Multiply => "*",
            Op::Divide => "/",
            Op::Equal => "=",
            Op::Differs => "!=",
            Op::Less => "<",
            Op::AtMost => "<=",
            Op::More => ">",
            Op::AtLeast => ">=",
            Op::And => "and",
            Op::Or => "or",
        }
    }
}

/// What a test asks of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Test {
    /// Has it no value at all?
    Blank,
    /// Is it "không phát sinh"?
    None,
    /// Is it "không được giao"?
    Unassigned,
}

impl Test {
    /// As written.
    pub fn name(self) -> &'static str {
        match self {
            Test::Blank => "blank",
            Test::None => "none",
            Test::Unassigned => "unassigned",
        }
    }
}

/// An expression. As JSON: `12`, `["cell","c1"]`, `["prev","c1"]`, `["other","form","c1"]`, `["blank",…]`, `["neg",…]`, `["not",…]`, `["+",…,…]`.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A number.
    Number(f64),
    /// A cell of the form.
    Cell(String),
    /// The same cell in the period before.
    Prev(String),
    /// A cell of another form in the same period.
    Other {
        /// The other form.
        form: String,
        /// Its cell.
        cell: String,
    },
    /// A test of a cell.
    Is(Test, Box<Expr>),
    /// Minus.
    Neg(Box<Expr>),
    /// Not.
    Not(Box<Expr>),
    /// Two operands.
    Binary(Op, Box<Expr>, Box<Expr>),
}

impl Serialize for Expr {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Expr::Number(number) = self {
            return super::value::Value::Number(*number).serialize(serializer);
        }
        let mut list = serializer.serialize_seq(None)?;
        match self {
            Expr::Number(_) => {}
            Expr::Cell(cell) => {
                list.serialize_element("cell")?;
                list.serialize_element(cell)?;
            }
            Expr::Prev(cell) => {
                list.serialize_element("prev")?;
                list.serialize_element(cell)?;
            }
            Expr::Other { form, cell } => {
                list.serialize_element("other")?;
                list.serialize_element(form)?;
                list.serialize_element(cell)?;
            }
            Expr::Is(test, inner) => {
                list.serialize_element(test.name())?;
                list.serialize_element(inner)?;
            }
            Expr::Neg(inner) => {
                list.serialize_element("neg")?;
                list.serialize_element(inner)?;
            }
            Expr::Not(inner) => {
                list.serialize_element("not")?;
                list.serialize_element(inner)?;
            }
            Expr::Binary(op, left, right) => {
                list.serialize_element(op.sign())?;
                list.serialize_element(left)?;
                list.serialize_element(right)?;
            }
        }
        list.end()
    }
}

/// What a number may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Quantity {
    /// A finite number.
    Number(f64),
    /// "Không phát sinh".
    None,
    /// "Không được giao".
    Unassigned,
    /// Nothing is known.
    Missing,
}

impl Quantity {
    fn of(number: f64) -> Self {
        if number.is_finite() { Quantity::Number(number) } else { Quantity::Missing }
    }

    /// For comparisons and factors: "none" counts as 0.
    fn number(self) -> Option<f64> {
        match self {
            Quantity::Number(number) => Some(number),
            Quantity::None => Some(0.0),
            Quantity::Unassigned | Quantity::Missing => None,
        }
    }
}

/// What an expression yields.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Outcome {
    /// A number or the lack of one.
    Quantity(Quantity),
    /// True, false, or `None` for unknown.
    Truth(Option<bool>),
}

impl Outcome {
    fn quantity(self) -> Quantity {
        match self {
            Outcome::Quantity(quantity) => quantity,
            Outcome::Truth(_) => Quantity::Missing,
        }
    }

    fn truth(self) -> Option<bool> {
        match self {
            Outcome::Truth(truth) => truth,
            Outcome::Quantity(_) => None,
        }
    }
}

/// Where an expression finds its cells.
pub trait Cells {
    /// A cell of the form.
    fn cell(&self, key: &str) -> Quantity;
    /// The same cell in the period before.
    fn prev(&self, key: &str) -> Quantity;
    /// A cell of another form.
    fn other(&self, form: &str, key: &str) -> Quantity;
}

impl Expr {
    /// The value of a checked expression.
    pub fn eval(&self, cells: &impl Cells) -> Outcome {
        match self {
            Expr::Number(number) => Outcome::Quantity(Quantity::of(*number)),
            Expr::Cell(key) => Outcome::Quantity(cells.cell(key)),
            Expr::Prev(key) => Outcome::Quantity(cells.prev(key)),
            Expr::Other { form, cell } => Outcome::Quantity(cells.other(form, cell)),
            Expr::Is(test, inner) => {
                let quantity = inner.eval(cells).quantity();
                Outcome::Truth(Some(match test {
                    Test::Blank => quantity == Quantity::Missing,
                    Test::None => quantity == Quantity::None,
                    Test::Unassigned => quantity == Quantity::Unassigned,
                }))
            }
            Expr::Neg(inner) => Outcome::Quantity(match inner.eval(cells).quantity() {
                Quantity::Number(number) => Quantity::of(-number),
                other => other,
            }),
            Expr::Not(inner) => Outcome::Truth(inner.eval(cells).truth().map(|truth| !truth)),
            Expr::Binary(op, left, right) => binary(*op, left.eval(cells), right.eval(cells)),
        }
    }
}

fn binary(op: Op, left: Outcome, right: Outcome) -> Outcome {
    match op {
        Op::And => Outcome::Truth(match (left.truth(), right.truth()) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        }),
        Op::Or => Outcome::Truth(match (left.truth(), right.truth()) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        }),
        Op::Add | Op::Subtract => Outcome::Quantity(sum(op, left.quantity(), right.quantity())),
        Op::Multiply | Op::Divide => Outcome::Quantity(product(op, left.quantity(), right.quantity())),
        _ => Outcome::Truth(match (left.quantity().number(), right.quantity().number()) {
            (Some(left), Some(right)) => Some(compare(op, left, right)),
            _ => None,
        }),
    }
}

#[expect(clippy::float_cmp, reason = "as JavaScript compares")]
fn compare(op: Op, left: f64, right: f64) -> bool {
    match op {
        Op::Equal => left == right,
        Op::Differs => left != right,
        Op::Less => left < right,
        Op::AtMost => left <= right,
        Op::More => left > right,
        _ => left >= right,
    }
}

fn sum(op: Op, left: Quantity, right: Quantity) -> Quantity {
    match (left, right) {
        (Quantity::Missing, _) | (_, Quantity::Missing) => Quantity::Missing,
        (Quantity::Unassigned, Quantity::Unassigned) => Quantity::Unassigned,
        (Quantity::None | Quantity::Unassigned, Quantity::None | Quantity::Unassigned) => Quantity::None,
        _ => {
            let (left, right) = (left.number().unwrap_or(0.0), right.number().unwrap_or(0.0));
            Quantity::of(if op == Op::Add { left + right } else { left - right })
        }
    }
}

fn product(op: Op, left: Quantity, right: Quantity) -> Quantity {
    match (left, right) {
        (Quantity::Missing, _) | (_, Quantity::Missing) => Quantity::Missing,
        (Quantity::Unassigned, _) | (_, Quantity::Unassigned) => Quantity::Unassigned,
        _ => {
            let (left, right) = (left.number().unwrap_or(0.0), right.number().unwrap_or(0.0));
            Quantity::of(if op == Op::Multiply { left * right } else { left / right })
        }
    }
}
