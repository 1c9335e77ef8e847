//! Static pages that can be found, and what of the portal's face links elsewhere.

use kernel::{Result, Timestamp, Uuid, time};
use platform::{
    App,
    links::{Linking, LinksDef},
    search::{Entry, SearchDef},
};

use crate::{
    publications::model::{links, plain},
    site::store,
};

/// Under which they are found.
pub(super) const KIND: &str = "page";

/// See [`SearchDef`].
pub(in crate::site) const SEARCH: &[SearchDef] = &[SearchDef {
    kind: KIND,
    label: "Trang thông tin",
    read: None,
    ids: |app, after, most| Box::pin(store::live_ids(app.db.read(), after, most)),
    load: |app, ids| Box::pin(load(app, ids)),
}];

async fn load(app: &App, ids: &[Uuid]) -> Result<Vec<Entry>> {
    let pages = store::live_of(app.db.read(), ids).await?;
    let entry = |page: store::Live| Entry {
        item: page.id,
        path: format!("/trang/{}", page.slug),
        body: plain(&page.body),
        date: time::date_to_int(Timestamp(page.at).date()),
        title: page.title,
        ..Entry::default()
    };
    Ok(pages.into_iter().map(entry).collect())
}

/// See [`LinksDef`]. The menu is one thing, which has no id of its own.
pub(in crate::site) const LINKS: &[LinksDef] = &[
    LinksDef {
        kind: KIND,
        label: "Trang thông tin",
        ids: |app, after, most| Box::pin(store::live_ids(app.db.read(), after, most)),
        load: |app, ids| Box::pin(pages(app, ids)),
    },
    LinksDef {
        kind: "banner",
        label: "Băng thông báo",
        ids: |app, after, _| Box::pin(banner_ids(app, after)),
        load: |app, ids| Box::pin(banners(app, ids)),
    },
    LinksDef {
        kind: "menu",
        label: "Thực đơn",
        ids: |_, after, _| Box::pin(async move { Ok(after.is_none().then_some(Uuid::nil()).into_iter().collect()) }),
        load: |app, _| Box::pin(menu(app)),
    },
];

/// Where the menu and the banners are mended, and where readers see them.
const DESK: &str = "/giao-dien-cong";
const HOME: &str = "/";

async fn pages(app: &App, ids: &[Uuid]) -> Result<Vec<Linking>> {
    let pages = store::live_of(app.db.read(), ids).await?.into_iter();
    let linking = pages.map(|page| Linking {
        item: page.id,
        page: format!("/trang/{}", page.slug),
        desk: format!("{DESK}/trang/{}", page.id),
        agency: None,
        links: links(&page.body),
        title: page.title,
    });
    Ok(linking.collect())
}

async fn banners_now(app: &App) -> Result<Vec<store::Banner>> {
    store::banners_on(app.db.read(), time::date_to_int(app.clock.today())).await
}

/// All of them at once: a few are shown on a day.
async fn banner_ids(app: &App, after: Option<Uuid>) -> Result<Vec<Uuid>> {
    let mut ids: Vec<Uuid> = banners_now(app).await?.into_iter().map(|banner| banner.id).collect();
    ids.retain(|id| after.is_none_or(|after| *id > after));
    ids.sort();
    Ok(ids)
}

async fn banners(app: &App, ids: &[Uuid]) -> Result<Vec<Linking>> {
    let mut found = banners_now(app).await?;
    found.retain(|banner| ids.contains(&banner.id) && !banner.link.is_empty());
    let linking = found.into_iter().map(|banner| Linking {
        item: banner.id,
        page: HOME.to_owned(),
        desk: format!("{DESK}/thong-bao/{}", banner.id),
        agency: None,
        links: vec![(banner.link, banner.text.clone())],
        title: banner.text,
    });
    Ok(linking.collect())
}

async fn menu(app: &App) -> Result<Vec<Linking>> {
    let links = store::menu(app.db.read()).await?.into_iter().map(|item| (item.path, item.label)).collect();
    let (title, desk) = ("Thực đơn".to_owned(), DESK.to_owned());
    Ok(vec![Linking { item: Uuid::nil(), title, page: HOME.to_owned(), desk, agency: None, links }])
}
