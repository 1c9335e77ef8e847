//! `lantoa demo`: a whole province to try out. Fills a data folder once, prints one account per role, serves.

use std::sync::Arc;

use anyhow::{Context, Result, bail};
use bytes::Bytes;
use chrono::{Datelike, Days, NaiveDate};
use kernel::{Actor, FixedClock, Holding, Permit, Role, Uuid, time};
use platform::{App, Config, jobs, secrets};
use records::{
    accounts::service::{self as accounts, NewUser},
    agencies::{self, Who, service as agency_service},
    documents::{self, Audience},
    library::service::Filled,
};
use work::{outgoing::service as outgoing, plans::service as plans, reporting::service as reporting};

use super::say;
use crate::start;

/// Password of every account of a demonstration.
const PASSWORD: &str = "Lan-Toa-trinh-dien-2026";

/// Login of the person who prepares the demonstration.
const SECRETARY: &str = "thuky";

/// The same activities in every demonstration of a day.
const SEED: u64 = 20_261_109;

/// One person of the demonstration.
struct Person {
    login: &'static str,
    name: &'static str,
    position: &'static str,
    role: Role,
    agency: Uuid,
}

/// Fills the folder where it is empty, then serves it.
pub(super) async fn run(mut settings: Config, province: &str, serve: bool) -> Result<()> {
    settings.access.administrator_totp = false;
    settings.access.administrator_password_days = 0;
    let app = start::open(settings.clone()).await?;
    if accounts::directory::list(&app, "").await?.is_empty() {
        fill(&app, settings.clone(), province).await?;
        make_accounts(&app, province).await?;
        sign_report(&app, settings.clone()).await?;
        let library = fill_library(&app).await?;
        publish_news(&app, settings.clone(), &library).await?;
        disclose(&app, settings).await?;
        fill_shelf(&app, province).await?;
        app.db.analyze().await?;
    }
    introduce(&app).await?;
    if serve {
        start::serve(app, true, super::serve::stop_signal()).await?;
    }
    Ok(())
}

async fn fill(app: &App, settings: Config, province: &str) -> Result<()> {
    say("1/11  Đơn vị hành chính và cơ quan của tỉnh (từ năm 2020)…");
    let done = agency_service::import_agencies(app, &[province]).await.with_context(|| format!("tỉnh {province}"))?;
    say(&format!("     {} đơn vị hành chính, {} cơ quan.", done.units, done.agencies));
    let people = people(app, province).await?;
    let secretary = people.iter().find(|person| person.login == SECRETARY).context("thư ký")?;
    let today = app.clock.today();
    let merged_on = first_of_month(today - Days::new(125));
    let administrator = people.iter().find(|person| person.role == Role::Administrator).context("quản trị")?;
    let manage = Permit::of(&actor_of(administrator)).context("quyền quản lý cơ quan")?;
    let pair = agency_service::merge_for_demonstration(app, &manage, secretary.agency, merged_on).await?;
    if pair.is_some() {
        say(&format!("     Hai xã được giả định sáp nhập từ ngày {}.", time::display_date(merged_on)));
    }
    say("2/11  Kế hoạch mẫu của năm: đọc, rà soát, xác nhận…");
    // On the day after it was issued: a year of work on it follows.
    let clock = FixedClock::at(today.with_ordinal(16).unwrap_or(today).min(today));
    let past = start::open_with_clock(settings, Arc::new(clock.clone())).await?;
    confirm_plan(&past, province, secretary).await?;
    say("3/11  Giao nhiệm vụ cho từng cơ quan, tiến độ đến hôm nay (dữ liệu phát sinh)…");
    while jobs::run_due(&past).await? > 0 {}
    clock.set(today);
    let steady: Vec<Uuid> = pair.iter().flat_map(|pair| [pair.heir, pair.gone]).collect();
    let made = plans::generate(app, &steady, SEED).await?;
    say(&format!("     {made} phần việc đã có báo cáo tiến độ."));
    say("4/11  Một năm hoạt động của các xã, phường và sở, ngành (dữ liệu phát sinh)…");
    let made = records::activities::service::generate(app, secretary.agency, SEED).await?;
    say(&format!("     {made} hoạt động."));
    say("5/11  Các kỳ báo cáo của năm qua: lập, gửi, trả lại, duyệt (dữ liệu phát sinh)…");
    let made = reporting::generate(&past, &clock, secretary.agency, &steady, SEED).await?;
    say(&format!("     {} kỳ, {} báo cáo.", made.rounds, made.reports));
    Ok(())
}

fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

async fn make_accounts(app: &App, province: &str) -> Result<()> {
    say("6/11  Tài khoản, mỗi vai trò một tài khoản…");
    let people = people(app, province).await?;
    let hash = secrets::hash_password(PASSWORD).await?;
    for person in &people {
        let new = NewUser {
            login: person.login,
            name: person.name,
            position: person.position,
            email: "",
            phone: "",
            home: person.agency,
            password: Some(hash.clone()),
            must_change: false,
        };
        accounts::create_account(app, &Permit::system(), new, &[(person.role, person.agency)]).await?;
        // One account each must be able to go the whole way of a report.
        if person.role == Role::FocalPoint {
            reporting::set_combined(app, &Permit::system(), person.agency, true).await?;
        }
    }
    Ok(())
}

/// The department's report on the last half-year, from draft to signature, by the accounts that one can sign in with.
async fn sign_report(app: &App, settings: Config) -> Result<()> {
    say("7/11  Báo cáo 6 tháng của Sở Tư pháp gửi Bộ Tư pháp: lập, trình, ký duyệt (dữ liệu phát sinh)…");
    let accounts = accounts::directory::list(app, "").await?;
    let actor = |login: &str, role| {
        let found = accounts.iter().find(|account| account.login == login).context("tài khoản")?;
        let holding = Holding { role, agency: found.home_agency, agency_name: found.agency_name.clone() };
        anyhow::Ok((found.home_agency, Actor { user: found.id, name: found.name.clone(), holdings: vec![holding] }))
    };
    let (justice, writer) = actor(SECRETARY, Role::Secretariat)?;
    let (_, head) = actor("lanhdao", Role::Leader)?;
    let clock = FixedClock::at(app.clock.today());
    let past = start::open_with_clock(settings, Arc::new(clock.clone())).await?;
    if outgoing::generate(&past, &clock, justice, (&writer, &head)).await?.is_some() {
        say("     1 văn bản đã ký duyệt.");
    }
    Ok(())
}

/// Clips drawn for the purpose, good and bad, and the catalogue of good practices.
async fn fill_library(app: &App) -> Result<Filled> {
    say("8/11  Thư viện tư liệu: video, âm thanh, ảnh vẽ bằng máy; mô hình, cách làm hay (dữ liệu trình diễn)…");
    let accounts = accounts::directory::list(app, "").await?;
    let account = |login: &str| accounts.iter().find(|account| account.login == login).context("tài khoản");
    let (editor, commune) = (account("bientap")?, account("xa")?.home_agency);
    let holding = Holding { role: Role::Editor, agency: editor.home_agency, agency_name: editor.agency_name.clone() };
    let actor = Actor { user: editor.id, name: editor.name.clone(), holdings: vec![holding] };
    let filled = records::library::service::generate(app, &actor, commune).await?;
    if platform::media::missing(app).is_some() {
        say("     Máy chưa cài ffmpeg nên không vẽ được video, âm thanh.");
    }
    say(&format!("     {} tư liệu, {} mô hình, điển hình.", filled.items, filled.practices));
    Ok(filled)
}

