//! What was asked for in an address and what the pages of the search show.

use kernel::{Result, text, time};
use serde::Deserialize;

use super::{DEEPEST, Facet, Found, Hit, Query};
use crate::{App, languages::language_name, web::guard};

/// What the address of a search page says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Words.
    pub q: String,
    /// Kind.
    pub loai: String,
    /// Agency.
    pub co_quan: String,
    /// Place.
    pub dia_ban: String,
    /// Special section.
    pub chuyen_muc: String,
    /// Field of law.
    pub linh_vuc: String,
    /// Language.
    pub ngon_ngu: String,
    /// Not before, as typed.
    pub tu: String,
    /// Not after, as typed.
    pub den: String,
    /// Page.
    pub trang: Option<u32>,
}

/// Entries on a page.
const SIZE: usize = 20;
/// Entries of a facet that are shown.
const SHOWN: usize = 8;
/// Characters of a query; more are not read.
const LONGEST: usize = 300;

impl Asked {
    /// Its parts as an address has them, those that are set.
    fn parts(&self) -> [(&'static str, &str); 9] {
        [
            ("q", &self.q),
            ("loai", &self.loai),
            ("co_quan", &self.co_quan),
            ("dia_ban", &self.dia_ban),
            ("chuyen_muc", &self.chuyen_muc),
            ("linh_vuc", &self.linh_vuc),
            ("ngon_ngu", &self.ngon_ngu),
            ("tu", &self.tu),
            ("den", &self.den),
        ]
    }

    /// Its address with another value of a part.
    fn with(&self, path: &str, name: &str, value: &str) -> String {
        let parts = self.parts().map(|(known, old)| (known, if known == name { value } else { old }));
        format!("{path}?{}", guard::query(parts).trim_end_matches('&'))
    }

    fn query(&self) -> Query {
        let day = |typed: &str| time::parse_date(typed).map_or(0, time::date_to_int);
        Query {
            text: text::shorten(self.q.trim(), LONGEST).trim_end_matches('…').to_owned(),
            kinds: if self.loai.is_empty() { Vec::new() } else { vec![self.loai.clone()] },
            agency: self.co_quan.parse().ok(),
            locality: self.dia_ban.clone(),
            section: self.chuyen_muc.clone(),
            field: self.linh_vuc.clone(),
            lang: self.ngon_ngu.clone(),
            from: day(&self.tu),
            until: day(&self.den),
            reader: None,
        }
    }
}

/// One way to narrow a list, or to widen it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its name, to be translated where `fixed`.
    pub label: String,
    /// Entries.
    pub count: usize,
    /// Where it leads.
    pub href: String,
    /// Is the list narrowed to it?
    pub chosen: bool,
}

/// Ways to narrow a list by one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// By what.
    pub name: &'static str,
    /// Are its names words of the program?
    pub fixed: bool,
    /// The ways.
    pub all: Vec<Choice>,
}

/// What a page of the search shows.
#[derive(Debug, Clone)]
pub struct Results {
    /// What was asked.
    pub asked: Asked,
    /// What was found.
    pub found: Found,
    /// By what it can be narrowed.
    pub choices: Vec<Choices>,
    /// With what was probably meant: words and address.
    pub meant: Option<(String, String)>,
    /// Page.
    pub number: usize,
    /// Last page.
    pub last: usize,
    /// Addresses of the pages before and after.
    pub previous: Option<String>,
    /// See `previous`.
    pub next: Option<String>,
    /// Without anything that narrows.
    pub wide: String,
    /// Is it narrowed?
    pub narrowed: bool,
    /// Were the days typed not understood?
    pub days_wrong: bool,
    kinds: Vec<(&'static str, &'static str)>,
}

