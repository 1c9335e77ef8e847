//! What a person may see: whole plans, and the obligations of agencies below one's own.

use kernel::{Permit, Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all, scalar};

use crate::plans::policy::{DecidePlans, ReadPlans};

/// Up to this many agencies a list goes by agency, above by the order of the list.
const FEW: usize = 300;

/// See the module.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scope {
    /// Every plan is seen whole.
    pub all: bool,
    /// Plans that are seen whole: one decides in an agency that owns them.
    pub whole: Vec<Uuid>,
    /// Agencies below one's own, when they are few.
    pub agencies: Option<Vec<Uuid>>,
    /// One's own agencies.
    pub roots: Vec<Uuid>,
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

impl Scope {
    /// The scope of a permit; three statements.
    pub(crate) async fn of(c: &impl ConnectionTrait, permit: &Permit<ReadPlans>) -> Result<Scope> {
        if permit.everywhere() {
            return Ok(Scope { all: true, ..Scope::default() });
        }
        let deciding = Permit::<DecidePlans>::of(permit.actor());
        let owned = Self::owned_below(c, deciding.iter().flat_map(|permit| permit.roots().iter().copied())).await?;
        let mut params = Params::new();
        let sql = format!(
            "SELECT DISTINCT descendant_id AS id FROM agency_closure WHERE ancestor_id IN ({}) LIMIT {}",
            params.list(permit.roots().iter().copied()),
            FEW + 1
        );
        let agencies: Vec<Id> = all(c, &sql, params.values()).await?;
        Ok(Scope {
            agencies: (agencies.len() <= FEW).then(|| agencies.into_iter().map(|row| row.id).collect()),
            roots: permit.roots().to_vec(),
            ..owned
        })
    }

    /// The plans for which the person decides, and nothing besides; two statements.
    pub(crate) async fn owned(c: &impl ConnectionTrait, permit: &Permit<DecidePlans>) -> Result<Scope> {
        Self::owned_below(c, permit.roots().iter().copied()).await
    }

    async fn owned_below(c: &impl ConnectionTrait, roots: impl Iterator<Item = Uuid>) -> Result<Scope> {
        let mut params = Params::new();
        let sql = format!(
            "SELECT p.id FROM plans p WHERE EXISTS (SELECT 1 FROM agency_closure c WHERE c.ancestor_id IN ({}) \
             AND c.descendant_id = p.owner_id)",
            params.list(roots)
        );
        let whole: Vec<Id> = all(c, &sql, params.values()).await?;
        let plans = scalar(c, "SELECT COUNT(*) FROM plans", vec![]).await?;
        Ok(Scope {
            all: i64::try_from(whole.len()).is_ok_and(|whole| whole == plans),
            whole: whole.into_iter().map(|row| row.id).collect(),
            ..Scope::default()
        })
    }

    /// Is this plan seen whole?
    pub(crate) fn sees_whole(&self, plan: Uuid) -> bool {
        self.all || self.whole.contains(&plan)
    }

    /// "the agency of `o` is one of ours".
    pub(super) fn agency_condition(&self, params: &mut Params) -> String {
        match &self.agencies {
            Some(agencies) => format!("o.agency_id IN ({})", params.list(agencies.iter().copied())),
            None => format!(
                "EXISTS (SELECT 1 FROM agency_closure c WHERE c.ancestor_id IN ({}) AND c.descendant_id = o.agency_id)",
                params.list(self.roots.iter().copied())
            ),
        }
    }

    /// "`o` may be seen", in a form that no index is tempted by: lists walk in their own order.
    pub(super) fn walking_condition(&self, params: &mut Params) -> Option<String> {
        if self.all {
            return None;
        }
        let whole = params.list(self.whole.iter().copied());
        let agency = self.agency_condition(params);
        Some(format!("CASE WHEN o.plan_id IN ({whole}) THEN 1 WHEN {agency} THEN 1 ELSE 0 END = 1"))
    }

