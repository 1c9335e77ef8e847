//! How good the search is: known items and judged questions over law texts and papers that lie beside the project, against the full text search of SQLite and
//! PostgreSQL with the same queries in the same run. Needs `LANTOA_SHARED`.

use std::{collections::HashMap, env, fs, path::Path};

use kernel::{Uuid, text::fold};
use platform::search::{Entry, Index, Query};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use serde::Deserialize;
use sqlx::{Connection, Row};

/// What is searched: an article of law or a paper.
struct Item {
    /// `14/2012/QH13#11`, or the name of a paper's file.
    key: String,
    title: String,
    within: String,
    body: String,
}

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

/// Articles of a file of codified law: a heading ("Điều 44.8.LQ.11. …", often at the end of the line before), in brackets where the article stands, its words.
fn articles(text: &str, names: &mut HashMap<String, String>) -> Vec<Item> {
    let text = text.split("## Danh sách điều khoản").next().unwrap_or_default();
    let mut all: Vec<Item> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("(Điều ") {
        let (before, from) = rest.split_at(at);
        if let Some(last) = all.last_mut() {
            last.body.push_str(before);
        }
        let end = from.find(')').map_or(from.len(), |end| end + 1);
        let (told, after) = from.split_at(end);
        rest = after;
        let Some((article, number, more)) = source(told) else { continue };
        // What was taken for the end of the article before is the heading of this one.
        let above = match all.last_mut() {
            Some(last) => &mut last.body,
            None => &mut before.to_owned(),
        };
        let heading = above.rfind("Điều ").map(|at| above.split_off(at)).unwrap_or_default();
        let title = heading.split_once(". ").map_or("", |(_, title)| title.trim());
        if let Some(name) = more.split(" ngày ").next().filter(|name| !name.is_empty() && !name.starts_with([',', ')']))
        {
            names.insert(number.clone(), name.trim().to_owned());
        }
        let kind = told.split(" số ").next().and_then(|words| words.splitn(3, ' ').nth(2)).unwrap_or_default();
        all.push(Item {
            key: format!("{number}#{article}"),
            title: format!("Điều {article}. {title}"),
            within: format!("{kind} số {number}"),
            body: String::new(),
        });
    }
    if let Some(last) = all.last_mut() {
        last.body.push_str(rest);
    }
    all
}

/// `(Điều 1 Luật số 14/2012/QH13 Phổ biến … ngày 20/06/2012 …)`: article, number, what follows.
fn source(line: &str) -> Option<(String, String, &str)> {
    let rest = line.strip_prefix("(Điều ")?;
    let (article, rest) = rest.split_once(' ')?;
    let (_, rest) = rest.split_once(" số ")?;
    let end = rest.find([' ', ',', ')']).unwrap_or(rest.len());
    let (number, rest) = rest.split_at(end);
    article.starts_with(|c: char| c.is_ascii_digit()).then(|| (article.to_owned(), number.to_owned(), rest.trim()))
}

fn corpus(shared: &Path) -> Vec<Item> {
    let files = |folder: &str, ending: &str| {
        let mut all: Vec<_> = fs::read_dir(shared.join(folder))
            .into_iter()
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.to_string_lossy().ends_with(ending) && !path.ends_with("README.md"))
            .collect();
        all.sort();
        all
    };
    let mut names = HashMap::new();
    let mut items: HashMap<String, Item> = HashMap::new();
    let mut order = Vec::new();
    for path in files("data/laws", ".md") {
        for item in articles(&fs::read_to_string(&path).unwrap_or_default(), &mut names) {
            // The same article stands in several topics; the longest text is kept.
            match items.get_mut(&item.key) {
                Some(known) if known.body.len() >= item.body.len() => {}
                Some(known) => *known = item,
                None => {
                    order.push(item.key.clone());
                    items.insert(item.key.clone(), item);
                }
            }
        }
    }
    let mut all: Vec<Item> =
        order.iter().filter_map(|key| items.remove(key)).filter(|item| item.body.len() > 40).collect();
    for item in &mut all {
        let number = item.key.split('#').next().unwrap_or_default();
        if let Some(name) = names.get(number) {
            item.within = format!("{} {name}", item.within);
        }
    }
    for path in files("samples/papers", ".txt") {
        let text = fs::read_to_string(&path).unwrap_or_default();
        let key = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let title: String = text.lines().filter(|line| line.len() > 30).take(3).collect::<Vec<_>>().join(" ");
        all.push(Item { key, title, within: String::new(), body: text });
    }
    all
}

/// Five to eight words that stand together in one item alone, of an item drawn by a seed: half without marks, a third with one typing error.
fn known(items: &[Item], count: usize) -> Vec<(String, usize)> {
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
pub(crate) async fn run() {
    let Some(shared) = env::var_os("LANTOA_SHARED") else {
        println!("search quality: skipped, LANTOA_SHARED does not name the folder with law texts and papers");
        return;
    };
    let items = corpus(Path::new(&shared));
    let known = known(&items, 500);
    let questions: Questions = toml::from_str(include_str!("questions.toml")).expect("questions");
    let place: HashMap<&str, usize> = items.iter().enumerate().map(|(at, item)| (item.key.as_str(), at)).collect();
    let judged: Vec<(String, HashMap<usize, u8>)> = questions
        .question
        .iter()
        .map(|question| {
            let grades = question.answers.iter().filter_map(|answer| {
                let key = format!("{}#{}", answer.doc, answer.article);
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
                let name = |at: &usize| items.get(*at).map_or("", |item| item.key.as_str());
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
                        format!("{} {}", item.key, item.title.chars().take(60).collect::<String>())
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

fn ours(items: &[Item], queries: &[&str]) -> Vec<Vec<usize>> {
    let index = Index::memory().expect("an index");
    let entries: Vec<Entry> = items
        .iter()
        .enumerate()
        .map(|(at, item)| Entry {
            item: Uuid::from_u128(at as u128 + 1),
            path: at.to_string(),
            title: item.title.clone(),
            symbols: item.key.split_once('#').map(|(number, at)| format!("{number} Điều {at}")).unwrap_or_default(),
            within: item.within.clone(),
            body: item.body.clone(),
            ..Entry::default()
        })
        .collect();
    index.replace("law", &[], &entries).expect("room");
    index.commit("").expect("room");
    queries
        .iter()
        .map(|query| {
            let query = Query { text: (*query).to_owned(), ..Query::default() };
            let found = index.find(&query, 0, 10).expect("an answer");
            found.hits.iter().filter_map(|hit| hit.path.parse().ok()).collect()
        })
        .collect()
}

/// Full text search of SQLite, as its documentation advises: marks removed, BM25, any of the words.
async fn sqlite(items: &[Item], queries: &[&str]) -> Vec<Vec<usize>> {
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
async fn postgres(url: &str, items: &[Item], queries: &[&str]) -> Vec<Vec<usize>> {
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
