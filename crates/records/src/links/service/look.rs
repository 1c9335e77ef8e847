//! Looking at the links of everything that readers see: do they lead anywhere?

use std::collections::HashMap;

use kernel::{Result, Uuid};
use platform::{App, jobs::JobContext, links::Linking, web::Onlooker};
use serde::{Deserialize, Serialize};

use super::{definitions, outside};
use crate::links::store::{self, Dead, Looked};

/// The job that looks at everything.
pub(in crate::links) const LOOK: &str = "links.look";
/// The job that looks at one thing again.
pub(in crate::links) const AGAIN: &str = "links.again";

/// Things that are read at a time.
const BLOCK: i64 = 500;

/// What is looked at again.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct One {
    pub kind: String,
    pub item: Uuid,
}

/// Looks at every link of what readers see, each address once; what leads nowhere takes the place of what the last look found.
///
/// # Errors
/// When the database refuses.
pub(in crate::links) async fn look(app: &App, context: &JobContext) -> Result<()> {
    let found = context.alive(app, look_at_all(app)).await?;
    let tx = app.db.begin().await?;
    store::replace_all(&*tx, &found, app.clock.now()).await?;
    tx.commit().await
}

async fn look_at_all(app: &App) -> Result<Looked> {
    let mut looking = Looking::new(app)?;
    for def in definitions(app) {
        let mut after = None;
        loop {
            let ids = (def.ids)(app, after, BLOCK).await?;
            let Some(last) = ids.last().copied() else { break };
            for one in (def.load)(app, &ids).await? {
                looking.at(def.kind, one).await;
            }
            after = Some(last);
        }
    }
    looking.end().await
}

/// Looks at one thing again.
///
/// # Errors
/// When the database refuses.
pub(in crate::links) async fn look_again(app: &App, context: &JobContext) -> Result<()> {
    let One { kind, item } = context.payload()?;
    let found = context.alive(app, look_at_one(app, &kind, item)).await?;
    let tx = app.db.begin().await?;
    store::replace_of(&*tx, (&kind, item), &found).await?;
    tx.commit().await
}

async fn look_at_one(app: &App, kind: &str, item: Uuid) -> Result<Looked> {
    let mut looking = Looking::new(app)?;
    for def in definitions(app).filter(|def| def.kind == kind) {
        for one in (def.load)(app, &[item]).await? {
            looking.at(def.kind, one).await;
        }
    }
    looking.end().await
}

/// A look while it goes on.
struct Looking<'a> {
    app: &'a App,
    onlooker: Onlooker,
    base: &'a str,
    /// What was met at paths of this site.
    met: HashMap<String, u16>,
    found: Looked,
    /// Links to other sites by address, as they stand in the list when nothing is there.
    outside: HashMap<String, Vec<Dead>>,
}

impl<'a> Looking<'a> {
    fn new(app: &'a App) -> Result<Self> {
        let base = app.config.server.public_url.trim_end_matches('/');
        let (met, found, outside) = (HashMap::new(), Looked::default(), HashMap::new());
        Ok(Self { app, onlooker: Onlooker::new(app)?, base, met, found, outside })
    }

    /// Looks at the links of a thing; other sites are asked at the end.
    async fn at(&mut self, kind: &'static str, one: Linking) {
        for (address, words) in one.links {
            let mut dead = Dead {
                kind,
                item: one.item,
                agency: one.agency,
                title: one.title.clone(),
                desk: one.desk.clone(),
                address,
                words,
                status: 0,
                outside: false,
            };
            let Some(path) = path_of(self.base, &one.page, &dead.address) else {
                let web = ["http://", "https://"].iter().any(|scheme| dead.address.starts_with(scheme));
                if web && self.app.config.links.outside {
                    self.found.outside += 1;
                    dead.outside = true;
                    self.outside.entry(dead.address.clone()).or_default().push(dead);
                }
                continue;
            };
            self.found.links += 1;
            let status = match self.met.get(&path) {
                Some(status) => *status,
                None => {
                    let status = self.onlooker.meets(&path).await;
                    self.met.insert(path, status);
                    status
                }
            };
            if status >= 400 {
                dead.status = i64::from(status);
                self.found.dead.push(dead);
            }
        }
    }

    async fn end(mut self) -> Result<Looked> {
        let (asked, gone) = outside::ask(self.app, self.outside.keys().cloned().collect()).await?;
        self.found.asked = asked;
        for (address, places) in self.outside {
            let Some(status) = gone.get(&address) else { continue };
            self.found.dead.extend(places.into_iter().map(|dead| Dead { status: *status, ..dead }));
        }
        Ok(self.found)
    }
}

/// The path of this site to which a link on a page leads; none for other sites, mail, telephones and places of the page itself.
fn path_of(base: &str, page: &str, address: &str) -> Option<String> {
    let own = address.strip_prefix(base).filter(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']));
    let path = own.unwrap_or(address).split('#').next().unwrap_or_default();
    let scheme = path.split(['/', '?']).next().is_some_and(|first| first.contains(':'));
    match path {
        "" => own.map(|_| "/".to_owned()),
        _ if own.is_none() && scheme => None,
        path if path.starts_with('/') => Some(path.to_owned()),
        // As browsers read it on that page.
        path if path.starts_with('?') => Some(format!("{page}{path}")),
        path => Some(format!("{}/{path}", page.rsplit_once('/').map_or("", |(folder, _)| folder))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_this_site() {
        let of = |address: &str| path_of("https://cong.vn", "/tin/bai", address);
        assert_eq!(of("/tin/a?trang=2#b").as_deref(), Some("/tin/a?trang=2"));
        assert_eq!(of("https://cong.vn/luat").as_deref(), Some("/luat"));
        assert_eq!(of("https://cong.vn").as_deref(), Some("/"));
        assert_eq!(of("ten-bai").as_deref(), Some("/tin/ten-bai"));
        assert_eq!(of("?trang=2").as_deref(), Some("/tin/bai?trang=2"));
        assert_eq!(path_of("https://cong.vn", "/", "luat").as_deref(), Some("/luat"));
        for other in ["https://cong.vn.xa/", "https://khac.vn/a", "mailto:a@b.vn", "tel:113", "#muc", ""] {
            assert_eq!(of(other), None, "{other}");
        }
    }
}
