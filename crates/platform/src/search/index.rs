//! One index: its fields, changing it, what it knows of words. It can be thrown away and made anew at any time.

use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
};

use kernel::{Error, Result, Uuid};
use tantivy::{
    Index as Tantivy, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term,
    directory::MmapDirectory,
    indexer::{IndexWriterOptions, LogMergePolicy, NoMergePolicy},
    schema::{FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions},
    tokenizer::TextAnalyzer,
};

use super::{
    Audience, Entry,
    cited::cited,
    waiting::{Places, Waiting},
    words::{More, Plain},
};

/// Changes when the fields do: an index of another form is made anew.
pub(super) const FORM: &str = "4";

/// In the place of an agency: all of them.
pub(super) const ANY: &str = "any";

/// Bytes that each of the two threads that index may keep before it writes.
const BUDGET: usize = 15 << 20;

/// Segments that are left as they are when an index was made anew.
const FEW: usize = 2;

/// The fields of the index.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    /// Whose entry it is: all entries of an item are replaced together.
    pub item: Field,
    /// Heading; see [`Words`]. Shown.
    pub head: Words,
    /// The words. Shown.
    pub body: Words,
    /// What it is part of, and numbers: the same for every article of a law.
    pub whole: Words,
    /// Numbers and articles under which it is known; see [`cited`].
    pub cited: Field,
    /// What one narrows by.
    pub kind: Field,
    pub agency: Field,
    pub agency_label: Field,
    pub locality: Field,
    pub locality_label: Field,
    pub section: Field,
    pub section_label: Field,
    pub field: Field,
    pub field_label: Field,
    pub lang: Field,
    pub date: Field,
    pub readers: Field,
    /// What is shown besides.
    pub path: Field,
    pub within: Field,
}

impl Fields {
    /// Where words are looked for.
    pub fn words(&self) -> [Words; 3] {
        [self.head, self.body, self.whole]
    }
}

/// The same words, as [`Plain`] and as [`More`] tell them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    pub plain: Field,
    pub more: Field,
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let text = |tokenizer: &str, option: IndexRecordOption| {
        let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option);
        TextOptions::default().set_indexing_options(indexing)
    };
    let mut words = |name: &str, shown: bool| {
        let plain = text("plain", IndexRecordOption::WithFreqsAndPositions);
        let plain = if shown { plain.set_stored() } else { plain };
        Words {
            plain: schema.add_text_field(name, plain),
            more: schema.add_text_field(&format!("{name}_more"), text("more", IndexRecordOption::WithFreqs)),
        }
    };
    let (head, body, whole) = (words("head", true), words("body", true), words("whole", false));
    let cited = schema.add_text_field("cited", text("whitespace", IndexRecordOption::WithFreqs));
    let (path, within) = (schema.add_text_field("path", STORED), schema.add_text_field("within", STORED));
    let fields = Fields {
        item: schema.add_text_field("item", STRING),
        head,
        body,
        whole,
        cited,
        kind: schema.add_text_field("kind", STRING | FAST | STORED),
        agency: schema.add_text_field("agency", STRING),
        agency_label: schema.add_text_field("agency_label", FAST | STORED),
        locality: schema.add_text_field("locality", STRING),
        locality_label: schema.add_text_field("locality_label", FAST),
        section: schema.add_text_field("section", STRING),
        section_label: schema.add_text_field("section_label", FAST),
        field: schema.add_text_field("field", STRING),
        field_label: schema.add_text_field("field_label", FAST),
        lang: schema.add_text_field("lang", STRING | FAST | STORED),
        date: schema.add_i64_field("date", INDEXED | FAST | STORED),
        readers: schema.add_text_field("readers", STRING),
        path,
        within,
    };
    (schema.build(), fields)
}

/// How often a syllable without marks occurs, in headings and words.
pub(super) type Vocabulary = HashMap<Box<str>, u32>;

