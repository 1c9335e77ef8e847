//! How good the search is: known items and judged questions over law texts and papers that lie beside the project, against the full text search of SQLite and
//! PostgreSQL with the same queries in the same run. Needs `LANTOA_SHARED`.

use std::{
    collections::HashMap,
    env, fs,
    path::{Path, PathBuf},
};

use kernel::{Actor, Uuid, text::fold};
use platform::search::{Entry, Index, Query};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use records::laws::model::{article_slug, slug_of};
use serde::Deserialize;
use sqlx::{Connection, Row};
use testkit::TestApp;

/// A question with its judged answers.
#[derive(Deserialize)]
struct Question {
    query: String,
    answers: Vec<Answer>,
}

#[derive(Deserialize)]
struct Answer {
    doc: String,
    article: String,
    grade: u8,
}

#[derive(Deserialize)]
struct Questions {
    question: Vec<Question>,
}

/// Articles of the laws, as the program reads the files and gives them to its index, and the papers; in an order of their own.
async fn corpus(shared: &Path) -> Vec<Entry> {
    let app = TestApp::on_disk().await;
    for path in files(&shared.join("data/laws"), ".md") {
        let text = fs::read_to_string(&path).unwrap_or_default();
        records::laws::service::import(&app.app, &Actor::system(), &text).await.expect("a topic");
    }
    let laws = app.app.slices.iter().flat_map(|slice| slice.search).find(|def| def.kind == "law").expect("laws");
    let ids = (laws.ids)(&app.app, None, i64::MAX).await.expect("ids");
    let mut all = (laws.load)(&app.app, &ids).await.expect("entries");
    app.end().await;
    all.retain(|entry| entry.path.contains("/dieu-") && entry.body.len() > 40);
    for path in files(&shared.join("samples/papers"), ".txt") {
        let body = fs::read_to_string(&path).unwrap_or_default();
        let path = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let title: String = body.lines().filter(|line| line.len() > 30).take(3).collect::<Vec<_>>().join(" ");
        all.push(Entry { path, title, body, ..Entry::default() });
    }
    all.sort_by(|one, other| one.path.cmp(&other.path));
    for (at, entry) in all.iter_mut().enumerate() {
        entry.item = Uuid::from_u128(at as u128 + 1);
    }
    all
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut all: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(ending) && !path.ends_with("README.md"))
        .collect();
    all.sort();
    all
}

/// Five to eight words that stand together in one item alone, of an item drawn by a seed: half without marks, a third with one typing error.
fn known(items: &[Entry], count: usize) -> Vec<(String, usize)> {
    let mut random = StdRng::seed_from_u64(20_261_109);
    let folded: Vec<String> =
        items.iter().map(|item| format!(" {} ", fold(&format!("{}\n{}", item.title, item.body)))).collect();
    let mut all = Vec::new();
    while all.len() < count {
        let at = random.random_range(0..items.len());
        let Some(item) = items.get(at) else { continue };
        let lines: Vec<&str> = std::iter::once(item.title.as_str())
            .chain(item.body.lines())
            .filter(|line| line.split_whitespace().count() >= 6)
            .collect();
        let Some(line) = lines.choose(&mut random) else { continue };
        let words: Vec<&str> = line.split_whitespace().collect();
        let length = random.random_range(5..=8).min(words.len());
        let from = random.random_range(0..=words.len() - length);
        let mut query = words.get(from..from + length).unwrap_or_default().join(" ");
        // Words that stand together in this item alone: of others nobody can tell which item was meant.
        let sought = format!(" {} ", fold(&query));
        if folded.iter().filter(|text| text.contains(&sought)).take(2).count() != 1 {
            continue;
        }
        if all.len() % 2 == 0 {
            query = fold(&query);
        }
        if all.len() % 3 == 0 {
            query = mistyped(&query, &mut random);
        }
        all.push((query, at));
    }
    all
}

