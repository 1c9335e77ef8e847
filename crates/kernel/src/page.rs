//! Lists by pages.

/// Which page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    /// From 1.
    pub number: u32,
    /// Rows on a page.
    pub size: u32,
}

impl Paging {
    /// Rows on a page of an ordinary list.
    pub const SIZE: u32 = 50;

    /// Page `number` (0 and missing mean the first) of [`Paging::SIZE`] rows.
    pub fn new(number: Option<u32>) -> Self {
        Self { number: number.unwrap_or(1).clamp(1, 1_000_000), size: Self::SIZE }
    }

    /// Rows before this page.
    pub fn offset(self) -> u64 {
        u64::from(self.number - 1) * u64::from(self.size)
    }
}

/// One page of rows and how many there are in all.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// Rows of this page.
    pub rows: Vec<T>,
    /// Rows in the whole list.
    pub total: u64,
    /// Which page this is.
    pub paging: Paging,
}

impl<T> Page<T> {
    /// "1–50": which rows these are.
    pub fn range(&self) -> String {
        if self.rows.is_empty() {
            return "0".into();
        }
        let first = self.paging.offset() + 1;
        format!("{first}–{}", first + self.rows.len() as u64 - 1)
    }

    /// "1.284": how many there are in all.
    pub fn total_text(&self) -> String {
        crate::text::display_number(i64::try_from(self.total).unwrap_or(i64::MAX))
    }

    /// Number of the last page, at least 1.
    pub fn last(&self) -> u32 {
        u32::try_from(self.total.div_ceil(u64::from(self.paging.size))).unwrap_or(u32::MAX).max(1)
    }

    /// Number of the page before this one.
    pub fn previous(&self) -> Option<u32> {
        (self.paging.number > 1).then(|| self.paging.number - 1)
    }

    /// Number of the page after this one.
    pub fn next(&self) -> Option<u32> {
        (self.paging.number < self.last()).then(|| self.paging.number + 1)
    }
}
