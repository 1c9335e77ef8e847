//! Text to tree, by descent. Faults carry the place in the text.

use super::{Expr, Op, Test};

/// Longest text.
const LONGEST: usize = 2_000;
/// Deepest nesting.
const DEEPEST: usize = 60;

/// A name in an expression and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The form, when it is another one.
    pub form: Option<String>,
    /// The cell.
    pub cell: String,
    /// Its value of the period before is meant.
    pub before: bool,
    /// Only asked whether it has a number.
    pub tested: bool,
    /// Byte in the text.
    pub at: usize,
}

/// A read expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The tree.
    pub expr: Expr,
    /// Every cell that it names.
    pub references: Vec<Reference>,
    /// Does it yield true or false?
    pub is_condition: bool,
}

/// Why a text is no expression.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SyntaxError {
    /// Byte in the text.
    pub at: usize,
    /// What is wrong, in Vietnamese.
    pub message: String,
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number(f64),
    Name(String),
    Text(String),
    Sign(&'static str),
    End,
}

impl Token {
    fn show(&self) -> String {
        match self {
            Token::Number(number) => format!("số {number}"),
            Token::Name(name) => format!("“{name}”"),
            Token::Text(text) => format!("chuỗi \"{text}\""),
            Token::Sign(sign) => format!("“{sign}”"),
            Token::End => "hết biểu thức".into(),
        }
    }
}

/// Longer ones first.
const SIGNS: [&str; 15] = ["<=", ">=", "!=", "<>", "==", "<", ">", "=", "+", "-", "*", "/", "(", ")", ","];

fn tokens(text: &str) -> Result<Vec<(usize, Token)>, SyntaxError> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.chars().next().unwrap_or(' ');
        let run = |wanted: fn(char) -> bool| rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        let (length, token) = if first.is_whitespace() {
            (first.len_utf8(), None)
        } else if first.is_ascii_digit() {
            let length = run(|c| c.is_ascii_digit() || c == '.');
            let number = rest.get(..length).unwrap_or_default();
            let bad = || SyntaxError {
                at,
                message: format!("“{number}” không phải là số; phần thập phân viết sau dấu chấm."),
            };
            if number.ends_with('.') {
                return Err(bad());
            }
            (length, Some(Token::Number(number.parse().map_err(|_| bad())?)))
        } else if first.is_ascii_alphabetic() || first == '_' {
            let length = run(|c| c.is_ascii_alphanumeric() || c == '_');
            (length, Some(Token::Name(rest.get(..length).unwrap_or_default().to_owned())))
        } else if first == '"' {
            let inner = rest.get(1..).unwrap_or_default();
            let end = inner.find('"').ok_or(SyntaxError { at, message: "Thiếu dấu \" đóng chuỗi.".into() })?;
            (end + 2, Some(Token::Text(inner.get(..end).unwrap_or_default().to_owned())))
        } else if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
            (sign.len(), Some(Token::Sign(sign)))
        } else {
            return Err(SyntaxError {
                at, message: format!("Ký tự “{first}” không dùng trong biểu thức.")
            });
        };
        out.extend(token.map(|token| (at, token)));
        at += length;
    }
    out.push((text.len(), Token::End));
    Ok(out)
}

/// A subtree, and whether it yields true or false.
struct Node {
    expr: Expr,
    condition: bool,
    at: usize,
}

struct Parser {
    tokens: Vec<(usize, Token)>,
    next: usize,
    depth: usize,
    references: Vec<Reference>,
}

/// Reads an expression.
///
/// # Errors
/// What is wrong and where.
pub fn parse(text: &str) -> Result<Parsed, SyntaxError> {
    if text.len() > LONGEST {
        return Err(SyntaxError { at: 0, message: format!("Biểu thức dài quá {LONGEST} ký tự.") });
    }
    let mut parser = Parser { tokens: tokens(text)?, next: 0, depth: 0, references: Vec::new() };
    let node = parser.either()?;
    match parser.peek() {
        (_, Token::End) => Ok(Parsed { expr: node.expr, references: parser.references, is_condition: node.condition }),
        (at, token) => Err(SyntaxError { at, message: format!("Không hiểu {} ở đây.", token.show()) }),
    }
}

impl Parser {
    fn peek(&self) -> (usize, Token) {
        self.tokens.get(self.next).cloned().unwrap_or((0, Token::End))
    }

    fn take(&mut self) -> (usize, Token) {
        let token = self.peek();
        self.next += 1;
        token
    }

