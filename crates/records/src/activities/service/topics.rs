//! What a quarter should be about, and how far it was.

use std::collections::HashSet;

use chrono::{Datelike, NaiveDate};
use kernel::{
    Error, FieldErrors, Permit, Result, Uuid,
    periods::{Period, Rule},
    time,
};
use platform::{
    App,
    audit::{self, Entry},
};
use serde_json::json;

use super::scope_of;
use crate::activities::{
    model::definitions::{definitions, overseen},
    policy::{ReadActivities, SetTopics},
    store::{self, Asked, FieldCount, ListFilter, Scope, Topic},
};

/// Most topics of a quarter.
const MOST: usize = 12;

/// The quarter of a day, yyyyq.
pub(crate) fn quarter_of(day: NaiveDate) -> i64 {
    i64::from(day.year()) * 10 + i64::from(day.month0() / 3) + 1
}

/// The quarter yyyyq, if it is one.
pub(crate) fn quarter(quarter: i64) -> Option<Period> {
    let (year, q) = (quarter / 10, quarter % 10);
    Rule::CalendarQuarter.find(&format!("{year}-Q{q}")).filter(|_| (2013..2200).contains(&year))
}

/// First and last day of a quarter as stored, if it is one.
fn quarter_span(number: i64) -> Option<(i64, i64)> {
    quarter(number).map(|quarter| (time::date_to_int(quarter.from), time::date_to_int(quarter.to)))
}

/// Topics that hold for agencies on a day: of themselves, of those above them and of their place's overseer.
pub(crate) async fn topics_for_entry(app: &App, owners: &[store::Owner], day: NaiveDate) -> Result<Vec<Topic>> {
    let c = app.db.read();
    let ids: Vec<Uuid> = owners.iter().map(|owner| owner.id).collect();
    let places: Vec<&str> = owners.iter().map(|owner| owner.place()).filter(|place| !place.is_empty()).collect();
    let provinces = store::provinces_around(c, &places).await?;
    let places = provinces.iter().map(|place| place.code.as_str()).chain(["tw"]);
    let codes: Vec<String> =
        places.flat_map(|place| definitions().overseers.iter().map(move |key| format!("{place}/{key}"))).collect();
    store::topics_for(c, quarter_of(day), &ids, &codes).await
}

/// What the quarter of a day should be about, for these agencies.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn orientation(app: &App, agencies: &[Uuid], day: NaiveDate) -> Result<Vec<Topic>> {
    let owners = store::owners(app.db.read(), agencies).await?;
    topics_for_entry(app, &owners, day).await
}

/// A quarter's topics and what was done about them.
pub(crate) struct Coverage {
    pub topics: Vec<(Topic, Reached)>,
    pub fields: Vec<FieldCount>,
    /// First and last day of the quarter.
    pub span: (i64, i64),
}

/// Of whom a topic asks something, as far as they are seen.
pub(crate) struct Reached {
    /// All of them.
    pub asked: usize,
    /// Those who recorded nothing about it, in order of name.
    pub idle: Vec<Asked>,
}

/// See [`Coverage`]; a constant number of statements.
///
/// # Errors
/// [`Error::NotFound`] when it is no quarter.
pub(crate) async fn coverage(app: &App, permit: &Permit<ReadActivities>, quarter: i64) -> Result<Coverage> {
    let span = quarter_span(quarter).ok_or(Error::NotFound)?;
    let scope = scope_of(app, permit).await?;
    let topics = topics_seen(app, permit, &scope, quarter).await?;
    let topics = reached(app, &scope, topics, span).await?;
    let filter = ListFilter { from: span.0, to: span.1, ..ListFilter::default() };
    Ok(Coverage { topics, fields: store::field_counts(app.db.read(), &scope, &filter).await?, span })
}

/// One topic of a quarter, how far it was, and the first and last day of the quarter.
///
/// # Errors
/// [`Error::NotFound`] when the person sees no such topic.
pub(crate) async fn coverage_of(
    app: &App,
    permit: &Permit<ReadActivities>,
    (quarter, topic): (i64, Uuid),
) -> Result<(Topic, Reached, (i64, i64))> {
    let span = quarter_span(quarter).ok_or(Error::NotFound)?;
    let scope = scope_of(app, permit).await?;
    let mut topics = topics_seen(app, permit, &scope, quarter).await?;
    topics.retain(|one| one.id == topic);
    let (topic, reached) = reached(app, &scope, topics, span).await?.pop().ok_or(Error::NotFound)?;
    Ok((topic, reached, span))
}

/// Topics of a quarter set by those in sight, and those that hold for one's own agencies.
async fn topics_seen(app: &App, permit: &Permit<ReadActivities>, scope: &Scope, number: i64) -> Result<Vec<Topic>> {
    let c = app.db.read();
    let mut topics = store::topics_in(c, number, scope).await?;
    let owners = store::owners(c, permit.roots()).await?;
    let day = quarter(number).ok_or(Error::NotFound)?.from;
    for topic in topics_for_entry(app, &owners, day).await? {
        if !topics.iter().any(|one| one.id == topic.id) {
            topics.push(topic);
        }
    }
    Ok(topics)
}

