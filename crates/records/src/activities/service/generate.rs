//! Fills a demonstration with a year of activities.

use chrono::{Days, NaiveDate};
use kernel::{Actor, Holding, Permit, Result, Role, Uuid, new_id, time};
use platform::{
    App,
    audit::{self, Entry},
};
use serde_json::json;

use super::{
    files::{Kept, Shown},
    record::form_of,
    subjects::offered,
};
use crate::{
    activities::{
        model::activity::Served,
        policy::RecordActivities,
        samples::{Site, Sort, year},
        store::{self, New, NewFile},
    },
    agencies::{Who, directory},
};

/// Bodies of a province that record beside its communes.
const BODIES: [(&str, Sort); 10] = [
    ("Sở Tư pháp", Sort::Justice),
    ("Sở Giáo dục và Đào tạo", Sort::Education),
    ("Sở Nội vụ", Sort::Other),
    ("Sở Nông nghiệp và Môi trường", Sort::Other),
    ("Sở Y tế", Sort::Other),
    ("Sở Văn hóa, Thể thao và Du lịch", Sort::Other),
    ("Công an tỉnh", Sort::Other),
    ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", Sort::Other),
    ("Hội Liên hiệp Phụ nữ tỉnh", Sort::Other),
    ("Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh", Sort::Other),
];

/// Topics of the justice department for a quarter of a demonstration.
const TOPICS: [(&str, &str); 4] = [
    ("dat-dai", "Luật Đất đai và các nghị định hướng dẫn thi hành"),
    ("giao-thong", "Xử phạt vi phạm hành chính về trật tự, an toàn giao thông"),
    ("an-ninh-mang", "Phòng, chống lừa đảo trên không gian mạng; bảo vệ dữ liệu cá nhân"),
    ("tham-nhung", "Phòng, chống lãng phí"),
];

/// The communes of today exist since this day.
const NEW_UNITS: NaiveDate = match NaiveDate::from_ymd_opt(2025, 7, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// Records a year of activities for the communes and main bodies of the province of a justice department, all marked as generated; some serve open
/// obligations. How many.
///
/// # Errors
/// When the database refuses.
pub async fn generate(app: &App, justice: Uuid, seed: u64) -> Result<usize> {
    let (today, now) = (app.clock.today(), app.clock.now());
    let known = directory(app).await?;
    let mut communes = known.members("class:xa-phuong", justice, today);
    // Communes that ended within the year recorded until their last day.
    let begin = (today - Days::new(365)).max(NEW_UNITS);
    let ended = known.members("class:xa-phuong", justice, begin).into_iter().filter(|id| !known.lives(*id, today));
    communes.extend(ended);
    let mut ids: Vec<(Uuid, Sort)> = communes.into_iter().map(|id| (id, Sort::Commune)).collect();
    for (name, sort) in BODIES {
        if let Who::Agency(id) = known.resolve(name, justice, today).who
            && !ids.iter().any(|(one, _)| *one == id)
        {
            ids.push((id, sort));
        }
    }
    let list: Vec<Uuid> = ids.iter().map(|(id, _)| *id).collect();
    let rows = store::owners(app.db.read(), &list).await?;
    let site = |(id, sort): &(Uuid, Sort)| {
        let row = rows.iter().find(|row| row.id == *id)?;
        Some(Site { owner: *id, unit: row.commune(), name: row.name.clone(), sort: *sort })
    };
    let sites: Vec<Site> = ids.iter().filter_map(site).collect();
    // The year before today, and what lies between it and the day on which the communes of today began.
    let earlier = year(&sites, today - Days::new(365), seed + 1);
    let earlier = earlier.into_iter().filter(|draft| draft.held_on.is_some_and(|day| day >= NEW_UNITS));
    let mut new: Vec<New> = earlier
        .chain(year(&sites, today, seed))
        .filter(|draft| draft.held_on.is_some_and(|day| known.lives(draft.owner, day)))
        .map(|draft| New {
            id: new_id(),
            form: form_of(&draft.kind),
            draft,
            once: None,
            series: None,
            copied: None,
            generated: true,
        })
        .collect();
    for site in &sites {
        serve(app, site, &mut new).await?;
    }
    let actor = Actor::system();
    let minutes = minutes(app, &new).await?;
    let tx = app.db.begin().await?;
    store::insert_activities(&*tx, &new, (actor.user, "Dữ liệu trình diễn"), now).await?;
    for (activity, file) in minutes {
        store::insert_files(&*tx, activity, &[file], actor.user, now).await?;
    }
    let topics = TOPICS.map(|(field, body)| (field.to_owned(), body.to_owned()));
    store::replace_topics(&*tx, justice, super::quarter_of(today), &topics, actor.user, now).await?;
    let detail = json!({ "rows": new.len(), "day": time::display_date(today) });
    let entry = Entry { action: "activities.generate", subject: "activity", id: None, detail };
    audit::record(&*tx, &*app.clock, &actor, entry).await?;
    tx.commit().await?;
    Ok(new.len())
}

/// Every so many activities that people attended have minutes.
const MINUTES: usize = 60;

/// Minutes of some activities, which say that they are made up.
async fn minutes(app: &App, new: &[New]) -> Result<Vec<(Uuid, NewFile)>> {
    let mut out = Vec::new();
    for one in new.iter().filter(|one| one.draft.turns > 0).step_by(MINUTES) {
        let day = one.draft.held_on.map(time::display_date).unwrap_or_default();
        let text = format!(
            "BIÊN BẢN (dữ liệu phát sinh để trình diễn)\r\n\r\n{}\r\nNgày: {day}\r\nNơi tổ chức: {}\r\nSố lượt người tham dự: {}\r\n",
            one.draft.title, one.draft.place, one.draft.turns
        );
        let size = i64::try_from(text.len()).unwrap_or(0);
        let hash = app.blobs.put(text.into_bytes().into()).await?;
        let name = format!("bien-ban-trinh-dien-{}.txt", one.draft.held_on.map_or(0, time::date_to_int));
        let kept = Kept { name, media_type: "text/plain".into(), hash, size };
        out.push((one.id, kept.with(Shown::default())));
    }
    Ok(out)
}

/// Lets some activities of an agency serve its open obligations.
async fn serve(app: &App, site: &Site, new: &mut [New]) -> Result<()> {
    let holding = Holding { role: Role::FocalPoint, agency: site.owner, agency_name: String::new() };
    let actor = Actor { user: Uuid::nil(), name: String::new(), holdings: vec![holding] };
    if Permit::<RecordActivities>::of(&actor).is_none() {
        return Ok(());
    }
    let subjects = offered(app, &actor, "").await?;
    let own = new.iter_mut().filter(|one| one.draft.owner == site.owner && one.draft.turns > 0);
    for (one, subject) in own.step_by(6).zip(subjects.iter().cycle().take(subjects.len().min(8) * 2)) {
        let served = Served {
            kind: subject.kind.to_owned(),
            id: subject.id,
            within: subject.within,
            label: subject.label.clone(),
        };
        one.draft.subjects.push(served);
    }
    Ok(())
}
