//! Ten thousand publications in words as uneven as real ones.

use kernel::{Uuid, new_id, text};
use store::{Tx, insert};
use testkit::TestApp;

/// Publications of the scene.
pub(crate) const ARTICLES: usize = 10_000;

/// Words as seldom and as often as in real texts: phrases of some 1,500 syllables, few of which make up most of what is written. Half a million syllables have
/// about as many different pairs of neighbours as that much of the laws (60,000 and 53,000).
pub(crate) fn sentence(seed: usize, length: usize) -> String {
    const STARTS: [&str; 20] =
        ["", "b", "c", "ch", "d", "đ", "g", "gi", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "t", "th", "tr", "v"];
    const ENDS: [&str; 75] = [
        "a", "ác", "ách", "ại", "ảm", "án", "ạng", "ảnh", "áo", "áp", "ạt", "ầu", "ậy", "e", "éc", "ẽm", "èn", "éo",
        "ép", "ét", "ềch", "ểnh", "ều", "i", "ích", "im", "ìn", "ính", "ịp", "ít", "íu", "o", "óa", "oác", "oài",
        "oàn", "oảng", "oạt", "óc", "oi", "ỏm", "òn", "ọng", "óp", "ót", "ực", "ửi", "ưng", "ước", "ưới", "ượm", "ườn",
        "ường", "ượp", "ượt", "u", "ùa", "uân", "uất", "ùm", "ùn", "úp", "út", "uy", "uyền", "uyết", "ỳnh", "ia",
        "iếc", "iểm", "iến", "iếng", "iệp", "iết", "iều",
    ];
    const PHRASES: f64 = 6_000.0;
    fn next(state: &mut u64) -> f64 {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*state >> 33) as f64 / f64::from(1u32 << 31)
    }
    let mut state = seed as u64 * 2_654_435_761 + 97;
    let mut out = String::new();
    let mut written = 0;
    while written < length {
        let phrase = (next(&mut state).powi(4) * PHRASES) as u64;
        let mut word = phrase * 2_654_435_761 + 1;
        for _ in 0..(2 + phrase % 8).min((length - written) as u64) {
            let syllable = (next(&mut word).powi(3) * (STARTS.len() * ENDS.len()) as f64) as usize;
            out.push_str(STARTS[syllable % STARTS.len()]);
            out.push_str(ENDS[syllable / STARTS.len()]);
            out.push(' ');
            written += 1;
        }
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
