//! Output of `pdftotext -layout` → the text shape described in [`super`].

/// Reads the whole output.
pub(super) fn read(text: &str) -> String {
    text.to_owned()
}
