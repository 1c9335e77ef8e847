//! Whose activities a person sees, and what this slice asks of the tables of agencies and places.

use kernel::{Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all, one, scalar};

use crate::activities::model::definitions::overseen;

/// Agencies whose subtrees are seen.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scope {
    /// Everything.
    pub all: bool,
    /// Tops of the subtrees.
    pub roots: Vec<Uuid>,
    /// Tops of one's own among them, without what is only overseen.
    pub own: Vec<Uuid>,
}

#[derive(FromQueryResult)]
struct Coded {
    code: String,
}

impl Scope {
    /// Everything.
    pub(crate) fn everything() -> Self {
        Self { all: true, ..Self::default() }
    }

    /// The subtrees of `roots`; an overseer among them sees its whole province, one at the centre everything. At most two statements.
    pub(crate) async fn of(c: &impl ConnectionTrait, roots: &[Uuid], overseers: &[String]) -> Result<Self> {
        let mut params = Params::new();
        let sql = format!("SELECT code FROM agencies WHERE id IN ({})", params.list(roots.iter().copied()));
        let rows: Vec<Coded> = all(c, &sql, params.values()).await?;
        let mut scope = Self { all: false, roots: roots.to_vec(), own: roots.to_vec() };
        let places: Vec<&str> = rows.iter().filter_map(|row| overseen(&row.code, overseers)).collect();
        scope.all = places.contains(&"tw");
        if scope.all || places.is_empty() {
            return Ok(scope);
        }
        scope.roots.extend(super::wholes(c, &places).await?.into_iter().map(|(_, id)| id));
        Ok(scope)
    }

    /// "the agency in this column is one of them", in a form that an index on the column serves.
    pub(super) fn condition(&self, column: &str, params: &mut Params) -> String {
        if self.all {
            return "TRUE".into();
        }
        let roots = params.list(self.roots.iter().copied());
        format!("{column} IN (SELECT descendant_id FROM agency_closure WHERE ancestor_id IN ({roots}))")
    }

    /// "one's own agencies took part in `a`, but do not own it".
    pub(super) fn partner_condition(&self, params: &mut Params) -> String {
        let roots = params.list(self.own.iter().copied());
        let below = format!("(SELECT descendant_id FROM agency_closure WHERE ancestor_id IN ({roots}))");
        format!(
            "a.id IN (SELECT activity_id FROM activity_partners WHERE agency_id IN {below}) AND a.owner_id NOT IN {below}"
        )
    }

    /// Are all of these activities seen: owned by one of them, or with one's own agencies taking part?
    pub(crate) async fn sees(&self, c: &impl ConnectionTrait, activities: &[Uuid]) -> Result<bool> {
        let mut params = Params::new();
        let list = params.list(activities.iter().copied());
        let (owned, joined) = (self.condition("a.owner_id", &mut params), self.partner_condition(&mut params));
        let sql = format!("SELECT COUNT(*) FROM activities a WHERE a.id IN ({list}) AND ({owned} OR {joined})");
        Ok(scalar(c, &sql, params.values()).await? == i64::try_from(activities.len()).unwrap_or(i64::MAX))
    }

    /// Is this agency one of them?
    pub(crate) async fn covers(&self, c: &impl ConnectionTrait, agency: Uuid) -> Result<bool> {
        if self.all {
            return Ok(true);
        }
        let mut params = Params::new();
        let (agency, roots) = (params.mark(agency), params.list(self.roots.iter().copied()));
        let sql =
            format!("SELECT COUNT(*) FROM agency_closure WHERE descendant_id = {agency} AND ancestor_id IN ({roots})");
        Ok(scalar(c, &sql, params.values()).await? > 0)
    }

    /// Did one's own agencies take part in an activity without owning it?
    pub(crate) async fn took_part(&self, c: &impl ConnectionTrait, activity: Uuid) -> Result<bool> {
        let mut params = Params::new();
        let (activity, partner) = (params.mark(activity), self.partner_condition(&mut params));
        let sql = format!("SELECT COUNT(*) FROM activities a WHERE a.id = {activity} AND {partner}");
        Ok(scalar(c, &sql, params.values()).await? > 0)
    }
}

