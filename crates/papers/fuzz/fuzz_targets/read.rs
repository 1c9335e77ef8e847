//! Any bytes are read and recognised without a panic: `cargo +nightly fuzz run read` in `crates/papers`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use papers::{Limits, read, recognise};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { input: 1 << 20, text: 1 << 20, unpacked: 4 << 20 };
    if let Ok(source) = read(bytes, None, limits) {
        let _ = recognise(&source.text);
    }
});
