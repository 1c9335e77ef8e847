//! Mending what was wrongly read: what there is, the words of an article, a link.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum_extra::extract::Form;
use kernel::{
    FieldErrors, Permit,
    difference::{Piece, difference},
};
use platform::{
    App,
    web::{Chrome, Flash, Result, answer, day, page as show, refused, see_other},
};

use crate::laws::{
    forms::{LinkForm, LinkQuery, MendForm},
    model::{Held, article_slug, name_of},
    policy::EditLaws,
    service::{self, Mending, RELATIONS, Through},
    store::{Mend, Text, Tie},
};

#[derive(Template)]
#[template(path = "laws/templates/mends.html")]
struct MendsPage {
    p: Chrome,
    through: Through,
    name: String,
}

impl MendsPage {
    /// Address of a version to be mended; nothing when there are no words.
    fn path(&self, text: &Text) -> Option<String> {
        let there = text.held() == Held::Text;
        there.then(|| {
            format!("/tu-sach/van-ban/{}/sua/{}/{}", self.through.law.slug, article_slug(&text.number), text.from_on)
        })
    }

    fn since(&self, text: &Text) -> String {
        if text.from_on == 0 { String::new() } else { day(text.from_on) }
    }

    /// What a link is, the other document's number, since when.
    fn tie(&self, tie: &Tie) -> (&'static str, String, String) {
        let acts = tie.from_slug == self.through.law.slug;
        let other = if acts { &tie.to_number } else { &tie.from_number };
        let name = RELATIONS.iter().find(|(key, ..)| *key == tie.relation);
        let name = name.map_or("", |(_, active, passive)| if acts { *active } else { *passive });
        (name, other.clone(), if tie.from_on == 0 { String::new() } else { day(tie.from_on) })
    }

    fn key(&self, tie: &Tie) -> String {
        LinkForm::key(tie)
    }

    fn moment(&self, mend: &Mend) -> String {
        kernel::Timestamp(mend.at).display()
    }
}

/// `GET /tu-sach/van-ban/{slug}/sua`
pub(in crate::laws) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<EditLaws>,
    Path(slug): Path<String>,
) -> Result {
    let through = service::looked_through(&app, &permit, &slug).await?;
    let name = name_of(&through.law.kind, &through.law.number, &through.law.title);
    show(&MendsPage { p, through, name })
}

#[derive(Template)]
#[template(path = "laws/templates/mend.html")]
struct MendPage {
    p: Chrome,
    at: Mending,
    path: String,
    form: MendForm,
    errors: FieldErrors,
    /// The words as they stand beside what was typed.
    compared: Option<Vec<Piece>>,
    /// It may be saved: the words cannot be typed anew on this page.
    ready: bool,
}

impl MendPage {
    fn since(&self) -> String {
        if self.at.text.from_on == 0 { String::new() } else { day(self.at.text.from_on) }
    }
}

type At = (String, String, String);

fn view(p: Chrome, at: Mending, (form, errors): (MendForm, FieldErrors), compare: bool) -> MendPage {
    let said = |heading: &str, body: &str| format!("{heading}\n{body}");
    let compared =
        compare.then(|| difference(&said(&at.text.heading, &at.text.body), &said(&form.tieu_de, &form.noi_dung)));
    let path = format!("/tu-sach/van-ban/{}/sua/{}/{}", at.law.slug, article_slug(&at.text.number), at.text.from_on);
    MendPage { p, path, ready: compare && errors.is_empty(), form, errors, compared, at }
}

/// `GET /tu-sach/van-ban/{slug}/sua/{article}/{from}`
pub(in crate::laws) async fn form(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<EditLaws>,
    Path((slug, article, from)): Path<At>,
) -> Result {
    let at = service::mending(&app, &permit, (&slug, &article, &from)).await?;
    let form = MendForm::of(&at.text);
    show(&view(p, at, (form, FieldErrors::default()), false))
}

/// `POST /tu-sach/van-ban/{slug}/sua/{article}/{from}`: compares, goes back to the words, or saves.
pub(in crate::laws) async fn submit(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<EditLaws>,
    Path((slug, article, from)): Path<At>,
    Form(form): Form<MendForm>,
) -> Result {
    let place = (slug.as_str(), article.as_str(), from.as_str());
    let at = service::mending(&app, &permit, place).await?;
    if form.buoc == "sua" {
        return show(&view(p, at, (form, FieldErrors::default()), false));
    }
    let mut errors = FieldErrors::default();
    let draft = form.read(&mut errors);
    draft.check(&at.text, &mut errors);
    let form = form.tidied(&draft);
    let outcome = match errors.into_result(()) {
        Ok(()) if form.buoc != "luu" => return show(&view(p, at, (form, FieldErrors::default()), true)),
        Ok(()) => service::mend(&app, &permit, &at, &draft).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(()) => Ok(see_other(
            &format!("/tu-sach/van-ban/{slug}/sua"),
            Flash::ok("Đã sửa lời của điều; trang công khai và tìm kiếm đã theo lời mới."),
        )),
        Err(error) => {
            let changed = matches!(error, kernel::Error::Conflict(_));
            refused(error, async |errors| {
                let at = service::mending(&app, &permit, place).await?;
                // What was typed stays, to be compared with what stands there now.
                let form = MendForm { dau: at.text.mark.clone(), ..form };
                Ok(view(p, at, (form, errors), changed))
            })
            .await
        }
    }
}

#[derive(Template)]
#[template(path = "laws/templates/link.html")]
struct LinkPage {
    p: Chrome,
    slug: String,
    number: String,
    form: LinkForm,
    errors: FieldErrors,
    relations: &'static [(&'static str, &'static str, &'static str)],
}

async fn link_view(
    app: &App,
    permit: &Permit<EditLaws>,
    p: Chrome,
    slug: &str,
    (form, errors): (LinkForm, FieldErrors),
) -> kernel::Result<LinkPage> {
    let through = service::looked_through(app, permit, slug).await?;
    let there = through.ties.iter().find(|tie| LinkForm::key(tie) == form.goc);
    let form = match there {
        Some(tie) if form.quan_he.is_empty() => LinkForm::of(tie, slug),
        Some(_) => form,
        None => LinkForm { goc: String::new(), ..form },
    };
    Ok(LinkPage { p, slug: slug.to_owned(), number: through.law.number, form, errors, relations: &RELATIONS })
}

/// `GET /tu-sach/van-ban/{slug}/lien-ket`
pub(in crate::laws) async fn link_form(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<EditLaws>,
    Path(slug): Path<String>,
    Query(query): Query<LinkQuery>,
) -> Result {
    let form = LinkForm { goc: query.goc, ..LinkForm::default() };
    show(&link_view(&app, &permit, p, &slug, (form, FieldErrors::default())).await?)
}

/// `POST /tu-sach/van-ban/{slug}/lien-ket`
pub(in crate::laws) async fn link(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<EditLaws>,
    Path(slug): Path<String>,
    Form(form): Form<LinkForm>,
) -> Result {
    let mut errors = FieldErrors::default();
    let draft = form.read(&mut errors);
    let outcome = match errors.into_result(()) {
        Ok(()) => service::change_link(&app, &permit, &slug, &draft).await,
        Err(error) => Err(error),
    };
    let done = |()| see_other(&format!("/tu-sach/van-ban/{slug}/sua"), Flash::ok("Đã lưu liên kết."));
    answer(outcome, done, |errors| link_view(&app, &permit, p, &slug, (form, errors))).await
}
