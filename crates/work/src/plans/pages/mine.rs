//! My work: every section with its count, or one section by pages.

use askama::Template;
use axum::extract::{Query, State};
use axum_extra::extract::Form;
use kernel::{Actor, FieldErrors, Page, Paging, Permit};
use platform::{
    App,
    web::{Chrome, Flash, Result, answer, guard::SignedIn, page as show, see_other},
};

use records::documents::place;

use super::today_in_words;
use crate::letterhead::Letterhead;
use crate::plans::{
    forms::{MineQuery, ReceiveForm},
    model::{days_left, section::Section, state::State as Where},
    policy::ReportProgress,
    service,
    store::{self, DueReview, Finished, Line, Notice, Waiting},
    views::{Row, day, due_pill},
};

#[derive(Template)]
#[template(path = "plans/templates/mine.html")]
struct MinePage {
    p: Chrome,
    letterhead: Letterhead,
    today: String,
    works: bool,
    query: MineQuery,
    /// The section that is shown alone.
    section: Option<Section>,
    chips: Vec<(Section, i64)>,
    blocks: Vec<Block>,
    /// Pages of the section that is shown alone.
    pages: Page<()>,
    notices: Vec<Notice>,
    late: i64,
    longest: i64,
    soon: i64,
    nearest: String,
    waiting: i64,
    fresh: i64,
    finished: Finished,
    errors: FieldErrors,
}

impl MinePage {
    /// Is this section shown alone?
    fn here(&self, one: &Section) -> bool {
        self.section == Some(*one)
    }

    /// Anchor of the first section that waits for the person's word.
    fn waiting_at(&self) -> String {
        let first = self.blocks.iter().find(|block| !block.waiting.is_empty());
        first.map_or_else(|| "main".to_owned(), |block| format!("s-{}", block.section.key()))
    }
}

/// One section as shown.
struct Block {
    section: Section,
    n: i64,
    rows: Vec<Row>,
    waiting: Vec<WaitingRow>,
}

impl Block {
    fn shown(&self) -> usize {
        self.rows.len() + self.waiting.len()
    }

    fn more(&self) -> bool {
        usize::try_from(self.n).is_ok_and(|n| n > self.shown())
    }

    /// Is there something to be received?
    fn picks(&self) -> bool {
        self.rows.iter().any(|row| row.pick)
    }
}

struct WaitingRow {
    path: String,
    class: &'static str,
    pill: String,
    head: String,
    under: String,
    body: String,
    /// What is to be done with it.
    act: &'static str,
}

impl WaitingRow {
    fn of(p: &Chrome, row: &Waiting) -> Self {
        let until = row.wanted_date.map(day).unwrap_or_default();
        let (class, pill, head) = match row.kind.as_str() {
            "extend" => ("plain", "gia hạn", format!("{} {} {}", row.agency_name, p.t("đề nghị gia hạn đến"), until)),
            "adjust" => ("plain", "kiến nghị", format!("{} {}", row.agency_name, p.t("kiến nghị điều chỉnh"))),
            _ => ("soon", "chờ xác nhận", format!("{} {}", row.agency_name, p.t("báo hoàn thành"))),
        };
        let head = format!("{head}: {} {}", place(&row.anchor), kernel::text::shorten(&row.title, 80));
        let said = if row.proposal.is_empty() { &row.body } else { &row.proposal };
        let due = day(row.due_date);
        let due = if due.is_empty() { String::new() } else { format!(" · {} {due}", p.t("hạn")) };
        Self {
            path: format!("/nghia-vu/{}", row.obligation_id),
            class,
            pill: p.t(pill).to_owned(),
            head,
            under: format!("{}{due}", row.plan_number),
            body: kernel::text::shorten(said, 160),
            act: "Xem và quyết định",
        }
    }

    fn of_review(p: &Chrome, review: &DueReview, today: chrono::NaiveDate) -> Self {
        let pill = due_pill(p, review.due_date, today);
        Self {
            path: format!("/ke-hoach/{}#so-ket", review.plan_id),
            class: pill.class,
            pill: pill.text,
            head: format!("{}: {}", p.t(review.label()), kernel::text::shorten(&review.title, 120)),
            under: format!("{} · {} · {} {}", review.owner_name, review.plan_number, p.t("hạn"), day(review.due_date)),
            body: String::new(),
            act: "Xem và ghi nhận",
        }
    }
}

/// `GET /viec-cua-toi`
pub(in crate::plans) async fn page(
    State(app): State<App>,
    p: Chrome,
    SignedIn(actor): SignedIn,
    Query(query): Query<MineQuery>,
) -> Result {
    show(&view(&app, p, &actor, query, FieldErrors::default()).await?)
}

