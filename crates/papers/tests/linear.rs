//! Time grows with the length of the text and no faster, whatever the text.

mod common;

use common::{shapes, worked};

/// Eight times the text may take this many times the time: a walk over every pair would take sixty-four.
const MOST: f64 = 24.0;

#[test]
fn eight_times_the_text_takes_eight_times_the_time() {
    if worked().is_none() {
        return;
    }
    let mut slow = vec![];
    for ((name, one), (_, eight)) in shapes(6_000).iter().zip(&shapes(48_000)) {
        let time = |text: &str, runs: usize| {
            let start = worked().unwrap_or(0.0);
            for _ in 0..runs {
                papers::recognise(text);
            }
            (worked().unwrap_or(0.0) - start) / runs as f64
        };
        // what takes no time at all cannot be compared
        let ratio = |runs| (time(eight, runs) + 0.001) / (time(one, runs) + 0.001);
        if ratio(1) > MOST {
            let again = ratio(3);
            if again > MOST {
                slow.push(format!("{name}: {again:.0}"));
            }
        }
    }
    assert!(slow.is_empty(), "{slow:?}");
}
