//! Fills a demonstration with rounds of the past year: opened, filled, sent and decided by the same rules as real ones, day by day on a clock that
//! is moved. Everything is marked as generated.

mod made_up;
mod plan;

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use kernel::{Actor, FixedClock, Permit, Result, Role, Uuid, periods::Rule, time};
use platform::App;
use records::agencies;

use self::{
    made_up::{Fate, Hands, Verdict, fate, permit, verdict},
    plan::{Plan, plans},
};
use super::{
    decide::{accept, approve, return_report},
    draft::{Around, draft},
    fill::{Filling, checked, correct, filled, filled_detail, finished, sent, write},
    form_of, library,
    open::{Expanding, Opening, expand, open_round},
    question::{answer, ask, outliers},
    sight::sight,
    sources::auto_values,
};
use crate::{
    made_up::{Dice, person},
    plans::service::to_name,
    reporting::{
        model::{
            flow::{Act, State},
            form::Form,
            value::Value,
        },
        policy::{DecideReports, FillReports, ManageReports, ReadReports},
        store::{self, Report, Round},
    },
};

/// What a demonstration received.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Generated {
    /// Rounds.
    pub rounds: usize,
    /// Reports.
    pub reports: usize,
}

/// In time, or only after the level above has reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pass {
    InTime,
    Late,
}

struct Stage<'a> {
    app: &'a App,
    clock: &'a FixedClock,
    seed: u64,
    today: NaiveDate,
    justice: Uuid,
    /// Who decides at the department and at the ministry.
    deciders: [Actor; 2],
    /// Agencies that always report in time, because something is shown with them.
    steady: &'a [Uuid],
}

/// Opens and fills the rounds of the past year for the province of a justice department. `app` must run on `clock`, which stands on today again
/// afterwards; the agencies `steady` always report in time.
///
/// # Errors
/// When the database refuses, or a rule does: then the demonstration contradicts the program.
pub async fn generate(app: &App, clock: &FixedClock, justice: Uuid, steady: &[Uuid], seed: u64) -> Result<Generated> {
    let today = app.clock.today();
    let dir = agencies::directory(app).await?;
    let ministry = dir.members("each:bo-tu-phap@central", justice, today).first().copied();
    let mut dice = Dice::at(seed, 0, 0);
    let top = ministry.unwrap_or(justice);
    let deciders = [person(&mut dice, Role::Secretariat, justice), person(&mut dice, Role::Secretariat, top)];
    let stage = Stage { app, clock, seed, today, justice, deciders, steady };
    let forms = library(app).await?;
    let programme = to_name(app, &Permit::system()).await?.first().map(|(id, _)| *id);
    let mut made = Generated::default();
    for (number, plan) in plans(today, justice, ministry, programme).into_iter().enumerate() {
        let form = forms.iter().find(|row| row.form_key == plan.form && row.state == "published");
        let Some(form) = form.map(|row| row.id) else { continue };
        if form_of(app, form).await?.refusal(&plan.period).is_some() {
            continue;
        }
        made.reports += stage.play(number, form, &plan).await?;
        made.rounds += 1;
    }
    clock.set(today);
    Ok(made)
}