async fn view(app: &App, p: Chrome, actor: &Actor, query: MineQuery, errors: FieldErrors) -> kernel::Result<MinePage> {
    let today = app.clock.today();
    let (section, paging) = (query.section(), query.paging());
    let work = service::my_work(app, actor, section, paging).await?;
    let roots = Permit::<ReportProgress>::of(actor).map(|permit| permit.roots().to_vec()).unwrap_or_default();
    let mut rows = Row::with_activities(app, &p, &work.lines, today).await?;
    for (row, line) in rows.iter_mut().zip(&work.lines) {
        row.pick = row.fresh && roots.contains(&line.agency_id);
    }
    let blocks = blocks(&p, &work, rows, (section, paging), today);
    let first = |one: Section| work.of(one).filter(|count| count.n > 0).map(|count| count.first);
    let total = u64::try_from(section.map_or(0, |section| work.count(section))).unwrap_or(0);
    let shown = blocks.iter().map(Block::shown).sum();
    Ok(MinePage {
        letterhead: Letterhead::of(app, actor).await?,
        today: today_in_words(p.lang, today),
        works: work.works,
        chips: Section::ALL.map(|one| (one, work.count(one))).into_iter().filter(|(_, n)| *n > 0).collect(),
        pages: Page { rows: vec![(); shown], total, paging },
        notices: store::notices(app.db.read(), actor.user).await?,
        late: work.count(Section::Late),
        longest: first(Section::Late).and_then(|day| days_left(day, today)).map_or(0, |left| -left),
        soon: work.count(Section::In7),
        nearest: first(Section::In7).map(day).unwrap_or_default(),
        waiting: work.count(Section::Decide) + work.count(Section::Confirm),
        fresh: work.count(Section::Fresh),
        finished: work.finished.clone(),
        section,
        blocks,
        query,
        errors,
        p,
    })
}

/// The sections that are shown and hold something, in the order of the page.
fn blocks(
    p: &Chrome,
    work: &service::MyWork,
    rows: Vec<Row>,
    (section, paging): (Option<Section>, Paging),
    today: chrono::NaiveDate,
) -> Vec<Block> {
    let stands = |line: &Line| {
        let state = Where::from_key(&line.state).unwrap_or(Where::Ended);
        section.unwrap_or_else(|| Section::of(state, line.urgent == 1, line.due_date, today))
    };
    let waiting = |rows: &[Waiting]| rows.iter().map(|row| WaitingRow::of(p, row)).collect();
    let reviews = |reviews: &[DueReview]| {
        let (first, most) = match section {
            Some(_) => (usize::try_from(paging.offset()).unwrap_or(usize::MAX), paging.size as usize),
            None => (0, service::FIRST),
        };
        reviews.iter().skip(first).take(most).map(|review| WaitingRow::of_review(p, review, today)).collect()
    };
    let mut blocks: Vec<Block> = Section::ALL
        .into_iter()
        .filter(|one| section.map_or(*one != Section::Fresh, |section| section == *one))
        .map(|one| Block {
            section: one,
            n: work.count(one),
            rows: Vec::new(),
            waiting: match one {
                Section::Decide => waiting(&work.decide),
                Section::Confirm => waiting(&work.confirm),
                Section::Review => reviews(&work.reviews),
                _ => Vec::new(),
            },
        })
        .collect();
    for (row, line) in rows.into_iter().zip(&work.lines) {
        let at = stands(line);
        if let Some(block) = blocks.iter_mut().find(|block| block.section == at) {
            block.rows.push(row);
        }
    }
    blocks.retain(|block| block.shown() > 0);
    blocks
}

/// `POST /viec-cua-toi/tiep-nhan`: receives those that were ticked.
pub(in crate::plans) async fn receive(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReportProgress>,
    Form(form): Form<ReceiveForm>,
) -> Result {
    let outcome = service::receive_many(&app, &permit, &form.ids()).await;
    let query = MineQuery { muc: form.muc.clone(), trang: None };
    let back = format!("/viec-cua-toi?{}", query.kept());
    let done = |count: usize| {
        see_other(back.trim_end_matches(['?', '&']), Flash::ok(format!("Đã tiếp nhận {count} nhiệm vụ.")))
    };
    let again = |errors| view(&app, p, permit.actor(), query, errors);
    answer(outcome, done, again).await
}

/// `POST /viec-cua-toi/da-doc`
pub(in crate::plans) async fn read(State(app): State<App>, SignedIn(actor): SignedIn) -> Result {
    let tx = app.db.begin().await?;
    store::read_notices(&tx, actor.user, app.clock.now()).await?;
    tx.commit().await?;
    Ok(see_other("/viec-cua-toi", Flash::ok("Đã đánh dấu mọi thông báo là đã đọc.")))
}
