//! From what somebody typed to what the index is asked.

use std::sync::LazyLock;

use kernel::{Result, Uuid};
use serde::Deserialize;
use tantivy::{
    Searcher, Term,
    query::{AllQuery, BooleanQuery, BoostQuery, Occur, PhraseQuery, Query as Asked, RangeQuery, TermQuery},
    schema::{Field, IndexRecordOption},
};

use super::{
    cited::{Cited, cited},
    index::{ANY, Fields, Index, Vocabulary, Words, fail},
    words::{Word, joined, words},
};

/// What somebody looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// As typed; words in quotes stand together.
    pub text: String,
    /// Only these kinds; none: all.
    pub kinds: Vec<String>,
    /// Only this agency.
    pub agency: Option<Uuid>,
    /// Only this place.
    pub locality: String,
    /// Only this special section.
    pub section: String,
    /// Only this field of law.
    pub field: String,
    /// Only this language.
    pub lang: String,
    /// Not before, yyyymmdd; 0: open.
    pub from: i64,
    /// Not after, yyyymmdd; 0: open.
    pub until: i64,
    /// What is not public: kinds, each with the agencies whose readers the person belongs to. `None`: what is public.
    pub reader: Option<Vec<(String, Vec<Uuid>)>>,
}

/// Words looked for, with what was understood of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Plan {
    /// Loose words.
    pub loose: Vec<Term1>,
    /// Words that stand together.
    pub phrases: Vec<Vec<Word>>,
    /// What other words of the same meaning ask for.
    pub same: Vec<Vec<Word>>,
    /// Numbers and articles that were typed.
    pub cited: Vec<Cited>,
    /// The text as it was probably meant, when that differs.
    pub meant: Option<String>,
}

/// One loose word.
#[derive(Debug, Clone)]
pub(super) struct Term1 {
    pub word: Word,
    /// Do the marks that were typed count?
    pub toned: bool,
    /// What it was probably meant to be.
    pub instead: Option<String>,
    /// Does any entry have it as typed?
    pub known: bool,
}

impl Term1 {
    /// The folded words that stand for it, the typed one first.
    pub(super) fn readings(&self) -> impl Iterator<Item = &str> {
        let typed = Some(self.word.folded.as_str()).filter(|_| self.known || self.instead.is_none());
        typed.into_iter().chain(self.instead.as_deref())
    }
}

/// `definitions/search/words.toml` as written.
#[derive(Default, Deserialize)]
struct Written {
    same: Vec<Vec<String>>,
    toward: Vec<Toward>,
}

#[derive(Deserialize)]
struct Toward {
    say: Vec<String>,
    mean: Vec<String>,
}

/// Who types one of `said` also looks for every other of `meant`.
struct Meaning {
    said: Vec<Vec<Word>>,
    meant: Vec<Vec<Word>>,
}

/// `definitions/search/words.toml`, as words.
static MEANINGS: LazyLock<Vec<Meaning>> = LazyLock::new(|| {
    let text = include_str!("../../../../definitions/search/words.toml");
    // A test reads the same file.
    let read: Written = toml::from_str(text).unwrap_or_default();
    let all = |phrases: &[String]| phrases.iter().map(|one| words(one)).collect::<Vec<_>>();
    let same = read.same.iter().map(|group| Meaning { said: all(group), meant: all(group) });
    same.chain(read.toward.iter().map(|one| Meaning { said: all(&one.say), meant: all(&one.mean) })).collect()
});

/// Words that a query may have; more are left out.
const MOST: usize = 24;

