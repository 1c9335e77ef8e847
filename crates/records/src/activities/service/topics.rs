//! What a quarter should be about, and how far it was.

use chrono::{Datelike, NaiveDate};
use kernel::{Error, FieldErrors, Permit, Result, Uuid, time};
use platform::{
    App,
    audit::{self, Entry},
};
use serde_json::json;

use super::scope_of;
use crate::activities::{
    model::definitions::definitions,
    policy::{ReadActivities, SetTopics},
    store::{self, FieldCount, ListFilter, Topic},
};

/// Most topics of a quarter.
const MOST: usize = 12;

/// The quarter of a day, yyyyq.
pub(crate) fn quarter_of(day: NaiveDate) -> i64 {
    i64::from(day.year()) * 10 + i64::from(day.month0() / 3) + 1
}

/// First and last day of a quarter as stored, if it is one.
pub(crate) fn quarter_span(quarter: i64) -> Option<(i64, i64)> {
    let (year, q) = (quarter / 10, quarter % 10);
    if !(2013..2200).contains(&year) || !(1..=4).contains(&q) {
        return None;
    }
    let first = year * 10_000 + (q * 3 - 2) * 100 + 1;
    let last_day = if q == 2 || q == 3 { 30 } else { 31 };
    Some((first, year * 10_000 + q * 300 + last_day))
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

/// A quarter's topics and what was done about them.
pub(crate) struct Coverage {
    pub topics: Vec<Topic>,
    pub fields: Vec<FieldCount>,
    /// Agencies that recorded anything in the quarter.
    pub span: (i64, i64),
}

/// See [`Coverage`]; a constant number of statements.
///
/// # Errors
/// [`Error::NotFound`] when it is no quarter.
pub(crate) async fn coverage(app: &App, permit: &Permit<ReadActivities>, quarter: i64) -> Result<Coverage> {
    let span = quarter_span(quarter).ok_or(Error::NotFound)?;
    let c = app.db.read();
    let scope = scope_of(app, permit).await?;
    let mut topics = store::topics_in(c, quarter, &scope).await?;
    let owners = store::owners(c, permit.roots()).await?;
    let day = time::date_from_int(span.0).unwrap_or_default();
    for topic in topics_for_entry(app, &owners, day).await? {
        if !topics.iter().any(|one| one.id == topic.id) {
            topics.push(topic);
        }
    }
    let filter = ListFilter { from: span.0, to: span.1, ..ListFilter::default() };
    Ok(Coverage { topics, fields: store::field_counts(c, &scope, &filter).await?, span })
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
