//! Signatures embedded in a PDF: who signed, when, and whether the signed bytes are those of the file. Whether the certificate is to be trusted is not judged.

mod asn1;
mod cms;

use chrono::{NaiveDate, NaiveDateTime};
use memchr::memmem;
use ring::digest;
use serde::{Deserialize, Serialize};

/// Most signatures that are looked at.
const MOST: usize = 20;

/// Longest signature, in hexadecimal digits.
const LONGEST: usize = 2_000_000;

/// One signature.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mark {
    /// Common name of the certificate.
    pub signer: String,
    /// Organisation of the certificate.
    pub organisation: String,
    /// When it was signed as the signer says, milliseconds UTC.
    pub signed_at: Option<i64>,
    /// The digest in the signature is that of the file's bytes; nothing when it could not be compared.
    pub digest_holds: Option<bool>,
    /// The signature was made with the key of the certificate; nothing when the kind of key is not known here.
    pub key_holds: Option<bool>,
    /// Does it cover the file up to its end? Later signatures make earlier ones cover less.
    pub whole: bool,
    /// Is it the stamp of a time authority?
    pub time_stamp: bool,
    /// Why it could not be read; empty when it could.
    pub fault: String,
}

/// What was found in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Marks {
    /// Is it a PDF?
    pub pdf: bool,
    /// Its signatures, in order of place.
    pub signatures: Vec<Mark>,
    /// Are its words those of the paper? Nothing when they could not be read.
    pub matches: Option<bool>,
    /// Did the person who kept it vouch for that?
    pub compared: bool,
}

/// What a file of bytes is, as far as a signed paper comes back as it.
pub fn kept_as(bytes: &[u8]) -> Option<&'static str> {
    let pdf = bytes.get(..1024.min(bytes.len())).is_some_and(|head| memmem::find(head, b"%PDF-").is_some());
    match () {
        () if pdf => Some("application/pdf"),
        () if bytes.starts_with(&[0xff, 0xd8, 0xff]) => Some("image/jpeg"),
        () if bytes.starts_with(&[0x89, b'P', b'N', b'G']) => Some("image/png"),
        () => None,
    }
}

/// Only letters and figures, folded: what survives printing, line ends and columns.
fn bare(text: &str) -> String {
    kernel::text::fold(text).chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Are these the words of a paper with this title, number and symbol? A number that is left open or stamped on is no difference; another one is.
pub fn tells(words: &str, title: &str, number: i64, symbol: &str) -> bool {
    let printed = bare(words);
    if !printed.contains(&bare(title)) || !printed.contains(&bare(symbol)) {
        return false;
    }
    let words = words.to_lowercase();
    let symbol = format!("/{}", symbol.to_lowercase());
    let mut others = words.match_indices(&symbol).filter_map(|(at, _)| {
        let before = words.get(..at)?.trim_end();
        let digits: String = before.chars().rev().take_while(char::is_ascii_digit).collect();
        digits.chars().rev().collect::<String>().parse::<i64>().ok()
    });
    others.next().is_none_or(|found| found == number)
}

/// Passages shorter than this many letters are not looked for: they stand anywhere.
const SHORT: usize = 24;

/// The passages of a paper that these words lack, in order, and how many there are in all.
pub fn lacking<'a>(words: &str, passages: &'a [String]) -> (Vec<&'a str>, usize) {
    let printed = bare(words);
    let long = |passage: &&String| bare(passage).len() >= SHORT;
    let all = passages.iter().filter(long);
    let lacking = all.clone().filter(|passage| !printed.contains(&bare(passage))).map(String::as_str).collect();
    (lacking, all.count())
}

/// The signatures of a file.
pub fn marks(bytes: &[u8]) -> Marks {
    if kept_as(bytes) != Some("application/pdf") {
        return Marks::default();
    }
    let mut signatures = Vec::new();
    for at in memmem::find_iter(bytes, b"/ByteRange").take(MOST) {
        let range = bytes.get(at + b"/ByteRange".len()..).and_then(byte_range);
        signatures.push(range.map_or_else(|| fault("Không đọc được vùng ký trong tệp."), |range| mark(bytes, range)));
    }
    Marks { pdf: true, signatures, ..Marks::default() }
}

