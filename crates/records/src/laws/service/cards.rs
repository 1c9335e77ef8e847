//! Cards in plain words, each about one article, and which of them lag behind it.

use std::{collections::HashMap, sync::OnceLock};

use kernel::{Error, FieldErrors, Permit, Result, Uuid, new_id, text, time};
use platform::{App, revision};
use serde::Deserialize;
use serde_json::json;

use super::{note, standing};
use crate::laws::{
    model::{Status, article_of, article_slug, name_of, slug_of},
    policy::EditLaws,
    store::{self, Card},
};

/// By what cards are chosen.
#[derive(Debug, Clone, Deserialize, PartialEq, Eq)]
pub struct Topic {
    /// As stored and in addresses.
    pub key: String,
    /// On screen.
    pub name: String,
    /// One of the six groups of Mục 2 Chương II of Luật 14/2012/QH13?
    #[serde(default)]
    pub special: bool,
}

#[derive(Deserialize)]
struct Groups {
    group: Vec<Topic>,
}

#[derive(Deserialize)]
struct Events {
    event: Vec<Topic>,
}

/// Kinds of marks: key, part of the address, name.
pub const GROUPS: [(&str, &str, &str); 3] =
    [("group", "nhom", "Tôi là"), ("event", "su-kien", "Tôi cần"), ("place", "noi", "Tôi ở")];

/// The six target groups of Điều 17–22.
pub(crate) fn groups() -> &'static [Topic] {
    static LIST: OnceLock<Vec<Topic>> = OnceLock::new();
    LIST.get_or_init(|| {
        let all: Groups = toml::from_str(include_str!("../../../../../definitions/activities/groups.toml"))
            .unwrap_or(Groups { group: Vec::new() });
        all.group.into_iter().filter(|group| group.special).collect()
    })
}

/// Life events.
pub(crate) fn events() -> &'static [Topic] {
    static LIST: OnceLock<Vec<Topic>> = OnceLock::new();
    LIST.get_or_init(|| {
        let all: Result<Events, _> = toml::from_str(include_str!("../../../../../definitions/laws/events.toml"));
        all.map(|all| all.event).unwrap_or_default()
    })
}

/// Provinces of today.
///
/// # Errors
/// When the database refuses.
async fn places(app: &App) -> Result<Vec<Topic>> {
    let found = store::places(app.db.read(), today(app)).await?;
    Ok(found.into_iter().map(|place| Topic { key: place.code, name: place.name, special: false }).collect())
}

/// What a card may be marked with, by kind.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn topics(app: &App) -> Result<Vec<(&'static str, Vec<Topic>)>> {
    Ok(vec![("group", groups().to_vec()), ("event", events().to_vec()), ("place", places(app).await?)])
}

fn today(app: &App) -> i64 {
    time::date_to_int(app.clock.today())
}

/// A card as it stands today.
#[derive(Debug, Clone)]
pub struct CardView {
    /// The card.
    pub card: Card,
    /// Its article says something else than when the card was written or compared, or no longer holds.
    pub changed: bool,
    /// Its article's words were never compared: they are not on the shelf, or came later.
    pub unchecked: bool,
    /// Effect of its document today, when it is on the shelf.
    pub status: Option<Status>,
    /// Kind, key and name of its marks.
    pub marks: Vec<(String, String, String)>,
}

impl CardView {
    /// Page of its article, when it is on the shelf.
    pub fn article_path(&self) -> Option<String> {
        let there = self.card.now_mark.is_some();
        there.then(|| format!("/luat/{}/{}", self.card.law_slug, article_slug(&self.card.article)))
    }
}

