//! Reading ASN.1 as signers really write it: BER with definite or indefinite lengths, sets in any order. Nothing is trusted, nothing panics.

/// Deepest nesting that is followed.
const DEEPEST: usize = 24;

/// One element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Element<'a> {
    /// Class, kind and number in one byte; longer tags do not occur in what is read here.
    pub tag: u8,
    /// What it holds.
    pub body: &'a [u8],
    /// The whole of it.
    pub raw: &'a [u8],
}

/// Tags.
pub(super) const INTEGER: u8 = 0x02;
pub(super) const OCTETS: u8 = 0x04;
pub(super) const OID: u8 = 0x06;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;

/// The first element and what follows it.
pub(super) fn element(input: &[u8]) -> Option<(Element<'_>, &[u8])> {
    nested(input, DEEPEST)
}

fn nested(input: &[u8], left: usize) -> Option<(Element<'_>, &[u8])> {
    let left = left.checked_sub(1)?;
    let (&tag, rest) = input.split_first()?;
    if tag & 0x1f == 0x1f {
        return None;
    }
    let (&first, rest) = rest.split_first()?;
    if first == 0x80 {
        // Until two zero bytes; only what is made of parts may be written so.
        if tag & 0x20 == 0 {
            return None;
        }
        let mut inside = rest;
        while !inside.starts_with(&[0, 0]) {
            inside = nested(inside, left)?.1;
        }
        let body = rest.get(..rest.len() - inside.len())?;
        let after = inside.get(2..)?;
        let raw = input.get(..input.len() - after.len())?;
        return Some((Element { tag, body, raw }, after));
    }
    let (length, rest) = match first {
        0..=0x7f => (usize::from(first), rest),
        0x81..=0x84 => {
            let (bytes, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            (bytes.iter().fold(0usize, |length, byte| length << 8 | usize::from(*byte)), rest)
        }
        _ => return None,
    };
    let (body, after) = rest.split_at_checked(length)?;
    let raw = input.get(..input.len() - after.len())?;
    Some((Element { tag, body, raw }, after))
}

impl<'a> Element<'a> {
    /// The parts, as far as they can be read.
    pub fn parts(self) -> Parts<'a> {
        Parts(self.body)
    }

    /// The bytes of an octet string, also of one that is written in pieces.
    pub fn octets(self) -> Vec<u8> {
        if self.tag & 0x20 == 0 {
            return self.body.to_vec();
        }
        self.parts().filter(|part| part.tag == OCTETS).flat_map(|part| part.body.to_vec()).collect()
    }

    /// Words in one of the usual alphabets.
    pub fn words(self) -> Option<String> {
        match self.tag {
            0x0c | 0x13 | 0x16 => Some(String::from_utf8_lossy(self.body).into_owned()),
            0x14 => Some(self.body.iter().map(|byte| char::from(*byte)).collect()),
            0x1e => {
                let units = self.body.chunks_exact(2).map(|pair| match pair {
                    [high, low] => u16::from_be_bytes([*high, *low]),
                    _ => 0,
                });
                Some(char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect())
            }
            _ => None,
        }
    }
}

/// Elements one after the other.
#[derive(Debug, Clone)]
pub(super) struct Parts<'a>(&'a [u8]);

impl<'a> Iterator for Parts<'a> {
    type Item = Element<'a>;

    fn next(&mut self) -> Option<Element<'a>> {
        let (first, rest) = element(self.0)?;
        self.0 = rest;
        Some(first)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lengths_of_both_kinds_are_read() {
        let short = [0x30, 0x03, 0x02, 0x01, 0x05];
        let (whole, rest) = element(&short).unwrap();
        assert!(rest.is_empty());
        assert_eq!(whole.parts().next().unwrap(), Element { tag: INTEGER, body: &[5], raw: &[2, 1, 5] });
        let open = [0x24, 0x80, 0x04, 0x01, 0xaa, 0x04, 0x02, 0xbb, 0xcc, 0x00, 0x00, 0xff];
        let (whole, rest) = element(&open).unwrap();
        assert_eq!(whole.octets(), [0xaa, 0xbb, 0xcc]);
        assert_eq!(rest, [0xff]);
        for wrong in [&[][..], &[0x30], &[0x30, 5, 1], &[0x30, 0x85, 1, 1, 1, 1, 1], &[0x04, 0x80, 0, 0], &[0x1f, 1, 1]]
        {
            assert_eq!(element(wrong), None, "{wrong:?}");
        }
        assert_eq!(element(&[0x30, 0x80].repeat(5_000)), None);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_fail(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Some((whole, rest)) = element(&bytes) {
                prop_assert_eq!(whole.raw.len() + rest.len(), bytes.len());
                for part in whole.parts() {
                    let _ = (part.words(), part.octets());
                }
            }
        }
    }
}
