//! Figures that stand out, against the agency's own history and against its peers: the modified z-score (distance from the median in units of the
//! median distance), which a few wild figures do not pull along.

/// From here on a figure stands out.
const LIMIT: f64 = 3.5;
/// Fewer figures to compare with say nothing.
const FEWEST: usize = 4;
/// A difference smaller than this is never pointed out.
const SMALLEST: f64 = 5.0;

/// How a figure stands out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// The usual figure (median).
    pub usual: f64,
    /// Is it above the usual?
    pub above: bool,
}

fn median(sorted: &[f64]) -> f64 {
    let middle = sorted.len() / 2;
    match (sorted.get(middle), sorted.len().is_multiple_of(2)) {
        (Some(upper), true) => (sorted.get(middle.wrapping_sub(1)).unwrap_or(upper) + upper) / 2.0,
        (Some(middle), false) => *middle,
        (None, _) => 0.0,
    }
}

/// Does a figure stand out among others? With too few others it never does.
pub fn standing(figure: f64, others: &[f64]) -> Option<Standing> {
    if others.len() < FEWEST {
        return None;
    }
    let mut sorted = others.to_vec();
    sorted.sort_by(f64::total_cmp);
    let usual = median(&sorted);
    let mut distances: Vec<f64> = sorted.iter().map(|other| (other - usual).abs()).collect();
    distances.sort_by(f64::total_cmp);
    let distance = (figure - usual).abs();
    // When all others are alike, a tenth of the usual figure stands for their distance.
    let spread = median(&distances).max(usual.abs() * 0.1).max(1.0);
    let stands_out = distance >= SMALLEST && 0.6745 * distance / spread > LIMIT;
    stands_out.then_some(Standing { usual, above: figure > usual })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wild_figure_stands_out_and_an_ordinary_one_does_not() {
        let others = [10.0, 12.0, 11.0, 9.0, 13.0, 500.0];
        assert_eq!(standing(11.0, &others), None);
        assert!(standing(90.0, &others).is_some_and(|s| s.above));
        assert_eq!(standing(90.0, &others[..3]), None);
        assert_eq!(standing(3.0, &[0.0; 8]), None);
        assert!(standing(40.0, &[0.0; 8]).is_some());
        assert!(standing(0.0, &[100.0, 101.0, 99.0, 102.0]).is_some_and(|s| !s.above));
    }
}
