//! Ten thousand publications in words as uneven as real ones.

use kernel::{Uuid, new_id, text};
use store::{Tx, insert};
use testkit::TestApp;

/// Publications of the scene.
pub(crate) const ARTICLES: usize = 10_000;

/// Words as seldom and as often as in real texts: of some 1,700 syllables, few make up most of what is written.
pub(crate) fn sentence(seed: usize, length: usize) -> String {
    const STARTS: [&str; 20] =
        ["", "b", "c", "ch", "d", "đ", "g", "gi", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "t", "th", "tr", "v"];
    const ENDS: [&str; 12] = ["a", "an", "ang", "ai", "ao", "inh", "iên", "oan", "ông", "ương", "ư", "ê"];
    const TONES: [&str; 7] = ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}", ""];
    let mut state = seed as u64 * 2_654_435_761 + 97;
    let mut out = String::new();
    for _ in 0..length {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let part = (state >> 33) as f64 / f64::from(1u32 << 31);
        let word = (part.powi(4) * 1_680.0) as usize;
        out.push_str(STARTS[word % 20]);
        out.push_str(ENDS[word / 20 % 12]);
        out.push_str(TONES[word / 240 % 7]);
        out.push(' ');
    }
    out.trim_end().to_owned()
}

fn markdown(seed: usize) -> String {
    (0..6).map(|at| format!("## {}\n\n{}.\n\n", sentence(seed * 7 + at, 6), sentence(seed * 13 + at, 70))).collect()
}

pub(crate) async fn articles(app: &TestApp, count: usize, agencies: &[Uuid], section: Uuid) {
    let now = app.app.clock.now();
    let numbers: Vec<usize> = (0..count).collect();
    for block in numbers.chunks(500) {
        let tx = app.app.db.begin().await.expect("a transaction");
        write(&tx, block, agencies, section, now.0).await;
        tx.commit().await.expect("commit");
    }
    let tx = app.app.db.begin().await.expect("a transaction");
    platform::revision::bump(&*tx, now).await.expect("a row");
    tx.commit().await.expect("commit");
}

async fn write(tx: &Tx, block: &[usize], agencies: &[Uuid], section: Uuid, now: i64) {
    let mut publications = insert(
        "publications",
        &[
            "id",
            "agency_id",
            "kind",
            "slug",
            "live_id",
            "first_at",
            "changed_at",
            "gone",
            "gone_note",
            "gone_to",
            "gone_at",
            "lang",
            "generated",
        ],
    );
    let mut editions = insert(
        "editions",
        &[
            "id",
            "publication_id",
            "number",
            "state",
            "title",
            "title_fold",
            "lead",
            "body",
            "byline",
            "note",
            "starts_at",
            "ends_at",
            "place",
            "base",
            "checker",
            "due_at",
            "published_at",
            "published_name",
            "forced",
            "version",
            "written_by",
            "written_name",
            "created_at",
            "changed_at",
        ],
    );
    let mut marks = insert("edition_marks", &["edition_id", "kind", "key"]);
    for &n in block {
        let (publication, edition) = (new_id(), new_id());
        let at = now - n as i64 * 60_000;
        publications = publications.row([
            publication.into(),
            agencies[n % agencies.len()].into(),
            "article".into(),
            format!("bai-{n}").into(),
            edition.into(),
            at.into(),
            at.into(),
            "".into(),
            "".into(),
            "".into(),
            0i64.into(),
            "vi".into(),
            true.into(),
        ]);
        let title = format!("Bài {n} {}", sentence(n, 9));
        editions = editions.row([
            edition.into(),
            publication.into(),
            1i64.into(),
            "live".into(),
            title.as_str().into(),
            text::fold(&title).into(),
            sentence(n + 5, 28).into(),
            markdown(n).into(),
            "".into(),
            "".into(),
            0i64.into(),
            0i64.into(),
            "".into(),
            0i64.into(),
            "".into(),
            0i64.into(),
            at.into(),
            "Đo".into(),
            "".into(),
            0i64.into(),
            Uuid::nil().into(),
            "Đo".into(),
            at.into(),
            at.into(),
        ]);
        if n % 8 == 0 {
            marks = marks.row([edition.into(), "section".into(), section.to_string().into()]);
        }
    }
    publications.run(&**tx).await.expect("publications");
    editions.run(&**tx).await.expect("editions");
    marks.run(&**tx).await.expect("marks");
}
