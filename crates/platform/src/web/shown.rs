//! Stored numbers and days as people write them, for templates.

use kernel::{text, time};

/// A number that a template hands over, by value or by reference.
pub trait Int {
    /// The number.
    fn int(&self) -> i64;
}

impl Int for i64 {
    fn int(&self) -> i64 {
        *self
    }
}

impl<T: Int + ?Sized> Int for &T {
    fn int(&self) -> i64 {
        (**self).int()
    }
}

/// `1234567` → `1.234.567`.
pub fn number(number: impl Int) -> String {
    text::display_number(number.int())
}

/// A stored day (yyyymmdd) as dd/mm/yyyy; nothing for "for ever".
pub fn day(stored: impl Int) -> String {
    let stored = stored.int();
    if stored >= 99_991_231 {
        String::new()
    } else {
        time::date_from_int(stored).map(time::display_date).unwrap_or_default()
    }
}
