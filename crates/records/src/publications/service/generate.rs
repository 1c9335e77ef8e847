//! What agencies of a demonstration have published, by the same rules as real people.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use kernel::{Action, Actor, Error, FixedClock, Holding, Permit, Result, Role, Uuid};
use platform::App;

use super::{SectionDraft, Whither, arrange, create, decide, edit as change, publish, save, translate};
use crate::{
    agencies,
    publications::{
        model::Draft,
        policy::{ArrangeSections, EditPublications, WritePublications},
        samples::{Article, newsroom},
        store,
    },
};

fn permit<A: Action>(actor: &Actor) -> Result<Permit<A>> {
    Permit::of(actor).ok_or(Error::Denied)
}

/// Opens the sections and publishes the articles of a demonstration for the province of a department of justice, with one of its communes and pictures of
/// its library by name (each an item and what it shows); how many.
/// `app` must run on `clock`, which stands on today again afterwards.
///
/// # Errors
/// When the database refuses, or a rule does: then the demonstration contradicts the program.
pub async fn generate(
    app: &App,
    clock: &FixedClock,
    editor: &Actor,
    (commune, pictures): (Uuid, &HashMap<String, (Uuid, String)>),
) -> Result<usize> {
    let today = app.clock.today();
    let samples = newsroom().map_err(Error::internal)?;
    let home = editor.holdings.first().map(|holding| holding.agency).ok_or(Error::NotFound)?;
    let arranging: Permit<ArrangeSections> = permit(editor)?;
    let mut sections = Vec::new();
    for section in &samples.section {
        let draft = SectionDraft {
            agency: home,
            title: section.title.clone(),
            description: section.description.clone(),
            opens: today.checked_sub_days(Days::new(section.opens)),
            ..SectionDraft::default()
        };
        sections.push((section.key.as_str(), save(app, &arranging, None, &draft).await?));
    }
    let order: Vec<Uuid> = sections.iter().map(|(_, id)| *id).collect();
    arrange(app, &arranging, &order).await?;
    let mut articles: Vec<&Article> = samples.article.iter().collect();
    articles.sort_by_key(|article| std::cmp::Reverse(article.days));
    let mut made = 0;
    for article in articles {
        let found = match article.agency.as_str() {
            "xa" => store::agencies(app.db.read(), &[commune]).await?,
            role => agencies::beside(app.db.read(), home, role).await?.into_iter().collect(),
        };
        // Not every province has every body.
        let Some(agency) = found.into_iter().next() else { continue };
        clock.set(today.checked_sub_days(Days::new(article.days)).unwrap_or(today));
        let section = sections.iter().filter(|(key, _)| *key == article.section).map(|(_, id)| *id);
        let mut draft = draft_of(article, (agency.id, &agency.name), section.collect(), today);
        let shown = pictures.get(&article.picture).map(|(id, alt)| (id, alt.as_str()));
        draft.body = below(shown, &article.body);
        let holding = Holding { role: Role::Contributor, agency: agency.id, agency_name: agency.name };
        let writer =
            Actor { user: Uuid::nil(), name: "Cộng tác viên (trình diễn)".into(), holdings: vec![holding] };
        let write: Permit<WritePublications> = permit(&writer)?;
        let edit: Permit<EditPublications> = permit(editor)?;
        let id = create(app, &write, &draft, true).await?;
        read_and_publish(app, &write, &edit, id).await?;
        if let Some(words) = &article.english {
            let version = translate(app, &write, id, "en").await?;
            let draft = Draft {
                title: words.title.clone(),
                lead: words.lead.clone(),
                body: below(shown.map(|(id, _)| (id, words.title.as_str())), &words.body),
                byline: "Tổ biên dịch (trình diễn)".into(),
                base: 1,
                ..draft
            };
            change(app, &write, version, 0, &draft).await?;
            read_and_publish(app, &write, &edit, version).await?;
        }
        made += 1;
    }
    clock.set(today);
    Ok(made)
}

/// Words below a picture of the library, if there is one.
fn below(picture: Option<(&Uuid, &str)>, words: &str) -> String {
    let above = picture.map_or(String::new(), |(id, alt)| format!("![{alt}](/anh/{id}/1920x1080)\n\n"));
    above + words.trim()
}

async fn read_and_publish(
    app: &App,
    write: &Permit<WritePublications>,
    edit: &Permit<EditPublications>,
    id: Uuid,
) -> Result<()> {
    decide(app, write, id, &Whither::Submit).await?;
    decide(app, edit, id, &Whither::Accept(String::new())).await?;
    publish(app, edit, id, "").await
}

fn draft_of(article: &Article, (agency, name): (Uuid, &str), sections: Vec<Uuid>, today: NaiveDate) -> Draft {
    let at = |hour| {
        let day = today.checked_add_days(Days::new(article.ahead?))?;
        day.and_hms_opt(hour, 0, 0)
    };
    let short = name.strip_prefix("Ủy ban nhân dân ").unwrap_or(name);
    let mut capital = short.chars();
    let place: String = capital.next().into_iter().flat_map(char::to_uppercase).chain(capital).collect();
    Draft {
        agency,
        kind: article.kind.clone(),
        title: article.title.replace("{xa}", &place),
        lead: article.lead.clone(),
        starts: at(8),
        ends: at(11),
        place: article.place.clone(),
        sections,
        fields: vec![article.field.clone()],
        ..Draft::default()
    }
}
