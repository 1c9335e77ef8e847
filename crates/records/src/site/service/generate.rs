//! The face of a demonstration's portal, by the same rules as real people.

use chrono::Days;
use kernel::{Actor, Error, Permit, Result};
use platform::App;

use super::{BannerDraft, FaceDraft, PageDraft, add, publish, save_banner, save_face, save_menu};
use crate::site::{
    policy::ArrangeSite,
    samples::site,
    store::{Face, Item},
};

/// Sets name, footer, menu, banners and static pages of a demonstration; how many pages.
///
/// # Errors
/// When the database refuses, or a rule does: then the demonstration contradicts the program.
pub async fn generate(app: &App, editor: &Actor) -> Result<usize> {
    let samples = site().map_err(Error::internal)?;
    let permit: Permit<ArrangeSite> = Permit::of(editor).ok_or(Error::Denied)?;
    let agency = editor.holdings.first().map(|holding| holding.agency_name.clone()).unwrap_or_default();
    for (position, page) in (1i64..).zip(&samples.page) {
        let body = page.body.trim().to_owned();
        let draft = PageDraft { title: page.title.clone(), body, slug: page.slug.clone(), position };
        let id = add(app, &permit, &draft).await?;
        publish(app, &permit, id).await?;
    }
    let face = Face {
        name: samples.name,
        slogan: samples.slogan,
        agency,
        address: samples.address,
        phone: samples.phone,
        email: samples.email,
        person: samples.person,
        licence: samples.licence,
        ..Face::default()
    };
    save_face(app, &permit, &FaceDraft(face)).await?;
    let menu: Vec<Item> = samples.menu.into_iter().map(|item| Item { label: item.label, path: item.path }).collect();
    save_menu(app, &permit, &menu, 0).await?;
    let today = app.clock.today();
    for banner in samples.banner {
        let draft = BannerDraft {
            text: banner.text,
            link: banner.link,
            from: today.checked_sub_days(Days::new(banner.before)),
            to: today.checked_add_days(Days::new(banner.after)),
            weight: 1,
        };
        save_banner(app, &permit, None, &draft).await?;
    }
    Ok(samples.page.len())
}
