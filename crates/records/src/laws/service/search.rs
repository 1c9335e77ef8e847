//! What of the shelf can be found: every article of a document by itself, and every card; and the links of the cards.

use chrono::Days;
use futures::future::BoxFuture;
use kernel::{Result, Uuid, time};
use platform::{
    App,
    links::Linking,
    markdown::{links, plain},
    search::Entry,
};

use crate::laws::{
    model::{article_slug, name_of},
    store,
};

/// Ids of documents after one.
pub(crate) fn find_law_ids(app: &App, after: Option<Uuid>, limit: i64) -> BoxFuture<'_, Result<Vec<Uuid>>> {
    Box::pin(async move { store::law_ids(app.db.read(), after, limit).await })
}

/// Documents with their articles as they stand today; those not in force yet as they will begin, at the address of that day.
pub(crate) fn find_laws<'a>(app: &'a App, ids: &'a [Uuid]) -> BoxFuture<'a, Result<Vec<Entry>>> {
    Box::pin(async move {
        let c = app.db.read();
        let today = time::date_to_int(app.clock.today());
        let (laws, texts) = tokio::try_join!(store::laws_of(c, ids), store::texts_to_find(c, ids, today))?;
        let mut out = Vec::with_capacity(laws.len() + texts.len());
        for law in &laws {
            let name = name_of(&law.kind, &law.number, &law.title);
            let path = format!("/luat/{}", law.slug);
            let entry = Entry { item: law.id, date: law.issued_on, ..Entry::default() };
            for text in texts.iter().filter(|text| text.law_id == law.id) {
                let ahead = if text.from_on > today { format!("?ngay={}", iso(text.from_on)) } else { String::new() };
                out.push(Entry {
                    path: format!("{path}/{}{ahead}", article_slug(&text.number)),
                    title: text.name(),
                    symbols: format!("{} Điều {}", law.number, text.number),
                    body: text.body.clone(),
                    within: name.clone(),
                    ..entry.clone()
                });
            }
            out.push(Entry {
                path,
                symbols: law.number.clone(),
                body: law.title.clone(),
                within: law.issuer.clone(),
                title: name,
                ..entry
            });
        }
        Ok(out)
    })
}

/// A stored day as addresses have it: `2026-11-09`.
fn iso(day: i64) -> String {
    time::date_from_int(day).map_or(String::new(), |day| day.to_string())
}

/// Days that are looked back on: the program may have stood still.
const BACK: u64 = 7;

/// Documents of which other words hold since midnight are looked at anew.
///
/// # Errors
/// When the database refuses.
pub(in crate::laws) async fn new_day(app: &App) -> Result<()> {
    let today = app.clock.today();
    let before = today.checked_sub_days(Days::new(BACK)).unwrap_or(today);
    let (after, until) = (time::date_to_int(before), time::date_to_int(today));
    let changed = store::changed_between(app.db.read(), after, until).await?;
    if changed.is_empty() {
        return Ok(());
    }
    let tx = app.db.begin().await?;
    platform::search::changed(&*tx, "law", &changed).await?;
    tx.commit().await
}

/// Ids of cards after one.
pub(crate) fn find_card_ids(app: &App, after: Option<Uuid>, limit: i64) -> BoxFuture<'_, Result<Vec<Uuid>>> {
    Box::pin(async move { store::card_ids(app.db.read(), after, limit).await })
}

/// Cards that readers see.
pub(crate) fn find_cards<'a>(app: &'a App, ids: &'a [Uuid]) -> BoxFuture<'a, Result<Vec<Entry>>> {
    Box::pin(async move {
        let today = time::date_to_int(app.clock.today());
        let cards = store::cards_of(app.db.read(), today, ids).await?;
        let entry = |card: store::Card| Entry {
            item: card.id,
            path: format!("/luat-cho-toi/{}", card.slug),
            title: card.title,
            symbols: format!("{} Điều {}", card.law_number, card.article),
            body: plain(&card.body),
            within: "Luật cho tôi".into(),
            date: card.checked_on,
            ..Entry::default()
        };
        Ok(cards.into_iter().filter(|card| card.shown).map(entry).collect())
    })
}

/// Links in the cards that readers see.
pub(crate) fn link_cards<'a>(app: &'a App, ids: &'a [Uuid]) -> BoxFuture<'a, Result<Vec<Linking>>> {
    Box::pin(async move {
        let today = time::date_to_int(app.clock.today());
        let cards = store::cards_of(app.db.read(), today, ids).await?.into_iter().filter(|card| card.shown);
        let linking = cards.map(|card| Linking {
            item: card.id,
            page: format!("/luat-cho-toi/{}", card.slug),
            desk: format!("/tu-sach/the/{}", card.id),
            agency: None,
            links: links(&card.body),
            title: card.title,
        });
        Ok(linking.collect())
    })
}
