//! Requests for information, from the day they come to the day they are closed.

use chrono::NaiveDate;
use kernel::{Action, Error, FieldErrors, Page, Paging, Permit, Result, Uuid, text, time};
use platform::{
    App,
    audit::{self, Entry},
    revision, search,
};
use serde_json::json;

use super::{above, at, find::KIND, holidays};
use crate::disclosures::{
    model::{Act, State, Way, definitions},
    policy::{HandleRequests, ReadRequests},
    store::{self, OpenRequest, RequestLine, StateCount, Step},
};

/// Letters from which on a name or an address is looked for in what is to be public; shorter ones are parts of other words.
const TELLING: usize = 5;

/// The list as shown.
pub(crate) struct Requests {
    pub page: Page<RequestLine>,
    pub counts: Vec<StateCount>,
}

/// Requests at the person's agencies and those below; nothing of the askers.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn list(app: &App, permit: &Permit<ReadRequests>, state: &str, paging: Paging) -> Result<Requests> {
    let (c, roots, today) = (app.db.read(), permit.roots(), time::date_to_int(app.clock.today()));
    let (rows, counts) =
        tokio::try_join!(store::requests(c, roots, (state, today), paging), store::request_counts(c, roots, today))?;
    let total = counts.iter().map(|count| match state {
        "late" => count.late,
        _ if state.is_empty() || state == count.state => count.n,
        _ => 0,
    });
    let total = u64::try_from(total.sum::<i64>()).unwrap_or(0);
    Ok(Requests { page: Page { rows, total, paging }, counts })
}

/// A request as one person of the agency sees it.
pub(crate) struct Sight {
    pub row: OpenRequest,
    pub steps: Vec<Step>,
    /// May act on it.
    pub handles: bool,
}

impl Sight {
    pub(crate) fn state(&self) -> State {
        State::from_key(&self.row.state)
    }

    pub(crate) fn can(&self, act: Act) -> bool {
        self.handles && act.fits(self.state(), self.row.extended)
    }
}

/// The request, when the person may see it.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn sight(app: &App, permit: &Permit<ReadRequests>, id: Uuid) -> Result<Sight> {
    let c = app.db.read();
    let row = store::request(c, id).await?.ok_or(Error::NotFound)?;
    if !above(app, permit, row.agency_id).await? {
        return Err(Error::NotFound);
    }
    let handles = Permit::<HandleRequests>::of(permit.actor()).is_some_and(|handle| at(&handle, row.agency_id));
    Ok(Sight { steps: store::steps(c, id).await?, row, handles })
}

/// The request with what its asker said of himself; that it was looked at stands in the audit trail.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn look(app: &App, permit: &Permit<ReadRequests>, id: Uuid) -> Result<Sight> {
    let sight = sight(app, permit, id).await?;
    let tx = app.db.begin().await?;
    let entry = Entry { action: "disclosures.look", subject: "info-request", id: Some(id), detail: json!({}) };
    audit::record(&*tx, &*app.clock, permit.actor(), entry).await?;
    tx.commit().await?;
    Ok(sight)
}

/// What is decided on a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Decision {
    /// It is answered; is the information simple and at hand?
    Accept { simple: bool },
    /// More time, up to a day, for a reason.
    Extend { to: Option<NaiveDate>, why: String },
    /// The information.
    Answer(String),
    /// Refused: key of the reason, and what it means here.
    Refuse { reason: String, why: String },
    /// To another agency, for a reason.
    HandOn { to: Option<Uuid>, why: String },
    /// The versions of question and answer that everybody may read.
    Publish { question: String, answer: String },
    /// They are taken back.
    Unpublish,
}

impl Decision {
    fn act(&self) -> Act {
        match self {
            Decision::Accept { .. } => Act::Accept,
            Decision::Extend { .. } => Act::Extend,
            Decision::Answer(_) => Act::Answer,
            Decision::Refuse { .. } => Act::Refuse,
            Decision::HandOn { .. } => Act::HandOn,
            Decision::Publish { .. } | Decision::Unpublish => Act::Publish,
        }
    }