impl Stage<'_> {
    /// The clock goes to this day, but not past today.
    fn go(&self, day: NaiveDate) {
        self.clock.set(day.min(self.today));
    }

    fn decider(&self, agency: Uuid) -> &Actor {
        let [department, ministry] = &self.deciders;
        if agency == self.justice { department } else { ministry }
    }

    /// Opens a round and plays it to where it stands today; how many reports it has.
    async fn play(&self, number: usize, form: Uuid, plan: &Plan) -> Result<usize> {
        self.go(plan.opened(self.today));
        let opening = Opening {
            plan: plan.programme,
            form,
            owner: plan.owner,
            rule: plan.rule,
            period: plan.period.key.clone(),
            estimate: plan.estimate,
            on: None,
            compared: true,
            generated: true,
        };
        let manage: Permit<ManageReports> = permit(self.decider(plan.owner))?;
        let id = open_round(self.app, &manage, opening).await?;
        expand(self.app, &Expanding { round: id }).await?;
        let c = self.app.db.read();
        let Some(round) = store::round(c, id).await? else { return Ok(0) };
        let form = form_of(self.app, form).await?;
        let mut count = 0;
        let mut below: Vec<Vec<Report>> = Vec::new();
        let above: Vec<Report> = store::reports_under(c, id, plan.owner).await?;
        for receiver in std::iter::once(plan.owner).chain(above.iter().map(|row| row.agency_id)) {
            let rows = if receiver == plan.owner { Vec::new() } else { store::reports_under(c, id, receiver).await? };
            count += rows.len();
            self.level(number, plan, (&round, &form), &rows, Pass::InTime).await?;
            below.push(rows);
        }
        // Those just below the owner report with what is approved by then; stragglers come after that.
        for pass in [Pass::InTime, Pass::Late] {
            self.level(number, plan, (&round, &form), &above, pass).await?;
        }
        for rows in &below {
            self.level(number, plan, (&round, &form), rows, Pass::Late).await?;
        }
        Ok(count + above.len())
    }

    async fn level(
        &self,
        number: usize,
        plan: &Plan,
        (round, form): (&Round, &Arc<Form>),
        rows: &[Report],
        pass: Pass,
    ) -> Result<()> {
        let over = plan.over(self.today);
        for (place, row) in rows.iter().enumerate() {
            let mut dice = Dice::at(self.seed, number + 1, place);
            let steady = row.agency_id == self.justice || self.steady.contains(&row.agency_id);
            let found = match fate(&mut dice, over) {
                Fate::Sent(_) | Fate::Missing if row.agency_id == self.justice && over => Fate::Sent(0),
                Fate::Sent(_) | Fate::Missing if steady && over => Fate::Sent(-2),
                _ if row.agency_id == self.justice => Fate::Missing,
                found => found,
            };
            if found.straggles() != (pass == Pass::Late) {
                continue;
            }
            let hands = Hands::of(self.seed, place, row.agency_id);
            // In every round of communes but those of which papers are written somebody writes a digit too many.
            let wild = over && plan.rule != Rule::HalfYear && place > 0 && place % 41 == (number * 7) % 41 && !steady;
            self.report(plan, (round, form), row, &hands, (&mut dice, place, wild), found).await?;
            if over && place == 5 && plan.rule == Rule::Year && form.key == "pbgdpl-cap-xa" {
                self.amend((round, form), row, &hands).await?;
            }
        }
        Ok(())
    }

    async fn report(
        &self,
        plan: &Plan,
        (round, form): (&Round, &Form),
        row: &Report,
        hands: &Hands,
        (dice, place, wild): (&mut Dice, usize, bool),
        found: Fate,
    ) -> Result<()> {
        let due = time::date_from_int(row.due_date).unwrap_or(self.today);
        let sent_on = match found {
            Fate::Missing => return Ok(()),
            Fate::Sent(late) => plan.sent(due, late, self.today),
            Fate::Begun | Fate::Checking => self.today,
        };
        let ready = sent_on <= self.today && matches!(found, Fate::Sent(_));
        self.go(sent_on - Days::new(2));
        let mut filling = Filling::default();
        if row.fills {
            let auto = auto_values(self.app, row, round, form).await?.values;
            filling = made_up::filling(dice, form, &auto, place, wild);
        }
        let last = if ready {
            Act::Send
        } else if found == Fate::Checking {
            Act::Finish
        } else {
            Act::Fill
        };
        self.pass(row, (round, form), hands, &filling, last, sent_on).await?;
        if !ready {
            return Ok(());
        }
        let decide: Permit<DecideReports> = permit(self.decider(row.parent_id))?;
        if wild {
            self.question(&decide, hands, row, place).await?;
        }
        let found = if plan.owner == row.parent_id || !self.steady.contains(&row.agency_id) {
            verdict(dice, plan.newest)
        } else {
            Verdict::Approved
        };
        self.go(sent_on + Days::new(1));
        match found {
            Verdict::Waiting => return Ok(()),
            Verdict::Returned | Verdict::Mended if row.fills => {
                let reason = "Đề nghị rà soát lại số lượt người tham dự và bổ sung phần khó khăn, vướng mắc.";
                return_report(self.app, &decide, row.id, reason, &Default::default()).await?;
                if found == Verdict::Returned {
                    return Ok(());
                }
                let again = store::report(self.app.db.read(), row.id).await?.ok_or(kernel::Error::NotFound)?;
                self.pass(&again, (round, form), hands, &Filling::default(), Act::Send, sent_on + Days::new(2)).await?;
                self.go(sent_on + Days::new(3));
            }
            _ => {}
        }
        approve(self.app, &decide, row.id).await?;
        if plan.rule == Rule::Year {
            self.go(sent_on + Days::new(20));
            accept(self.app, &decide, row.id).await?;
        }
        Ok(())
    }

    /// Takes a report through the hands of its agency as far as `last`, in one transaction.
    async fn pass(
        &self,
        row: &Report,
        (round, form): (&Round, &Form),
        hands: &Hands,
        filling: &Filling,
        last: Act,
        on: NaiveDate,
    ) -> Result<()> {
        let app = self.app;
        let mut next = row.clone();
        let around = Around::of(app, row, round, form).await?;
        let mut acts: Vec<(Act, &Actor, String, NaiveDate)> = Vec::new();
        let earlier = on - Days::new(2);
        if row.fills {
            next = filled(&around, &next, form, hands.maker.user, filling)?;
            acts.push((Act::Fill, &hands.maker, filled_detail(filling), earlier));
        }
        if last != Act::Fill {
            next = finished(&around, &next, form, hands.maker.user)?;
            acts.push((Act::Finish, &hands.maker, "{}".into(), earlier));
        }
        self.go(on);
        if last == Act::Send {
            next = checked(&next, &hands.checker)?;
            acts.push((Act::Check, &hands.checker, "{}".into(), on - Days::new(1)));
            next = sent(app, &around, &next, form, &hands.head)?;
            acts.push((Act::Send, &hands.head, "{}".into(), on));
        }
        let Some((act, actor, detail, day)) = acts.pop() else { return Ok(()) };
        let tx = app.db.begin().await?;
        for (act, actor, detail, day) in &acts {
            self.go(*day);
            let step = store::NewStep { report: row.id, actor, kind: act.key(), body: "", detail };
            store::insert_steps(&tx, app.clock.now(), &[step]).await?;
        }
        self.go(day);
        write(app, &tx, actor, (row, &next), act, "", &detail).await?;
        tx.commit().await
    }

    /// The receiver asks about a figure that stands out; every other time the agency has answered.
    async fn question(&self, decide: &Permit<DecideReports>, hands: &Hands, row: &Report, place: usize) -> Result<()> {
        let read: Permit<ReadReports> = permit(decide.actor())?;
        let seen = sight(self.app, &read, row.id).await?;
        let values = draft(self.app, &seen.row, &seen.round, &seen.form).await?.values;
        let strange = outliers(self.app, &seen, &values).await?;
        let Some(cell) = seen.form.cells.iter().find(|cell| strange.contains_key(&cell.key)) else { return Ok(()) };
        let body = "Số này cao hơn hẳn các kỳ trước và các đơn vị khác; đề nghị kiểm tra lại, có thể thừa một chữ số.";
        ask(self.app, decide, row.id, &cell.key, body).await?;
        if place.is_multiple_of(2) {
            let questions = store::questions(self.app.db.read(), row.id).await?;
            let fill: Permit<FillReports> = permit(&hands.maker)?;
            for question in questions {
                let body = "Đơn vị đã kiểm tra: nhập thừa một chữ số, sẽ gửi bản đính chính.";
                answer(self.app, &fill, row.id, question.id, body).await?;
            }
        }
        Ok(())
    }

    /// A correction of an accepted report, sent and approved.
    async fn amend(&self, (round, form): (&Round, &Form), row: &Report, hands: &Hands) -> Result<()> {
        let c = self.app.db.read();
        let Some(now) = store::report(c, row.id).await?.filter(|now| now.state() == State::Accepted) else {
            return Ok(());
        };
        let on = time::date_from_int(round.date_to).unwrap_or(self.today) + Days::new(60);
        self.go(on);
        let reason = "Đối chiếu sổ theo dõi hòa giải: số vụ, việc hòa giải thành ghi thiếu.";
        let fill: Permit<FillReports> = permit(&hands.maker)?;
        let (id, _) = correct(self.app, &fill, now.id, reason).await?;
        let Some(new) = store::report(c, id).await? else { return Ok(()) };
        let number = Some(Value::Number(30.0));
        let values = [("c11".to_owned(), number.clone()), ("c12".to_owned(), number)].into();
        let filling = Filling { values, ..Filling::default() };
        self.pass(&new, (round, form), hands, &filling, Act::Send, on + Days::new(3)).await?;
        self.go(on + Days::new(5));
        approve(self.app, &permit(self.decider(new.parent_id))?, id).await
    }
}
