//! What the index finds, and in which order.

use std::sync::LazyLock;

use kernel::Uuid;

use super::{Audience, Entry, Found, Index, Query};

fn entry(at: u128, title: &str, body: &str) -> Entry {
    let (title, body) = (title.to_owned(), body.to_owned());
    Entry { item: Uuid::from_u128(at), path: format!("/{at}"), title, body, ..Entry::default() }
}

fn index(entries: &[Entry]) -> Index {
    let index = Index::memory().unwrap();
    index.replace("law", &[], entries).unwrap();
    index.commit("").unwrap();
    index
}

fn find(index: &Index, text: &str) -> Found {
    index.find(&Query { text: text.into(), ..Query::default() }, 0, 10).unwrap()
}

fn paths(found: &Found) -> Vec<&str> {
    found.hits.iter().map(|hit| hit.path.as_str()).collect()
}

#[test]
fn words_with_their_marks_come_first() {
    let index = index(&[
        entry(1, "Phòng chay", "hoa hoan ky niem"),
        entry(2, "Phòng cháy", "hỏa hoạn ở chợ"),
        entry(3, "Khác", "mưa lũ"),
    ]);
    assert_eq!(paths(&find(&index, "hỏa hoạn")), ["/2", "/1"]);
    assert_eq!(paths(&find(&index, "hoa hoan")).len(), 2);
    assert!(find(&index, "động đất").hits.is_empty());
}

#[test]
fn an_index_made_anew_is_looked_through_in_one_part_once_it_has_settled() {
    let index = Index::memory().unwrap();
    index.clear().unwrap();
    for at in 1..=4 {
        index.replace("law", &[], &[entry(at, "Hòa giải ở cơ sở", "Tổ hòa giải của thôn")]).unwrap();
        index.commit("").unwrap();
    }
    let before = paths(&find(&index, "tổ hòa giải")).len();
    assert_eq!((index.segments(), before), (4, 4));
    index.settle().unwrap();
    assert_eq!((index.segments(), paths(&find(&index, "tổ hòa giải")).len()), (1, 4));
}

#[test]
fn one_wrong_letter_is_forgiven_where_the_neighbours_tell() {
    let index = index(&[
        entry(1, "Hòa giải ở cơ sở", "Tổ hòa giải của thôn"),
        entry(2, "Tố cáo", "Người tố cáo"),
        entry(3, "Giai đoạn", "hai giai đoạn"),
    ]);
    for typed in ["hòa giả", "hoa giari", "hoaf giai", "ho giai", "hao giai"] {
        let found = find(&index, typed);
        assert_eq!(paths(&found).first(), Some(&"/1"), "{typed}");
    }
    assert_eq!(find(&index, "hoaf giai").meant.as_deref(), Some("hoa giai"));
    assert_eq!(find(&index, "hòa giải").meant, None);
}

#[test]
fn abbreviations_and_everyday_words_find_what_they_mean() {
    let index = index(&[
        entry(1, "Phổ biến, giáo dục pháp luật", "hình thức"),
        entry(2, "Ly hôn", "thuận tình ly hôn"),
        entry(3, "Kết hôn", "điều kiện"),
    ]);
    assert_eq!(paths(&find(&index, "PBGDPL")), ["/1"]);
    assert_eq!(paths(&find(&index, "ly dị")).first(), Some(&"/2"));
}

#[test]
fn numbers_of_papers_and_articles_are_words() {
    let article = |at, title: &str, number: &str| Entry { within: number.into(), ..entry(at, title, "nội dung") };
    let index = index(&[
        article(1, "Điều 11. Hình thức", "Luật số 14/2012/QH13"),
        article(2, "Điều 12. Nội dung", "Luật số 14/2012/QH13"),
        article(3, "Điều 11. Thôi làm hòa giải viên", "Luật số 35/2013/QH13"),
    ]);
    assert_eq!(paths(&find(&index, "điều 11 luật 14/2012/qh13")).first(), Some(&"/1"));
    assert_eq!(paths(&find(&index, "dieu 11 35/2013/QH13")).first(), Some(&"/3"));
}

#[test]
fn what_is_asked_for_by_its_number_comes_first() {
    let article = |at, title: &str, law: &str, number: &str| Entry {
        symbols: format!("{law} Điều {number}"),
        within: format!("Thông tư số {law}"),
        ..entry(at, title, "thông tư này có hiệu lực; thay thế thông tư 35/2014/TT-BCA, điều 17")
    };
    let index = index(&[
        article(1, "Điều 17. Cấp sổ tạm trú", "35/2014/TT-BCA", "17"),
        article(2, "Điều 27. Hiệu lực thi hành thông tư", "35/2014/TT-BCA", "27"),
        article(3, "Điều 17. Hiệu lực thi hành thông tư", "36/2014/TT-BCA", "17"),
    ]);
    for typed in ["đ17 thông tư 35/2014/TT-BCA", "dieu 17 thong tu 35/2014", "35/2014/tt-bca điều 17 hiệu lực"]
    {
        let found = find(&index, typed);
        assert_eq!(paths(&found).first(), Some(&"/1"), "{typed}");
        // The others are there all the same.
        assert_eq!(found.reachable, 3, "{typed}");
    }
    assert_eq!(paths(&find(&index, "thông tư 36/2014")).first(), Some(&"/3"));
}

