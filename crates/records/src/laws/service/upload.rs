//! A file of one document: read, looked at, put onto the shelf as the document or as a further version of it.

use bytes::Bytes;
use chrono::NaiveDate;
use kernel::{Error, FieldErrors, Permit, Result, Uuid, new_id, time};
use platform::App;

use super::{Shelved, shelve, shelve::mended};
use crate::{
    documents::extract,
    laws::{
        model::{Document, Held, Link, Version, Words, codified, is_codified, kind_name, plain, slug_of},
        policy::{EditLaws, ReadLaws},
        store::{self, Draft, Law, Text},
    },
};

/// Reads a file and keeps its words until somebody confirms them.
///
/// # Errors
/// [`Error::Invalid`] with what to do when it cannot be read.
pub(crate) async fn upload(app: &App, permit: &Permit<EditLaws>, name: &str, bytes: Bytes) -> Result<Uuid> {
    if bytes.is_empty() {
        return Err(Error::invalid("tep", "Hãy chọn tệp văn bản (.docx, .pdf, .md hoặc .txt)."));
    }
    let source =
        extract(&app.config.tools, bytes, name).await.map_err(|unread| Error::invalid("tep", unread.to_string()))?;
    let draft = Draft {
        id: new_id(),
        file_name: name.to_owned(),
        body: source.text,
        by_name: permit.actor().name.clone(),
        added_at: app.clock.now().0,
    };
    let tx = app.db.begin().await?;
    store::insert_draft(&*tx, &draft).await?;
    tx.commit().await?;
    Ok(draft.id)
}

/// What was found in a file.
pub(crate) struct Review {
    pub draft: Draft,
    /// Documents found: one, or those of a topic of the codified law.
    pub documents: Vec<Document>,
    /// The one on the shelf with the same number.
    pub known: Option<Law>,
    /// Articles of that one as they stand today.
    pub texts: Vec<Text>,
}

impl Review {
    /// Several documents, to be taken in as they are.
    pub(crate) fn codified(&self) -> bool {
        self.documents.len() != 1
    }

    /// Number of each article with what confirming does to it, when the file is the only document.
    pub(crate) fn effects(&self, number: &str) -> Vec<(String, String, &'static str)> {
        let Some(document) = self.documents.first() else { return Vec::new() };
        let known = self.known.as_ref().is_some_and(|law| law.slug == slug_of(number));
        let mut out: Vec<_> = document
            .articles
            .iter()
            .filter_map(|(article, versions)| {
                let words = &versions.first()?.words;
                let before = self.texts.iter().find(|text| text.number == *article).filter(|_| known);
                let effect = match before {
                    None => "mới",
                    Some(text) if text.body == words.body && text.heading == words.heading => "giữ nguyên",
                    Some(_) => "thay đổi",
                };
                Some((article.clone(), words.heading.clone(), effect))
            })
            .collect();
        if known {
            let gone = self.texts.iter().filter(|text| text.held() != Held::Repealed);
            let gone = gone.filter(|text| !document.articles.iter().any(|(number, _)| *number == text.number));
            out.extend(gone.map(|text| (text.number.clone(), text.heading.clone(), "không có trong tệp")));
        }
        out
    }
}

/// What was found in a file that waits.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn review(app: &App, _: &Permit<ReadLaws>, id: Uuid, number: Option<&str>) -> Result<Review> {
    let c = app.db.read();
    let draft = store::draft(c, id).await?.ok_or(Error::NotFound)?;
    let today = time::date_to_int(app.clock.today());
    let mut documents =
        if is_codified(&draft.body) { codified(&draft.body, today) } else { vec![plain(&draft.body, 0)] };
    let slug = slug_of(number.unwrap_or_else(|| documents.first().map_or("", |one| one.number.as_str())));
    let known = if slug.is_empty() { None } else { store::law_at(c, &slug).await? };
    let texts = match &known {
        Some(law) => {
            let mends = store::mends(c, &[law.id]).await?;
            if let [document] = documents.as_mut_slice() {
                for (number, versions) in &mut document.articles {
                    versions.iter_mut().for_each(|version| mended(&mends, law.id, number, &mut version.words));
                }
            }
            store::texts_on(c, &[law.id], today).await?
        }
        None => Vec::new(),
    };
    Ok(Review { draft, documents, known, texts })
}

/// Facts of the document as somebody confirms them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Confirmation {
    pub number: String,
    pub kind: String,
    pub title: String,
    pub issuer: String,
    pub issued: Option<NaiveDate>,
    pub effect: Option<NaiveDate>,
    /// What brought this version of a known document.
    pub cause: String,
    /// Numbers of the documents that it replaces, ends, amends.
    pub replaces: Vec<String>,
    pub repeals: Vec<String>,
    pub amends: Vec<String>,
    /// The file holds all of the document: articles of the known one that are not in it are repealed.
    pub whole: bool,
    /// What is known of it was compared with the official source.
    pub checked: bool,
}