/// An agency for a pick list, with the place it serves.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Owner {
    pub id: Uuid,
    pub name: String,
    pub code: String,
    pub unit_id: Option<Uuid>,
    pub unit_level: Option<String>,
}

impl Owner {
    /// Key of the place in its code.
    pub(crate) fn place(&self) -> &str {
        self.code.rsplit_once('/').map_or("", |(place, _)| place)
    }

    /// The commune that it serves, if it is of a commune.
    pub(crate) fn commune(&self) -> Option<Uuid> {
        self.unit_id.filter(|_| self.unit_level.as_deref() == Some("commune"))
    }
}

/// Agencies by id, in order of name.
pub(crate) async fn owners(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Owner>> {
    let mut params = Params::new();
    let ids = params.list(ids.iter().copied());
    let sql = format!(
        "SELECT a.id, a.name, a.code, a.unit_id, u.level AS unit_level FROM agencies a \
         LEFT JOIN units u ON u.id = a.unit_id WHERE a.id IN ({ids}) ORDER BY a.name, a.id"
    );
    all(c, &sql, params.values()).await
}

/// A place for a pick list.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Place {
    pub id: Uuid,
    pub code: String,
    pub official_code: String,
    pub name: String,
}

/// Communes of a province that live on a day, in order of name.
pub(crate) async fn communes(c: &impl ConnectionTrait, province: &str, day: i64) -> Result<Vec<Place>> {
    let sql = "SELECT u.id, u.code, u.official_code, u.name FROM units u JOIN units p ON p.id = u.parent_id \
               WHERE p.code = $1 AND u.level = 'commune' AND u.valid_from <= $2 AND u.valid_to > $2 ORDER BY u.name_fold, u.id";
    all(c, sql, vec![province.into(), day.into()]).await
}

/// A commune with its province.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Commune {
    pub id: Uuid,
    pub official_code: String,
    pub name: String,
    pub province_code: String,
    pub province: String,
}

/// Communes of these provinces that live on a day, in order of province and name.
pub(crate) async fn communes_of(c: &impl ConnectionTrait, provinces: &[&str], day: i64) -> Result<Vec<Commune>> {
    let mut params = Params::new();
    let (provinces, day) = (params.list(provinces.iter().copied()), params.mark(day));
    let sql = format!(
        "SELECT u.id, u.official_code, u.name, p.code AS province_code, p.name AS province FROM units u JOIN units p ON p.id = u.parent_id \
         WHERE p.code IN ({provinces}) AND u.level = 'commune' AND u.valid_from <= {day} AND u.valid_to > {day} \
         ORDER BY p.code, u.name_fold, u.id"
    );
    all(c, &sql, params.values()).await
}

/// Codes of the provinces around places with these codes (a province itself counts).
pub(crate) async fn provinces_around(c: &impl ConnectionTrait, codes: &[&str]) -> Result<Vec<Place>> {
    let mut params = Params::new();
    let list = params.list(codes.iter().copied());
    let sql = format!(
        "SELECT p.id, p.code, p.official_code, p.name FROM units p WHERE p.level = 'province' AND (p.code IN ({list}) \
         OR p.id IN (SELECT parent_id FROM units WHERE code IN ({list}))) ORDER BY p.code"
    );
    all(c, &sql, params.values()).await
}

/// Provinces in which a scope has agencies today.
pub(crate) async fn provinces_of(c: &impl ConnectionTrait, scope: &Scope, day: i64) -> Result<Vec<Place>> {
    let mut params = Params::new();
    let day = params.mark(day);
    let seen = scope.condition("a.id", &mut params);
    let sql = format!(
        "SELECT p.id, p.code, p.official_code, p.name FROM units p WHERE p.level = 'province' AND p.valid_from <= {day} \
         AND p.valid_to > {day} AND (p.id IN (SELECT a.unit_id FROM agencies a WHERE a.unit_id IS NOT NULL AND {seen}) \
         OR p.id IN (SELECT u.parent_id FROM agencies a JOIN units u ON u.id = a.unit_id WHERE u.parent_id IS NOT NULL AND {seen})) \
         ORDER BY p.code"
    );
    all(c, &sql, params.values()).await
}

/// A place by id.
pub(crate) async fn place(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Place>> {
    one(c, "SELECT id, code, official_code, name FROM units WHERE id = $1", vec![id.into()]).await
}