    /// "the agency of `o` is one of these and `o` may be seen", as conditions that exclude one another: of one's own agencies everything is seen, of
    /// others what is in plans that are seen whole.
    pub(super) fn named_conditions(&self, named: &Named, params: &mut Params) -> Vec<Vec<String>> {
        let mut of = |agencies: &[Uuid]| format!("o.agency_id IN ({})", params.list(agencies.iter().copied()));
        if self.all {
            return vec![vec![of(&named.own)]];
        }
        let mut out = Vec::new();
        if !named.others.is_empty() && !self.whole.is_empty() {
            let agency = of(&named.others);
            out.push(vec![agency, format!("o.plan_id IN ({})", params.list(self.whole.iter().copied()))]);
        }
        if !named.own.is_empty() || out.is_empty() {
            out.push(vec![format!("o.agency_id IN ({})", params.list(named.own.iter().copied()))]);
        }
        out
    }
}

/// Has the plan an obligation of an agency below `roots`?
pub(crate) async fn plan_concerns(c: &impl ConnectionTrait, plan: Uuid, scope: &Scope) -> Result<bool> {
    let mut params = Params::new();
    let plan = params.mark(plan);
    let agency = scope.agency_condition(&mut params);
    let sql = format!(
        "SELECT COUNT(*) FROM (SELECT 1 FROM obligations o WHERE o.plan_id = {plan} AND {agency} LIMIT 1) AS x"
    );
    Ok(scalar(c, &sql, params.values()).await? > 0)
}

/// Plans that have an obligation of an agency below `roots`.
pub(crate) async fn plans_concerning(c: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<Uuid>> {
    let mut params = Params::new();
    let agency = scope.agency_condition(&mut params);
    let sql = format!(
        "SELECT p.id FROM plans p WHERE EXISTS (SELECT 1 FROM obligations o WHERE o.plan_id = p.id AND {agency})"
    );
    let rows: Vec<Id> = all(c, &sql, params.values()).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Agencies whose name has the words that a list asks for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Named {
    /// Those below one's own; all of them for who sees everything.
    pub own: Vec<Uuid>,
    pub others: Vec<Uuid>,
    /// There are more than a list looks at: the words say too little.
    pub more: bool,
}

/// Most agencies that a list by name looks at.
pub(crate) const NAMED: usize = 200;

#[derive(FromQueryResult)]
struct NamedAgency {
    id: Uuid,
    own: i64,
}

/// Agencies whose name has these words, the first [`NAMED`] by name of those of which anything may be seen.
pub(crate) async fn agencies_named(c: &impl ConnectionTrait, scope: &Scope, folded: &str) -> Result<Named> {
    let mut params = Params::new();
    let pattern = params.mark(format!("%{}", store::like_prefix(folded)));
    let own = if scope.all {
        "1 = 1".to_owned()
    } else {
        format!(
            "EXISTS (SELECT 1 FROM agency_closure c WHERE c.ancestor_id IN ({}) AND c.descendant_id = a.id)",
            params.list(scope.roots.iter().copied())
        )
    };
    let seen = if scope.whole.is_empty() { format!("AND {own}") } else { String::new() };
    let sql = format!(
        "SELECT a.id, CAST(CASE WHEN {own} THEN 1 ELSE 0 END AS BIGINT) AS own FROM agencies a \
         WHERE a.name_fold LIKE {pattern} {seen} ORDER BY a.name_fold, a.id LIMIT {}",
        NAMED + 1
    );
    let rows: Vec<NamedAgency> = all(c, &sql, params.values()).await?;
    let mut named = Named { more: rows.len() > NAMED, ..Named::default() };
    for row in rows.iter().take(NAMED) {
        if row.own == 1 { named.own.push(row.id) } else { named.others.push(row.id) }
    }
    Ok(named)
}

/// Which of these agencies exist on a date.
pub(crate) async fn living(c: &impl ConnectionTrait, agencies: &[Uuid], on: i64) -> Result<Vec<Uuid>> {
    let mut out = Vec::with_capacity(agencies.len());
    for part in agencies.chunks(5000) {
        let mut params = Params::new();
        let on = params.mark(on);
        let sql = format!(
            "SELECT id FROM agencies WHERE valid_from <= {on} AND valid_to > {on} AND id IN ({})",
            params.list(part.iter().copied())
        );
        let rows: Vec<Id> = all(c, &sql, params.values()).await?;
        out.extend(rows.into_iter().map(|row| row.id));
    }
    Ok(out)
}
