//! Looking at the links of everything public: do they lead anywhere?

use std::collections::HashMap;

use kernel::{Page, Paging, Permit, Result, Uuid};
use platform::{App, jobs, jobs::JobContext, web::Onlooker};

use crate::{
    activities::service::overseen_by,
    publications::{
        model::links,
        policy::{EditPublications, ReadPublications},
        store::{self, Dead, DeadLine, Look, Looked},
    },
};

use super::outside;

/// The job that looks.
pub(in crate::publications) const JOB: &str = "publications.links";

/// Publications that are read at a time.
const BLOCK: i64 = 500;

/// The path of this site to which a link of an article leads; none for other sites, mail, telephones and places of the page itself.
fn path_of(base: &str, address: &str) -> Option<String> {
    let own = address.strip_prefix(base).filter(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']));
    let path = own.unwrap_or(address).split('#').next().unwrap_or_default();
    let scheme = path.split(['/', '?']).next().is_some_and(|first| first.contains(':'));
    match path {
        "" => own.map(|_| "/".to_owned()),
        _ if own.is_none() && scheme => None,
        path if path.starts_with('/') => Some(path.to_owned()),
        // As browsers read it on the page of an article.
        path => Some(format!("/tin/{path}")),
    }
}

/// Looks at every link of what is public, each address once; what leads nowhere takes the place of what the last look found.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn look(app: &App, context: &JobContext) -> Result<()> {
    let found = context.alive(app, look_at_all(app)).await?;
    let tx = app.db.begin().await?;
    store::replace_dead(&*tx, &found, app.clock.now()).await?;
    tx.commit().await
}

async fn look_at_all(app: &App) -> Result<Looked> {
    let (onlooker, c) = (Onlooker::new(app)?, app.db.read());
    let base = app.config.server.public_url.trim_end_matches('/');
    let (mut met, mut found, mut after) = (HashMap::<String, u16>::new(), Looked::default(), None);
    let mut outside: HashMap<String, Vec<(Uuid, String)>> = HashMap::new();
    loop {
        let ids = store::live_ids(c, after, BLOCK).await?;
        let Some(last) = ids.last().copied() else { break };
        for text in store::live_texts(c, &ids).await? {
            for (address, words) in links(&text.body) {
                let Some(path) = path_of(base, &address) else {
                    if app.config.links.outside && ["http://", "https://"].iter().any(|one| address.starts_with(one)) {
                        outside.entry(address).or_default().push((text.id, words));
                        found.outside += 1;
                    }
                    continue;
                };
                found.links += 1;
                let status = match met.get(&path) {
                    Some(status) => *status,
                    None => {
                        let status = onlooker.meets(&path).await;
                        met.insert(path, status);
                        status
                    }
                };
                if status >= 400 {
                    let (publication, status) = (text.id, i64::from(status));
                    found.dead.push(Dead { publication, address, words, status, outside: false });
                }
            }
        }
        after = Some(last);
    }
    let (asked, gone) = outside::ask(app, outside.keys().cloned().collect()).await?;
    found.asked = asked;
    for (address, places) in outside {
        let Some(status) = gone.get(&address) else { continue };
        found.dead.extend(places.into_iter().map(|(publication, words)| {
            let (address, status) = (address.clone(), *status);
            Dead { publication, address, words, status, outside: true }
        }));
    }
    Ok(found)
}

/// Links that lead nowhere in what a person oversees, and the look that found them.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn dead_links(
    app: &App,
    permit: &Permit<ReadPublications>,
    paging: Paging,
) -> Result<(Page<DeadLine>, Option<Look>)> {
    let roots = overseen_by(app, permit.roots()).await?;
    let c = app.db.read();
    let ((total, rows), look) = tokio::try_join!(store::dead(c, roots.as_deref(), paging), store::last_look(c))?;
    Ok((Page { rows, total: u64::try_from(total).unwrap_or(0), paging }, look))
}

/// Milliseconds within which one look is enough.
const OFTEN: i64 = 60_000;

/// Asks for a look now, at most once a minute.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn look_now(app: &App, _permit: &Permit<EditPublications>) -> Result<()> {
    let tx = app.db.begin().await?;
    let once = format!("{JOB}:{}", app.clock.now().0 / OFTEN);
    jobs::enqueue(&*tx, &*app.clock, JOB, &(), Some(&once)).await?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_this_site() {
        let of = |address: &str| path_of("https://cong.vn", address);
        assert_eq!(of("/tin/a?trang=2#b").as_deref(), Some("/tin/a?trang=2"));
        assert_eq!(of("https://cong.vn/luat").as_deref(), Some("/luat"));
        assert_eq!(of("https://cong.vn").as_deref(), Some("/"));
        assert_eq!(of("ten-bai").as_deref(), Some("/tin/ten-bai"));
        for other in ["https://cong.vn.xa/", "https://khac.vn/a", "mailto:a@b.vn", "tel:113", "#muc", ""] {
            assert_eq!(of(other), None, "{other}");
        }
    }
}
