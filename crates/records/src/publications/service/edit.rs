//! The steps between writing and publishing: handing in, returning, accepting, scheduling, giving up.

use kernel::{Action, Error, FieldErrors, Permit, Result, Timestamp, Uuid};
use platform::App;

use super::{
    note,
    sight::{acting, draft_of},
    uses::hidden,
    versions::{original, readable},
};
use crate::publications::{
    model::{Act, State},
    store,
};

/// A step, with what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Whither {
    Submit,
    TakeBack,
    /// Why.
    Return(String),
    /// A word for the writer; may be empty.
    Accept(String),
    /// Goes live then.
    Schedule(Timestamp),
    Unschedule,
    Drop,
}

impl Whither {
    fn act(&self) -> Act {
        match self {
            Whither::Submit => Act::Submit,
            Whither::TakeBack => Act::TakeBack,
            Whither::Return(_) => Act::Return,
            Whither::Accept(_) => Act::Accept,
            Whither::Schedule(_) => Act::Schedule,
            Whither::Unschedule => Act::Unschedule,
            Whither::Drop => Act::Drop,
        }
    }
}

/// Takes a step with the newest edition.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] where it stands otherwise; [`Error::Invalid`] for what is missing; of one who schedules words of one's own
/// [`Error::Conflict`]: a second pair of eyes is needed.
pub(crate) async fn decide<A: Action>(app: &App, permit: &Permit<A>, id: Uuid, whither: &Whither) -> Result<()> {
    let act = whither.act();
    let (sight, edition) = acting(app, permit, id, act).await?;
    let mut errors = FieldErrors::default();
    let (kind, body, due) = match whither {
        Whither::Submit => {
            let draft = draft_of(app, &sight.row, &edition).await?;
            draft.check(true, &mut errors);
            if draft.of.is_some() {
                let original = original(app, draft.of).await?.draft;
                if draft.title == original.title || draft.body == original.body {
                    errors.add("noi_dung", "Tiêu đề hoặc nội dung còn nguyên lời của bản gốc; hãy dịch cả hai.");
                }
            }
            if sight.row.first_at > 0 && edition.note.is_empty() {
                errors.add("ghi_chu", "Bản đính chính cần ghi rõ đã sửa gì, để người đọc biết.");
            }
            ("submit", String::new(), 0)
        }
        Whither::TakeBack => ("take-back", String::new(), 0),
        Whither::Return(why) => {
            if why.is_empty() {
                errors.add("y_kien", "Hãy nêu lý do trả lại.");
            }
            ("return", why.clone(), 0)
        }
        Whither::Accept(word) => ("accept", word.clone(), 0),
        Whither::Schedule(at) => {
            if *at <= app.clock.now() {
                errors.add("luc", "Giờ xuất bản phải ở sau lúc này.");
            }
            hidden(app, &edition, &mut errors).await?;
            readable(app, &sight.row).await?;
            if sight.forces() {
                let message = "Người viết không tự hẹn giờ xuất bản bài của mình; cần một biên tập viên khác.";
                return Err(Error::Conflict(message.into()));
            }
            ("schedule", at.display(), at.0)
        }
        Whither::Unschedule => ("unschedule", String::new(), 0),
        Whither::Drop => ("drop", String::new(), 0),
    };
    errors.into_result(())?;
    let state = act.from(edition.state()).unwrap_or(State::Draft);
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    store::move_edition(&*tx, (edition.id, edition.version), state, due, now).await?;
    store::touch(&*tx, id, None, now).await?;
    note(app, &tx, permit.actor(), (id, edition.number), (kind, &body)).await?;
    tx.commit().await
}