impl Plan {
    /// Understands a text.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn of(text: &str, index: &Index, searcher: &Searcher) -> Result<Self> {
        let mut plan = Self::default();
        let mut typed = Vec::new();
        for (at, part) in text.split(['"', '“', '”']).enumerate() {
            let found = words(part);
            // What stands between an odd and an even quotation mark; an open one at the end ends with the text.
            if at % 2 == 1 && found.len() > 1 {
                plan.phrases.push(found);
            } else {
                typed.extend(found);
            }
        }
        typed.truncate(MOST);
        let vocabulary = index.vocabulary(searcher)?;
        let context = Context { vocabulary: &vocabulary, searcher, fields: &index.fields };
        for (at, word) in typed.iter().enumerate() {
            let side = |at: Option<usize>| at.and_then(|at| typed.get(at)).map(|word| word.folded.as_str());
            let neighbours = (side(at.checked_sub(1)), side(Some(at + 1)));
            let known = vocabulary.contains_key(word.folded.as_str());
            let instead = context.better(&word.folded, known, neighbours)?;
            let toned = word.toned != word.folded;
            plan.loose.push(Term1 { word: word.clone(), toned, instead, known });
        }
        if plan.loose.iter().any(|term| term.instead.is_some()) && plan.phrases.is_empty() {
            let meant = plan.loose.iter().map(|term| term.instead.as_deref().unwrap_or(&term.word.toned));
            plan.meant = Some(meant.collect::<Vec<_>>().join(" "));
        }
        plan.same = same(&plan.loose);
        plan.cited = cited(text);
        Ok(plan)
    }

    /// Nothing to look for?
    pub(super) fn is_empty(&self) -> bool {
        self.loose.is_empty() && self.phrases.is_empty()
    }
}

/// What means the same as words of the query.
fn same(loose: &[Term1]) -> Vec<Vec<Word>> {
    let mut more = Vec::new();
    for meaning in MEANINGS.iter() {
        let there = |one: &[Word]| {
            !one.is_empty()
                && loose.windows(one.len()).any(|window| {
                    window.iter().zip(one).all(|(term, word)| {
                        term.word.folded == word.folded && (!term.toned || term.word.toned == word.toned)
                    })
                })
        };
        if let Some(found) = meaning.said.iter().find(|one| there(one)) {
            more.extend(meaning.meant.iter().filter(|one| *one != found).cloned());
        }
    }
    more
}

/// What a word is judged by.
struct Context<'a> {
    vocabulary: &'a Vocabulary,
    searcher: &'a Searcher,
    fields: &'a Fields,
}

impl Context<'_> {
    /// How many entries have two words beside each other.
    fn beside(&self, first: &str, second: &str) -> Result<u64> {
        let both = joined(&[first, second]);
        let count = |field| self.searcher.doc_freq(&Term::from_field_text(field, &both)).map_err(fail);
        self.fields.words().into_iter().map(|words| count(words.more)).sum()
    }

    /// How well a word fits between its neighbours.
    fn fit(&self, word: &str, (before, after): (Option<&str>, Option<&str>)) -> Result<u64> {
        let mut fit = 0;
        if let Some(before) = before {
            fit += self.beside(before, word)?;
        }
        if let Some(after) = after {
            fit += self.beside(word, after)?;
        }
        Ok(fit)
    }

    /// The word that was probably meant: one letter away (changed, added, left out, two swapped), and at home between its neighbours where the typed one
    /// is not.
    fn better(&self, word: &str, known: bool, beside: (Option<&str>, Option<&str>)) -> Result<Option<String>> {
        let letters = word.chars().count();
        if !(2..=12).contains(&letters) || word.chars().any(|c| c.is_ascii_digit()) {
            return Ok(None);
        }
        let alone = beside == (None, None);
        if known && (alone || letters < 3 || self.fit(word, beside)? > 0) {
            return Ok(None);
        }
        let mut best: Option<(u64, u32, String)> = None;
        for candidate in near(word) {
            let Some(&often) = self.vocabulary.get(candidate.as_str()) else { continue };
            let fit = self.fit(&candidate, beside)?;
            if fit == 0 && known {
                continue;
            }
            if best.as_ref().is_none_or(|(top, count, _)| (fit, often) > (*top, *count)) {
                best = Some((fit, often, candidate));
            }
        }
        let sure = |fit, often| fit > 0 || often > 1 && (alone || letters > 3);
        Ok(best.filter(|(fit, often, _)| sure(*fit, *often)).map(|(.., word)| word))
    }
}

