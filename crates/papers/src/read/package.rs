//! Zip packages (DOCX, ODT) with bounded unpacking.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Limits, ReadError};

/// A part that unpacks to more than this many times its packed size is a bomb, once it is also large.
const MAX_RATIO: u64 = 250;
/// Size from which [`MAX_RATIO`] counts.
const RATIO_FROM: u64 = 8 << 20;
/// Most entries in a package.
const MAX_ENTRIES: usize = 20_000;

/// An opened package; all parts read from it share one budget.
pub(super) struct Package<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    budget: u64,
}

impl<'b> Package<'b> {
    /// Opens the directory of the package.
    pub(super) fn open(bytes: &'b [u8], limits: Limits) -> Result<Self, ReadError> {
        let zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| ReadError::Damaged("gói tệp không đầy đủ, có thể do tải lên hoặc tải xuống dở dang".into()))?;
        if zip.len() > MAX_ENTRIES {
            return Err(ReadError::TooLarge);
        }
        Ok(Self { zip, budget: limits.unpacked as u64 })
    }

    /// Is there a part of this name?
    pub(super) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// Does any part's name start so?
    pub(super) fn has_under(&self, prefix: &str) -> bool {
        self.zip.file_names_raw().any(|name| name.starts_with(prefix.as_bytes()))
    }

    /// Names of the parts that `wanted` holds for, in order.
    pub(super) fn names(&self, wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let names = self.zip.file_names_raw().filter_map(|name| std::str::from_utf8(name).ok());
        let mut names: Vec<String> = names.filter(|name| wanted(name)).map(str::to_owned).collect();
        names.sort_unstable();
        names
    }

    /// Unpacks a part as text; `None` when there is no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let broken = || ReadError::Damaged(format!("phần {name} bên trong tệp không giải nén được"));
        let file = match self.zip.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::InvalidPassword) => return Err(ReadError::Encrypted),
            Err(ZipError::UnsupportedArchive(why)) if why == ZipError::PASSWORD_REQUIRED => {
                return Err(ReadError::Encrypted);
            }
            Err(_) => return Err(broken()),
        };
        if file.encrypted() {
            return Err(ReadError::Encrypted);
        }
        let packed = file.compressed_size().max(1);
        let mut bytes = Vec::new();
        // One byte over the budget is enough to know; declared sizes are not trusted.
        let bound = self.budget.min(packed.saturating_mul(MAX_RATIO).max(RATIO_FROM));
        let read = file.take(bound + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > bound {
            return Err(ReadError::TooLarge);
        }
        read.map_err(|_| broken())?;
        self.budget -= bytes.len() as u64;
        Ok(Some(super::encoding::xml_text(bytes)))
    }
}
