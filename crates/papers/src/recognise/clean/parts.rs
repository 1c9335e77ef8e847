//! Head, body, foot and annexes of a clean text.

use super::chrome::is_authority;
use super::join::is_rank;
use super::{Clean, LineKind};
use crate::recognise::fold::{bare_start, is_caps};
use crate::recognise::kinds;

/// Sets the ranges of `clean`.
pub(crate) fn divide(clean: &mut Clean) {
    let count = clean.lines.len();
    let body = body_start(clean);
    let foot = foot_start(clean, body);
    let annex = foot.map_or(count, |foot| foot_end(clean, foot));
    let foot = foot.unwrap_or(count);
    clean.head = 0..body;
    clean.body = body..foot;
    clean.foot = foot..annex;
    clean.annex = annex..count;
}

/// First line that is no longer header: a preamble, a sentence or a numbered heading after the title.
fn body_start(clean: &Clean) -> usize {
    let limit = clean.lines.len().min(120);
    let mut titled = false;
    let mut addressed = false;
    let mut after_kind = false;
    for at in 0..limit {
        let (Some(line), text) = (clean.lines.get(at), clean.line(at)) else { break };
        if line.kind == LineKind::Bar || line.kind == LineKind::Row {
            continue;
        }
        let folded = bare_start(text, 60);
        if kinds::kind_line(text).is_some() {
            titled = true;
            after_kind = true;
            continue;
        }
        if folded.starts_with("kinh gui") {
            addressed = true;
            continue;
        }
        let dash = text.starts_with(['-', '–', '+', '•']);
        let first = after_kind && !folded.starts_with("can cu ") && text.chars().count() < 400;
        after_kind = false;
        let preamble = is_preamble(&folded) && (titled || addressed) && !is_caps(text) && !first;
        let heading = line.label > 0 && !dash && (titled || addressed);
        let length = text.chars().count();
        let ends = text.ends_with(['.', ':']) || text.ends_with("./.");
        let sentence = (titled || addressed)
            && !is_caps(text)
            && !dash
            && (ends && length > 60 || length > 320)
            && !text.starts_with('(');
        if preamble || heading || sentence {
            return at;
        }
    }
    if titled || addressed {
        return limit.min(at_first_long(clean).unwrap_or(limit));
    }
    at_first_long(clean).unwrap_or(0)
}

fn at_first_long(clean: &Clean) -> Option<usize> {
    (0..clean.lines.len().min(120)).find(|at| clean.line(*at).chars().count() > 120)
}

/// "Căn cứ…", "Thực hiện…", "Để…": how a preamble starts (bare form).
pub(crate) fn is_preamble(folded: &str) -> bool {
    const STARTS: [&str; 10] =
        ["can cu ", "can cu:", "thuc hien ", "trien khai ", "thi hanh ", "de ", "nham ", "tiep theo ", "theo ", "xet "];
    STARTS.iter().any(|start| folded.starts_with(start))
}

/// "Nơi nhận" or the signature, whichever comes first.
fn foot_start(clean: &Clean, body: usize) -> Option<usize> {
    (body..clean.lines.len()).find(|at| {
        let text = clean.line(*at);
        let kind = clean.lines.get(*at).map(|line| line.kind);
        if text.len() > 400 || kind == Some(LineKind::Loose) {
            return false;
        }
        let start = text.trim_start_matches(['|', ' ', '\t']);
        let authority = |text: &str| is_authority(text) && text.chars().count() < 60;
        let short = start.len() < 90;
        let blurred = short
            && start.contains(':')
            && bare_start(start, 12).contains("nhan:")
            && clean.line(*at + 1).starts_with('-');
        let named = start.starts_with(['N', 'n']) && bare_start(start, 9).starts_with("noi nhan");
        (named || blurred) && start.chars().count() < 200 && !start.contains("nơi nhận hồ sơ")
            || authority(start)
            || (text.contains(['|', '\t']) && start.split(['|', '\t']).any(|cell| authority(cell.trim())))
    })
}

/// First line after the signature.
fn foot_end(clean: &Clean, foot: usize) -> usize {
    let count = clean.lines.len();
    let mut bars = clean.lines.get(foot.saturating_sub(1)).is_some_and(|line| line.kind == LineKind::Bar) && foot > 0;
    let mut signed = false;
    for at in foot..count.min(foot + 90) {
        let (Some(line), text) = (clean.lines.get(at), clean.line(at)) else { break };
        if line.kind == LineKind::Bar {
            if bars && signed {
                return at + 1;
            }
            bars = true;
            continue;
        }
        let dash = text.starts_with(['-', '–', '+', '•']);
        let annex = bare_start(text, 12).starts_with("phu luc") && text.chars().count() < 40
            || (signed && is_caps(text) && kinds::kind_line(text).is_some())
            || bare_start(text, 9).starts_with("(kem theo")
            || bare_start(text, 18).starts_with("(ban hanh kem theo")
            || text.starts_with('[')
                && text.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let heading = signed && line.label > 0 && !dash;
        if annex || heading {
            return title_above(clean, at, foot);
        }
        if is_authority(text) || is_caps(text) && !dash && is_rank(text) {
            signed = true;
        }
    }
    count.min(foot + 90)
}

/// Steps back over a caption printed above the line that starts an annex.
fn title_above(clean: &Clean, at: usize, foot: usize) -> usize {
    let mut start = at;
    if clean.line(at).starts_with('(') {
        while start > foot + 1 {
            let above = clean.line(start - 1);
            if !is_caps(above) || is_authority(above) || above == "|" {
                break;
            }
            start -= 1;
        }
    }
    start
}