/// Where a topic's agencies stand: below an agency, or (`None`) everywhere.
fn root_of(topic: &Topic, wholes: &[(String, Uuid)]) -> Option<Uuid> {
    match overseen(&topic.agency_code, &definitions().overseers) {
        None => Some(topic.agency_id),
        Some("tw") => None,
        Some(place) => wholes.iter().find(|(one, _)| one == place).map(|(_, id)| *id).or(Some(topic.agency_id)),
    }
}

/// Adds to topics who is asked and who did nothing; at most four statements.
async fn reached(app: &App, scope: &Scope, topics: Vec<Topic>, span: (i64, i64)) -> Result<Vec<(Topic, Reached)>> {
    let c = app.db.read();
    if topics.is_empty() {
        return Ok(Vec::new());
    }
    let overseers = &definitions().overseers;
    let places: Vec<&str> = topics.iter().filter_map(|topic| overseen(&topic.agency_code, overseers)).collect();
    let wholes = store::wholes(c, &places).await?;
    let roots: Vec<Option<Uuid>> = topics.iter().map(|topic| root_of(topic, &wholes)).collect();
    let below: Vec<Uuid> = roots.iter().copied().flatten().collect::<HashSet<_>>().into_iter().collect();
    let when = (time::date_to_int(app.clock.today()).min(span.1), span.0, span.1);
    let kinds = &definitions().asked;
    let mut asked = match below.is_empty() {
        true => Vec::new(),
        false => store::asked(c, Some(&below), scope, kinds, when).await?,
    };
    if roots.contains(&None) {
        asked.extend(store::asked(c, None, scope, kinds, when).await?);
    }
    let fields: Vec<&str> = topics.iter().map(|topic| topic.field.as_str()).collect();
    let treated: HashSet<(Uuid, String)> =
        store::treated(c, scope, &fields, span).await?.into_iter().map(|one| (one.owner_id, one.key)).collect();
    let with = |(topic, root): (Topic, Option<Uuid>)| {
        let root = root.unwrap_or_default();
        let of_topic: Vec<&Asked> = asked.iter().filter(|one| one.root == root).collect();
        let idle = of_topic.iter().filter(|one| !treated.contains(&(one.id, topic.field.clone())));
        let reached = Reached { asked: of_topic.len(), idle: idle.map(|one| (*one).clone()).collect() };
        (topic, reached)
    };
    Ok(topics.into_iter().zip(roots).map(with).collect())
}

/// Sets the topics of an agency for a quarter: field and words, in order; empty ones are left out.
///
/// # Errors
/// [`Error::Invalid`], [`Error::NotFound`] for an agency that is not one's own.
pub(crate) async fn set_topics(
    app: &App,
    permit: &Permit<SetTopics>,
    (agency, quarter): (Uuid, i64),
    topics: &[(String, String)],
) -> Result<()> {
    if !permit.roots().contains(&agency) {
        return Err(Error::NotFound);
    }
    let mut errors = FieldErrors::default();
    if quarter_span(quarter).is_none() {
        errors.add("quy", "Hãy chọn quý.");
    }
    let given: Vec<(String, String)> =
        topics.iter().filter(|(field, body)| !field.is_empty() || !body.is_empty()).cloned().collect();
    if given.is_empty() {
        errors.add("linh_vuc", "Hãy nêu ít nhất một nội dung.");
    }
    if given.len() > MOST {
        errors.add("linh_vuc", format!("Mỗi quý nhiều nhất {MOST} nội dung."));
    }
    for (field, body) in &given {
        if !definitions().fields.iter().any(|one| one.key == *field) {
            errors.add("linh_vuc", "Mỗi nội dung cần một lĩnh vực pháp luật trong danh sách.");
        }
        if body.chars().count() > 500 {
            errors.add("noi_dung", "Mỗi nội dung dài không quá 500 ký tự.");
        }
    }
    errors.into_result(())?;
    let actor = permit.actor();
    let tx = app.db.begin().await?;
    store::replace_topics(&*tx, agency, quarter, &given, actor.user, app.clock.now()).await?;
    let detail = json!({ "quarter": quarter, "topics": given.len() });
    let entry = Entry { action: "activities.topics", subject: "agency", id: Some(agency), detail };
    audit::record(&*tx, &*app.clock, actor, entry).await?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_has_its_days() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 9).unwrap();
        assert_eq!(quarter_of(day), 20_264);
        assert_eq!(quarter_span(20_264), Some((20_261_001, 20_261_231)));
        assert_eq!(quarter_span(20_262), Some((20_260_401, 20_260_630)));
        assert_eq!(quarter_span(20_265), None);
    }
}
