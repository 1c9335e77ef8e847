//! A chart as PNG, for those who paste it into slides.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb::Database};

use crate::official::{FONTS, PressError};

static FONT_BOOK: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut book = Database::new();
    FONTS.into_iter().for_each(|font| book.load_font_data(font.to_vec()));
    book.set_sans_serif_family("Tinos");
    Arc::new(book)
});

/// Widest picture.
const WIDEST: u32 = 4000;

/// The chart as PNG on white, so many pixels wide (at most 4000).
///
/// # Errors
/// [`PressError::Typesetting`] when `svg` is not a picture.
pub fn png(svg: &str, width: u32) -> Result<Vec<u8>, PressError> {
    let refused = |e: &dyn std::fmt::Display| PressError::Typesetting(e.to_string());
    let options = Options { fontdb: Arc::clone(&FONT_BOOK), font_family: "Tinos".to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|e| refused(&e))?;
    let scale = width.clamp(1, WIDEST) as f32 / tree.size().width();
    let (wide, high) = (tree.size().width() * scale, tree.size().height() * scale);
    let mut picture = Pixmap::new(wide.round() as u32, (high.round() as u32).clamp(1, 3 * WIDEST))
        .ok_or_else(|| refused(&"hình quá lớn"))?;
    picture.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut picture.as_mut());
    picture.encode_png().map_err(|e| refused(&e))
}