    fn kind(&self) -> (&'static str, &'static str) {
        match self {
            Decision::Accept { .. } => ("accept", "disclosures.accept"),
            Decision::Extend { .. } => ("extend", "disclosures.extend"),
            Decision::Answer(_) => ("answer", "disclosures.answer"),
            Decision::Refuse { .. } => ("refuse", "disclosures.refuse"),
            Decision::HandOn { .. } => ("hand-on", "disclosures.hand_on"),
            Decision::Publish { .. } => ("publish", "disclosures.publish"),
            Decision::Unpublish => ("unpublish", "disclosures.unpublish"),
        }
    }
}

fn day(stored: i64) -> NaiveDate {
    time::date_from_int(stored).unwrap_or_default()
}

/// Takes a step with a request that was read at this version.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Invalid`]; [`Error::Conflict`] where it stands otherwise.
pub(crate) async fn act(
    app: &App,
    permit: &Permit<HandleRequests>,
    (id, version): (Uuid, i64),
    decision: &Decision,
) -> Result<()> {
    let mut row = store::request(app.db.read(), id).await?.ok_or(Error::NotFound)?;
    if !at(permit, row.agency_id) {
        return Err(Error::NotFound);
    }
    let state = State::from_key(&row.state);
    if !decision.act().fits(state, row.extended) || (*decision == Decision::Unpublish && row.public_at == 0) {
        return Err(Error::Conflict(format!("Yêu cầu đang ở bước “{}”, không làm được việc này.", state.label())));
    }
    let from = row.agency_name.clone();
    row.version = version;
    let body = change(app, &mut row, decision).await?;
    let now = app.clock.now();
    let (kind, action) = decision.kind();
    let public = matches!(decision, Decision::Publish { .. } | Decision::Unpublish);
    let tx = app.db.begin().await?;
    store::save_request(&*tx, &row).await?;
    store::insert_step(&*tx, (id, &from), (kind, &body), permit.actor(), now).await?;
    let detail = json!({ "due": row.due_on, "agency": row.agency_id });
    let entry = Entry { action, subject: "info-request", id: Some(id), detail };
    audit::record(&*tx, &*app.clock, permit.actor(), entry).await?;
    if public {
        search::changed(&*tx, KIND, &[id]).await?;
        revision::bump(&*tx, now).await?;
    }
    tx.commit().await?;
    if public {
        revision::moved(app);
    }
    Ok(())
}

/// Applies a decision; what its step says.
async fn change(app: &App, row: &mut OpenRequest, decision: &Decision) -> Result<String> {
    let today = app.clock.today();
    let way = definitions().way(&row.way).ok_or_else(|| Error::internal("a way that is not defined"))?;
    match decision {
        Decision::Accept { simple } => {
            row.state = State::Accepted.key().into();
            row.due_on = time::date_to_int(way.answer_by(day(row.received_on), *simple, &holidays(app).await?));
            Ok(String::new())
        }
        Decision::Extend { to, why } => extend(app, row, way, (*to, why)).await,
        Decision::Answer(text) => {
            let mut errors = FieldErrors::default();
            if text.is_empty() {
                errors.add("tra_loi", "Hãy viết nội dung cung cấp hoặc nơi nhận thông tin.");
            }
            errors.into_result(())?;
            close(row, State::Answered, text, today);
            Ok(String::new())
        }
        Decision::Refuse { reason, why } => {
            let mut errors = FieldErrors::default();
            if definitions().refusal(reason).is_none() {
                errors.add("can_cu", "Hãy chọn căn cứ từ chối trong danh sách.");
            }
            if why.is_empty() {
                errors.add("giai_thich", "Hãy nêu rõ lý do từ chối.");
            }
            errors.into_result(())?;
            row.refused_for.clone_from(reason);
            close(row, State::Refused, why, today);
            Ok(String::new())
        }
        Decision::HandOn { to, why } => hand_on(app, row, way, (*to, why)).await,
        Decision::Publish { question, answer } => {
            publishable(row, question, answer)?;
            row.public_question.clone_from(question);
            row.public_answer.clone_from(answer);
            row.public_at = app.clock.now().0;
            Ok(String::new())
        }
        Decision::Unpublish => {
            row.public_at = 0;
            Ok(String::new())
        }
    }
}

