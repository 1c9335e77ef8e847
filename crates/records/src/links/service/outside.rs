//! Asking other sites whether what public articles link to is there.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
    time::Duration,
};

use futures::{StreamExt, TryStreamExt};
use kernel::{Error, Result, Timestamp};
use platform::{
    App,
    outside::{Met, Outside},
    secrets::sha256,
};

use crate::links::store::{self, OutsideLink};

/// Days after which an address that was there is asked for again.
const AGAIN_DAYS: i64 = 7;
/// Days in a row without a page after which a site that is not sure itself is believed.
const PATIENT_DAYS: i64 = 3;
/// Sites that are asked at the same time.
const SITES: usize = 6;
/// Addresses of one site that are asked for in one look; the others wait for the next.
const MOST: usize = 200;
/// Between two questions to the same site.
const PAUSE: Duration = Duration::from_secs(1);

/// What is known of these addresses now: what was asked anew, and which lead nowhere, with why (see migration 0021).
///
/// # Errors
/// When the database refuses.
pub(super) async fn ask(app: &App, addresses: Vec<String>) -> Result<(Vec<OutsideLink>, HashMap<String, i64>)> {
    let now = app.clock.now();
    let hashes: HashMap<String, String> =
        addresses.into_iter().map(|address| (sha256(address.as_bytes()), address)).collect();
    let mut known: HashMap<String, OutsideLink> = HashMap::new();
    for block in hashes.keys().map(String::as_str).collect::<Vec<_>>().chunks(500) {
        let found = store::outside_links(app.db.read(), block).await?;
        known.extend(found.into_iter().map(|one| (one.hash.clone(), one)));
    }
    let mut sites: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for (hash, address) in &hashes {
        let fresh = |one: &OutsideLink| one.failed == 0 && one.checked_at > now.plus_seconds(-86_400 * AGAIN_DAYS).0;
        if !known.get(hash).is_some_and(fresh) {
            sites.entry(site(address)).or_default().push((hash.clone(), address.clone()));
        }
    }
    let asks = Arc::new(Outside::new(app));
    let questions: Vec<_> = sites.into_values().map(|all| ask_site(asks.clone(), all)).collect();
    let met: Vec<Vec<(String, Met)>> = futures::stream::iter(questions).buffer_unordered(SITES).try_collect().await?;
    let mut met: Vec<(String, Met)> = met.into_iter().flatten().collect();
    if cut_off(&met) {
        tracing::warn!(asked = met.len(), "không trang mạng nào trả lời; có thể máy chủ này không ra được Internet");
        met.clear();
    }
    let mut asked = Vec::new();
    for (hash, met) in met {
        let one = after(known.get(&hash), &hash, met, now);
        known.insert(hash, one.clone());
        asked.push(one);
    }
    let dead = hashes.into_iter().filter_map(|(hash, address)| {
        let status = known.get(&hash).filter(|one| believed(one)).map(|one| one.status)?;
        Some((address, status))
    });
    Ok((asked, dead.collect()))
}

/// `https://Tinh.gov.vn:8443/a` → `tinh.gov.vn:8443`.
fn site(address: &str) -> String {
    address.split(['/', '?', '#']).nth(2).unwrap_or_default().to_lowercase()
}

async fn ask_site(asks: Arc<Outside>, all: Vec<(String, String)>) -> Result<Vec<(String, Met)>> {
    let mut out = Vec::new();
    for (hash, address) in all.into_iter().take(MOST) {
        if !out.is_empty() {
            tokio::time::sleep(PAUSE).await;
        }
        let asks = asks.clone();
        let met = tokio::task::spawn_blocking(move || asks.meets(&address)).await.map_err(Error::internal)?;
        out.push((hash, met));
    }
    Ok(out)
}

/// Did nobody answer of several who were asked? Then it is this machine that is cut off, and nothing is known of theirs.
fn cut_off(met: &[(String, Met)]) -> bool {
    let mut asked = met.iter().filter(|(_, met)| *met != Met::NotAsked);
    asked.clone().count() > 2 && asked.all(|(_, met)| matches!(met, Met::NoHost | Met::NoAnswer))
}

/// What is known after an answer. Sites that ask for a password, refuse programs or want fewer questions say nothing of their pages.
fn after(before: Option<&OutsideLink>, hash: &str, met: Met, now: Timestamp) -> OutsideLink {
    let status = match met {
        Met::NoHost => 1,
        Met::NoAnswer => 2,
        Met::Untrusted => 3,
        Met::Status(status) if matches!(status, 404 | 410 | 500..) => i64::from(status),
        Met::Status(_) | Met::NotAsked => 0,
    };
    let days = before.map_or(0, |one| one.failed);
    let same_day = before.is_some_and(|one| Timestamp(one.checked_at).date() == now.date());
    let failed = match status {
        0 => 0,
        _ if same_day && days > 0 => days,
        _ => days + 1,
    };
    OutsideLink { hash: hash.to_owned(), status, failed, checked_at: now.0 }
}

/// Is a page taken for gone? At once where its site says so; otherwise, the site may be down, after some days.
fn believed(one: &OutsideLink) -> bool {
    match one.status {
        0 => false,
        404 | 410 => true,
        _ => one.failed >= PATIENT_DAYS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_that_is_down_is_given_some_days() {
        let day = |at: i64| Timestamp(1_790_000_000_000 + at * 86_400_000);
        let mut one = after(None, "a", Met::NoAnswer, day(0));
        assert!(one.failed == 1 && !believed(&one));
        // Asking again on the same day says nothing new.
        one = after(Some(&one), "a", Met::NoAnswer, day(0));
        assert_eq!(one.failed, 1);
        one = after(Some(&one), "a", Met::Status(503), day(1));
        assert!(!believed(&one));
        one = after(Some(&one), "a", Met::NoHost, day(2));
        assert!(believed(&one) && one.status == 1);
        one = after(Some(&one), "a", Met::Status(200), day(2));
        assert!(one.failed == 0 && !believed(&one));
    }

    #[test]
    fn a_site_is_believed_when_it_says_that_a_page_is_gone_and_not_when_it_refuses_programs() {
        let told = |status| believed(&after(None, "a", Met::Status(status), Timestamp(0)));
        assert!(told(404) && told(410));
        for status in [200, 301, 400, 401, 403, 405, 418, 429, 500, 503] {
            assert!(!told(status), "{status}");
        }
        assert!(!believed(&after(None, "a", Met::NotAsked, Timestamp(0))));
    }

    #[test]
    fn when_nobody_answers_this_machine_is_cut_off() {
        let met = |all: &[Met]| all.iter().map(|met| (String::new(), *met)).collect::<Vec<_>>();
        assert!(cut_off(&met(&[Met::NoHost, Met::NoAnswer, Met::NoHost])));
        assert!(!cut_off(&met(&[Met::NoHost, Met::NoAnswer, Met::Status(404)])));
        assert!(!cut_off(&met(&[Met::NoHost, Met::NoHost, Met::NotAsked])), "two may well be gone");
        assert!(!cut_off(&met(&[Met::NotAsked; 3])), "nobody was asked");
        assert!(!cut_off(&[]));
    }

    #[test]
    fn sites_are_told_apart() {
        assert_eq!(site("https://Tinh.gov.vn:8443/a/b"), "tinh.gov.vn:8443");
        assert_eq!(site("http://tinh.gov.vn?x=1"), "tinh.gov.vn");
        assert_eq!(site("http://"), "");
    }
}
