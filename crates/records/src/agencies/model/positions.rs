//! Where the units of today lie on the earth, from `data/admin-units/units-2025.tsv`.

use std::{collections::HashMap, sync::OnceLock};

use super::localities::BUILT_IN;

/// Latitude and longitude (WGS84) of a unit by its official code, as far as the table knows it.
pub fn position_of(official_code: &str) -> Option<(f64, f64)> {
    static READ: OnceLock<HashMap<&'static str, (f64, f64)>> = OnceLock::new();
    let read = || {
        let row = |line: &'static str| {
            let mut columns = line.split('\t');
            let (code, _, _, _) = (columns.next()?, columns.next()?, columns.next()?, columns.next()?);
            Some((code, (columns.next()?.trim().parse().ok()?, columns.next()?.trim().parse().ok()?)))
        };
        BUILT_IN.current.lines().skip(1).filter_map(row).collect()
    };
    READ.get_or_init(read).get(official_code).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn communes_lie_in_vietnam() {
        let (latitude, longitude) = position_of("00004").unwrap();
        assert!((20.9..21.2).contains(&latitude) && (105.7..106.0).contains(&longitude));
        assert_eq!(position_of("99999"), None);
    }
}
