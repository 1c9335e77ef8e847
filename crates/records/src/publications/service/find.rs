//! What of the publications can be found.

use kernel::{Result, Timestamp, Uuid, time};
use platform::{
    App,
    links::{Linking, LinksDef},
    search::{Audience, Entry, SearchDef},
};

use crate::{
    activities::{definitions, name_in},
    publications::{
        model::{links, plain},
        store,
    },
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

/// See [`LinksDef`].
pub(in crate::publications) const LINKS: &[LinksDef] = &[LinksDef {
    kind: KIND,
    label: "Tin, bài",
    ids: |app, after, most| Box::pin(store::live_ids(app.db.read(), after, most)),
    load: |app, ids| Box::pin(linking(app, ids)),
}];

async fn linking(app: &App, ids: &[Uuid]) -> Result<Vec<Linking>> {
    let texts = store::live_texts(app.db.read(), ids).await?.into_iter();
    let linking = texts.map(|text| Linking {
        item: text.id,
        page: format!("/tin/{}", text.slug),
        desk: format!("/toa-soan/{}", text.id),
        agency: Some(text.agency_id),
        links: links(&text.body),
        title: text.title,
    });
    Ok(linking.collect())
}

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