impl Confirmation {
    fn check(&self, codified: bool, errors: &mut FieldErrors) {
        if codified {
            return;
        }
        if slug_of(&self.number).is_empty() {
            errors.add("so_hieu", "Hãy điền số hiệu văn bản, ví dụ 14/2012/QH13.");
        }
        if kind_name(&self.kind).is_empty() {
            errors.add("loai", "Hãy chọn loại văn bản trong danh sách.");
        }
        if self.title.is_empty() {
            errors.add("ten", "Hãy điền tên văn bản.");
        }
    }

    /// The document on the shelf with the words of the file laid over it.
    fn document(self, review: &Review, today: i64) -> Document {
        let known = review.known.as_ref().filter(|law| law.slug == slug_of(&self.number));
        let effect = self.effect.map_or(0, time::date_to_int);
        let found = review.documents.first();
        let mut articles: Vec<(String, Vec<Version>)> = Vec::new();
        for (number, versions) in found.iter().flat_map(|one| &one.articles) {
            let Some(version) = versions.first() else { continue };
            let words = Words { cause: self.cause.clone(), ..version.words.clone() };
            articles.push((number.clone(), vec![Version::since(effect, words)]));
        }
        if let Some(known) = known
            && self.whole
            && effect > known.effect_from
        {
            for text in review.texts.iter().filter(|text| text.held() != Held::Repealed) {
                if !articles.iter().any(|(number, _)| *number == text.number) {
                    let gone = Words {
                        held: Held::Repealed,
                        body: String::new(),
                        cause: self.cause.clone(),
                        ..text.version().words
                    };
                    articles.push((text.number.clone(), vec![Version::since(effect, gone)]));
                }
            }
        }
        let link = |relation, to: &String| Link { from: self.number.clone(), relation, to: to.clone(), on: effect };
        let mut links: Vec<Link> = self.replaces.iter().map(|to| link("replaces", to)).collect();
        links.extend(self.repeals.iter().map(|to| link("repeals", to)));
        links.extend(self.amends.iter().map(|to| link("amends", to)));
        Document {
            source: review.draft.file_name.clone(),
            checked_on: if self.checked { today } else { 0 },
            // Of a known document, the day is that of the version.
            effect_from: if known.is_some() { 0 } else { effect },
            issued_on: self.issued.map_or(0, time::date_to_int),
            number: self.number,
            kind: self.kind,
            title: self.title,
            issuer: self.issuer,
            articles,
            links,
            ended_on: 0,
            sample: false,
        }
    }
}

/// Puts a file that waits onto the shelf.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Invalid`]; [`Error::Conflict`] when a file without any article is no document.
pub(crate) async fn confirm(
    app: &App,
    permit: &Permit<EditLaws>,
    id: Uuid,
    confirmation: Confirmation,
) -> Result<(Shelved, Option<String>)> {
    let read = Permit::<ReadLaws>::of(permit.actor()).ok_or(Error::NotFound)?;
    let review =
        review(app, &read, id, Some(&confirmation.number).filter(|number| !number.is_empty()).map(String::as_str))
            .await?;
    let mut errors = FieldErrors::default();
    confirmation.check(review.codified(), &mut errors);
    if review.known.is_some() && confirmation.effect.is_none() && !review.codified() {
        errors.add("hieu_luc", "Văn bản đã có trong tủ sách: hãy điền ngày có hiệu lực của phiên bản này.");
    }
    errors.into_result(())?;
    if review.documents.iter().all(|one| one.articles.is_empty()) {
        return Err(Error::Conflict("Không tìm thấy điều nào trong tệp; hãy kiểm tra lại tệp.".into()));
    }
    let today = time::date_to_int(app.clock.today());
    let (documents, slug) = if review.codified() {
        (review.documents, None)
    } else {
        let slug = slug_of(&confirmation.number);
        (vec![confirmation.document(&review, today)], Some(slug))
    };
    let done = shelve(app, permit.actor(), &documents).await?;
    let tx = app.db.begin().await?;
    store::delete_draft(&*tx, id).await?;
    tx.commit().await?;
    Ok((done, slug))
}

/// Throws a file that waits away.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn throw_away(app: &App, _: &Permit<EditLaws>, id: Uuid) -> Result<()> {
    let tx = app.db.begin().await?;
    if store::delete_draft(&*tx, id).await? == 0 {
        return Err(Error::NotFound);
    }
    tx.commit().await
}
