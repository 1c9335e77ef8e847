//! What is at an address of the portal, and its short address.

use platform::visits::Seen;
use sha2::{Digest, Sha256};

/// What is at an address.
#[derive(Debug)]
pub(crate) enum Found {
    /// A page: media type and words.
    Page(&'static str, String),
    /// A page of one thing, which counts how often it is read: the thing and words as HTML.
    Thing(Seen, String),
    /// It leads to another address, for ever.
    Elsewhere(String),
}

/// Digits of a code: Crockford's base 32, in which no two look alike.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Digits of a code: 45 bits, so that among a hundred thousand addresses two share a code with a chance of 1 in 7,000.
const LENGTH: usize = 9;

/// Of an article of law only its number follows the code of its document.
const ARTICLE: &str = "/dieu-";

/// The code of an address that is public for ever: nine digits of its hash, for an article of law followed by its number.
pub(crate) fn short_code(path: &str) -> String {
    let (path, number) = path.split_once(ARTICLE).map_or((path, None), |(path, number)| (path, Some(number)));
    let hash = Sha256::digest(path.as_bytes());
    let bits = hash.iter().take(8).fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
    let digit = |at: usize| DIGITS.get((bits >> (59 - 5 * at) & 31) as usize).map(|digit| char::from(*digit));
    let code: String = (0..LENGTH).filter_map(digit).collect();
    match number {
        Some(number) => format!("{code}-{number}"),
        None => code,
    }
}

/// A code as somebody typed it: the one it is meant to be, and what follows the address that it stands for.
pub(crate) fn typed_code(typed: &str) -> (String, String) {
    let (code, number) = typed.split_once('-').map_or((typed, None), |(code, number)| (code, Some(number)));
    let meant = |sign: char| match sign.to_ascii_lowercase() {
        'o' => '0',
        'i' | 'l' => '1',
        sign => sign,
    };
    (code.chars().map(meant).collect(), number.map(|number| format!("{ARTICLE}{number}")).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_of_its_address_alone_and_forgives_what_looks_alike() {
        let code = short_code("/luat/14-2012-qh13");
        // Printed codes hold for ever: this may never change.
        assert_eq!(code, "hc5882vzp");
        assert_eq!(short_code("/luat/14-2012-qh13/dieu-11a"), format!("{code}-11a"));
        assert_ne!(short_code("/tin/a"), short_code("/tin/b"));
        assert_eq!(typed_code("OIL5-11"), ("0115".to_owned(), "/dieu-11".to_owned()));
        assert_eq!(typed_code(&code.to_uppercase()), (code, String::new()));
    }
}
