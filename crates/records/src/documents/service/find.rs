//! What of the confirmed papers can be found, by those who may read them.

use std::collections::BTreeMap;

use kernel::{Action, Result, Uuid};
use platform::{
    App,
    search::{Audience, Entry, SearchDef},
};

use crate::documents::{model, policy, store};

/// Under which papers are found.
pub(super) const KIND: &str = "paper";

/// See [`SearchDef`].
pub(in crate::documents) const SEARCH: &[SearchDef] = &[SearchDef {
    kind: KIND,
    label: "Văn bản",
    read: Some(&policy::Read::DEF),
    ids: |app, after, most| Box::pin(store::confirmed_ids(app.db.read(), after, most)),
    load: |app, ids| Box::pin(load(app, ids)),
}];

async fn load(app: &App, ids: &[Uuid]) -> Result<Vec<Entry>> {
    let c = app.db.read();
    let mut readers: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for (document, agency) in store::readers_of(c, ids).await? {
        readers.entry(document).or_default().push(agency);
    }
    let entries = store::confirmed_texts(c, ids).await?.into_iter().map(|paper| {
        let public = model::from_key(&paper.audience) == Some(model::Audience::Public);
        Entry {
            item: paper.id,
            path: format!("/van-ban/{}", paper.id),
            symbols: format!("{} {}", paper.kind, paper.number),
            within: paper.issuer,
            body: paper.body,
            date: paper.issued_on,
            audience: if public {
                Audience::Staff
            } else {
                Audience::Agencies(readers.remove(&paper.id).unwrap_or_default())
            },
            title: match store::label(&paper.kind, &paper.number, "") {
                label if label.is_empty() => paper.title,
                label => format!("{label}: {}", paper.title),
            },
            ..Entry::default()
        }
    });
    Ok(entries.collect())
}