/// Sections and articles of several agencies, through the newsroom.
async fn publish_news(app: &App, settings: Config, library: &Filled) -> Result<()> {
    say("9/11  Cổng thông tin: chuyên mục, tin, bài của các cơ quan (bài viết cho trình diễn)…");
    let accounts = accounts::directory::list(app, "").await?;
    let account = |login: &str| accounts.iter().find(|account| account.login == login).context("tài khoản");
    let (editor, commune) = (account("bientap")?, account("xa")?.home_agency);
    let holding = Holding { role: Role::Editor, agency: editor.home_agency, agency_name: editor.agency_name.clone() };
    let actor = Actor { user: editor.id, name: editor.name.clone(), holdings: vec![holding] };
    let clock = FixedClock::at(app.clock.today());
    let past = start::open_with_clock(settings, Arc::new(clock.clone())).await?;
    let made = records::publications::service::generate(&past, &clock, &actor, (commune, &library.pictures)).await?;
    let pages = records::site::service::generate(&past, &actor).await?;
    say(&format!("     {made} bài, {pages} trang tĩnh, thực đơn, thông báo, chân trang."));
    Ok(())
}

/// What agencies make public, and what they were asked.
async fn disclose(app: &App, settings: Config) -> Result<()> {
    say("10/11  Công khai thông tin, yêu cầu của người dân (viết cho trình diễn)…");
    let accounts = accounts::directory::list(app, "").await?;
    let home = |login: &str| accounts.iter().find(|account| account.login == login).context("tài khoản");
    let (justice, commune) = (home(SECRETARY)?.home_agency, home("xa")?.home_agency);
    let clock = FixedClock::at(app.clock.today());
    let past = start::open_with_clock(settings, Arc::new(clock.clone())).await?;
    let (entries, requests) = records::disclosures::service::generate(&past, &clock, justice, commune).await?;
    say(&format!("     {entries} mục công khai, {requests} yêu cầu."));
    Ok(())
}

/// Sample documents and cards; with the folder of `LANTOA_SHARED`, its codified law.
async fn fill_shelf(app: &App, province: &str) -> Result<()> {
    say("11/11  Tủ sách pháp luật: văn bản mẫu, thẻ “Luật cho tôi”…");
    if let Some(shared) = std::env::var_os("LANTOA_SHARED") {
        let folder = std::path::Path::new(&shared).join("data/laws");
        if folder.is_dir() {
            let done = super::import::import_laws(app, &[folder]).await?;
            say(&format!("     Pháp điển: {} văn bản, {} điều.", done.documents, done.articles));
        }
    }
    let accounts = accounts::directory::list(app, "").await?;
    let editor = accounts.iter().find(|account| account.login == "bientap").context("tài khoản")?;
    let holding = Holding { role: Role::Editor, agency: editor.home_agency, agency_name: editor.agency_name.clone() };
    let actor = Actor { user: editor.id, name: editor.name.clone(), holdings: vec![holding] };
    let (documents, cards) = records::laws::service::generate(app, &actor, &format!("p{province}")).await?;
    say(&format!("     {documents} văn bản mẫu, {cards} thẻ."));
    Ok(())
}

