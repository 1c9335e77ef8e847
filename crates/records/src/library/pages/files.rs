//! Bytes: pictures and renditions for whoever sees the item, originals to be saved.

use axum::{
    Extension,
    extract::{Path, State},
    http::HeaderMap,
};
use kernel::{Error, Uuid};
use platform::{
    App, Session,
    picture::WIDTHS,
    web::{self, Result},
};

use crate::library::service::{self, Given};

pub(super) async fn give(app: &App, given: &Given, headers: &HeaderMap) -> Result {
    let Given { hash, media_type, size, name, public } = given;
    web::part(app, &web::File { hash, media_type, size: *size, name, public: *public }, headers).await
}

/// The rendition that stands behind a name: `640.webp` and `640.jpg` are widths, `1600x900` (the whole photo's size) is the largest.
fn copy(name: &str) -> Option<String> {
    if let Some((width, ending)) = name.split_once('.') {
        return (width.parse().is_ok_and(|width: u32| WIDTHS.contains(&width)) && ["webp", "jpg"].contains(&ending))
            .then(|| format!("w{name}"));
    }
    let (width, height) = name.split_once('x')?;
    let (width, _): (u32, u32) = (width.parse().ok()?, height.parse().ok()?);
    platform::picture::widths(width).last().map(|width| format!("w{width}.jpg"))
}

/// `GET /anh/{id}/{name}`: a photo, made small by this program.
pub(in crate::library) async fn picture(
    State(app): State<App>,
    session: Option<Extension<Session>>,
    Path((id, name)): Path<(Uuid, String)>,
    headers: HeaderMap,
) -> Result {
    let name = copy(&name).ok_or(Error::NotFound)?;
    let actor = session.as_ref().map(|session| &session.actor);
    give(&app, &service::rendition(&app, actor, id, &name).await?, &headers).await
}

/// `GET /tep/{id}/{name}`: a rendition, or (`goc`) the file as it came.
pub(in crate::library) async fn rendition(
    State(app): State<App>,
    session: Option<Extension<Session>>,
    Path((id, name)): Path<(Uuid, String)>,
    headers: HeaderMap,
) -> Result {
    let actor = session.as_ref().map(|session| &session.actor);
    let given = match name.as_str() {
        "goc" => service::original(&app, actor, id).await?,
        name => service::rendition(&app, actor, id, name).await?,
    };
    give(&app, &given, &headers).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_copies_only() {
        assert_eq!(copy("640.webp").as_deref(), Some("w640.webp"));
        assert_eq!(copy("1600x900").as_deref(), Some("w1920.jpg"));
        assert_eq!(copy("500x900").as_deref(), Some("w640.jpg"));
        for other in ["641.webp", "640.svg", "640", "x", "../a", "web", "poster320.webp"] {
            assert_eq!(copy(other), None, "{other}");
        }
    }
}
