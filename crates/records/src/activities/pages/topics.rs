//! What a quarter should be about, and how far it was.

use askama::Template;
use axum::extract::{Query, State};
use axum_extra::extract::Form;
use kernel::{Error, FieldErrors, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, page as show, page_invalid, see_other},
};
use serde::Deserialize;

use crate::activities::{
    forms::TopicsForm,
    model::definitions::{Definitions, definitions, name_in},
    policy::{ReadActivities, SetTopics},
    service::{self, Coverage},
    store::{self, FieldCount, Topic},
    views::{Choice, day},
};

/// Empty lines offered below the topics that are there.
const MORE: usize = 2;

#[derive(Template)]
#[template(path = "activities/templates/topics.html")]
struct TopicsPage {
    p: Chrome,
    errors: FieldErrors,
    quarter: i64,
    quarters: Vec<i64>,
    coverage: Coverage,
    lists: &'static Definitions,
    /// Agencies for which the person sets topics.
    owners: Vec<Choice>,
    owner: String,
    typed: Vec<(String, String)>,
}

impl TopicsPage {
    fn name(&self, quarter: &i64) -> String {
        let words = ["I", "II", "III", "IV"];
        let q = usize::try_from(quarter % 10 - 1).ok().and_then(|at| words.get(at)).copied().unwrap_or_default();
        format!("{q}/{}", quarter / 10)
    }

    fn is_shown(&self, quarter: &i64) -> bool {
        *quarter == self.quarter
    }

    fn done(&self, topic: &Topic) -> FieldCount {
        let none = FieldCount { key: topic.field.clone(), n: 0, turns: 0, owners: 0 };
        self.coverage.fields.iter().find(|one| one.key == topic.field).cloned().unwrap_or(none)
    }

    fn field<'a>(&self, key: &'a str) -> &'a str {
        name_in(&definitions().fields, key)
    }

    /// Activities about the field of a topic in the quarter.
    fn path(&self, topic: &Topic) -> String {
        let (from, to) = self.coverage.span;
        format!("/hoat-dong?lv={}&tu={}&den={}", topic.field, day(from), day(to))
    }

    /// Fields that were dealt with although no topic asked for them.
    fn others(&self) -> Vec<&FieldCount> {
        let asked = |one: &&FieldCount| !self.coverage.topics.iter().any(|topic| topic.field == one.key);
        let mut others: Vec<&FieldCount> = self.coverage.fields.iter().filter(asked).collect();
        others.sort_by(|a, b| b.n.cmp(&a.n).then(a.key.cmp(&b.key)));
        others.truncate(8);
        others
    }
}

/// Which quarter.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::activities) struct Asked {
    quy: String,
}

async fn view(
    app: &App,
    p: Chrome,
    permit: &Permit<ReadActivities>,
    asked: &str,
    typed: Option<(TopicsForm, FieldErrors)>,
) -> kernel::Result<TopicsPage> {
    let now = service::quarter_of(app.clock.today());
    let quarter = asked.parse().ok().filter(|quarter| service::quarter_span(*quarter).is_some()).unwrap_or(now);
    let coverage = service::coverage(app, permit, quarter).await?;
    let owners = match Permit::<SetTopics>::of(permit.actor()) {
        Some(set) => Choice::owners(&store::owners(app.db.read(), set.roots()).await?),
        None => Vec::new(),
    };
    let first = owners.first().map(|owner| owner.id.clone()).unwrap_or_default();
    let (owner, mut lines, errors) = match typed {
        Some((form, errors)) => {
            (form.co_quan.clone(), form.linh_vuc.into_iter().zip(form.noi_dung).collect::<Vec<_>>(), errors)
        }
        None => {
            let own = coverage.topics.iter().filter(|topic| topic.agency_id.to_string() == first);
            let lines = own.map(|topic| (topic.field.clone(), topic.body.clone())).collect();
            (first, lines, FieldErrors::default())
        }
    };
    let wanted = (lines.len() + MORE).max(4);
    lines.resize(wanted, (String::new(), String::new()));
    let step = |quarter: i64, by: i64| {
        let at = quarter / 10 * 4 + quarter % 10 - 1 + by;
        at.div_euclid(4) * 10 + at.rem_euclid(4) + 1
    };
    let quarters = (-6..=1).rev().map(|by| step(now, by)).collect();
    Ok(TopicsPage { p, errors, quarter, quarters, coverage, lists: definitions(), owners, owner, typed: lines })
}

/// `GET /hoat-dong/dinh-huong`
pub(in crate::activities) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadActivities>,
    Query(asked): Query<Asked>,
) -> Result {
    show(&view(&app, p, &permit, &asked.quy, None).await?)
}

/// `POST /hoat-dong/dinh-huong`
pub(in crate::activities) async fn submit(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<SetTopics>,
    Form(form): Form<TopicsForm>,
) -> Result {
    let quarter = form.quy.parse().unwrap_or(0);
    let topics: Vec<(String, String)> =
        form.linh_vuc.iter().cloned().zip(form.noi_dung.iter().map(|text| text.trim().to_owned())).collect();
    let outcome = match Uuid::parse_str(&form.co_quan) {
        Ok(agency) => service::set_topics(&app, &permit, (agency, quarter), &topics).await,
        Err(_) => Err(Error::invalid("co_quan", "Hãy chọn cơ quan.")),
    };
    match outcome {
        Ok(()) => {
            let path = format!("/hoat-dong/dinh-huong?quy={quarter}");
            Ok(see_other(&path, Flash::ok("Đã lưu định hướng nội dung của quý.")))
        }
        Err(Error::Invalid(errors)) => {
            let read = Permit::<ReadActivities>::of(permit.actor()).ok_or(Error::NotFound)?;
            let asked = form.quy.clone();
            page_invalid(&view(&app, p, &read, &asked, Some((form, errors))).await?)
        }
        Err(error) => Err(error.into()),
    }
}
