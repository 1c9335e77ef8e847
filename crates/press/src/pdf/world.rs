//! The world as the typesetter sees it: one template, one paper, four fonts; no files, no clock, no network.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};

use crate::official::FONTS;

/// What is the same for every paper.
struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
    data: FileId,
}

static SHARED: LazyLock<Shared> = LazyLock::new(|| {
    let fonts: Vec<Font> = FONTS.into_iter().flat_map(|font| Font::iter(Bytes::new(font))).collect();
    Shared {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        template: Source::new(id("/official.typ"), include_str!("official.typ").to_owned()),
        data: id("/paper.json"),
    }
});

fn id(path: &str) -> FileId {
    let root = VirtualPath::new("/").and_then(|top| top.join(path));
    match root {
        Ok(path) => FileId::new(RootedPath::new(VirtualRoot::Project, path)),
        Err(_) => unreachable!("a fixed path"),
    }
}

/// The world of one paper.
pub(super) struct OnePaper {
    data: Bytes,
}

impl OnePaper {
    /// The world in which `paper.json` is this.
    pub fn new(data: Vec<u8>) -> Self {
        Self { data: Bytes::new(data) }
    }
}

impl World for OnePaper {
    fn library(&self) -> &LazyHash<Library> {
        &SHARED.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHARED.book
    }

    fn main(&self) -> FileId {
        SHARED.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == SHARED.template.id() { Ok(SHARED.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == SHARED.data { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHARED.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
