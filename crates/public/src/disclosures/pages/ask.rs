//! A citizen's request for information: sending it and looking it up.

use askama::Template;
use axum::extract::{Form, Query, State};
use kernel::{Error, FieldErrors, time};
use platform::{
    App,
    web::{Chrome, Client, Result, page, page_invalid, page_too_many},
};
use records::disclosures::{
    Named,
    model::{Law, Way, definitions},
    service as disclosures,
};

use crate::{
    disclosures::{
        forms::{AgencyQuery, AskForm, LookForm},
        views::Standing,
    },
    portal::{
        service::{Asked, site},
        views::Site,
    },
};

/// What to say after too many attempts.
const TOO_MANY: &str = "Có quá nhiều lần thử từ địa chỉ này. Hãy đợi một phút rồi thử lại.";

#[derive(Template)]
#[template(path = "disclosures/templates/ask.html")]
struct AskPage {
    site: Site,
    p: Chrome,
    agencies: Vec<Named>,
    words: String,
    ways: &'static [Way],
    law: &'static Law,
    form: AskForm,
    errors: FieldErrors,
}

async fn view(app: &App, asked: &Asked, words: &str, form: AskForm, errors: FieldErrors) -> kernel::Result<AskPage> {
    let site = site(app, asked).await?;
    let agencies = disclosures::choices(app, words).await?;
    let all = definitions();
    Ok(AskPage {
        p: site.p.clone(),
        site,
        agencies,
        words: words.to_owned(),
        ways: &all.ways,
        law: &all.law,
        form,
        errors,
    })
}

/// `GET /cong-khai-thong-tin/yeu-cau`
pub(in crate::disclosures) async fn form(
    State(app): State<App>,
    asked: Asked,
    Query(query): Query<AgencyQuery>,
) -> Result {
    let words: String = query.ten.trim().chars().take(100).collect();
    let form = AskForm { co_quan: query.co_quan, cach: "mang".into(), ..AskForm::default() };
    page(&view(&app, &asked, &words, form, FieldErrors::default()).await?)
}

#[derive(Template)]
#[template(path = "disclosures/templates/sent.html")]
struct SentPage {
    site: Site,
    p: Chrome,
    code: String,
}

/// `POST /cong-khai-thong-tin/yeu-cau`. The code is in the answer itself: in no address, no cookie, no log.
pub(in crate::disclosures) async fn send(
    State(app): State<App>,
    asked: Asked,
    client: Client,
    Form(form): Form<AskForm>,
) -> Result {
    let mut errors = FieldErrors::default();
    if !app.attempts.take(&client.address, app.clock.now()) {
        errors.add("", TOO_MANY);
        return page_too_many(&view(&app, &asked, "", form, errors).await?);
    }
    if !form.trang_web.is_empty() {
        // Filled in by a machine, which needs no page.
        return Err(Error::invalid("", "Không gửi được yêu cầu này.").into());
    }
    let asking = form.read(&mut errors);
    match disclosures::ask(&app, &asking, errors).await {
        Ok(code) => {
            let site = site(&app, &asked).await?;
            page(&SentPage { p: site.p.clone(), site, code })
        }
        Err(Error::Invalid(errors)) => page_invalid(&view(&app, &asked, "", form, errors).await?),
        Err(error) => Err(error.into()),
    }
}

#[derive(Template)]
#[template(path = "disclosures/templates/lookup.html")]
struct LookPage {
    site: Site,
    p: Chrome,
    form: LookForm,
    standing: Option<Standing>,
    errors: FieldErrors,
}

async fn look(
    app: &App,
    asked: &Asked,
    form: LookForm,
    standing: Option<Standing>,
    errors: FieldErrors,
) -> kernel::Result<LookPage> {
    let site = site(app, asked).await?;
    Ok(LookPage { p: site.p.clone(), site, form, standing, errors })
}

/// `GET /cong-khai-thong-tin/tra-cuu`
pub(in crate::disclosures) async fn lookup(State(app): State<App>, asked: Asked) -> Result {
    page(&look(&app, &asked, LookForm::default(), None, FieldErrors::default()).await?)
}

/// `POST /cong-khai-thong-tin/tra-cuu`
pub(in crate::disclosures) async fn look_up(
    State(app): State<App>,
    asked: Asked,
    client: Client,
    Form(form): Form<LookForm>,
) -> Result {
    let mut errors = FieldErrors::default();
    if !app.attempts.take(&client.address, app.clock.now()) {
        errors.add("", TOO_MANY);
        return page_too_many(&look(&app, &asked, form, None, errors).await?);
    }
    match disclosures::look_up(&app, &form.ma, &form.lien_he).await? {
        Some((row, steps)) => {
            app.attempts.give_back(&client.address);
            let standing = Standing::of(&row, &steps, time::date_to_int(app.clock.today()));
            page(&look(&app, &asked, LookForm::default(), Some(standing), errors).await?)
        }
        None => {
            errors.add("ma", "Không có yêu cầu nào với mã và liên hệ này. Hãy kiểm tra lại cả hai.");
            page_invalid(&look(&app, &asked, form, None, errors).await?)
        }
    }
}
