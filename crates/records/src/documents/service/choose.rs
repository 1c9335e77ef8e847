//! The reviewer says whom a name means.

use kernel::{Error, Permit, Result, Uuid};
use platform::App;
use serde_json::json;

use super::{
    directory::{Meaning, directory, remember},
    read::mean,
    upload::note,
};
use crate::documents::{model::State, policy::Prepare, store};

/// Whom a name means.
#[derive(Debug, Clone)]
pub enum Choice {
    /// This agency or class, by its id.
    Known(String),
    /// Whoever is called this.
    Called(String),
    /// Whoever else the paper gives something to do.
    Everybody,
    /// Nobody that is registered; the words stay as printed.
    Nobody,
}

/// Gives every party of the draft with the same words this meaning; how many. With `remember`, the words are kept as
/// another name of the agency, for the next papers.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when no agency has the name; [`Error::Conflict`] when it is no draft.
pub async fn choose_party(
    app: &App,
    permit: &Permit<Prepare>,
    id: Uuid,
    party: Uuid,
    choice: Choice,
    keep: bool,
) -> Result<usize> {
    let directory = directory(app).await?;
    let tx = app.db.begin().await?;
    let document = store::owned_document(&*tx, permit, id).await?;
    if document.state() != State::Draft {
        return Err(Error::Conflict("Văn bản đã xác nhận, không sửa được nữa.".into()));
    }
    let place = directory.place(document.issuer_id, document.owner_id, document.date());
    let party = store::party(&*tx, id, party).await?;
    let unknown =
        || Error::invalid("called", "Không tìm thấy cơ quan có tên này. Hãy gõ tên đầy đủ rồi chọn trong danh sách.");
    let meaning = match &choice {
        Choice::Known(value) => directory.chosen(value, place).ok_or_else(unknown)?,
        Choice::Called(name) if name.is_empty() => {
            return Err(Error::invalid("called", "Hãy chọn một cơ quan hoặc gõ tên cơ quan."));
        }
        Choice::Called(name) => directory.called(name, place).ok_or_else(unknown)?,
        Choice::Everybody => Meaning { target: "all", ..Meaning::none() },
        Choice::Nobody => Meaning { target: "nobody", ..Meaning::none() },
    };
    let mut count = 0;
    let same = |row: &store::PartyRow| row.id == party.id || row.words == party.words && row.unresolved();
    for mut row in store::parties(&*tx, id).await?.into_iter().filter(same) {
        mean(&mut row, meaning.clone());
        row.confidence = 100;
        store::update_party(&*tx, &row).await?;
        count += 1;
    }
    // "Các cơ quan liên quan" are others in every paper.
    if keep && party.target != "related" {
        remember(&tx, app, permit.actor(), &party.words, &meaning, place).await?;
    }
    let detail = json!({ "words": party.words, "meaning": meaning.label, "remembered": keep });
    note(&tx, app, permit.actor(), "documents.choose_party", id, detail).await?;
    tx.commit().await?;
    Ok(count)
}