impl Results {
    /// Asks, and makes what is shown.
    ///
    /// # Errors
    /// What `find` says.
    pub fn of<F>(app: &App, path: &str, asked: Asked, find: F) -> Result<Self>
    where
        F: FnOnce(&Query, usize, usize) -> Result<Found>,
    {
        let kinds: Vec<_> = app.slices.iter().flat_map(|slice| slice.search).map(|def| (def.kind, def.label)).collect();
        let number = asked.trang.unwrap_or(1).clamp(1, DEEPEST.div_ceil(SIZE) as u32) as usize;
        let query = asked.query();
        let mut found = find(&query, (number - 1) * SIZE, SIZE)?;
        let last = found.reachable.div_ceil(SIZE).max(1);
        let names: [(&'static str, &'static str, bool, &str); 6] = [
            ("Loại", "loai", true, &asked.loai),
            ("Cơ quan", "co_quan", false, &asked.co_quan),
            ("Địa bàn", "dia_ban", false, &asked.dia_ban),
            ("Chuyên mục", "chuyen_muc", false, &asked.chuyen_muc),
            ("Lĩnh vực", "linh_vuc", false, &asked.linh_vuc),
            ("Ngôn ngữ", "ngon_ngu", true, &asked.ngon_ngu),
        ];
        let mut choices = Vec::new();
        for ((name, key, fixed, chosen), facet) in names.into_iter().zip(std::mem::take(&mut found.facets)) {
            let chosen_key = chosen.replace('-', "");
            let is = |facet: &Facet| !chosen.is_empty() && (facet.key == chosen || facet.key == chosen_key);
            if facet.len() < 2 && !facet.iter().any(is) {
                continue;
            }
            let all = facet.into_iter().take(SHOWN).map(|facet| Choice {
                chosen: is(&facet),
                href: asked.with(path, key, if is(&facet) { "" } else { &facet.key }),
                count: facet.count,
                label: match key {
                    "loai" => label(&kinds, &facet.key).to_owned(),
                    "ngon_ngu" => language(&facet.key).to_owned(),
                    _ => facet.label,
                },
            });
            choices.push(Choices { name, fixed, all: all.collect() });
        }
        let turned = |number: usize| format!("{}&trang={number}", asked.with(path, "", ""));
        Ok(Self {
            meant: found.meant.as_ref().map(|meant| (meant.clone(), asked.with(path, "q", meant))),
            previous: (number > 1).then(|| turned(number - 1)),
            next: (number < last).then(|| turned(number + 1)),
            wide: Asked { q: asked.q.clone(), ..Asked::default() }.with(path, "", ""),
            narrowed: asked.parts().iter().skip(1).any(|(_, value)| !value.is_empty()),
            days_wrong: [(&asked.tu, query.from), (&asked.den, query.until)]
                .iter()
                .any(|(typed, day)| !typed.trim().is_empty() && *day == 0),
            number,
            last,
            choices,
            found,
            asked,
            kinds,
        })
    }

    /// Name of a hit's kind.
    pub fn kind(&self, hit: &Hit) -> &'static str {
        label(&self.kinds, &hit.kind)
    }

    /// Day of a hit, as shown.
    pub fn day(&self, hit: &Hit) -> String {
        time::date_from_int(hit.date).map(time::display_date).unwrap_or_default()
    }
}

fn label(kinds: &[(&'static str, &'static str)], key: &str) -> &'static str {
    kinds.iter().find(|(kind, _)| *kind == key).map_or("", |(_, label)| label)
}

fn language(key: &str) -> &str {
    let name = language_name(key);
    if name.is_empty() { key } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_what_narrows() {
        let asked = Asked { q: "hòa giải".into(), loai: "law".into(), ..Asked::default() };
        assert_eq!(asked.with("/tim-kiem", "loai", ""), "/tim-kiem?q=h%C3%B2a%20gi%E1%BA%A3i");
        assert_eq!(
            asked.with("/tim-kiem", "dia_ban", "a b"),
            "/tim-kiem?q=h%C3%B2a%20gi%E1%BA%A3i&loai=law&dia_ban=a%20b"
        );
        let long = Asked { q: "chữ ".repeat(200), tu: "1/2/2026".into(), ..Asked::default() };
        assert!(long.query().text.chars().count() <= LONGEST && long.query().from == 20_260_201);
    }
}