fn fault(why: &str) -> Mark {
    Mark { fault: why.to_owned(), ..Mark::default() }
}

/// The four numbers of `[0 840 960 240]`.
fn byte_range(bytes: &[u8]) -> Option<[usize; 4]> {
    let text = bytes.get(..200.min(bytes.len()))?;
    let text: String = text.iter().map(|byte| char::from(*byte)).collect();
    let (_, inside) = text.split_once('[').filter(|(before, _)| before.trim().is_empty())?;
    let (inside, _) = inside.split_once(']')?;
    let mut numbers = inside.split_whitespace().map(str::parse::<usize>);
    let mut next = || numbers.next()?.ok();
    Some([next()?, next()?, next()?, next()?])
}

fn mark(bytes: &[u8], [first, long, second, longer]: [usize; 4]) -> Mark {
    let slice = |from: usize, length: usize| bytes.get(from..from.checked_add(length)?);
    let gap = first.checked_add(long).and_then(|end| bytes.get(end..second));
    let (Some(before), Some(after), Some(gap)) = (slice(first, long), slice(second, longer), gap) else {
        return fault("Vùng ký nằm ngoài tệp: tệp bị cắt hoặc bị sửa.");
    };
    let whole = first == 0 && second.checked_add(longer) == Some(bytes.len());
    let Some(contents) = hexadecimal(gap) else {
        return Mark { whole, ..fault("Không đọc được phần chữ ký trong tệp.") };
    };
    let Some(found) = cms::read(&contents) else {
        return Mark { whole, ..fault("Chữ ký không theo dạng CMS nên không đọc được.") };
    };
    let digest_holds = found.algorithm.zip(found.digest.as_deref()).map(|(algorithm, expected)| {
        let mut context = digest::Context::new(algorithm);
        context.update(before);
        context.update(after);
        context.finish().as_ref() == expected
    });
    Mark {
        signer: found.signer,
        organisation: found.organisation,
        signed_at: found.signed_at.as_deref().and_then(instant),
        digest_holds,
        key_holds: found.key_holds,
        whole,
        time_stamp: found.time_stamp,
        fault: String::new(),
    }
}

/// The bytes of `<30 82 …>`.
fn hexadecimal(gap: &[u8]) -> Option<Vec<u8>> {
    let inside = gap.trim_ascii().strip_prefix(b"<")?.strip_suffix(b">")?;
    if inside.len() > LONGEST {
        return None;
    }
    let mut digits = Vec::with_capacity(inside.len());
    for byte in inside.iter().filter(|byte| !byte.is_ascii_whitespace()) {
        digits.push(u8::try_from(char::from(*byte).to_digit(16)?).ok()?);
    }
    let pair = |pair: &[u8]| pair.first().copied().unwrap_or(0) << 4 | pair.get(1).copied().unwrap_or(0);
    Some(digits.chunks(2).map(pair).collect())
}

/// "260901083000Z" or "20260901083000Z".
fn instant(text: &str) -> Option<i64> {
    let text = text.strip_suffix('Z')?;
    let text = text.split('.').next()?;
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let full = match text.len() {
        12 => format!("{}{text}", if text < "50" { "20" } else { "19" }),
        14 => text.to_owned(),
        _ => return None,
    };
    let number = |from: usize, to: usize| full.get(from..to)?.parse::<u32>().ok();
    let day = NaiveDate::from_ymd_opt(i32::try_from(number(0, 4)?).ok()?, number(4, 6)?, number(6, 8)?)?;
    let time: NaiveDateTime = day.and_hms_opt(number(8, 10)?, number(10, 12)?, number(12, 14)?)?;
    Some(time.and_utc().timestamp_millis())
}

#[cfg(test)]
mod tests;