#[test]
fn quoted_words_stand_together() {
    let index = index(&[
        entry(1, "Một", "đối thoại trực tiếp với dân"),
        entry(2, "Hai", "trực ban, tiếp dân, đối chiếu, thoại"),
    ]);
    assert_eq!(paths(&find(&index, "\"đối thoại trực tiếp\"")), ["/1"]);
    assert!(find(&index, "\"tiếp trực\"").hits.is_empty());
    assert_eq!(paths(&find(&index, "\"doi thoai\"")), ["/1"]);
}

#[test]
fn numbers_beside_a_list_are_those_of_the_list() {
    let place = |at, code: &str, date| Entry {
        localities: vec![(code.into(), format!("Tỉnh {code}"))],
        date,
        ..entry(at, "Ngày Pháp luật", "mít tinh")
    };
    let index = index(&[place(1, "19", 20_261_109), place(2, "19", 20_251_109), place(3, "20", 20_261_101)]);
    let found = find(&index, "ngày pháp luật");
    assert_eq!(found.total, 3);
    let [_, _, localities, ..] = &found.facets;
    assert_eq!(
        localities.iter().map(|one| (one.label.as_str(), one.count)).collect::<Vec<_>>(),
        [("Tỉnh 19", 2), ("Tỉnh 20", 1)]
    );
    let narrowed = |query: Query| index.find(&Query { text: "ngày pháp luật".into(), ..query }, 0, 10).unwrap().total;
    assert_eq!(narrowed(Query { locality: "19".into(), ..Query::default() }), 2);
    assert_eq!(narrowed(Query { from: 20_260_101, ..Query::default() }), 2);
    assert_eq!(narrowed(Query { until: 20_251_231, ..Query::default() }), 1);
    assert_eq!(narrowed(Query { kinds: vec!["card".into()], ..Query::default() }), 0);
    assert_eq!(narrowed(Query { lang: "vi".into(), ..Query::default() }), 3);
}

#[test]
fn what_is_not_public_is_found_by_its_readers() {
    let (mine, other) = (Uuid::from_u128(10), Uuid::from_u128(20));
    let of = |at, audience| Entry { audience, ..entry(at, "Kế hoạch", "nhiệm vụ") };
    let index =
        index(&[of(1, Audience::Agencies(vec![mine])), of(2, Audience::Agencies(vec![other])), of(3, Audience::Staff)]);
    let reader = |kind: &str, agency| Some(vec![(kind.to_owned(), vec![agency])]);
    let found = |reader| index.find(&Query { text: "kế hoạch".into(), reader, ..Query::default() }, 0, 10).unwrap();
    let mine = found(reader("law", mine));
    assert_eq!((paths(&mine).contains(&"/1"), paths(&mine).contains(&"/2"), mine.total), (true, false, 2));
    assert_eq!(found(reader("paper", other)).total, 0);
}

#[test]
fn an_item_is_replaced_whole_and_a_folder_keeps_what_it_has() {
    let folder = tempfile::tempdir().unwrap();
    {
        let index = Index::open(folder.path()).unwrap();
        index
            .replace("law", &[], &[entry(1, "Cũ", "lời cũ"), entry(1, "Cũ hai", "lời cũ"), entry(2, "Khác", "lời")])
            .unwrap();
        index.commit("5").unwrap();
        index.replace("law", &[Uuid::from_u128(1)], &[entry(1, "Mới", "lời mới")]).unwrap();
        index.commit("6").unwrap();
        assert_eq!(index.len(), 2);
    }
    let index = Index::open(folder.path()).unwrap();
    assert_eq!((index.len(), index.note().unwrap().as_deref()), (2, Some("6")));
    assert_eq!(paths(&find(&index, "mới")), ["/1"]);
    drop(index);
    // Damaged: made anew rather than never again.
    std::fs::write(folder.path().join("meta.json"), "{").unwrap();
    assert!(Index::open(folder.path()).unwrap().is_empty());
}

#[test]
fn headings_are_suggested_while_typing() {
    let index = index(&[entry(1, "Hòa giải ở cơ sở", ""), entry(2, "Hỏa hoạn", ""), entry(3, "Giáo dục", "hòa")]);
    let titles = |text: &str| index.suggest(text, 5).unwrap().into_iter().map(|(title, _)| title).collect::<Vec<_>>();
    assert_eq!(titles("hoa g"), ["Hòa giải ở cơ sở"]);
    assert_eq!(titles("hòa")[0], "Hòa giải ở cơ sở");
    assert!(titles("x").is_empty() && titles("").is_empty());
}

proptest::proptest! {
    #[test]
    fn any_words_are_answered(text in "\\PC{0,60}") {
        static INDEX: LazyLock<Index> = LazyLock::new(|| index(&[entry(1, "Hòa giải ở cơ sở", "Tổ hòa giải")]));
        let _ = find(&INDEX, &text);
        let _ = INDEX.suggest(&text, 3).unwrap();
    }
}