/// Cards with how they stand: in a constant number of statements.
async fn views(app: &App, cards: Vec<Card>) -> Result<Vec<CardView>> {
    let c = app.db.read();
    let ids: Vec<Uuid> = cards.iter().map(|card| card.id).collect();
    let mut slugs: Vec<String> = cards.iter().map(|card| card.law_slug.clone()).collect();
    slugs.sort();
    slugs.dedup();
    let (marks, laws) = tokio::try_join!(store::marks(c, &ids), store::laws_at(c, &slugs))?;
    let laws: HashMap<String, Status> =
        standing(app, laws, today(app)).await?.into_iter().map(|one| (one.law.slug, one.status)).collect();
    let topics = topics(app).await?;
    let name = |kind: &str, key: &str| {
        let list = topics.iter().find(|(known, _)| *known == kind).map(|(_, list)| list)?;
        list.iter().find(|topic| topic.key == key).map(|topic| topic.name.clone())
    };
    let view = |card: Card| {
        let status = laws.get(&card.law_slug).copied();
        let lags = !card.mark.is_empty() && card.now_mark.as_ref() != Some(&card.mark);
        CardView {
            changed: lags || status == Some(Status::Ended),
            unchecked: card.mark.is_empty(),
            status,
            marks: marks
                .iter()
                .filter(|mark| mark.card_id == card.id)
                .filter_map(|mark| Some((mark.kind.clone(), mark.key.clone(), name(&mark.kind, &mark.key)?)))
                .collect(),
            card,
        }
    };
    Ok(cards.into_iter().map(view).collect())
}

/// Every card (`shown`: that readers see), and what it may be chosen by: kind, topic, number of cards that readers see.
///
/// # Errors
/// When the database refuses.
pub async fn cards_overview(app: &App, shown: bool) -> Result<(Vec<CardView>, Vec<(&'static str, Topic, i64)>)> {
    let c = app.db.read();
    let (cards, counts) = tokio::try_join!(store::cards(c, today(app), shown), store::mark_counts(c))?;
    let mut found = Vec::new();
    for (kind, list) in topics(app).await? {
        for topic in list {
            let n = counts.iter().find(|count| count.kind == kind && count.key == topic.key).map_or(0, |count| count.n);
            if n > 0 {
                found.push((kind, topic, n));
            }
        }
    }
    Ok((views(app, cards).await?, found))
}

/// Cards of a topic: its name and the cards. `part` is the part of the address ("nhom").
///
/// # Errors
/// [`Error::NotFound`] for a topic that does not exist.
pub async fn topic_cards(app: &App, part: &str, key: &str) -> Result<(String, Vec<CardView>)> {
    let (kind, ..) = GROUPS.iter().find(|(_, known, _)| *known == part).ok_or(Error::NotFound)?;
    let topics = topics(app).await?;
    let list = topics.iter().find(|(known, _)| known == kind).map(|(_, list)| list.as_slice()).unwrap_or_default();
    let topic = list.iter().find(|topic| topic.key == key).ok_or(Error::NotFound)?;
    let cards = store::cards_marked(app.db.read(), today(app), (kind, key)).await?;
    Ok((topic.name.clone(), views(app, cards).await?))
}

/// A card that readers see.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn card_page(app: &App, slug: &str) -> Result<CardView> {
    let card = store::card_at(app.db.read(), today(app), slug).await?.filter(|card| card.shown);
    views(app, card.into_iter().collect()).await?.into_iter().next().ok_or(Error::NotFound)
}

/// A card for those who write cards.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn card_for_staff(app: &App, id: Uuid) -> Result<CardView> {
    let card = store::card(app.db.read(), today(app), id).await?;
    views(app, card.into_iter().collect()).await?.into_iter().next().ok_or(Error::NotFound)
}

/// A card as somebody writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct CardDraft {
    pub title: String,
    pub body: String,
    /// Number of the document.
    pub number: String,
    /// How the document is called; taken from the shelf when it is there.
    pub law_name: String,
    pub article: String,
    /// (kind, key).
    pub marks: Vec<(&'static str, String)>,
    pub shown: bool,
}