/// See the module.
pub struct Index {
    pub(super) tantivy: Tantivy,
    pub(super) fields: Fields,
    reader: IndexReader,
    writer: Mutex<IndexWriter<Waiting>>,
    places: Arc<Places>,
    vocabulary: RwLock<(u64, Arc<Vocabulary>)>,
}

pub(super) fn fail(error: impl std::fmt::Display) -> Error {
    Error::Internal(format!("chỉ mục tìm kiếm: {error}"))
}

impl Index {
    /// The index in a folder, which is made (anew when it is of another form or damaged).
    ///
    /// # Errors
    /// When the folder cannot be written, or another process has it open.
    pub fn open(folder: &Path) -> Result<Self> {
        let fits = std::fs::read_to_string(folder.join("form")).is_ok_and(|form| form == FORM);
        if fits && let Ok(index) = Tantivy::open_in_dir(folder) {
            return Self::of(index, schema().1);
        }
        if folder.exists() {
            std::fs::remove_dir_all(folder).map_err(fail)?;
        }
        std::fs::create_dir_all(folder).map_err(fail)?;
        let (schema, fields) = schema();
        let directory = MmapDirectory::open(folder).map_err(fail)?;
        let index = Tantivy::create(directory, schema, IndexSettings::default()).map_err(fail)?;
        std::fs::write(folder.join("form"), FORM).map_err(fail)?;
        Self::of(index, fields)
    }

    /// An index in memory.
    ///
    /// # Errors
    /// When its threads cannot be started.
    pub fn memory() -> Result<Self> {
        let (schema, fields) = schema();
        Self::of(Tantivy::create_in_ram(schema), fields)
    }

    fn of(index: Tantivy, fields: Fields) -> Result<Self> {
        index.tokenizers().register("plain", TextAnalyzer::from(Plain::default()));
        index.tokenizers().register("more", TextAnalyzer::from(More::default()));
        let options = IndexWriterOptions::builder()
            .num_worker_threads(2)
            .memory_budget_per_thread(BUDGET)
            .num_merge_threads(1)
            .build();
        let writer = index.writer_with_options(options).map_err(fail)?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(fail)?;
        let (writer, places) = (Mutex::new(writer), Arc::default());
        Ok(Self { tantivy: index, fields, reader, writer, places, vocabulary: RwLock::default() })
    }

    fn writer(&self) -> MutexGuard<'_, IndexWriter<Waiting>> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets everything; seen after [`Index::commit`]. Segments of what is put in anew are merged by [`Index::settle`].
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn clear(&self) -> Result<()> {
        let writer = self.writer();
        writer.set_merge_policy(Box::new(NoMergePolicy));
        writer.delete_all_documents().map_err(fail).map(drop)
    }

    /// Puts these entries in the place of whatever these items had; seen after [`Index::commit`].
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn replace(&self, kind: &str, items: &[Uuid], entries: &[Entry]) -> Result<()> {
        let writer = self.writer();
        for item in items {
            writer.delete_term(Term::from_field_text(self.fields.item, &key(kind, *item)));
        }
        for entry in entries {
            writer.add_document(self.places.take(self.document(kind, entry))).map_err(fail)?;
        }
        Ok(())
    }

