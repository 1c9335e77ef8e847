//! What every page shows around its content: language, person, menu, message.

use std::{
    borrow::Cow,
    convert::Infallible,
    net::{IpAddr, SocketAddr},
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderName, HeaderValue, header, request::Parts},
};
use kernel::Actor;

use crate::{Access, App, Lang, Session};

/// A word on what was just done, shown once on the next page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flash {
    /// Good news?
    pub ok: bool,
    /// The text.
    pub text: String,
}

impl Flash {
    /// It worked.
    pub fn ok(text: impl Into<String>) -> Self {
        Self { ok: true, text: text.into() }
    }

    /// It did not, or only in part.
    pub fn warn(text: impl Into<String>) -> Self {
        Self { ok: false, text: text.into() }
    }

    /// The header that carries it to the next page.
    pub fn cookie(&self) -> [(HeaderName, HeaderValue); 1] {
        let text = format!("{}{}", if self.ok { '1' } else { '0' }, self.text);
        let value = format!("flash={}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60", hex::encode(text));
        [(header::SET_COOKIE, HeaderValue::from_str(&value).unwrap_or(HeaderValue::from_static("flash=")))]
    }

    fn from_cookie(value: &str) -> Option<Self> {
        let text = String::from_utf8(hex::decode(value).ok()?).ok()?;
        let rest = text.get(1..).filter(|rest| !rest.is_empty())?;
        Some(Self { ok: text.starts_with('1'), text: rest.to_owned() })
    }
}

/// An entry of the menu as shown.
#[derive(Debug, Clone)]
pub struct MenuLink {
    /// Vietnamese label.
    pub label: &'static str,
    /// Where it leads.
    pub path: &'static str,
    /// Is this page below it?
    pub current: bool,
    /// In the administration menu?
    pub admin: bool,
}

/// See the module. Templates know it as `p`.
#[derive(Debug, Clone, Default)]
pub struct Chrome {
    /// Language of the interface.
    pub lang: Lang,
    /// Who is signed in.
    pub actor: Option<Actor>,
    /// Path of this page.
    pub path: String,
    /// Path and query, to come back to.
    pub here: String,
    /// Message of the page before.
    pub flash: Option<Flash>,
    /// The menu, limited to what the person may open.
    pub menu: Vec<MenuLink>,
    /// Minutes until an idle browser locks; 0 when nobody is signed in.
    pub idle_minutes: i64,
}

impl Chrome {
    /// A text in the page's language.
    pub fn t<'a>(&self, text: &'a str) -> &'a str {
        self.lang.t(text)
    }

    /// What a service has said, in the page's language; see [`Lang::say`].
    pub fn say<'a>(&self, message: &'a str) -> Cow<'a, str> {
        self.lang.say(message)
    }

    /// A text with one value in it.
    pub fn t1(&self, text: &str, value: impl std::fmt::Display) -> String {
        self.lang.tf(text, &[&value])
    }

    /// A text with two values in it.
    pub fn t2(&self, text: &str, first: impl std::fmt::Display, second: impl std::fmt::Display) -> String {
        self.lang.tf(text, &[&first, &second])
    }

    /// Address of a style sheet, script or picture.
    pub fn asset(&self, name: &str) -> String {
        super::assets::url(name)
    }

    /// Agencies for which the person holds a role, as one line: the first two and how many more.
    pub fn agencies(&self) -> String {
        let mut names: Vec<&str> = Vec::new();
        for holding in self.actor.iter().flat_map(|actor| &actor.holdings) {
            if !names.contains(&holding.agency_name.as_str()) {
                names.push(&holding.agency_name);
            }
        }
        let more = names.len().saturating_sub(2);
        names.truncate(2);
        let line = names.join(", ");
        if more > 0 { format!("{line} +{more}") } else { line }
    }

    /// Is there an administration menu?
    pub fn has_admin(&self) -> bool {
        self.menu.iter().any(|link| link.admin)
    }

    pub(super) fn of(app: &App, parts: &Parts) -> Self {
        let session = parts.extensions.get::<Session>();
        let path = parts.uri.path().to_owned();
        let lang = match (cookie(parts, "lang"), session) {
            (Some(code), _) => Lang::from_code(&code),
            (None, Some(session)) => session.lang,
            (None, None) => Lang::Vi,
        };
        let actor = session.map(|session| session.actor.clone());
        let mut items: Vec<_> = match session {
            Some(session) if session.detour.is_none() => app.slices.iter().flat_map(|slice| slice.menu).collect(),
            _ => Vec::new(),
        };
        items.sort_by_key(|item| item.order);
        let menu = items
            .into_iter()
            .filter(|item| match item.access {
                Access::Action(action) => actor.as_ref().is_some_and(|actor| actor.may(action)),
                _ => true,
            })
            .map(|item| MenuLink {
                label: item.label,
                path: item.path,
                current: path == item.path || path.strip_prefix(item.path).is_some_and(|rest| rest.starts_with('/')),
                admin: item.order >= 100,
            })
            .collect();
        Self {
            lang,
            idle_minutes: session.map_or(0, |session| session.idle_minutes),
            actor,
            here: parts.uri.path_and_query().map_or_else(|| path.clone(), ToString::to_string),
            path,
            flash: cookie(parts, "flash").and_then(|value| Flash::from_cookie(&value)),
            menu,
        }
    }
}

/// The value of a request's cookie.
pub(crate) fn cookie(parts: &Parts, name: &str) -> Option<String> {
    parts
        .headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|v| v.split(';'))
        .find_map(|pair| {
            let (key, value) = pair.trim().split_once('=')?;
            (key == name).then(|| value.to_owned())
        })
}

impl FromRequestParts<App> for Chrome {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Chrome::of(app, parts))
    }
}

/// Where a request comes from, for the session list, locking and the trail.
#[derive(Debug, Clone)]
pub struct Client {
    /// Its address; the one a trusted proxy forwards when the configuration says so.
    pub address: String,
    /// What its browser calls itself.
    pub agent: String,
}

impl FromRequestParts<App> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let text = |name: HeaderName| parts.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let direct = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        // The proxy appends the address it saw, some in a header of its own: the last entry of the last header is the one to be trusted.
        let forwarded = || {
            let last = parts.headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
            last.rsplit(',').next()?.trim().parse::<IpAddr>().ok()
        };
        let address = if app.config.server.behind_proxy { forwarded().or(direct) } else { direct };
        Ok(Self {
            address: address.map_or_else(String::new, |ip| ip.to_string()),
            agent: text(header::USER_AGENT).chars().take(200).collect(),
        })
    }
}
