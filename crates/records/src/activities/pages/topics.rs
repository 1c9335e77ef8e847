//! What a quarter should be about, and how far it was.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect},
};
use axum_extra::extract::Form;
use kernel::{Error, FieldErrors, Page, Paging, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, page as show, page_invalid, see_other},
};
use serde::Deserialize;

use crate::activities::{
    forms::TopicsForm,
    model::definitions::{Definitions, definitions, name_in},
    policy::{ReadActivities, SetTopics},
    service::{self, Coverage, Reached},
    store::{self, Asked, FieldCount, Topic},
    views::{Choice, day, number},
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
        self.p.say(&quarter_name(*quarter)).into_owned()
    }

    fn is_shown(&self, quarter: &i64) -> bool {
        *quarter == self.quarter
    }

    /// Agencies that recorded something about a topic, of those asked: "73/93".
    fn reached(&self, reached: &Reached) -> String {
        format!("{}/{}", number((reached.asked - reached.idle.len()) as i64), number(reached.asked as i64))
    }

    fn idle_count(&self, reached: &Reached) -> String {
        number(reached.idle.len() as i64)
    }

    fn done(&self, topic: &Topic) -> FieldCount {
        let none = FieldCount { key: topic.field.clone(), n: 0, turns: 0 };
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

    /// Those of whom a topic asks something and who recorded nothing about it.
    fn idle_path(&self, topic: &Topic) -> String {
        format!("/hoat-dong/dinh-huong/chua-thuc-hien?quy={}&noi_dung={}", self.quarter, topic.id)
    }

    /// Fields that were dealt with although no topic asked for them.
    fn others(&self) -> Vec<&FieldCount> {
        let asked = |one: &&FieldCount| !self.coverage.topics.iter().any(|(topic, _)| topic.field == one.key);
        let mut others: Vec<&FieldCount> = self.coverage.fields.iter().filter(asked).collect();
        others.sort_by(|a, b| b.n.cmp(&a.n).then(a.key.cmp(&b.key)));
        others.truncate(8);
        others
    }
}

fn quarter_name(quarter: i64) -> String {
    service::quarter(quarter).map(|quarter| quarter.label).unwrap_or_default()
}

/// Which quarter.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::activities) struct QuarterQuery {
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
    let quarter = asked.parse().ok().filter(|quarter| service::quarter(*quarter).is_some()).unwrap_or(now);
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
            let own = coverage.topics.iter().filter(|(topic, _)| topic.agency_id.to_string() == first);
            let lines = own.map(|(topic, _)| (topic.field.clone(), topic.body.clone())).collect();
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
    Query(asked): Query<QuarterQuery>,
) -> Result {
    show(&view(&app, p, &permit, &asked.quy, None).await?)
}

#[derive(Template)]
#[template(path = "activities/templates/idle.html")]
struct IdlePage {
    p: Chrome,
    /// Its name.
    quarter: String,
    /// The page of the quarter.
    back: String,
    topic: Topic,
    asked: usize,
    page: Page<Asked>,
    /// First and last day of the quarter.
    span: (i64, i64),
    /// The query of this list, for its other pages.
    base: String,
}

impl IdlePage {
    fn field(&self) -> &str {
        name_in(&definitions().fields, &self.topic.field)
    }

    fn asked_text(&self) -> String {
        number(self.asked as i64)
    }

    /// What an agency recorded in the quarter about anything.
    fn path(&self, one: &Asked) -> String {
        format!("/hoat-dong?cq={}&tu={}&den={}", one.id, day(self.span.0), day(self.span.1))
    }
}

/// Which topic of which quarter.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::activities) struct IdleQuery {
    quy: String,
    noi_dung: String,
    trang: Option<u32>,
}

/// `GET /hoat-dong/dinh-huong/chua-thuc-hien`: who recorded nothing about a topic.
pub(in crate::activities) async fn idle(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadActivities>,
    Query(query): Query<IdleQuery>,
) -> Result {
    if query.noi_dung.is_empty() {
        return Ok(Redirect::to("/hoat-dong/dinh-huong").into_response());
    }
    let quarter = query.quy.parse().map_err(|_| Error::NotFound)?;
    let topic = Uuid::parse_str(&query.noi_dung).map_err(|_| Error::NotFound)?;
    let (topic, reached, span) = service::coverage_of(&app, &permit, (quarter, topic)).await?;
    let paging = Paging::new(query.trang);
    let total = reached.idle.len() as u64;
    let first = usize::try_from(paging.offset()).unwrap_or(usize::MAX);
    let rows = reached.idle.into_iter().skip(first).take(usize::try_from(paging.size).unwrap_or(0)).collect();
    show(&IdlePage {
        p,
        quarter: quarter_name(quarter),
        back: format!("/hoat-dong/dinh-huong?quy={quarter}"),
        base: format!("quy={quarter}&noi_dung={}&", topic.id),
        topic,
        asked: reached.asked,
        page: Page { rows, total, paging },
        span,
    })
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
