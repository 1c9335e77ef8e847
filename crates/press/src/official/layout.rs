//! Measures that the decree leaves to the issuer, within its ranges (Nghị định 30/2020/NĐ-CP, Phụ lục I).

use serde::{Deserialize, Serialize};

use super::PressError;

/// Margins, sizes and gaps of the page.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Layout {
    /// Top margin in millimetres, 20 to 25.
    pub top: f32,
    /// Bottom margin in millimetres, 20 to 25.
    pub bottom: f32,
    /// Left margin in millimetres, 30 to 35.
    pub left: f32,
    /// Right margin in millimetres, 15 to 20.
    pub right: f32,
    /// Size of the body's letters in points, 13 or 14.
    pub size: f32,
    /// Size of Quốc hiệu and of the issuer's name, 12 or 13; tiêu ngữ, place and date are one larger.
    pub head_size: f32,
    /// First line indent in millimetres, 10 or 12.7.
    pub indent: f32,
    /// Least gap between paragraphs in points, from 6.
    pub gap: f32,
    /// Height of a line as a multiple of single, 1 to 1.5.
    pub leading: f32,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            top: 20.0,
            bottom: 20.0,
            left: 30.0,
            right: 15.0,
            size: 14.0,
            head_size: 12.0,
            indent: 12.7,
            gap: 6.0,
            leading: 1.1,
        }
    }
}

/// Width of A4 in millimetres.
pub(crate) const WIDTH: f32 = 210.0;
/// Height of A4 in millimetres.
pub(crate) const HEIGHT: f32 = 297.0;

impl Layout {
    /// # Errors
    /// [`PressError::Layout`] names the first measure that is outside its range.
    pub fn check(&self) -> Result<(), PressError> {
        const MM: &str = "mm";
        const PT: &str = "pt";
        for (what, value, unit, low, high) in [
            ("Lề trên", self.top, MM, 20.0, 25.0),
            ("Lề dưới", self.bottom, MM, 20.0, 25.0),
            ("Lề trái", self.left, MM, 30.0, 35.0),
            ("Lề phải", self.right, MM, 15.0, 20.0),
            ("Cỡ chữ nội dung", self.size, PT, 13.0, 14.0),
            ("Cỡ chữ Quốc hiệu", self.head_size, PT, 12.0, 13.0),
            ("Thụt đầu dòng", self.indent, MM, 10.0, 12.7),
            ("Khoảng cách giữa các đoạn", self.gap, PT, 6.0, 24.0),
            ("Khoảng cách giữa các dòng", self.leading, "dòng", 1.0, 1.5),
        ] {
            if !(low..=high).contains(&value) {
                return Err(PressError::Layout { what, value, unit, low, high });
            }
        }
        Ok(())
    }

    /// Width of the text in millimetres.
    pub(crate) fn text_width(&self, landscape: bool) -> f32 {
        (if landscape { HEIGHT } else { WIDTH }) - self.left - self.right
    }
}