impl CardDraft {
    fn check(&self, topics: &[(&'static str, Vec<Topic>)], errors: &mut FieldErrors) {
        if slug_of(&self.number).is_empty() {
            errors.add("so_hieu", "Hãy điền số hiệu văn bản, ví dụ 14/2012/QH13.");
        }
        if article_of(&article_slug(&self.article)).is_none() {
            errors.add("dieu", "Hãy điền số của điều, ví dụ 11 hoặc 11a.");
        }
        if !self.marks.iter().any(|(kind, _)| matches!(*kind, "group" | "event")) {
            errors.add("doi_tuong", "Hãy chọn ít nhất một đối tượng hoặc một việc trong đời.");
        }
        for (kind, key) in &self.marks {
            if !topics.iter().any(|(known, list)| known == kind && list.iter().any(|topic| topic.key == *key)) {
                errors.add("doi_tuong", "Có mục đã chọn không còn trong danh sách. Hãy tải lại trang.");
            }
        }
    }
}

/// Writes a card, or (`at`: id and version) changes one; its id. It is taken to fit the article's words of today.
///
/// # Errors
/// [`Error::Invalid`], [`Error::NotFound`], [`Error::Conflict`] when somebody else was faster.
pub(crate) async fn save(
    app: &App,
    permit: &Permit<EditLaws>,
    at: Option<(Uuid, i64)>,
    draft: &CardDraft,
) -> Result<Uuid> {
    let c = app.db.read();
    let mut errors = FieldErrors::default();
    draft.check(&topics(app).await?, &mut errors);
    errors.into_result(())?;
    let today = today(app);
    let old = match at {
        Some((id, _)) => Some(store::card(c, today, id).await?.ok_or(Error::NotFound)?),
        None => None,
    };
    let new = old.is_none();
    let law_slug = slug_of(&draft.number);
    let law = store::law_at(c, &law_slug).await?;
    let words = match &law {
        Some(law) => store::versions(c, law.id, &draft.article).await?,
        None => Vec::new(),
    };
    if law.is_some() && words.is_empty() {
        let message = format!("Văn bản {} trong tủ sách không có Điều {}.", draft.number, draft.article);
        return Err(Error::invalid("dieu", message));
    }
    let mut card = old.unwrap_or(Card { id: new_id(), ..Card::default() });
    if new {
        let wanted = text::fold(&draft.title).replace(' ', "-");
        let wanted: String = wanted.chars().filter(|sign| sign.is_ascii()).take(80).collect();
        let taken = wanted.is_empty() || store::card_at(c, today, &wanted).await?.is_some();
        card.slug = if taken { format!("{wanted}-{}", app.clock.now().0) } else { wanted };
    }
    card.title.clone_from(&draft.title);
    card.body.clone_from(&draft.body);
    card.law_name = match &law {
        Some(law) => name_of(&law.kind, &law.number, &law.title),
        None => draft.law_name.clone(),
    };
    card.law_slug = law_slug;
    card.law_number.clone_from(&draft.number);
    card.article.clone_from(&draft.article);
    card.mark = words.iter().find(|text| text.version().holds(today)).map(|text| text.mark.clone()).unwrap_or_default();
    card.checked_on = today;
    card.shown = draft.shown;
    card.version = at.map_or(0, |(_, version)| version);
    card.written_name.clone_from(&permit.actor().name);
    let tx = app.db.begin().await?;
    store::save_card(&*tx, &card, &draft.marks, new, app.clock.now()).await?;
    note(app, &tx, permit.actor(), ("laws.card", "card", &[card.id]), json!({ "title": card.title })).await?;
    tx.commit().await?;
    revision::moved(app);
    Ok(card.id)
}

/// Says that a card still fits its article as it stands today.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when there is nothing to compare with, or when somebody else was faster.
pub(crate) async fn compare(app: &App, permit: &Permit<EditLaws>, id: Uuid) -> Result<()> {
    let view = card_for_staff(app, id).await?;
    let Some(mark) = view.card.now_mark.clone() else {
        return Err(Error::Conflict("Điều này chưa có trong tủ sách nên chưa đối chiếu được.".into()));
    };
    let marks: Vec<(&str, String)> = view.marks.iter().map(|(kind, key, _)| (kind.as_str(), key.clone())).collect();
    let card = Card { mark, checked_on: today(app), ..view.card };
    let tx = app.db.begin().await?;
    store::save_card(&*tx, &card, &marks, false, app.clock.now()).await?;
    note(app, &tx, permit.actor(), ("laws.compare", "card", &[card.id]), json!({ "title": card.title })).await?;
    tx.commit().await?;
    revision::moved(app);
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_lists_can_be_read() {
        assert_eq!(super::groups().len(), 6);
        assert!(super::events().len() >= 8);
    }
}
