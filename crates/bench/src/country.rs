//! A country in one generation: a root, 34 provinces, communes.

use kernel::{Uuid, new_id, text};
use store::insert;
use testkit::TestApp;

/// Provinces since 01/07/2025.
pub const PROVINCES: usize = 34;

/// Agencies of the bench.
pub struct Country {
    /// Above all.
    pub root: Uuid,
    /// The provinces.
    pub provinces: Vec<Uuid>,
    /// Communes of each province.
    pub communes: Vec<Vec<Uuid>>,
}

impl Country {
    /// Makes it with so many communes, spread evenly.
    pub async fn of(app: &TestApp, communes: usize) -> Self {
        let root = app.agency("Chính phủ", None).await;
        let mut rows = insert(
            "agencies",
            &["id", "code", "kind", "system", "name", "name_fold", "parent_id", "valid_from", "valid_to", "position"],
        );
        let mut closure = insert("agency_closure", &["ancestor_id", "descendant_id"]);
        let mut add = |kind: &str, name: String, above: &[Uuid], position: usize| {
            let id = new_id();
            rows.push([
                id.into(),
                id.to_string().into(),
                kind.into(),
                "state".into(),
                name.as_str().into(),
                text::fold(&name).into(),
                above.last().copied().into(),
                20_200_101i64.into(),
                99_991_231i64.into(),
                (position as i64).into(),
            ]);
            for ancestor in above.iter().copied().chain([id]) {
                closure.push([ancestor.into(), id.into()]);
            }
            id
        };
        let (mut provinces, mut below, mut position) = (Vec::new(), Vec::new(), 0);
        for p in 0..PROVINCES {
            let province = add("province", format!("Ủy ban nhân dân tỉnh số {p}"), &[root], p);
            provinces.push(province);
            let here = (communes + PROVINCES - 1 - p) / PROVINCES;
            let mut commune = |c: usize| {
                position += 1;
                let name = format!("Ủy ban nhân dân xã số {c} tỉnh số {p}");
                add("commune", name, &[root, province], position - 1)
            };
            below.push((0..here).map(&mut commune).collect());
        }
        let tx = app.app.db.begin().await.expect("a transaction");
        rows.run(&*tx).await.expect("agencies");
        closure.run(&*tx).await.expect("closure");
        tx.commit().await.expect("commit");
        Self { root, provinces, communes: below }
    }
}
