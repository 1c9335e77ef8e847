//! Any words and drawings of a PDF are read and recognised without a panic: `cargo +nightly fuzz run words` in
//! `crates/papers`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use papers::{read_words, recognise};

fuzz_target!(|both: (&str, &str)| {
    let _ = recognise(&read_words(both.0, Some(both.1)).text);
});
