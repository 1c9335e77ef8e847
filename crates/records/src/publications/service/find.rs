//! What of the publications can be found.

use kernel::{Result, Timestamp, Uuid, time};
use platform::{
    App,
    search::{Audience, Entry, SearchDef},
};

use crate::{
    activities::{definitions, name_in},
    publications::{model::plain, store},
};

/// Under which publications are found.
pub(super) const KIND: &str = "article";

/// See [`SearchDef`].
pub(in crate::publications) const SEARCH: &[SearchDef] = &[SearchDef {
    kind: KIND,
    label: "Tin, bài",
    read: None,
    ids: |app, after, most| Box::pin(store::live_ids(app.db.read(), after, most)),
    load: |app, ids| Box::pin(load(app, ids)),
}];

async fn load(app: &App, ids: &[Uuid]) -> Result<Vec<Entry>> {
    let c = app.db.read();
    let texts = store::live_texts(c, ids).await?;
    let editions: Vec<Uuid> = texts.iter().map(|text| text.marked_id).collect();
    let marks = store::marks_of(c, &editions).await?;
    let sections = store::sections(c).await?;
    let fields = &definitions().fields;
    let entries = texts.into_iter().map(|text| {
        let of = |kind: &'static str| {
            marks
                .iter()
                .filter(move |mark| mark.edition_id == text.marked_id && mark.kind == kind)
                .map(|mark| &mark.key)
        };
        let place = [(text.place_code, text.place_name), (text.province_code, text.province_name)];
        Entry {
            item: text.id,
            path: format!("/tin/{}", text.slug),
            body: format!("{}\n{}", text.lead, plain(&text.body)),
            agency: Some(text.agency_id),
            localities: place.into_iter().filter(|(code, _)| !code.is_empty()).collect(),
            sections: of("section")
                .filter_map(|key| sections.iter().find(|section| section.id.to_string() == *key))
                .map(|section| (section.slug.clone(), section.title.clone()))
                .collect(),
            fields: of("field").map(|key| (key.clone(), name_in(fields, key).to_owned())).collect(),
            date: time::date_to_int(Timestamp(text.first_at).date()),
            title: text.title,
            agency_name: text.agency_name,
            lang: text.lang,
            audience: Audience::Public,
            ..Entry::default()
        }
    });
    Ok(entries.collect())
}
