//! Static pages that can be found.

use kernel::{Result, Timestamp, Uuid, time};
use platform::{
    App,
    search::{Entry, SearchDef},
};

use crate::{publications::model::plain, site::store};

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
