//! Reading a file as what it should be, with everything that keeps it from being that.

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::{
    Spanned,
    de::{DeTable, DeValue, Deserializer, Error},
};

use super::{Fault, Severity};

/// Most faults told at once.
const MOST: usize = 100;

/// Reads a file of at most so many bytes as what it should be.
///
/// # Errors
/// What is wrong first, with its place.
pub fn parse<T: DeserializeOwned>(text: &str, longest: usize) -> Result<T, Fault> {
    let (read, mut faults) = parse_all(text, longest);
    read.filter(|_| faults.is_empty()).ok_or_else(|| faults.swap_remove(0))
}

/// The same with everything that is wrong. Entries that nobody knows do not keep the rest from being read.
pub fn parse_all<T: DeserializeOwned>(text: &str, longest: usize) -> (Option<T>, Vec<Fault>) {
    if text.len() > longest {
        let message = format!("Tệp lớn quá {} KB.", longest / 1000);
        return (None, vec![Fault::at(text, 0..0, Severity::Error, message)]);
    }
    let said =
        |error: &Error| Fault::at(text, error.span().unwrap_or(0..0), Severity::Error, in_words(error.message()));
    let (tree, errors) = DeTable::parse_recoverable(text);
    let mut faults: Vec<Fault> = errors.iter().map(said).collect();
    if !faults.is_empty() {
        faults.sort();
        faults.dedup_by_key(|fault| fault.line);
        return (None, faults);
    }
    let (whole, mut table) = (tree.span(), tree.into_inner());
    // Tables from which something wrong was taken out: that it is missing then is no fault of its own.
    let mut robbed: Vec<Range<usize>> = Vec::new();
    let mut readable = true;
    while faults.len() < MOST {
        let error = match T::deserialize(Deserializer::from(Spanned::new(whole.clone(), table.clone()))) {
            Ok(read) => return (readable.then_some(read), faults),
            Err(error) => error,
        };
        let (at, message) = (error.span().unwrap_or(0..0), error.message());
        let unknown = message.starts_with("unknown field");
        if !(message.starts_with("missing field") && robbed.contains(&at)) {
            faults.push(said(&error));
        }
        let Some(within) = forget(&mut table, &whole, &at) else { break };
        if !unknown {
            readable = false;
            robbed.push(within);
        }
    }
    (None, faults)
}

/// Takes out what stands at this place: an entry by its name or value, an element of a list. The place of what it was taken from.
fn forget(table: &mut DeTable<'_>, own: &Range<usize>, at: &Range<usize>) -> Option<Range<usize>> {
    let deeper = table.iter_mut().find_map(|(_, value)| forget_in(value, at));
    if deeper.is_some() {
        return deeper;
    }
    let key = table.iter().find(|(key, value)| key.span() == *at || value.span() == *at)?.0.clone();
    table.remove(&key).map(|_| own.clone())
}

fn forget_in(value: &mut Spanned<DeValue<'_>>, at: &Range<usize>) -> Option<Range<usize>> {
    let own = value.span();
    match value.get_mut() {
        DeValue::Table(table) => forget(table, &own, at),
        DeValue::Array(list) => {
            let deeper = list.iter_mut().find_map(|one| forget_in(one, at));
            if deeper.is_none() && list.iter().any(|one| one.span() == *at) {
                *list = list.iter().filter(|one| one.span() != *at).cloned().collect();
                return Some(own);
            }
            deeper
        }
        _ => None,
    }
}

/// What the reader of TOML complains of, in words that help.
fn in_words(message: &str) -> String {
    let mut named = message.split('`').skip(1).step_by(2);
    let first = named.next().unwrap_or_default();
    if message.starts_with("missing field") {
        return format!("Thiếu mục “{first}”.");
    }
    if message.starts_with("unknown field") || message.starts_with("unknown variant") {
        let known: Vec<&str> = named.collect();
        return format!("Không dùng “{first}” ở đây; được dùng: {}.", known.join(", "));
    }
    if message.starts_with("duplicate") {
        return "Một mục được ghi hai lần.".to_owned();
    }
    if let Some(wrong) = message.strip_prefix("invalid type: ").and_then(|wrong| wrong.split_once(", expected ")) {
        const KINDS: [(&str, &str); 10] = [
            ("string", "chữ trong dấu ngoặc kép"),
            ("integer", "số nguyên"),
            ("i64", "số nguyên"),
            ("f64", "số thập phân"),
            ("floating point", "số thập phân"),
            ("boolean", "true hoặc false"),
            ("bool", "true hoặc false"),
            ("sequence", "danh sách trong ngoặc vuông"),
            ("map", "bảng các mục"),
            ("struct", "bảng các mục"),
        ];
        let kind = |words: &str| KINDS.iter().find(|(name, _)| words.contains(name)).map(|(_, name)| *name);
        if let Some((found, wanted)) = kind(wrong.0).zip(kind(wrong.1)) {
            return format!("Sai kiểu: đang là {found}, phải là {wanted}.");
        }
    }
    "Không đọc được chỗ này theo cú pháp TOML: hãy xem lại dấu ngoặc kép, dấu bằng, ngoặc vuông.".to_owned()
}
