//! Every kind of deadline, and what holds for all of them.

use proptest::prelude::*;

use super::*;

fn settings() -> Settings {
    Settings { year_from: 2026, year_to: 2030, year_end: 1214, in_force_from: None }
}

fn read(kind: DeadlineKind, value: &str, settings: Settings, through: i32) -> Vec<String> {
    let deadline = Deadline { kind, value: (!value.is_empty()).then(|| value.to_owned()) };
    dues(&deadline, settings, through)
        .iter()
        .map(|due| {
            format!("{} {} {}", due.period, due.date.map_or("-".into(), |date| date.to_string()), due.clock.key())
        })
        .collect()
}

#[track_caller]
fn check(kind: DeadlineKind, value: &str, expected: &[&str]) {
    assert_eq!(read(kind, value, settings(), 2027), expected, "{kind:?} {value}");
}

#[test]
fn every_kind_of_deadline_gives_its_dates() {
    use DeadlineKind::*;
    check(Date, "2026-11-15", &["2026-11-15 2026-11-15 dated"]);
    check(Date, "2026-03-01/2026-09-30", &["2026-09-30 2026-09-30 dated"]);
    check(Date, "2026-03-01/..", &["2026 2026-12-14 dated", "2027 2027-12-14 dated"]);
    check(Month, "2026-02", &["2026-02 2026-02-28 dated"]);
    check(Quarter, "2026-Q3", &["2026-Q3 2026-09-30 dated"]);
    check(Quarter, "2026-Q1/2026-Q2", &["2026-Q2 2026-06-30 dated"]);
    check(Quarter, "2027-Q1/..", &["2027 2027-12-14 dated"]);
    check(Year, "2026", &["2026 2026-12-14 dated"]);
    check(Year, "2026/2027", &["2026 2026-12-14 dated", "2027 2027-12-14 dated"]);
    check(Year, "2025,2027", &["2025 2025-12-14 dated", "2027 2027-12-14 dated"]);
    check(Year, "2027/..", &["2027 2027-12-14 dated"]);
    check(Annual, "", &["2026 2026-12-14 dated", "2027 2027-12-14 dated"]);
    check(Annual, "11-09", &["2026-11-09 2026-11-09 dated", "2027-11-09 2027-11-09 dated"]);
    check(Annual, "02", &["2026-02 2026-02-28 dated", "2027-02 2027-02-28 dated"]);
    check(
        Annual,
        "06-10,12-10",
        &[
            "2026-06-10 2026-06-10 dated",
            "2026-12-10 2026-12-10 dated",
            "2027-06-10 2027-06-10 dated",
            "2027-12-10 2027-12-10 dated",
        ],
    );
    check(Event, "", &["event - event"]);
    check(None, "", &["- - none"]);
}

#[test]
fn continuous_and_periodic_work_checks_in_every_period_and_a_day_of_every_month_can_be_missed() {
    let one = Settings { year_to: 2026, ..settings() };
    let quarters = ["2026-Q1 2026-03-31", "2026-Q2 2026-06-30", "2026-Q3 2026-09-30", "2026-Q4 2026-12-14"];
    let quarters: Vec<String> = quarters.iter().map(|text| format!("{text} checkin")).collect();
    assert_eq!(read(DeadlineKind::Continuous, "", one, 2027), quarters);
    assert_eq!(read(DeadlineKind::Periodic, "quarterly", one, 2027), quarters);
    let monthly = read(DeadlineKind::Periodic, "monthly-30", one, 2027);
    assert_eq!(monthly.len(), 12);
    assert_eq!(monthly.get(1).map(String::as_str), Some("2026-02 2026-02-28 dated"));
    assert_eq!(monthly.get(2).map(String::as_str), Some("2026-03 2026-03-30 dated"));
    assert_eq!(
        read(DeadlineKind::Periodic, "monthly", one, 2027).first().map(String::as_str),
        Some("2026-01 2026-01-31 checkin")
    );
    let weekly = read(DeadlineKind::Periodic, "weekly-5", one, 2027);
    assert_eq!(weekly.len(), 52);
    assert_eq!(weekly.first().map(String::as_str), Some("2026-W01 2026-01-02 checkin"));
}

#[test]
fn duties_before_the_plan_is_in_force_are_left_out_or_marked() {
    let settings = Settings { in_force_from: NaiveDate::from_ymd_opt(2026, 11, 21), ..settings() };
    assert_eq!(read(DeadlineKind::Continuous, "", settings, 2026), ["2026-Q4 2026-12-14 checkin"]);
    assert_eq!(read(DeadlineKind::Annual, "03-01", settings, 2027), ["2027-03-01 2027-03-01 dated"]);
    let single = Deadline { kind: DeadlineKind::Date, value: Some("2026-02-01".into()) };
    let due = dues(&single, settings, 2027).pop().expect("kept");
    assert!(past(&due, settings));
}

