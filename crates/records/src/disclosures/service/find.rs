//! What of public information can be found: entries and published answers.

use kernel::{Result, Timestamp, Uuid, text, time};
use platform::{
    App,
    links::{Linking, LinksDef},
    search::{Entry, SearchDef},
};

use crate::{
    activities::{definitions as activity_lists, name_in},
    disclosures::{model::definitions, store},
};

/// Under which they are found.
pub(super) const KIND: &str = "disclosure";

/// See [`SearchDef`].
pub(in crate::disclosures) const SEARCH: &[SearchDef] = &[SearchDef {
    kind: KIND,
    label: "Thông tin công khai",
    read: None,
    ids: |app, after, most| Box::pin(store::public_ids(app.db.read(), after, most)),
    load: |app, ids| Box::pin(load(app, ids)),
}];

/// See [`LinksDef`]: where what an agency publishes is to be read.
pub(in crate::disclosures) const LINKS: &[LinksDef] = &[LinksDef {
    kind: KIND,
    label: "Thông tin công khai",
    ids: |app, after, most| Box::pin(store::public_ids(app.db.read(), after, most)),
    load: |app, ids| Box::pin(linking(app, ids)),
}];

async fn linking(app: &App, ids: &[Uuid]) -> Result<Vec<Linking>> {
    let entries = store::public_entries_of(app.db.read(), ids).await?.into_iter().filter(|one| !one.link.is_empty());
    let linking = entries.map(|one| Linking {
        item: one.id,
        page: format!("/cong-khai-thong-tin/muc/{}", one.id),
        desk: format!("/tiep-can-thong-tin/muc/{}", one.id),
        agency: Some(one.agency_id),
        links: vec![(one.link, one.title.clone())],
        title: one.title,
    });
    Ok(linking.collect())
}

async fn load(app: &App, ids: &[Uuid]) -> Result<Vec<Entry>> {
    let c = app.db.read();
    let (entries, answers) = tokio::try_join!(store::public_entries_of(c, ids), store::answers_of(c, ids))?;
    let fields = &activity_lists().fields;
    let entries = entries.into_iter().map(|one| Entry {
        item: one.id,
        path: format!("/cong-khai-thong-tin/muc/{}", one.id),
        body: one.note,
        within: definitions().kind(&one.kind).map_or(String::new(), |kind| kind.name.clone()),
        fields: if one.field.is_empty() {
            Vec::new()
        } else {
            vec![(one.field.clone(), name_in(fields, &one.field).to_owned())]
        },
        agency: Some(one.agency_id),
        agency_name: one.agency_name,
        date: one.made_on,
        title: one.title,
        ..Entry::default()
    });
    let answers = answers.into_iter().map(|one| Entry {
        item: one.id,
        path: format!("/cong-khai-thong-tin/tra-loi/{}", one.id),
        title: text::shorten(&one.question, 120),
        body: format!("{}\n{}", one.question, one.answer),
        agency: Some(one.agency_id),
        agency_name: one.agency_name,
        date: time::date_to_int(Timestamp(one.public_at).date()),
        ..Entry::default()
    });
    Ok(entries.chain(answers).collect())
}
