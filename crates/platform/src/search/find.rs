//! Finding: the best entries with excerpts, how many there are of each kind, suggestions while typing.

use std::collections::HashMap;

use kernel::Result;
use tantivy::{
    DocAddress, DocId, Score, SegmentOrdinal, SegmentReader, TantivyDocument, Term,
    collector::{Collector, SegmentCollector, TopDocs},
    columnar::StrColumn,
    query::{BooleanQuery, ConstScoreQuery, Occur, Query as Asked, TermQuery},
    schema::{IndexRecordOption, Value},
};

use super::{
    excerpt::{Piece, excerpt},
    index::{Index, fail},
    query::{Plan, Query, having, limits, ranking},
    words::words,
};

/// One thing found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hit {
    /// Its kind.
    pub kind: String,
    /// Its page.
    pub path: String,
    /// Heading, with the words found.
    pub title: Vec<Piece>,
    /// What it is part of.
    pub within: String,
    /// Name of the agency, if any.
    pub agency: String,
    /// yyyymmdd; 0: none.
    pub date: i64,
    /// Language of the words.
    pub lang: String,
    /// Some of its words, with those found.
    pub excerpt: Vec<Piece>,
}

/// What there is of one kind, agency, …
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facet {
    /// What one narrows by.
    pub key: String,
    /// For show, where the index knows a name.
    pub label: String,
    /// Entries.
    pub count: usize,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The page asked for.
    pub hits: Vec<Hit>,
    /// How many can be paged through: all that fit, at most [`DEEPEST`].
    pub reachable: usize,
    /// Entries that have every word (or, when `partly`, at least half of them).
    pub total: usize,
    /// Has no entry every word?
    pub partly: bool,
    /// The text as it was probably meant.
    pub meant: Option<String>,
    /// Numbers by kind, agency, locality, section, field of law, language, of the `total`.
    pub facets: [Vec<Facet>; 6],
}

/// Places in a list of what was found that can be looked at; who wants more narrows the list.
pub const DEEPEST: usize = 200;

/// What scores less than this part of the best is not shown.
const WORTH: f32 = 0.25;

const FACETS: [&str; 6] = ["kind", "agency_label", "locality_label", "section_label", "field_label", "lang"];

impl Index {
    /// The `count` best from place `skip` on.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn find(&self, query: &Query, skip: usize, count: usize) -> Result<Found> {
        let searcher = self.searcher();
        let plan = Plan::of(&query.text, self, &searcher)?;
        if plan.is_empty() {
            return Ok(Found::default());
        }
        let fields = &self.fields;
        let limits = limits(query, &plan, fields);
        let with = |asked: Box<dyn Asked>| -> Box<dyn Asked> {
            if limits.is_empty() {
                return asked;
            }
            let must = limits.iter().map(|limit| (Occur::Must, limit.box_clone()));
            Box::new(BooleanQuery::new(must.chain([(Occur::Must, asked)]).collect()))
        };
        let last = (skip + count).min(DEEPEST);
        let collector = TopDocs::with_limit(DEEPEST).order_by_score();
        let mut best = searcher.search(&with(Box::new(ranking(&plan, fields))), &collector).map_err(fail)?;
        // What was asked for by number towers above the rest, which is shown all the same.
        if plan.cited.is_empty() {
            let least = best.first().map_or(0.0, |(score, _)| score * WORTH);
            best.retain(|(score, _)| *score >= least);
        }
        let mut found = Found { meant: plan.meant.clone(), reachable: best.len(), ..Found::default() };
        let all = plan.loose.len();
        let counted = searcher.search(&with(having(&plan, fields, all)), &Counting).map_err(fail)?;
        (found.total, found.facets) = counted;
        if found.total == 0 && all > 1 && !best.is_empty() {
            found.partly = true;
            let half = having(&plan, fields, all.div_ceil(2));
            (found.total, found.facets) = searcher.search(&with(half), &Counting).map_err(fail)?;
        }
        let sought = plan.sought();
        for (_, address) in best.get(skip.min(best.len())..last.min(best.len())).unwrap_or_default() {
            found.hits.push(self.hit(&searcher, *address, &sought)?);
        }
        Ok(found)
    }

    fn hit(&self, searcher: &tantivy::Searcher, address: DocAddress, sought: &[String]) -> Result<Hit> {
        let doc: TantivyDocument = searcher.doc(address).map_err(fail)?;
        let f = &self.fields;
        let text = |field| doc.get_first(field).and_then(|value| value.as_str()).unwrap_or_default();
        let all = |title: &str| excerpt(title, sought, usize::MAX);
        Ok(Hit {
            kind: text(f.kind).to_owned(),
            path: text(f.path).to_owned(),
            title: all(text(f.head.plain)),
            within: text(f.within).to_owned(),
            agency: text(f.agency_label).split_once('\t').map(|(_, name)| name.to_owned()).unwrap_or_default(),
            date: doc.get_first(f.date).and_then(|value| value.as_i64()).unwrap_or(0),
            lang: text(f.lang).to_owned(),
            excerpt: excerpt(text(f.body.plain), sought, 40),
        })
    }

    /// Headings that have every word typed so far, the last of which may be unfinished: heading and page, at most `count`.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn suggest(&self, text: &str, count: usize) -> Result<Vec<(String, String)>> {
        let searcher = self.searcher();
        let mut typed = words(text);
        let Some(last) = typed.pop() else { return Ok(Vec::new()) };
        if typed.is_empty() && last.folded.len() < 2 {
            return Ok(Vec::new());
        }
        let head = self.fields.head;
        let one = |field, word: &str| {
            Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs)) as Box<dyn Asked>
        };
        let vocabulary = self.vocabulary(&searcher)?;
        let mut ends: Vec<_> = vocabulary.iter().filter(|(word, _)| word.starts_with(&*last.folded)).collect();
        ends.sort_unstable_by_key(|(word, often)| (word.len() != last.folded.len(), u32::MAX - **often));
        ends.truncate(12);
        let mut clauses: Vec<(Occur, Box<dyn Asked>)> =
            typed.iter().map(|word| (Occur::Must, one(head.plain, &word.folded))).collect();
        clauses.push((
            Occur::Must,
            // Any ending counts once, so that a heading with two of them does not come first.
            Box::new(ConstScoreQuery::new(
                Box::new(BooleanQuery::union(ends.iter().map(|(word, _)| one(head.plain, word)).collect())),
                1.0,
            )),
        ));
        for word in typed.iter().chain([&last]).filter(|word| word.toned != word.folded) {
            clauses.push((Occur::Should, one(head.more, &word.toned)));
        }
        for (first, second) in typed.iter().zip(typed.iter().skip(1)) {
            clauses.push((Occur::Should, one(head.more, &super::words::joined(&[&first.folded, &second.folded]))));
        }
        let best = searcher
            .search(&BooleanQuery::new(clauses), &TopDocs::with_limit(count * 3).order_by_score())
            .map_err(fail)?;
        let mut all: Vec<(String, String)> = Vec::new();
        for (_, address) in best {
            let doc: TantivyDocument = searcher.doc(address).map_err(fail)?;
            let text = |field| doc.get_first(field).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
            let title = text(self.fields.head.plain);
            if all.len() < count && !all.iter().any(|(known, _)| *known == title) {
                all.push((title, text(self.fields.path)));
            }
        }
        Ok(all)
    }
}

