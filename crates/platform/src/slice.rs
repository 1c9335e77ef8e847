//! What a slice declares about itself. The application is a list of these.

use axum::{
    handler::Handler,
    routing::{MethodRouter, on},
};
use futures::future::BoxFuture;
use kernel::{ActionDef, Actor, Result, Uuid};

use crate::{App, jobs::JobContext, links::LinksDef, search::SearchDef, web::guard};

pub use axum::routing::MethodFilter;

/// One capability with all its layers.
pub struct Slice {
    /// Its name in code.
    pub name: &'static str,
    /// Its route table.
    pub routes: fn() -> Routes,
    /// Its actions.
    pub actions: &'static [ActionDef],
    /// Its background work.
    pub jobs: &'static [JobDef],
    /// Background work that takes minutes: it holds up nothing but its like.
    pub slow_jobs: &'static [JobDef],
    /// Its entries in the menu.
    pub menu: &'static [MenuItem],
    /// What activities may serve.
    pub subjects: &'static [SubjectDef],
    /// Where it counts things of other slices.
    pub uses: &'static [UseDef],
    /// What its jobs would make, told beforehand.
    pub forecasts: &'static [ForecastDef],
    /// What of it can be searched.
    pub search: &'static [SearchDef],
    /// What of it readers see that has links.
    pub links: &'static [LinksDef],
}

impl Slice {
    /// A slice that declares nothing.
    pub const EMPTY: Self = Self {
        name: "",
        routes: Routes::new,
        actions: &[],
        jobs: &[],
        slow_jobs: &[],
        menu: &[],
        subjects: &[],
        uses: &[],
        forecasts: &[],
        search: &[],
        links: &[],
    };
}

/// See [`ForecastDef::tell`].
pub type TellForecast = for<'a> fn(&'a App, &'a serde_json::Value) -> Found<'a, Forecast>;

/// Tells whoever is about to queue a job what it would make; a slice that queues cannot ask the one that runs directly.
pub struct ForecastDef {
    /// Kind of the job.
    pub kind: &'static str,
    /// Told from the thing that the job would work on, as the slice that queues it describes it. Writes nothing.
    pub tell: TellForecast,
    /// Page of what the job made of the thing with this id, where the person may see it.
    pub made: FindMade,
}

/// See [`ForecastDef::made`].
pub type FindMade = for<'a> fn(&'a App, &'a Actor, Uuid) -> Found<'a, Option<String>>;

/// What a job would make.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forecast {
    /// Duties.
    pub duties: usize,
    /// Agencies that get at least one.
    pub agencies: usize,
    /// Tasks of which nobody gets a duty.
    pub idle: usize,
    /// Duties that come back are counted up to the end of this year; more will follow.
    pub through: Option<i32>,
}

/// See [`SubjectDef::search`].
pub type SearchSubjects = for<'a> fn(&'a App, &'a Actor, &'a str) -> Found<'a, Vec<Subject>>;

/// See [`SubjectDef::find`].
pub type FindSubject = for<'a> fn(&'a App, &'a Actor, Uuid) -> Found<'a, Option<Subject>>;

/// What a search for subjects yields.
pub type Found<'a, T> = BoxFuture<'a, Result<T>>;

/// A kind of thing that an activity may serve: a duty of a plan, later a contest, a broadcast.
pub struct SubjectDef {
    /// Its key, as stored.
    pub kind: &'static str,
    /// What it is, in Vietnamese.
    pub label: &'static str,
    /// Open ones of the person's agencies with these words, the most urgent first.
    pub search: SearchSubjects,
    /// One of the person's agencies, open or not.
    pub find: FindSubject,
}

/// One thing that an activity may serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Key of its kind.
    pub kind: &'static str,
    /// Which.
    pub id: Uuid,
    /// Its name.
    pub label: String,
    /// A word more: deadline, agency.
    pub note: String,
    /// What it is part of (a duty: its plan): figures may be narrowed to that.
    pub within: Option<Uuid>,
    /// Its page.
    pub path: String,
}

/// Tells where a thing of another slice is counted; the slice that keeps the thing shows it, without knowing who counts.
pub struct UseDef {
    /// What is counted: the first part of its pages' addresses.
    pub kind: &'static str,
    /// Where the one with this id is counted, as far as the person may see that.
    pub tell: TellUses,
}

/// See [`UseDef::tell`].
pub type TellUses = for<'a> fn(&'a App, &'a Actor, Uuid) -> Found<'a, Vec<Use>>;

/// What counts a thing: a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// What it is, and whose.
    pub label: String,
    /// Its page.
    pub path: String,
    /// What it is part of, with its page: the round.
    pub within: (String, String),
    /// Where it stands.
    pub state: &'static str,
    /// Was it closed before the thing was recorded, so that the thing is missing in it?
    pub missed: bool,
    /// Its figures to which the thing adds.
    pub figures: Vec<UsedFigure>,
    /// Signed papers that tell its figures, with their pages.
    pub papers: Vec<(String, String)>,
}

/// See [`Use::figures`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedFigure {
    /// What it counts.
    pub label: String,
    /// Its page.
    pub path: String,
    /// What the thing adds.
    pub adds: i64,
    /// The figure, in words; none while it still changes with what it counts.
    pub value: Option<String>,
}

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Anybody signed in; while a detour (second factor, new password) is due, only that very page and signing out.
    Restricted,
    /// Anybody signed in.
    SignedIn,
    /// Those with a role that has the action.
    Action(&'static ActionDef),
}

/// One line of a route table.
pub struct Route {
    /// Verb.
    pub method: MethodFilter,
    /// Path with `{parameters}`.
    pub path: &'static str,
    /// Who may.
    pub access: Access,
    /// What answers.
    pub handler: MethodRouter<App>,
}

/// A slice's route table, one line per route.
#[derive(Default)]
pub struct Routes(pub Vec<Route>);

impl Routes {
    /// An empty table.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a page.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(MethodFilter::GET, path, access, handler)
    }

    /// Adds a change.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(MethodFilter::POST, path, access, handler)
    }

    /// Adds a step of a protocol that knows more verbs than forms do (resumable uploads).
    #[must_use]
    pub fn on<H, T>(self, method: MethodFilter, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(method, path, access, handler)
    }

    fn add<H, T>(mut self, method: MethodFilter, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let handler = on(method, handler)
            .layer(axum::middleware::from_fn(move |request, next| guard::check(access, request, next)));
        self.0.push(Route { method, path, access, handler });
        self
    }
}

/// One entry of the main menu, shown to those who may open it.
#[derive(Debug, Clone, Copy)]
pub struct MenuItem {
    /// Vietnamese label.
    pub label: &'static str,
    /// Where it leads.
    pub path: &'static str,
    /// Who sees it.
    pub access: Access,
    /// Place in the menu, small first; 100 and over stand in the administration menu.
    pub order: u8,
}

/// One kind of background work.
pub struct JobDef {
    /// Its key, `slice.verb`.
    pub kind: &'static str,
    /// Does it; called again after a failure, so it must be safe to repeat.
    pub run: fn(App, JobContext) -> BoxFuture<'static, Result<()>>,
    /// When it starts by itself.
    pub schedule: Option<Schedule>,
}

/// When a job starts by itself, on a Vietnamese clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schedule {
    /// Every so many seconds.
    EverySeconds(i64),
    /// Every day at this hour.
    DailyAt(u8),
}