/// Every word one letter away.
fn near(word: &str) -> impl Iterator<Item = String> {
    let letters: Vec<char> = word.chars().collect();
    let mut all = std::collections::HashSet::new();
    for at in 0..=letters.len() {
        let (before, after) = letters.split_at(at);
        let join = |parts: [&[char]; 3]| parts.concat().into_iter().collect::<String>();
        for c in 'a'..='z' {
            all.insert(join([before, &[c], after]));
            if let Some((_, rest)) = after.split_first() {
                all.insert(join([before, &[c], rest]));
            }
        }
        if let Some((first, rest)) = after.split_first() {
            all.insert(join([before, &[], rest]));
            if let Some((second, rest)) = rest.split_first() {
                all.insert(join([before, &[*second, *first], rest]));
            }
        }
    }
    all.remove(word);
    all.into_iter().filter(|candidate| candidate.len() > 1)
}

type Clauses = Vec<(Occur, Box<dyn Asked>)>;

fn term(field: Field, text: &str) -> TermQuery {
    TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs)
}

/// What each kind of match counts.
struct Weights {
    plain: f32,
    toned: f32,
    pairs: f32,
}

/// Of headings, words and what an entry is part of; found by trying with the judged questions.
const WEIGHTS: [Weights; 3] = [
    Weights { plain: 1.0, toned: 0.35, pairs: 3.4 },
    Weights { plain: 2.7, toned: 1.0, pairs: 7.0 },
    Weights { plain: 0.3, toned: 0.3, pairs: 2.2 },
];
/// Another word of the same meaning, and a word probably meant, beside the one typed.
const SAME_WEIGHT: f32 = 0.6;
const MEANT_WEIGHT: f32 = 0.7;

/// What the best entries are looked for with: nothing but single terms, so that the index can pass over whatever cannot be among them.
pub(super) fn ranking(plan: &Plan, fields: &Fields) -> BooleanQuery {
    let mut clauses: Clauses = Vec::new();
    let mut add = |field: Field, text: &str, weight: f32| {
        clauses.push((Occur::Should, Box::new(BoostQuery::new(Box::new(term(field, text)), weight))));
    };
    for one in &plan.cited {
        add(fields.cited, &one.token, one.of.weight());
    }
    for (words, weights) in fields.words().into_iter().zip(WEIGHTS) {
        let Words { plain, more } = words;
        for (at, one) in plan.loose.iter().enumerate() {
            for (nth, reading) in one.readings().enumerate() {
                let weight = if nth == 0 { 1.0 } else { MEANT_WEIGHT };
                add(plain, reading, weights.plain * weight);
                for next in plan.loose.get(at + 1).into_iter().flat_map(Term1::readings) {
                    add(more, &joined(&[reading, next]), weights.pairs * weight);
                }
            }
            if one.toned && one.known {
                add(more, &one.word.toned, weights.toned);
            }
        }
        for phrase in &plan.same {
            let whole = if phrase.len() == 1 { 1.5 } else { 1.0 };
            for word in phrase {
                add(plain, &word.folded, weights.plain * SAME_WEIGHT * whole / 2.0);
            }
            for (first, second) in phrase.iter().zip(phrase.iter().skip(1)) {
                add(more, &joined(&[&first.folded, &second.folded]), weights.pairs * SAME_WEIGHT);
            }
        }
        for phrase in &plan.phrases {
            for word in phrase {
                add(plain, &word.folded, weights.plain);
                if word.toned != word.folded {
                    add(more, &word.toned, weights.toned);
                }
            }
        }
    }
    BooleanQuery::new(clauses)
}

