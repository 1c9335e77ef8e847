//! What everybody reads: nothing of an asker is selected here.

use kernel::{Paging, Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all, one, scalar};

use super::Named;

/// An entry that is public. `made_on` is yyyymmdd.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Disclosure {
    /// Its id.
    pub id: Uuid,
    /// Whose it is.
    pub agency_id: Uuid,
    /// Name of the agency.
    pub agency_name: String,
    /// Key of its kind.
    pub kind: String,
    /// Key of the field of law; may be empty.
    pub field: String,
    /// What it is.
    pub title: String,
    /// More about it.
    pub note: String,
    /// When it was made.
    pub made_on: i64,
    /// Where it is; may be empty.
    pub link: String,
    /// When it was made public.
    pub public_at: i64,
    /// Made by the program to show what it can do.
    pub generated: bool,
}

const PUBLIC: &str = "SELECT d.id, d.agency_id, a.name AS agency_name, d.kind, d.field, d.title, d.note, d.made_on, d.link, d.public_at, d.generated \
                      FROM disclosures d JOIN agencies a ON a.id = d.agency_id WHERE d.state = 'public'";

/// Which public entries.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted {
    pub kind: String,
    pub agency: Option<Uuid>,
}

impl Wanted {
    fn conditions(&self, params: &mut Params) -> String {
        let mut out = String::new();
        if !self.kind.is_empty() {
            out += &format!(" AND d.kind = {}", params.mark(self.kind.as_str()));
        }
        if let Some(agency) = self.agency {
            out += &format!(" AND d.agency_id = {}", params.mark(agency));
        }
        out
    }
}

/// One page of the public entries, the newest first.
pub(crate) async fn public_entries(
    c: &impl ConnectionTrait,
    wanted: &Wanted,
    paging: Paging,
) -> Result<Vec<Disclosure>> {
    let mut params = Params::new();
    let conditions = wanted.conditions(&mut params);
    let limit = params.mark(i64::from(paging.size));
    let offset = params.mark(i64::try_from(paging.offset()).unwrap_or(i64::MAX));
    let sql = format!("{PUBLIC}{conditions} ORDER BY d.made_on DESC, d.id LIMIT {limit} OFFSET {offset}");
    all(c, &sql, params.values()).await
}

/// How many there are.
pub(crate) async fn public_count(c: &impl ConnectionTrait, wanted: &Wanted) -> Result<i64> {
    let mut params = Params::new();
    let conditions = wanted.conditions(&mut params);
    scalar(c, &format!("SELECT COUNT(*) FROM disclosures d WHERE d.state = 'public'{conditions}"), params.values())
        .await
}

/// The public entries among these.
pub(crate) async fn public_entries_of(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Disclosure>> {
    let mut params = Params::new();
    let ids = params.list(ids.iter().copied());
    all(c, &format!("{PUBLIC} AND d.id IN ({ids})"), params.values()).await
}

/// How many public entries there are of a kind.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct KindCount {
    pub key: String,
    pub n: i64,
}

pub(crate) async fn kind_counts(c: &impl ConnectionTrait) -> Result<Vec<KindCount>> {
    all(c, "SELECT kind AS key, COUNT(*) AS n FROM disclosures WHERE state = 'public' GROUP BY kind", vec![]).await
}

/// Agencies with public entries, in order of name.
pub(crate) async fn public_agencies(c: &impl ConnectionTrait) -> Result<Vec<Named>> {
    let sql = "SELECT a.id, a.name FROM agencies a WHERE EXISTS (SELECT 1 FROM disclosures d WHERE d.agency_id = a.id AND d.state = 'public') \
               ORDER BY a.name_fold, a.id";
    all(c, sql, vec![]).await
}

/// A question and its answer as everybody reads them.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Answered {
    /// Its id.
    pub id: Uuid,
    /// Who answered.
    pub agency_id: Uuid,
    /// Name of the agency.
    pub agency_name: String,
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// When they were made public.
    pub public_at: i64,
    /// Made by the program to show what it can do.
    pub generated: bool,
}

const ANSWERED: &str = "SELECT r.id, r.agency_id, a.name AS agency_name, r.public_question AS question, r.public_answer AS answer, r.public_at, \
                        r.generated FROM info_requests r JOIN agencies a ON a.id = r.agency_id WHERE r.public_at > 0";

/// One page of the published answers, the newest first.
pub(crate) async fn answers(c: &impl ConnectionTrait, paging: Paging) -> Result<Vec<Answered>> {
    let offset = i64::try_from(paging.offset()).unwrap_or(i64::MAX);
    let sql = format!("{ANSWERED} ORDER BY r.public_at DESC, r.id LIMIT $1 OFFSET $2");
    all(c, &sql, vec![i64::from(paging.size).into(), offset.into()]).await
}

/// How many there are.
pub(crate) async fn answer_count(c: &impl ConnectionTrait) -> Result<i64> {
    scalar(c, "SELECT COUNT(*) FROM info_requests WHERE public_at > 0", vec![]).await
}

/// The published answers among these.
pub(crate) async fn answers_of(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Answered>> {
    let mut params = Params::new();
    let ids = params.list(ids.iter().copied());
    all(c, &format!("{ANSWERED} AND r.id IN ({ids})"), params.values()).await
}

/// One of them.
pub(crate) async fn answer(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Answered>> {
    one(c, &format!("{ANSWERED} AND r.id = $1"), vec![id.into()]).await
}
