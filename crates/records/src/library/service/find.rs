//! What of the library can be found: what is public by everybody, the rest by those who may see it.

use kernel::{Action, Result, Timestamp, Uuid, time};
use platform::{
    App,
    links::{Linking, LinksDef},
    markdown::{links, plain},
    search::{Audience, Entry, SearchDef},
};

use crate::{
    activities::{definitions, name_in},
    library::{
        model::{KINDS, name_of, practice_name},
        policy::ReadLibrary,
        store::{self, Above, MEDIA_MARKS, Mark, PRACTICE_MARKS},
    },
};

/// See [`SearchDef`].
pub(in crate::library) const SEARCH: &[SearchDef] = &[
    SearchDef {
        kind: "media",
        label: "Tư liệu",
        read: Some(&ReadLibrary::DEF),
        ids: |app, after, most| Box::pin(store::ids(app.db.read(), "media", after, most)),
        load: |app, ids| Box::pin(media(app, ids)),
    },
    SearchDef {
        kind: "practice",
        label: "Mô hình, điển hình",
        read: Some(&ReadLibrary::DEF),
        ids: |app, after, most| Box::pin(store::ids(app.db.read(), "practices", after, most)),
        load: |app, ids| Box::pin(practices(app, ids)),
    },
];

/// See [`LinksDef`].
pub(in crate::library) const LINKS: &[LinksDef] = &[LinksDef {
    kind: "practice",
    label: "Mô hình, điển hình",
    ids: |app, after, most| Box::pin(store::ids(app.db.read(), "practices", after, most)),
    load: |app, ids| Box::pin(linking(app, ids)),
}];

async fn linking(app: &App, ids: &[Uuid]) -> Result<Vec<Linking>> {
    let shown = store::practices_of(app.db.read(), ids).await?.into_iter().filter(|one| one.shown_at > 0);
    let linking = shown.map(|one| Linking {
        item: one.id,
        page: format!("/mo-hinh/{}", one.slug),
        desk: format!("/tu-lieu/mo-hinh/{}", one.id),
        agency: Some(one.agency_id),
        links: [links(&one.body), links(&one.results)].concat(),
        title: one.title,
    });
    Ok(linking.collect())
}

/// Fields of law of an owner, with their names.
fn fields(marks: &[Mark], owner: Uuid) -> Vec<(String, String)> {
    let mine = marks.iter().filter(|mark| mark.owner == owner && mark.kind == "field");
    mine.map(|mark| (mark.key.clone(), name_in(&definitions().fields, &mark.key).to_owned())).collect()
}

/// Everybody, or its agency and those above.
fn audience(shown: bool, agency: Uuid, above: &[Above]) -> Audience {
    if shown {
        return Audience::Public;
    }
    Audience::Agencies(above.iter().filter(|one| one.agency == agency).map(|one| one.above).collect())
}

async fn media(app: &App, ids: &[Uuid]) -> Result<Vec<Entry>> {
    let c = app.db.read();
    let items = store::items(c, ids).await?;
    let marks = store::marks(c, MEDIA_MARKS, ids).await?;
    let above = store::above(c, &items.iter().map(|item| item.agency_id).collect::<Vec<_>>()).await?;
    let mut out = Vec::with_capacity(items.len());
    for item in items {
        let shown = item.shown_at > 0;
        out.push(Entry {
            item: item.id,
            path: if shown { format!("/thu-vien/{}", item.slug) } else { format!("/tu-lieu/{}", item.id) },
            body: [item.about, item.alt, item.author, item.place].join("\n"),
            within: name_of(&KINDS, &item.kind).to_owned(),
            agency: Some(item.agency_id),
            agency_name: item.agency_name,
            fields: fields(&marks, item.id),
            date: if item.taken_on > 0 { item.taken_on } else { time::date_to_int(Timestamp(item.added_at).date()) },
            lang: if item.lang == "vi" { String::new() } else { item.lang },
            audience: audience(shown, item.agency_id, &above),
            title: item.title,
            ..Entry::default()
        });
    }
    Ok(out)
}

async fn practices(app: &App, ids: &[Uuid]) -> Result<Vec<Entry>> {
    let c = app.db.read();
    let found = store::practices_of(c, ids).await?;
    let marks = store::marks(c, PRACTICE_MARKS, ids).await?;
    let above = store::above(c, &found.iter().map(|one| one.agency_id).collect::<Vec<_>>()).await?;
    let mut out = Vec::with_capacity(found.len());
    for one in found {
        let shown = one.shown_at > 0;
        out.push(Entry {
            item: one.id,
            path: if shown { format!("/mo-hinh/{}", one.slug) } else { format!("/tu-lieu/mo-hinh/{}", one.id) },
            body: [one.summary, plain(&one.body), plain(&one.results), one.replicated].join("\n"),
            within: practice_name(&one.kind).to_owned(),
            agency: Some(one.agency_id),
            agency_name: one.agency_name,
            fields: fields(&marks, one.id),
            date: time::date_to_int(Timestamp(one.changed_at).date()),
            audience: audience(shown, one.agency_id, &above),
            title: one.title,
            ..Entry::default()
        });
    }
    Ok(out)
}