/// Entries with at least so many of the loose words (in one of their readings).
pub(super) fn having(plan: &Plan, fields: &Fields, least: usize) -> Box<dyn Asked> {
    let each = plan.loose.iter().map(|one| {
        let mut any: Vec<Box<dyn Asked>> = Vec::new();
        for reading in one.readings() {
            any.extend(fields.words().map(|words| Box::new(term(words.plain, reading)) as Box<dyn Asked>));
        }
        Box::new(BooleanQuery::union(any)) as Box<dyn Asked>
    });
    let each: Vec<_> = each.collect();
    match each.len() {
        0 => Box::new(AllQuery),
        all if all == least => Box::new(BooleanQuery::intersection(each)),
        _ => Box::new(BooleanQuery::union_with_minimum_required_clauses(each, least)),
    }
}

/// What an entry must be besides: quoted words together, in what the list was narrowed to, for the person who asks.
pub(super) fn limits(query: &Query, plan: &Plan, fields: &Fields) -> Vec<Box<dyn Asked>> {
    let mut must: Vec<Box<dyn Asked>> = Vec::new();
    for phrase in &plan.phrases {
        let whole = |field: Field| {
            let terms = phrase.iter().map(|word| Term::from_field_text(field, &word.folded)).collect();
            Box::new(PhraseQuery::new(terms)) as Box<dyn Asked>
        };
        must.push(Box::new(BooleanQuery::union(fields.words().map(|words| whole(words.plain)).into())));
        for word in phrase.iter().filter(|word| word.toned != word.folded) {
            let either = fields.words().map(|words| Box::new(term(words.more, &word.toned)) as _);
            must.push(Box::new(BooleanQuery::union(either.into())));
        }
    }
    let key = |field: Field, key: &str| {
        Box::new(TermQuery::new(Term::from_field_text(field, key), IndexRecordOption::Basic)) as Box<dyn Asked>
    };
    if !query.kinds.is_empty() {
        must.push(Box::new(BooleanQuery::union(query.kinds.iter().map(|kind| key(fields.kind, kind)).collect())));
    }
    if let Some(agency) = query.agency {
        must.push(key(fields.agency, &agency.simple().to_string()));
    }
    let chosen = [
        (fields.locality, &query.locality),
        (fields.section, &query.section),
        (fields.field, &query.field),
        (fields.lang, &query.lang),
    ];
    must.extend(chosen.into_iter().filter(|(_, text)| !text.is_empty()).map(|(field, text)| key(field, text)));
    if query.from > 0 || query.until > 0 {
        let until = if query.until > 0 { query.until } else { i64::MAX };
        let bound = |date| std::ops::Bound::Included(Term::from_field_i64(fields.date, date));
        must.push(Box::new(RangeQuery::new(bound(query.from.max(1)), bound(until))));
    }
    if let Some(reader) = &query.reader {
        let may = reader.iter().map(|(kind, agencies)| {
            let own = agencies.iter().map(|agency| key(fields.readers, &agency.simple().to_string()));
            let any = Box::new(BooleanQuery::union(own.chain([key(fields.readers, ANY)]).collect()));
            Box::new(BooleanQuery::intersection(vec![key(fields.kind, kind), any])) as _
        });
        must.push(Box::new(BooleanQuery::union(may.collect())));
    }
    must
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everyday_words_lead_to_those_of_the_law_and_not_back() {
        let typed = |text: &str| {
            let term = |word: Word| Term1 { toned: word.toned != word.folded, word, instead: None, known: true };
            let found = same(&words(text).into_iter().map(term).collect::<Vec<_>>());
            let said = |one: Vec<Word>| one.into_iter().map(|word| word.toned).collect::<Vec<_>>().join(" ");
            found.into_iter().map(said).collect::<Vec<_>>()
        };
        assert!(MEANINGS.len() > 700 && MEANINGS.iter().all(|one| !one.said.is_empty() && !one.meant.is_empty()));
        assert!(typed("bỏ phiếu bầu ở xã").contains(&"bầu cử".to_owned()));
        assert!(!typed("bầu cử").contains(&"bỏ phiếu bầu".to_owned()));
        assert!(typed("UBND xã").contains(&"ủy ban nhân dân".to_owned()));
        assert!(typed("ủy ban nhân dân").contains(&"ubnd".to_owned()));
    }
}
