//! What the last look found, for who may mend it.

use std::collections::{BTreeMap, HashSet};

use kernel::{Error, Page, Paging, Permit, Result, Uuid};
use platform::{App, jobs};

use super::{
    definitions,
    look::{AGAIN, LOOK, One},
};
use crate::{
    activities::service::overseen_by,
    links::store::{self, DeadLine, Look, Sight},
    publications::policy::{EditPublications, ReadPublications},
};

/// Which links are asked for.
#[derive(Debug, Clone, Default)]
pub(in crate::links) struct Sought {
    /// Kind of thing; empty: every one.
    pub kind: String,
    /// Of other sites, of this one; none: both.
    pub outside: Option<bool>,
}

/// A link that led nowhere.
#[derive(Debug, Clone)]
pub(in crate::links) struct Line {
    pub found: DeadLine,
    /// What kind of thing it stands in.
    pub label: &'static str,
    /// Is it gone from what readers see since?
    pub mended: bool,
}

async fn sight(app: &App, permit: &Permit<ReadPublications>) -> Result<Sight> {
    let portal = Permit::<EditPublications>::of(permit.actor()).is_some();
    Ok(Sight { roots: overseen_by(app, permit.roots()).await?, portal })
}

/// Links that lead nowhere in what a person oversees, and the look that found them.
///
/// # Errors
/// When the database refuses.
pub(in crate::links) async fn dead_links(
    app: &App,
    permit: &Permit<ReadPublications>,
    sought: &Sought,
    paging: Paging,
) -> Result<(Page<Line>, Option<Look>)> {
    let sight = sight(app, permit).await?;
    let c = app.db.read();
    let (total, rows, look) = tokio::try_join!(
        store::count_dead(c, &sight, sought),
        store::dead(c, &sight, sought, paging),
        store::last_look(c)
    )?;
    let still = still(app, &rows).await?;
    let line = |found: DeadLine| {
        let label = definitions(app).find(|def| def.kind == found.kind).map_or("", |def| def.label);
        let mended = !still.contains(&(found.item_id, found.address.clone()));
        Line { found, label, mended }
    };
    let page = Page { rows: rows.into_iter().map(line).collect(), total: u64::try_from(total).unwrap_or(0), paging };
    Ok((page, look))
}

/// Addresses that readers still see, of the things of these lines.
async fn still(app: &App, rows: &[DeadLine]) -> Result<HashSet<(Uuid, String)>> {
    let mut things: BTreeMap<&str, HashSet<Uuid>> = BTreeMap::new();
    for row in rows {
        things.entry(&row.kind).or_default().insert(row.item_id);
    }
    let mut out = HashSet::new();
    for (kind, items) in things {
        let Some(def) = definitions(app).find(|def| def.kind == kind) else { continue };
        let items: Vec<Uuid> = items.into_iter().collect();
        for one in (def.load)(app, &items).await? {
            out.extend(one.links.into_iter().map(|(address, _)| (one.item, address)));
        }
    }
    Ok(out)
}

/// Milliseconds within which one look is enough.
const OFTEN: i64 = 60_000;

/// Asks for a look at everything now, at most once a minute.
///
/// # Errors
/// When the person does not edit, or the database refuses.
pub(in crate::links) async fn look_now(app: &App, permit: &Permit<ReadPublications>) -> Result<()> {
    if Permit::<EditPublications>::of(permit.actor()).is_none() {
        return Err(Error::Denied);
    }
    let tx = app.db.begin().await?;
    let once = format!("{LOOK}:{}", app.clock.now().0 / OFTEN);
    jobs::enqueue(&*tx, &*app.clock, LOOK, &(), Some(&once)).await?;
    tx.commit().await
}

/// Asks for a look at the thing in which a link stands, at most once a minute.
///
/// # Errors
/// When the person sees no such link, or the database refuses.
pub(in crate::links) async fn look_one(app: &App, permit: &Permit<ReadPublications>, link: Uuid) -> Result<()> {
    let sight = sight(app, permit).await?;
    let found = store::one_dead(app.db.read(), &sight, link).await?.ok_or(Error::NotFound)?;
    let once = format!("{AGAIN}:{}:{}:{}", found.kind, found.item_id, app.clock.now().0 / OFTEN);
    let tx = app.db.begin().await?;
    jobs::enqueue(&*tx, &*app.clock, AGAIN, &One { kind: found.kind, item: found.item_id }, Some(&once)).await?;
    tx.commit().await
}