    fn document(&self, kind: &str, entry: &Entry) -> TantivyDocument {
        let f = &self.fields;
        let mut doc = TantivyDocument::default();
        let mut put = |field: Field, text: &str| doc.add_text(field, text);
        put(f.item, &key(kind, entry.item));
        for (words, text) in
            [(f.head, &entry.title), (f.body, &entry.body), (f.whole, &entry.symbols), (f.whole, &entry.within)]
        {
            put(words.plain, text);
            put(words.more, text);
        }
        put(f.cited, &cited(&entry.symbols).into_iter().map(|one| one.token).collect::<Vec<_>>().join(" "));
        put(f.kind, kind);
        if let Some(agency) = entry.agency {
            put(f.agency, &agency.simple().to_string());
            put(f.agency_label, &format!("{}\t{}", agency.simple(), entry.agency_name));
        }
        for (names, label, named) in [
            (f.locality, f.locality_label, &entry.localities),
            (f.section, f.section_label, &entry.sections),
            (f.field, f.field_label, &entry.fields),
        ] {
            for (key, name) in named {
                put(names, key);
                put(label, &format!("{key}\t{name}"));
            }
        }
        put(f.lang, if entry.lang.is_empty() { "vi" } else { &entry.lang });
        match &entry.audience {
            Audience::Public => {}
            Audience::Staff => put(f.readers, ANY),
            Audience::Agencies(agencies) => {
                for agency in agencies {
                    put(f.readers, &agency.simple().to_string());
                }
            }
        }
        put(f.path, &entry.path);
        put(f.within, &entry.within);
        doc.add_i64(f.date, entry.date);
        doc
    }

    /// Makes what was changed seen, with a note that is kept beside it.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn commit(&self, note: &str) -> Result<()> {
        {
            let mut writer = self.writer();
            let mut commit = writer.prepare_commit().map_err(fail)?;
            commit.set_payload(note);
            commit.commit().map_err(fail)?;
        }
        self.reader.reload().map_err(fail)
    }

    /// Merges the segments of an index that was made anew, each of which a search would have to walk through, while others go on searching and changing;
    /// from then on the few of each change are merged as they gather.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn settle(&self) -> Result<()> {
        let merging = {
            let mut writer = self.writer();
            writer.set_merge_policy(Box::<LogMergePolicy>::default());
            let segments = self.tantivy.searchable_segment_ids().map_err(fail)?;
            (segments.len() > FEW).then(|| writer.merge(&segments))
        };
        if let Some(merging) = merging {
            merging.wait().map_err(fail)?;
            self.reader.reload().map_err(fail)?;
        }
        Ok(())
    }

    /// Parts in which a search looks one after the other.
    #[cfg(test)]
    pub(super) fn segments(&self) -> usize {
        self.searcher().segment_readers().len()
    }

    /// The note of the last commit.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn note(&self) -> Result<Option<String>> {
        Ok(self.tantivy.load_metas().map_err(fail)?.payload)
    }

    /// Entries in it.
    pub fn len(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Has it none?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Counts its commits: what was found before another one may be old.
    pub fn generation(&self) -> u64 {
        self.reader.searcher().generation().generation_id()
    }

    pub(super) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// The words it knows; read anew after a commit, by one caller while the others go on with the old ones.
    pub(super) fn vocabulary(&self, searcher: &Searcher) -> Result<Arc<Vocabulary>> {
        let now = searcher.generation().generation_id() + 1;
        {
            let known = self.vocabulary.read().unwrap_or_else(PoisonError::into_inner);
            if known.0 == now {
                return Ok(known.1.clone());
            }
        }
        let mut slot = self.vocabulary.write().unwrap_or_else(PoisonError::into_inner);
        if slot.0 != now {
            let mut all = Vocabulary::new();
            for segment in searcher.segment_readers() {
                for field in self.fields.words().map(|words| words.plain) {
                    let index = segment.inverted_index(field).map_err(fail)?;
                    let mut terms = index.terms().stream().map_err(fail)?;
                    while let Some((term, info)) = terms.next() {
                        if let Ok(term) = std::str::from_utf8(term) {
                            match all.get_mut(term) {
                                Some(count) => *count += info.doc_freq,
                                None => drop(all.insert(term.into(), info.doc_freq)),
                            }
                        }
                    }
                }
            }
            *slot = (now, Arc::new(all));
        }
        Ok(slot.1.clone())
    }
}

/// Under which an item's entries are kept.
fn key(kind: &str, item: Uuid) -> String {
    format!("{kind}:{}", item.simple())
}
