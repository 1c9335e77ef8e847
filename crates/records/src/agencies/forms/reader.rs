//! Names typed into forms: which units they mean.

use chrono::NaiveDate;
use kernel::FieldErrors;

use super::words::words;
use crate::agencies::{
    model::{
        localities::{kind_of, place_face},
        side::Side,
        tree::{Face, UnitIx},
    },
    service::Dir,
};

/// Reads names of units on the day of the event.
pub(super) struct Reader<'a> {
    pub dir: &'a Dir,
    pub side: Side,
    pub date: NaiveDate,
    /// Day of the event that is put right.
    pub old: Option<NaiveDate>,
    pub errors: FieldErrors,
}

impl Reader<'_> {
    pub(super) fn key(&self, ix: UnitIx) -> String {
        self.dir.tree(self.side).unit(ix).key.clone()
    }

    pub(super) fn name(&self, ix: UnitIx) -> String {
        self.dir.tree(self.side).unit(ix).face(self.date).name.clone()
    }

    pub(super) fn one(&mut self, field: &str, typed: &str, required: bool) -> Option<UnitIx> {
        if typed.trim().is_empty() {
            if required {
                self.errors.add(field, words(self.side).which);
            }
            return None;
        }
        match self.dir.pick_around(self.side, typed, self.date, self.old) {
            Ok(ix) => Some(ix),
            Err(message) => {
                self.errors.add(field, message);
                None
            }
        }
    }

    /// Name and kind of a locality; its kind begins the name.
    pub(super) fn place_face(&mut self, name: &str) -> Face {
        let kind = kind_of(name);
        if !name.is_empty() && kind.is_empty() {
            self.errors.add("ten", "Hãy ghi cả loại đơn vị hành chính, ví dụ: Xã Đoàn Kết, Phường Kỳ Lừa.");
        }
        place_face(name, kind)
    }

    /// One unit to a line, a weight behind a bar.
    pub(super) fn several(&mut self, field: &str, typed: &str) -> Vec<(UnitIx, Option<u64>)> {
        let mut out = Vec::new();
        for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (name, weight) =
                line.rsplit_once('|').map_or((line, None), |(name, weight)| (name, Some(weight.trim())));
            let number = weight.map(|weight| weight.replace('.', "").parse::<u64>());
            if let Some(Err(_)) = number {
                self.errors.add(
                    field,
                    format!("Tỷ lệ ở dòng “{line}” không phải số nguyên; ví dụ: {} | 12.500", words(self.side).example),
                );
            }
            if let Some(ix) = self.one(field, name, true) {
                out.push((ix, number.and_then(Result::ok)));
            }
        }
        if out.is_empty() {
            self.errors.add(field, words(self.side).at_least_one);
        }
        out
    }
}
