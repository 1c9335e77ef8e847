//! What the public library's templates receive.

use platform::web::day;
use records::library::{
    Line,
    model::{KINDS, name_of},
};

/// An item in a list.
pub(super) struct Tile {
    pub path: String,
    pub title: String,
    pub kind: &'static str,
    pub picture: String,
    pub alt: String,
    pub facts: String,
}

/// Minutes and seconds; nothing for 0.
pub(super) fn length(milliseconds: i64) -> String {
    let seconds = milliseconds / 1000;
    if milliseconds == 0 { String::new() } else { format!("{}:{:02}", seconds / 60, seconds % 60) }
}

impl Tile {
    pub(super) fn of(line: &Line) -> Self {
        let taken = if line.taken_on > 0 { day(line.taken_on) } else { String::new() };
        let facts = [line.agency_name.clone(), taken, length(line.duration)];
        Self {
            path: format!("/thu-vien/{}", line.slug),
            title: line.title.clone(),
            kind: name_of(&KINDS, &line.kind),
            picture: line.picture.as_ref().map_or(String::new(), |name| format!("/tep/{}/{name}", line.id)),
            alt: line.alt.clone(),
            facts: facts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
        }
    }
}