/// One letter of one word changed, left out, doubled or swapped with the next.
fn mistyped(query: &str, random: &mut StdRng) -> String {
    let mut words: Vec<Vec<char>> = query.split(' ').map(|word| word.chars().collect()).collect();
    let long: Vec<usize> = (0..words.len()).filter(|at| words.get(*at).is_some_and(|word| word.len() > 2)).collect();
    if let Some(word) = long.choose(random).and_then(|at| words.get_mut(*at)) {
        let at = random.random_range(0..word.len() - 1);
        match random.random_range(0..4) {
            0 => word.swap(at, at + 1),
            1 => drop(word.remove(at)),
            2 => word.insert(at, word[at]),
            _ => word[at] = char::from(b'a' + random.random_range(0..26u8)),
        }
    }
    words.into_iter().map(|word| word.into_iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// One over the place of the item among the first ten, on average.
fn mean_reciprocal(results: &[Vec<usize>], wanted: impl Iterator<Item = usize>) -> f64 {
    let sum: f64 = results
        .iter()
        .zip(wanted)
        .map(|(found, wanted)| {
            found.iter().take(10).position(|at| *at == wanted).map_or(0.0, |at| 1.0 / (at as f64 + 1.0))
        })
        .sum();
    sum / results.len() as f64
}

/// Gain of the first ten, discounted by place, of what the best order would give.
fn gain(found: &[usize], grades: &HashMap<usize, u8>) -> f64 {
    let sum = |grades: &mut dyn Iterator<Item = u8>| -> f64 {
        grades.take(10).enumerate().map(|(at, grade)| (f64::from(1 << grade) - 1.0) / (at as f64 + 2.0).log2()).sum()
    };
    let got = sum(&mut found.iter().map(|at| grades.get(at).copied().unwrap_or(0)));
    let mut best: Vec<u8> = grades.values().copied().collect();
    best.sort_unstable_by(|a, b| b.cmp(a));
    got / sum(&mut best.into_iter())
}

/// Prints the figures.
pub async fn run() {
    let Some(shared) = env::var_os("LANTOA_SHARED") else {
        println!("search quality: skipped, LANTOA_SHARED does not name the folder with law texts and papers");
        return;
    };
    let items = corpus(Path::new(&shared)).await;
    let known = known(&items, 500);
    let questions: Questions = toml::from_str(include_str!("questions.toml")).expect("questions");
    let place: HashMap<&str, usize> = items.iter().enumerate().map(|(at, item)| (item.path.as_str(), at)).collect();
    let judged: Vec<(String, HashMap<usize, u8>)> = questions
        .question
        .iter()
        .map(|question| {
            let grades = question.answers.iter().filter_map(|answer| {
                let key = format!("/luat/{}/{}", slug_of(&answer.doc), article_slug(&answer.article));
                let at = place.get(key.as_str());
                if at.is_none() {
                    println!("search quality: no {key} among the texts");
                }
                Some((*at?, answer.grade))
            });
            (question.query.clone(), grades.collect())
        })
        .filter(|(_, grades): &(String, HashMap<usize, u8>)| !grades.is_empty())
        .collect();
    println!("search quality: {} entries, {} known items, {} questions", items.len(), known.len(), judged.len());
    let queries: Vec<&str> =
        known.iter().map(|(query, _)| query.as_str()).chain(judged.iter().map(|(query, _)| query.as_str())).collect();
    let mut all = vec![("ours", ours(&items, &queries))];
    if env::var_os("SEARCH_ALONE").is_none() {
        all.push(("sqlite fts5", sqlite(&items, &queries).await));
    }
    if let Ok(url) = env::var("TEST_DATABASE_URL") {
        all.push(("postgresql", postgres(&url, &items, &queries).await));
    }
    for (name, results) in &all {
        let (first, second) = results.split_at(known.len());
        let reciprocal = mean_reciprocal(first, known.iter().map(|(_, at)| *at));
        let gains: Vec<f64> = second.iter().zip(&judged).map(|(found, (_, grades))| gain(found, grades)).collect();
        let mean = gains.iter().sum::<f64>() / gains.len() as f64;
        println!("figure: search known items MRR@10 ({name}) = {reciprocal:.3} (goal >= 0.8, better than the others)");
        println!("figure: search questions nDCG@10 ({name}) = {mean:.3} (goal >= 0.85, better than the others)");
        if env::var_os("SEARCH_WORST").is_some() && *name == "ours" {
            for ((query, at), found) in
                known.iter().zip(first).filter(|((_, at), found)| found.first() != Some(at)).take(60)
            {
                let name = |at: &usize| items.get(*at).map_or("", |item| item.path.as_str());
                println!(
                    "known: {query} | {} | {}",
                    name(at),
                    found.iter().take(3).map(name).collect::<Vec<_>>().join(" ")
                );
            }
            let mut worst: Vec<_> = gains.iter().zip(&judged).zip(second).collect();
            worst.sort_by(|a, b| a.0.0.total_cmp(b.0.0));
            for ((gain, (query, grades)), found) in worst.iter().take(25) {
                let name = |at: &usize| {
                    items.get(*at).map_or(String::new(), |item| {
                        format!("{} {}", item.path, item.title.chars().take(60).collect::<String>())
                    })
                };
                let got: Vec<_> =
                    found.iter().map(|at| format!("{}({})", name(at), grades.get(at).copied().unwrap_or(0))).collect();
                let mut want: Vec<_> = grades.iter().collect();
                want.sort_by(|a, b| b.1.cmp(a.1));
                let want: Vec<_> = want.iter().map(|(at, grade)| format!("{}({grade})", name(at))).collect();
                println!("{gain:.2} {query}\n     got {}\n     want {}", got.join(" "), want.join(" "));
            }
        }
    }
}

fn ours(items: &[Entry], queries: &[&str]) -> Vec<Vec<usize>> {
    let index = Index::memory().expect("an index");
    index.replace("law", &[], items).expect("room");
    index.commit("").expect("room");
    queries
        .iter()
        .map(|query| {
            let query = Query { text: (*query).to_owned(), ..Query::default() };
            let found = index.find(&query, 0, 10).expect("an answer");
            found.hits.iter().filter_map(|hit| items.iter().position(|item| item.path == hit.path)).collect()
        })
        .collect()
}

/// Full text search of SQLite, as its documentation advises: marks removed, BM25, any of the words.
async fn sqlite(items: &[Entry], queries: &[&str]) -> Vec<Vec<usize>> {
    let mut c = sqlx::SqliteConnection::connect("sqlite::memory:").await.expect("a database");
    let make = "CREATE VIRTUAL TABLE t USING fts5(title, within, body, tokenize = 'unicode61 remove_diacritics 2')";
    sqlx::query(make).execute(&mut c).await.expect("a table");
    for (at, item) in items.iter().enumerate() {
        sqlx::query("INSERT INTO t (rowid, title, within, body) VALUES ($1, $2, $3, $4)")
            .bind(at as i64)
            .bind(&item.title)
            .bind(&item.within)
            .bind(&item.body)
            .execute(&mut c)
            .await
            .expect("a row");
    }
    let mut all = Vec::new();
    for query in queries {
        let any: Vec<String> = query
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| format!("\"{word}\""))
            .collect();
        let rows = sqlx::query("SELECT rowid FROM t WHERE t MATCH $1 ORDER BY bm25(t, 3.0, 1.0, 1.0) LIMIT 10")
            .bind(any.join(" OR "))
            .fetch_all(&mut c)
            .await
            .expect("an answer");
        all.push(rows.iter().map(|row| usize::try_from(row.get::<i64, _>(0)).unwrap_or_default()).collect());
    }
    all
}

/// Full text search of PostgreSQL, as its documentation advises: marks removed, headings before words, length taken into account, any of the words.
async fn postgres(url: &str, items: &[Entry], queries: &[&str]) -> Vec<Vec<usize>> {
    let mut c = sqlx::PgConnection::connect(url).await.expect("a database");
    let plain = sqlx::raw_sql("CREATE EXTENSION IF NOT EXISTS unaccent").execute(&mut c).await.is_ok();
    let marks = |text: &str| if plain { format!("unaccent({text})") } else { text.to_owned() };
    let make = "CREATE TEMPORARY TABLE t (at BIGINT, head TEXT, body TEXT, words TSVECTOR)";
    sqlx::raw_sql(make).execute(&mut c).await.expect("a table");
    for (at, item) in items.iter().enumerate() {
        sqlx::query("INSERT INTO t (at, head, body) VALUES ($1, $2, $3)")
            .bind(at as i64)
            .bind(format!("{} {}", item.title, item.within))
            .bind(&item.body)
            .execute(&mut c)
            .await
            .expect("a row");
    }
    let fill = format!(
        "UPDATE t SET words = setweight(to_tsvector('simple', {}), 'A') || setweight(to_tsvector('simple', {}), 'D')",
        marks("head"),
        marks("body")
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(fill)).execute(&mut c).await.expect("words");
    let ask = format!(
        "SELECT at FROM t, to_tsquery('simple', {}) q WHERE words @@ q ORDER BY ts_rank(words, q, 1) DESC, at LIMIT 10",
        marks("$1")
    );
    let mut all = Vec::new();
    for query in queries {
        let any: Vec<&str> = query.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let rows = sqlx::query(sqlx::AssertSqlSafe(ask.clone()))
            .bind(any.join(" | "))
            .fetch_all(&mut c)
            .await
            .expect("an answer");
        all.push(rows.iter().map(|row| usize::try_from(row.get::<i64, _>(0)).unwrap_or_default()).collect());
    }
    all
}