impl Plan {
    /// Folded words to be marked in what is shown.
    fn sought(&self) -> Vec<String> {
        let loose = self.loose.iter().flat_map(|term| term.readings().map(str::to_owned));
        let quoted = self.phrases.iter().flatten().map(|word| word.folded.clone());
        let mut all: Vec<String> = loose.chain(quoted).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// Counts entries, by each of [`FACETS`].
struct Counting;

struct SegmentCounting {
    total: usize,
    columns: [Option<(StrColumn, Vec<usize>)>; 6],
}

type Counts = (usize, [Vec<(String, usize)>; 6]);

impl Collector for Counting {
    type Fruit = (usize, [Vec<Facet>; 6]);
    type Child = SegmentCounting;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentCounting> {
        let mut columns = [const { None }; 6];
        for (slot, name) in columns.iter_mut().zip(FACETS) {
            *slot = segment.fast_fields().str(name)?.map(|column| {
                let terms = column.num_terms();
                (column, vec![0; terms])
            });
        }
        Ok(SegmentCounting { total: 0, columns })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Counts>) -> tantivy::Result<Self::Fruit> {
        let mut total = 0;
        let mut sums: [HashMap<String, usize>; 6] = Default::default();
        for (count, columns) in segments {
            total += count;
            for (sum, column) in sums.iter_mut().zip(columns) {
                for (key, count) in column {
                    *sum.entry(key).or_default() += count;
                }
            }
        }
        let facets = sums.map(|sum| {
            let mut all: Vec<Facet> = sum
                .into_iter()
                .map(|(key, count)| match key.split_once('\t') {
                    Some((key, label)) => Facet { key: key.to_owned(), label: label.to_owned(), count },
                    None => Facet { label: String::new(), key, count },
                })
                .collect();
            all.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.key.cmp(&b.key)));
            all
        });
        Ok((total, facets))
    }
}

impl SegmentCollector for SegmentCounting {
    type Fruit = Counts;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.total += 1;
        for (column, counts) in self.columns.iter_mut().flatten() {
            for ord in column.term_ords(doc) {
                if let Some(count) = usize::try_from(ord).ok().and_then(|ord| counts.get_mut(ord)) {
                    *count += 1;
                }
            }
        }
    }

    fn harvest(self) -> Counts {
        let named = self.columns.map(|column| {
            let Some((column, counts)) = column else { return Vec::new() };
            let mut all = Vec::new();
            for (ord, count) in counts.into_iter().enumerate().filter(|(_, count)| *count > 0) {
                let mut key = String::new();
                if column.ord_to_str(ord as u64, &mut key).unwrap_or(false) {
                    all.push((key, count));
                }
            }
            all
        });
        (self.total, named)
    }
}
