//! The words of a text as they are read: with links to the law, and what its quotes get wrong.

use chrono::NaiveDate;
use kernel::{Error, Result, time};
use platform::App;

use crate::{
    laws::{
        model::{kind_name, slug_of},
        service::{article_page, articles_on},
    },
    publications::model::{block, linked, named, quotes, render, says},
};

/// A quote whose words are not those of the article on the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// As the text names the article.
    pub name: String,
    /// Where the article stands.
    pub path: String,
}

/// A text as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// HTML that is safe to show.
    pub html: String,
    /// For who writes it.
    pub doubts: Vec<Doubt>,
}

/// A text of a day: articles of law that it names lead to the bookshelf as they stood on that day. At most two statements.
///
/// # Errors
/// When the database refuses.
pub async fn shown(app: &App, markdown: &str, day: NaiveDate) -> Result<Shown> {
    let html = render(markdown);
    let quotes = quotes(markdown);
    let mut wanted = named(&html);
    wanted.extend(quotes.iter().map(|quote| quote.of.clone()));
    let there = articles_on(app, &wanted, day).await?;
    let differs = |of: &(String, String), words: &str| {
        there.get(of).filter(|stood| stood.words.as_ref().is_some_and(|article| !says(article, words)))
    };
    let doubts = quotes
        .into_iter()
        .filter_map(|quote| {
            differs(&quote.of, &quote.words).map(|stood| Doubt { path: stood.path.clone(), name: quote.name })
        })
        .collect();
    Ok(Shown { html: linked(&html, |one| there.get(one).map(|stood| stood.path.as_str())), doubts })
}

/// An article to be quoted.
pub(crate) struct Quotable {
    /// "Điều 11 Luật số 14/2012/QH13".
    pub name: String,
    /// Its heading.
    pub heading: String,
    /// Where it stands.
    pub path: String,
    /// A quoted block of Markdown with its words.
    pub block: String,
}

/// The words of an article on a day, as a quoted block.
///
/// # Errors
/// [`Error::Invalid`] when the bookshelf has no words of it for that day.
pub(crate) async fn quotable(app: &App, number: &str, article: &str, day: NaiveDate) -> Result<Quotable> {
    let slug = slug_of(number);
    let page = match article_page(app, &slug, article, time::date_to_int(day)).await {
        Err(Error::NotFound) => {
            let message = "Tủ sách pháp luật chưa có điều này; hãy xem lại số hiệu văn bản và số của điều.";
            return Err(Error::invalid("dieu", message));
        }
        other => other?,
    };
    let text = page.at.and_then(|at| page.versions.get(at)).filter(|text| !text.body.is_empty());
    let text = text
        .ok_or_else(|| Error::invalid("dieu", "Tủ sách pháp luật không có nội dung của điều này vào ngày đã chọn."))?;
    let law = &page.standing.law;
    let kind = if law.kind == "khac" { "Văn bản" } else { kind_name(&law.kind) };
    let name = format!("Điều {} {kind} số {}", text.number, law.number);
    let named = (slug, text.number.clone());
    let path = articles_on(app, std::slice::from_ref(&named), day).await?.remove(&named);
    Ok(Quotable {
        block: block(&name, &text.body),
        path: path.map(|stood| stood.path).unwrap_or_default(),
        heading: text.name(),
        name,
    })
}
