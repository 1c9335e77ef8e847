//! From what a computed cell is computed.

use super::{
    expr::Expr,
    form::{Cell, Form, Source},
};

/// Something that an expression names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    /// A cell of the same report.
    Cell(String),
    /// A cell of the period before.
    Before(String),
    /// A cell of another form.
    Other {
        /// The form.
        form: String,
        /// Its cell.
        cell: String,
    },
}

/// What an expression names, in the order in which it does, each once.
pub fn named(expr: &Expr, out: &mut Vec<Operand>) {
    let mut add = |operand| {
        if !out.contains(&operand) {
            out.push(operand);
        }
    };
    match expr {
        Expr::Cell(key) => add(Operand::Cell(key.clone())),
        Expr::Prev(key) => add(Operand::Before(key.clone())),
        Expr::Other { form, cell } => add(Operand::Other { form: form.clone(), cell: cell.clone() }),
        Expr::Is(_, inner) | Expr::Neg(inner) | Expr::Not(inner) => named(inner, out),
        Expr::Binary(_, left, right) => {
            named(left, out);
            named(right, out);
        }
        Expr::Number(_) => {}
    }
}

/// What a cell is computed from; empty for one that is not computed.
pub fn operands(cell: &Cell) -> Vec<Operand> {
    let mut out = Vec::new();
    match &cell.source {
        Source::Formula(expr) => named(expr, &mut out),
        Source::Ratio { numerator, denominator, .. } => {
            out.extend([Operand::Cell(numerator.clone()), Operand::Cell(denominator.clone())]);
            out.dedup();
        }
        _ => {}
    }
    out
}

/// A cell and every cell of the same report that it is computed from, all the way down.
pub fn needs(form: &Form, key: &str) -> Vec<String> {
    let mut out = vec![key.to_owned()];
    let mut at = 0;
    while let Some(key) = out.get(at).cloned() {
        for operand in form.cell(&key).map(operands).unwrap_or_default() {
            if let Operand::Cell(key) = operand
                && !out.contains(&key)
            {
                out.push(key);
            }
        }
        at += 1;
    }
    out
}
