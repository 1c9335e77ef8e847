//! Two thousand law documents of twenty articles each.

use kernel::{new_id, text};
use store::{Tx, insert};
use testkit::TestApp;

use crate::news::sentence;

/// Documents of the scene.
pub(crate) const LAWS: usize = 2_000;

/// Articles of each.
const ARTICLES: usize = 20;

/// The address of a document.
pub(crate) fn slug(n: usize) -> String {
    format!("{n}-2020-tt-do")
}

pub(crate) async fn laws(app: &TestApp) {
    let now = app.app.clock.now();
    let numbers: Vec<usize> = (0..LAWS).collect();
    for block in numbers.chunks(100) {
        let tx = app.app.db.begin().await.expect("a transaction");
        write(&tx, block, now.0).await;
        tx.commit().await.expect("commit");
    }
    let tx = app.app.db.begin().await.expect("a transaction");
    platform::revision::bump(&*tx, now).await.expect("a row");
    tx.commit().await.expect("commit");
}

async fn write(tx: &Tx, block: &[usize], now: i64) {
    let mut laws = insert(
        "laws",
        &[
            "id",
            "number",
            "slug",
            "kind",
            "title",
            "title_fold",
            "issuer",
            "issued_on",
            "effect_from",
            "ended_on",
            "checked_on",
            "changed_on",
            "source",
            "sample",
            "version",
            "added_at",
            "changed_at",
        ],
    );
    let mut articles = insert("law_articles", &["id", "law_id", "number", "position"]);
    let mut texts = insert(
        "law_texts",
        &["id", "law_id", "article_id", "from_on", "to_on", "state", "part", "heading", "body", "cause", "mark"],
    );
    for &n in block {
        let law = new_id();
        let title = sentence(n + 90_001, 14);
        laws = laws.row([
            law.into(),
            format!("{n}/2020/TT-ĐO").into(),
            slug(n).into(),
            "Thông tư".into(),
            title.as_str().into(),
            text::fold(&title).into(),
            "Bộ Đo".into(),
            20_200_101i64.into(),
            20_200_301i64.into(),
            99_991_231i64.into(),
            20_261_101i64.into(),
            0i64.into(),
            "".into(),
            false.into(),
            0i64.into(),
            now.into(),
            now.into(),
        ]);
        for at in 1..=ARTICLES {
            let (article, seed) = (new_id(), n * 31 + at);
            let number = at.to_string();
            articles.push::<4>([article.into(), law.into(), number.into(), (at as i64).into()]);
            texts.push::<11>([
                new_id().into(),
                law.into(),
                article.into(),
                20_200_301i64.into(),
                99_991_231i64.into(),
                "text".into(),
                "".into(),
                sentence(seed * 5, 8).into(),
                format!("1. {}.\n\n2. {}.", sentence(seed * 3, 60), sentence(seed * 11, 60)).into(),
                "".into(),
                "".into(),
            ]);
        }
    }
    laws.run(&**tx).await.expect("laws");
    articles.run(&**tx).await.expect("articles");
    texts.run(&**tx).await.expect("texts");
}