async fn people(app: &App, province: &str) -> Result<Vec<Person>> {
    let directory = agencies::directory(app).await?;
    let today = app.clock.today();
    let (place, _) = agencies::samples::demo_province(province, today)?;
    let whole = directory.search(&place, today, 5).into_iter().find(|(_, _, above)| above.is_empty());
    let (whole, ..) = whole.with_context(|| format!("không có địa bàn {place}"))?;
    let find = |name: &str| match directory.resolve(name, whole, today).who {
        Who::Agency(id) => Ok(id),
        other => bail!("không có “{name}” ở {place}: {other:?}"),
    };
    let justice = find("Sở Tư pháp")?;
    let education = find("Sở Giáo dục và Đào tạo")?;
    let communes = directory.members("class:xa-phuong", justice, today);
    let commune = communes.first().copied().context("không có xã, phường nào")?;
    let committee = find("Ủy ban nhân dân tỉnh").or_else(|_| find("Ủy ban nhân dân thành phố"))?;
    let ministry = directory.members("each:bo-tu-phap@central", justice, today).first().copied();
    let ministry = ministry.context("không có Bộ Tư pháp")?;
    let person = |login, name, position, role, agency| Person { login, name, position, role, agency };
    Ok(vec![
        person("quantri", "Nguyễn Minh Quân", "Quản trị hệ thống", Role::Administrator, whole),
        person(
            "bo",
            "Nguyễn Hồng Vân",
            "Trưởng phòng, Cục Phổ biến, giáo dục pháp luật và Trợ giúp pháp lý",
            Role::Secretariat,
            ministry,
        ),
        person(SECRETARY, "Hoàng Thu Hà", "Trưởng phòng Phổ biến, giáo dục pháp luật", Role::Secretariat, justice),
        person("lanhdao", "Trần Đức Long", "Phó Giám đốc Sở Tư pháp", Role::Leader, justice),
        person("bientap", "Lê Ngọc Mai", "Chuyên viên", Role::Editor, justice),
        person("daumoi", "Phạm Văn Sơn", "Chánh Văn phòng", Role::FocalPoint, education),
        person("canbo", "Vũ Thị Lan", "Chuyên viên", Role::Contributor, education),
        person("xa", "Nông Văn Thắng", "Công chức Văn phòng HĐND và UBND", Role::FocalPoint, commune),
        person("xem", "Đỗ Thanh Bình", "Chuyên viên Văn phòng UBND tỉnh", Role::Viewer, committee),
    ])
}

fn actor_of(person: &Person) -> Actor {
    let holding = Holding { role: person.role, agency: person.agency, agency_name: String::new() };
    Actor { user: Uuid::nil(), name: person.name.into(), holdings: vec![holding] }
}

async fn confirm_plan(app: &App, province: &str, secretary: &Person) -> Result<()> {
    let (_, text) = agencies::samples::demo_province(province, app.clock.today())?;
    let actor = actor_of(secretary);
    let prepare = Permit::of(&actor).context("quyền soạn")?;
    let upload = documents::service::Upload {
        owner: secretary.agency,
        audience: Audience::Addressees,
        file_name: "ke-hoach-pbgdpl-2026.md".into(),
        bytes: Bytes::from(text),
    };
    let document = match documents::service::upload(app, &prepare, upload).await? {
        documents::service::Received::Draft(document) => document,
        documents::service::Received::Already(_) => return Ok(()),
        other => bail!("kế hoạch mẫu không thành bản thảo: {other:?}"),
    };
    accept(app, &prepare, document.id).await?;
    let confirm = Permit::of(&actor).context("quyền xác nhận")?;
    let wanted = documents::service::Confirmation {
        mode: Some(documents::Mode::InForce),
        audience: Audience::Addressees,
        heirs: Default::default(),
        blanks_accepted: true,
        amends: None,
    };
    documents::service::confirm(app, &confirm, document.id, wanted).await?;
    Ok(())
}

/// Accepts every task as read; the plan was written for this, so nothing in it needs a second look.
async fn accept(app: &App, permit: &Permit<documents::policy::Prepare>, id: Uuid) -> Result<()> {
    for task in documents::service::sheet(app, permit, id).await?.tasks {
        documents::service::set_task_state(app, permit, id, task.task.id, "accepted").await?;
    }
    Ok(())
}

async fn introduce(app: &App) -> Result<()> {
    say("");
    say(&format!("Mở {} và đăng nhập (mật khẩu chung: {PASSWORD})", app.config.server.public_url));
    for account in accounts::directory::list(app, "").await? {
        say(&format!("  {:<9} {} – {}, {}", account.login, account.name, account.position, account.agency_name));
    }
    say("Dữ liệu trình diễn. Đừng dùng các tài khoản này cho việc thật. Dừng bằng Ctrl-C.");
    Ok(())
}