#[test]
fn what_cannot_be_read_stands_without_a_clock() {
    check(DeadlineKind::Date, "mai", &["- - none"]);
    check(DeadlineKind::Quarter, "2026-Q7", &["- - none"]);
    check(DeadlineKind::Date, "2026-09-31", &["2026-09-31 2026-09-30 dated"]);
}

#[test]
fn periods_read_like_speech() {
    let said: Vec<String> =
        ["2026", "2026-Q3", "2026-03", "2026-W05", "2026-11-15", "event", "-"].map(period_label).to_vec();
    let expected =
        ["năm 2026", "quý III/2026", "tháng 03/2026", "tuần 05/2026", "15/11/2026", "theo sự kiện", "không định kỳ"];
    assert_eq!(said, expected);
}

fn kinds() -> impl Strategy<Value = DeadlineKind> {
    use DeadlineKind::*;
    prop::sample::select(vec![Date, Month, Quarter, Year, Annual, Continuous, Event, Periodic, None])
}

fn values() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "2026-11-15",
        "2026-02",
        "2026-Q3",
        "2025/2028",
        "2026-Q1/..",
        "11-09",
        "02,06",
        "monthly-31",
        "weekly-3",
        "quarterly",
        "",
    ]);
    let odd = prop::collection::vec(prop::sample::select("0123456789-/,.Qw ".chars().collect::<Vec<_>>()), 0..14)
        .prop_map(|signs| signs.into_iter().collect::<String>());
    prop_oneof![known.prop_map(str::to_owned), odd]
}

proptest! {
    #[test]
    fn periods_are_unique_ordered_and_grow_with_the_years(kind in kinds(), value in values(), through in 2024i32..2032, from in 2020i32..2030, length in 0i32..8) {
        let deadline = Deadline { kind, value: Some(value) };
        let settings = Settings { year_from: from, year_to: from + length, year_end: 1231, in_force_from: Option::None };
        let now = dues(&deadline, settings, through);
        let mut periods: Vec<&str> = now.iter().map(|due| due.period.as_str()).collect();
        periods.sort_unstable();
        periods.dedup();
        prop_assert_eq!(periods.len(), now.len());
        prop_assert!(now.iter().zip(now.iter().skip(1)).all(|(a, b)| a.date <= b.date));
        for due in &now {
            prop_assert_eq!(due.date.is_some(), matches!(due.clock, ClockKind::Dated | ClockKind::CheckIn));
        }
        // A year later nothing is taken back: extending a plan only adds.
        let later = dues(&deadline, settings, through + 1);
        let dropped = now.iter().filter(|due| due.clock != ClockKind::None && !later.contains(due)).count();
        prop_assert_eq!(dropped, 0);
    }

    #[test]
    fn a_plan_in_force_has_no_recurring_duty_of_the_past(kind in kinds(), value in values(), day in 1u32..365) {
        let from = NaiveDate::from_yo_opt(2026, day).unwrap();
        let settings = Settings { year_from: 2025, year_to: 2027, year_end: 1214, in_force_from: Some(from) };
        for due in dues(&Deadline { kind, value: Some(value) }, settings, 2027) {
            prop_assert!(!due.recurring || due.date.is_none_or(|date| date >= from));
        }
    }
}

#[test]
fn several_deadlines_of_one_task_each_give_their_dates() {
    let rule = |kind, value: &str| Deadline { kind, value: (!value.is_empty()).then(|| value.to_owned()) };
    let periods = |rules: &[Deadline]| -> Vec<String> {
        let all = all_dues(rules, settings(), 2026);
        all.iter().map(|due| format!("{} {}", due.period, due.clock.key())).collect()
    };
    let two = [rule(DeadlineKind::Quarter, "2026-Q2"), rule(DeadlineKind::Annual, "12-15")];
    assert_eq!(periods(&two), ["2026-Q2 dated", "2026-12-15 dated"]);
    let same = [rule(DeadlineKind::Continuous, ""), rule(DeadlineKind::Quarter, "2026-Q3")];
    assert_eq!(periods(&same), ["2026-Q1 checkin", "2026-Q2 checkin", "2026-Q3 dated", "2026-Q4 checkin"]);
    let none = [rule(DeadlineKind::None, ""), rule(DeadlineKind::Month, "2026-05")];
    assert_eq!(periods(&none), ["2026-05 dated"]);
    assert_eq!(periods(&[rule(DeadlineKind::None, "")]), ["- none"]);
}

#[test]
fn days_after_an_event_are_read_from_the_words() {
    assert_eq!(days_after("Trong thời hạn 30 ngày sau khi luật, nghị quyết được công bố"), Some(30));
    assert_eq!(days_after("chậm nhất 05 ngày kể từ ngày nhận"), Some(5));
    assert_eq!(days_after("trong 2 tuần sau khi có hướng dẫn"), Some(14));
    for words in ["trong 10 ngày làm việc", "Sau khi có hướng dẫn của Bộ Tư pháp", "sau ngày 30/6", "Quý 3 năm 2026"]
    {
        assert_eq!(days_after(words), None, "{words}");
    }
}