    fn accept(&mut self, wanted: &Token) -> bool {
        let found = self.peek().1 == *wanted;
        if found {
            self.next += 1;
        }
        found
    }

    fn need(&mut self, sign: &'static str) -> Result<(), SyntaxError> {
        let (at, token) = self.peek();
        if self.accept(&Token::Sign(sign)) {
            return Ok(());
        }
        Err(SyntaxError { at, message: format!("Ở đây phải là “{sign}”, không phải {}.", token.show()) })
    }

    fn either(&mut self) -> Result<Node, SyntaxError> {
        self.logical("or", Op::Or, Self::both)
    }

    fn both(&mut self) -> Result<Node, SyntaxError> {
        self.logical("and", Op::And, Self::negated)
    }

    fn logical(
        &mut self,
        word: &str,
        op: Op,
        below: fn(&mut Self) -> Result<Node, SyntaxError>,
    ) -> Result<Node, SyntaxError> {
        let mut left = below(self)?;
        while self.accept(&Token::Name(word.to_owned())) {
            let right = below(self)?;
            condition(&left)?;
            condition(&right)?;
            left = join(op, left, right, true);
        }
        Ok(left)
    }

    fn negated(&mut self) -> Result<Node, SyntaxError> {
        let at = self.peek().0;
        if !self.accept(&Token::Name("not".into())) {
            return self.comparison();
        }
        let inner = self.deeper(Self::negated)?;
        condition(&inner)?;
        Ok(Node { expr: Expr::Not(Box::new(inner.expr)), condition: true, at })
    }

    fn comparison(&mut self) -> Result<Node, SyntaxError> {
        let left = self.sum()?;
        let op = match self.peek().1 {
            Token::Sign("=" | "==") => Op::Equal,
            Token::Sign("!=" | "<>") => Op::Differs,
            Token::Sign("<") => Op::Less,
            Token::Sign("<=") => Op::AtMost,
            Token::Sign(">") => Op::More,
            Token::Sign(">=") => Op::AtLeast,
            _ => return Ok(left),
        };
        self.next += 1;
        let right = self.sum()?;
        quantity(&left)?;
        quantity(&right)?;
        Ok(join(op, left, right, true))
    }

    fn sum(&mut self) -> Result<Node, SyntaxError> {
        self.arithmetic([("+", Op::Add), ("-", Op::Subtract)], Self::product)
    }

    fn product(&mut self) -> Result<Node, SyntaxError> {
        self.arithmetic([("*", Op::Multiply), ("/", Op::Divide)], Self::signed)
    }

    fn arithmetic(
        &mut self,
        ops: [(&'static str, Op); 2],
        below: fn(&mut Self) -> Result<Node, SyntaxError>,
    ) -> Result<Node, SyntaxError> {
        let mut left = below(self)?;
        while let Some((_, op)) = ops.into_iter().find(|(sign, _)| self.accept(&Token::Sign(sign))) {
            let right = below(self)?;
            quantity(&left)?;
            quantity(&right)?;
            left = join(op, left, right, false);
        }
        Ok(left)
    }

    fn signed(&mut self) -> Result<Node, SyntaxError> {
        let at = self.peek().0;
        if !self.accept(&Token::Sign("-")) {
            return self.primary();
        }
        let inner = self.deeper(Self::signed)?;
        quantity(&inner)?;
        Ok(Node { expr: Expr::Neg(Box::new(inner.expr)), condition: false, at })
    }

    fn deeper(&mut self, below: fn(&mut Self) -> Result<Node, SyntaxError>) -> Result<Node, SyntaxError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(SyntaxError { at: self.peek().0, message: format!("Lồng nhau quá {DEEPEST} lớp.") });
        }
        let node = below(self)?;
        self.depth -= 1;
        Ok(node)
    }

    fn primary(&mut self) -> Result<Node, SyntaxError> {
        let (at, token) = self.take();
        match token {
            Token::Number(number) => Ok(Node { expr: Expr::Number(number), condition: false, at }),
            Token::Sign("(") => {
                let inner = self.deeper(Self::either)?;
                self.need(")")?;
                Ok(inner)
            }
            Token::Name(name) if self.peek().1 == Token::Sign("(") => self.call(&name, at),
            Token::Name(name) if ["and", "or", "not"].contains(&name.as_str()) => {
                Err(SyntaxError { at, message: format!("Thiếu vế trước hoặc sau “{name}”.") })
            }
            Token::Name(name) => Ok(self.refer(None, name, false, at)),
            other => Err(SyntaxError {
                at, message: format!("Ở đây phải là số hoặc ô, không phải {}.", other.show())
            }),
        }
    }

