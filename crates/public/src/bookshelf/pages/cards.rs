//! "Luật cho tôi".

use askama::Template;
use axum::extract::{Path, State};
use platform::{
    App,
    web::{Chrome, Result},
};
use records::{
    laws::service::{self as laws, CardView, GROUPS},
    publications::model::render,
};

use crate::{
    bookshelf::views::shown,
    portal::{
        service::{Asked, HTML, answer, read, site, words},
        views::Site,
    },
};

/// Topics of one kind: "Tôi là", then path, name and number of cards of each.
type Choice = (&'static str, Vec<(String, String, i64)>);

#[derive(Template)]
#[template(path = "bookshelf/templates/cards.html")]
struct CardsPage {
    site: Site,
    p: Chrome,
    title: String,
    choices: Vec<Choice>,
    cards: Vec<CardView>,
}

/// `GET /luat-cho-toi`
pub(in crate::bookshelf) async fn overview(State(app): State<App>, asked: Asked) -> Result {
    let make = async || {
        let (cards, topics) = laws::cards_overview(&app, true).await?;
        let site = site(&app, &asked).await?;
        let choices = GROUPS.iter().map(|(kind, part, label)| {
            let mine = topics.iter().filter(|(known, ..)| known == kind);
            let mine =
                mine.map(|(_, topic, n)| (format!("/luat-cho-toi/{part}/{}", topic.key), topic.name.clone(), *n));
            (*label, mine.collect::<Vec<_>>())
        });
        words(
            HTML,
            &CardsPage {
                title: site.p.t("Luật cho tôi").to_owned(),
                p: site.p.clone(),
                site,
                choices: choices.filter(|(_, list)| !list.is_empty()).collect(),
                cards,
            },
        )
    };
    Ok(answer(&app, &asked, make).await?)
}

/// `GET /luat-cho-toi/{part}/{key}`: cards for a group, a life event, a locality.
pub(in crate::bookshelf) async fn topic(
    State(app): State<App>,
    asked: Asked,
    Path((part, key)): Path<(String, String)>,
) -> Result {
    let make = async || {
        let (title, cards) = laws::topic_cards(&app, &part, &key).await?;
        let site = site(&app, &asked).await?;
        words(HTML, &CardsPage { p: site.p.clone(), site, title, choices: Vec::new(), cards })
    };
    Ok(answer(&app, &asked, make).await?)
}

#[derive(Template)]
#[template(path = "bookshelf/templates/card.html")]
struct CardPage {
    site: Site,
    p: Chrome,
    view: CardView,
    html: String,
    checked: String,
}

impl CardPage {
    /// Part of the address for a kind of mark.
    fn part(&self, kind: &str) -> &'static str {
        GROUPS.iter().find(|(known, ..)| *known == kind).map_or("", |(_, part, _)| part)
    }
}

/// `GET /luat-cho-toi/{slug}`
pub(in crate::bookshelf) async fn card(State(app): State<App>, asked: Asked, Path(slug): Path<String>) -> Result {
    let make = async || {
        let view = laws::card_page(&app, &slug).await?;
        let site = site(&app, &asked).await?;
        let (html, checked) = (render(&view.card.body), shown(view.card.checked_on));
        read("card", view.card.id, &CardPage { p: site.p.clone(), site, view, html, checked })
    };
    Ok(answer(&app, &asked, make).await?)
}