fn close(row: &mut OpenRequest, state: State, text: &str, today: NaiveDate) {
    row.state = state.key().into();
    row.answer = text.to_owned();
    row.due_on = 0;
    row.done_on = time::date_to_int(today);
}

async fn extend(app: &App, row: &mut OpenRequest, way: &Way, (to, why): (Option<NaiveDate>, &str)) -> Result<String> {
    let due = day(row.due_on);
    if due < app.clock.today() {
        return Err(Error::Conflict("Yêu cầu đã quá hạn; chỉ gia hạn được khi còn trong thời hạn.".into()));
    }
    let last = way.extended(due, &holidays(app).await?);
    let mut errors = FieldErrors::default();
    match to {
        Some(to) if to <= due => errors.add("den_ngay", "Ngày gia hạn phải sau hạn hiện tại."),
        Some(to) if to > last => {
            errors.add("den_ngay", format!("Chỉ được gia hạn đến ngày {}.", time::display_date(last)));
        }
        Some(_) => {}
        None => errors.add("den_ngay", "Hãy điền ngày gia hạn đến."),
    }
    if why.is_empty() {
        errors.add("ly_do", "Hãy nêu lý do gia hạn.");
    }
    errors.into_result(())?;
    let to = to.unwrap_or(last);
    row.extended = true;
    row.due_on = time::date_to_int(to);
    Ok(format!("{}: {why}", time::display_date(to)))
}

async fn hand_on(app: &App, row: &mut OpenRequest, way: &Way, (to, why): (Option<Uuid>, &str)) -> Result<String> {
    let today = app.clock.today();
    let who = (HandleRequests::DEF.roles, time::date_to_int(today));
    let other = match to.filter(|to| *to != row.agency_id) {
        Some(to) => store::answering(app.db.read(), who, "", Some(to), 1).await?.into_iter().next(),
        None => None,
    };
    let mut errors = FieldErrors::default();
    if other.is_none() {
        errors.add("chuyen_den", "Hãy chọn một cơ quan khác trong danh sách.");
    }
    if why.is_empty() {
        errors.add("ly_do_chuyen", "Hãy nêu lý do chuyển.");
    }
    errors.into_result(())?;
    let other = other.ok_or(Error::NotFound)?;
    row.agency_id = other.id;
    row.state = State::Received.key().into();
    row.extended = false;
    row.received_on = time::date_to_int(today);
    row.due_on = time::date_to_int(way.accept_by(today, &holidays(app).await?));
    Ok(format!("{}: {why}", other.name))
}

/// Nothing that points to the asker may stand in what everybody reads.
fn publishable(row: &OpenRequest, question: &str, answer: &str) -> Result<()> {
    let mut errors = FieldErrors::default();
    for (field, words) in [("cau_hoi", question), ("cau_tra_loi", answer)] {
        if words.is_empty() {
            errors.add(field, "Hãy viết bản công khai.");
        }
        let folded = text::fold(words);
        let digits: String = words.chars().filter(char::is_ascii_digit).collect();
        let hints = [&row.name, &row.contact, &row.contact_key, &row.address].map(|hint| text::fold(hint));
        let number = row.contact_key.chars().all(|c| c.is_ascii_digit()) && digits.contains(&row.contact_key);
        if number || hints.iter().any(|hint| hint.len() >= TELLING && folded.contains(hint.as_str())) {
            errors.add(field, "Bản công khai còn họ tên, liên hệ hoặc địa chỉ của người yêu cầu; hãy bỏ đi.");
        }
    }
    errors.into_result(())
}