    fn call(&mut self, name: &str, at: usize) -> Result<Node, SyntaxError> {
        self.need("(")?;
        let test = match name {
            "blank" => Some(Test::Blank),
            "none" => Some(Test::None),
            "unassigned" => Some(Test::Unassigned),
            _ => None,
        };
        let node = if let Some(test) = test {
            let inner = self.deeper(Self::primary)?;
            if !matches!(inner.expr, Expr::Cell(_) | Expr::Prev(_) | Expr::Other { .. }) {
                return Err(SyntaxError {
                    at: inner.at, message: format!("{name}(…) chỉ hỏi được một ô.")
                });
            }
            if let Some(last) = self.references.last_mut() {
                last.tested = true;
            }
            Node { expr: Expr::Is(test, Box::new(inner.expr)), condition: true, at }
        } else if name == "prev" {
            match self.take() {
                (at, Token::Name(cell)) => self.refer(None, cell, true, at),
                (at, _) => {
                    return Err(SyntaxError {
                        at, message: "prev(…) cần mã của một ô, ví dụ prev(c3).".into()
                    });
                }
            }
        } else if name == "other" {
            let example = |at| SyntaxError {
                at,
                message: "other(…) cần mã biểu và mã ô, ví dụ other(\"bieu-khac\", \"c1\").".into(),
            };
            let (place, Token::Text(form)) = self.take() else { return Err(example(at)) };
            self.need(",")?;
            let (_, Token::Text(cell)) = self.take() else { return Err(example(at)) };
            self.refer(Some(form), cell, false, place)
        } else {
            let message = format!("Không có hàm “{name}”; chỉ có blank, none, unassigned, prev, other.");
            return Err(SyntaxError { at, message });
        };
        self.need(")")?;
        Ok(node)
    }

    fn refer(&mut self, form: Option<String>, cell: String, before: bool, at: usize) -> Node {
        self.references.push(Reference { form: form.clone(), cell: cell.clone(), before, tested: false, at });
        let expr = match form {
            Some(form) => Expr::Other { form, cell },
            None if before => Expr::Prev(cell),
            None => Expr::Cell(cell),
        };
        Node { expr, condition: false, at }
    }
}

fn join(op: Op, left: Node, right: Node, condition: bool) -> Node {
    Node { at: left.at, expr: Expr::Binary(op, Box::new(left.expr), Box::new(right.expr)), condition }
}

fn condition(node: &Node) -> Result<(), SyntaxError> {
    let message = "Vế này là số; “and”, “or”, “not” cần điều kiện, ví dụ c1 > 0.";
    if node.condition { Ok(()) } else { Err(SyntaxError { at: node.at, message: message.into() }) }
}

fn quantity(node: &Node) -> Result<(), SyntaxError> {
    let message = "Vế này là điều kiện; phép tính và so sánh cần số.";
    if node.condition { Err(SyntaxError { at: node.at, message: message.into() }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_say_where_they_are() {
        for (text, at) in [
            ("c1 +", 4),
            ("c1 + )", 5),
            ("(c1", 3),
            ("c1 c2", 3),
            ("c1 > 2 > 3", 7),
            ("c1 and c2 > 1", 0),
            ("not c1", 4),
            ("1 + (c1 > 2)", 5),
            ("blank(1)", 6),
            ("prev(1)", 5),
            ("other(c1, c2)", 0),
            ("tổng(c1)", 1),
            ("sum(c1)", 0),
            ("1.2.3", 0),
            ("c1 = \"a", 5),
            ("c1 # 2", 3),
            ("", 0),
        ] {
            assert_eq!(parse(text).map(|p| p.expr).unwrap_err().at, at, "{text}");
        }
        let deep = "(".repeat(70) + "1" + &")".repeat(70);
        assert!(parse(&deep).is_err());
    }

    #[test]
    fn every_name_is_listed() {
        let parsed = parse("c1 + prev(c2) > other(\"f\", \"c3\") or blank(c4)").unwrap();
        let names: Vec<_> =
            parsed.references.iter().map(|r| (r.form.as_deref(), r.cell.as_str(), r.before, r.tested, r.at)).collect();
        assert_eq!(
            names,
            [
                (None, "c1", false, false, 0),
                (None, "c2", true, false, 10),
                (Some("f"), "c3", false, false, 22),
                (None, "c4", false, true, 42)
            ]
        );
        assert!(parsed.is_condition);
    }
}
