//! How often an address may try to guess: a bucket of attempts each, in memory. What succeeds is given back, so that
//! an office behind one address is not locked out in the morning.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, MutexGuard, PoisonError},
};

use kernel::Timestamp;

/// Attempts in a full bucket.
const BURST: f64 = 20.0;
/// Milliseconds after which one attempt comes back.
const REFILL: f64 = 6_000.0;
/// Addresses remembered before those with a full bucket are forgotten.
const REMEMBERED: usize = 10_000;

/// The buckets.
#[derive(Debug, Default)]
pub struct Attempts(Mutex<HashMap<String, (f64, i64)>>);

impl Attempts {
    /// Takes one attempt from this address's bucket; false when it is empty.
    pub fn take(&self, address: &str, now: Timestamp) -> bool {
        let mut buckets = self.lock();
        if buckets.len() > REMEMBERED {
            buckets.retain(|_, bucket| filled(*bucket, now) < BURST);
        }
        let bucket = buckets.entry(network(address)).or_insert((BURST, now.0));
        *bucket = (filled(*bucket, now), now.0);
        let allowed = bucket.0 >= 1.0;
        if allowed {
            bucket.0 -= 1.0;
        }
        allowed
    }

    /// Gives one back: it was no guess.
    pub fn give_back(&self, address: &str) {
        if let Some(bucket) = self.lock().get_mut(&network(address)) {
            bucket.0 = (bucket.0 + 1.0).min(BURST);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, (f64, i64)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn filled((left, at): (f64, i64), now: Timestamp) -> f64 {
    (left + (now.0 - at).max(0) as f64 / REFILL).min(BURST)
}

/// One customer has a whole /64 of IPv6 addresses.
fn network(address: &str) -> String {
    match address.parse::<IpAddr>() {
        Ok(IpAddr::V6(v6)) => v6.segments().iter().take(4).map(|part| format!("{part:x}:")).collect(),
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_fills_again_and_counts_only_failures() {
        let attempts = Attempts::default();
        let now = Timestamp(1_000_000);
        for _ in 0..20 {
            assert!(attempts.take("10.0.0.1", now));
        }
        assert!(!attempts.take("10.0.0.1", now));
        assert!(attempts.take("10.0.0.2", now));
        assert!(attempts.take("10.0.0.1", now.plus_seconds(6)));
        for _ in 0..100 {
            assert!(attempts.take("10.0.0.3", now));
            attempts.give_back("10.0.0.3");
        }
        for host in 1..=20 {
            assert!(attempts.take(&format!("2001:db8::{host:x}"), now));
        }
        assert!(!attempts.take("2001:db8::ffff", now));
    }
}
