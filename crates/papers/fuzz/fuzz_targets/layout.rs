//! Any output of pdftotext is read and recognised without a panic: `cargo +nightly fuzz run layout` in `crates/papers`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use papers::{read_layout, recognise};

fuzz_target!(|text: &str| {
    let _ = recognise(&read_layout(text).text);
});
