//! Use cases of the subscriptions.

use askama::Template;
use kernel::{Error, Result, Timestamp, Uuid, new_id, text};
use platform::{
    App, jobs,
    mail::{self, Letter},
    secrets,
    vault::VERSION,
};
use serde::{Deserialize, Serialize};

use super::{
    model::{Choice, PERIODS, due_before, tidy},
    store::{self, News, Subscription},
};
pub(crate) use store::Many;

/// Milliseconds for which the token of a letter holds.
const HOLDS: i64 = 24 * 3_600_000;

/// Milliseconds for which an address gets no further letter that somebody asks for.
const REST: i64 = 10 * 60_000;

/// Milliseconds after which what became public at an instant is certainly committed: letters tell up to then.
const SETTLED: i64 = 60_000;

/// Publications in one letter.
const MOST: usize = 40;

/// To whom sealed tokens belong.
const OWNER: &str = "subscription";

/// Payload of a job about one subscription.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct About {
    subscription: Uuid,
    /// Up to when news are told, milliseconds; 0 in letters that tell none.
    #[serde(default)]
    to: i64,
}

/// Is there mail to subscribe to?
pub fn available(app: &App) -> bool {
    app.config.mail.configured()
}

/// Somebody asks for news at an address. Whether the address is known changes nothing that is seen: an unknown one gets a letter that asks for
/// confirmation, a known one a letter that says so; at most one letter in ten minutes.
///
/// # Errors
/// [`Error::Invalid`] for what is no address or no choice; [`Error::Unavailable`] without mail.
pub async fn ask(app: &App, address: &str, choice: &Choice) -> Result<()> {
    if !available(app) {
        return Err(Error::Unavailable("Cổng này chưa gửi được thư.".into()));
    }
    let email = tidy(address);
    if !mail::is_address(&email) {
        return Err(Error::invalid("email", "Địa chỉ thư điện tử không hợp lệ, ví dụ: ten@example.com."));
    }
    check(choice)?;
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    let id = match store::by_email(&*tx, &email).await? {
        None => {
            let id = new_id();
            if !store::insert_asked(&*tx, (id, &email, &choice.period), now).await? {
                return Ok(());
            }
            store::set_marks(&*tx, id, &choice.marks()).await?;
            id
        }
        Some(known) => {
            if known.state == "asked" {
                store::set_period(&*tx, known.id, &choice.period).await?;
                store::set_marks(&*tx, known.id, &choice.marks()).await?;
            }
            if known.lettered_at > now.0 - REST {
                return tx.commit().await;
            }
            store::set_lettered(&*tx, known.id, now).await?;
            known.id
        }
    };
    jobs::enqueue(&*tx, &*app.clock, "subscriptions.letter", &About { subscription: id, to: 0 }, None).await?;
    tx.commit().await
}

fn check(choice: &Choice) -> Result<()> {
    if PERIODS.iter().any(|(key, _)| *key == choice.period) {
        Ok(())
    } else {
        Err(Error::invalid("nhip", "Hãy chọn nhận thư hằng ngày hay hằng tuần."))
    }
}

#[derive(Template)]
#[template(path = "subscriptions/templates/letter.txt")]
struct LetterText<'a> {
    base: &'a str,
    link: &'a str,
    known: bool,
}

#[derive(Template)]
#[template(path = "subscriptions/templates/letter.html")]
struct LetterHtml<'a> {
    base: &'a str,
    link: &'a str,
    known: bool,
}

fn base(app: &App) -> &str {
    app.config.server.public_url.trim_end_matches('/')
}

/// Sends the letter that asks for confirmation, with a fresh token, or says that the address is known.
///
/// # Errors
/// [`Error::Unavailable`] when the mail server does not take it; the job is tried again.
pub(super) async fn send_letter(app: &App, about: &About) -> Result<()> {
    let Some(row) = store::subscription(app.db.read(), about.subscription).await? else { return Ok(()) };
    let base = base(app);
    let known = row.state == "confirmed";
    let link = if known {
        format!("{base}/dang-ky-nhan-tin/{}", token_of(app, row.id)?)
    } else {
        let token = secrets::token();
        let tx = app.db.begin().await?;
        let until = Timestamp(app.clock.now().0 + HOLDS);
        store::set_token(&*tx, row.id, &secrets::sha256(token.as_bytes()), until).await?;
        tx.commit().await?;
        format!("{base}/dang-ky-nhan-tin/xac-nhan/{token}")
    };
    let subject =
        if known { "Địa chỉ này đã đăng ký nhận tin" } else { "Xác nhận đăng ký nhận tin" };
    let link = link.as_str();
    let letter = Letter {
        to: &row.email,
        subject,
        text: LetterText { base, link, known }.render().map_err(Error::internal)?,
        html: LetterHtml { base, link, known }.render().map_err(Error::internal)?,
        unsubscribe: None,
    };
    app.mail.send_letter(letter).await
}

/// Whose letter asks for confirmation with this token; nothing changes yet, since programs that look through mail open links.
///
/// # Errors
/// [`Error::NotFound`] for a token that holds no longer, or never did.
pub async fn asked(app: &App, token: &str) -> Result<()> {
    let hash = secrets::sha256(token.as_bytes());
    store::by_token(app.db.read(), &hash, app.clock.now()).await?.map(drop).ok_or(Error::NotFound)
}

/// Confirms; the sealed token with which choices are changed.
///
/// # Errors
/// See [`asked`].
pub async fn confirm(app: &App, token: &str) -> Result<String> {
    let tx = app.db.begin().await?;
    let now = app.clock.now();
    let row = store::by_token(&*tx, &secrets::sha256(token.as_bytes()), now).await?.ok_or(Error::NotFound)?;
    store::confirm(&*tx, row.id, now).await?;
    tx.commit().await?;
    token_of(app, row.id)
}

/// The sealed token of a subscription.
fn token_of(app: &App, id: Uuid) -> Result<String> {
    let sealed = app.vault.seal(OWNER, &id.simple().to_string())?;
    Ok(sealed.strip_prefix(VERSION).unwrap_or(&sealed).to_owned())
}

/// Whose sealed token this is, there or ended.
fn owner_of(app: &App, token: &str) -> Result<Uuid> {
    let id = app.vault.open_sealed(OWNER, &format!("{VERSION}{token}")).ok().and_then(|id| Uuid::parse_str(&id).ok());
    id.ok_or(Error::NotFound)
}

/// The subscription of a sealed token.
async fn sealed(app: &App, c: &impl ::store::ConnectionTrait, token: &str) -> Result<Subscription> {
    store::subscription(c, owner_of(app, token)?).await?.ok_or(Error::NotFound)
}

/// What the subscription of a sealed token chose.
///
/// # Errors
/// [`Error::NotFound`] for a token that is none, or when it was ended.
pub async fn choice(app: &App, token: &str) -> Result<Choice> {
    let c = app.db.read();
    let row = sealed(app, c, token).await?;
    Ok(Choice::of(&row.period, store::marks(c, row.id).await?))
}

/// Chooses anew.
///
/// # Errors
/// See [`choice`]; [`Error::Invalid`] for what is no choice.
pub async fn choose(app: &App, token: &str, choice: &Choice) -> Result<()> {
    let tx = app.db.begin().await?;
    let row = sealed(app, &*tx, token).await?;
    check(choice)?;
    store::set_period(&*tx, row.id, &choice.period).await?;
    store::set_marks(&*tx, row.id, &choice.marks()).await?;
    tx.commit().await
}

/// Ends the subscription of a sealed token: nothing of it is kept. Ending what has ended is no error.
///
/// # Errors
/// [`Error::NotFound`] for a token that is none.
pub async fn end(app: &App, token: &str) -> Result<()> {
    let id = owner_of(app, token)?;
    let tx = app.db.begin().await?;
    store::delete(&*tx, id).await?;
    tx.commit().await
}

/// Is this a sealed token, of a subscription that is there or was?
pub fn is_token(app: &App, token: &str) -> bool {
    owner_of(app, token).is_ok()
}

/// Queues a letter for every subscription that is due; once a day for each, however often it is run.
///
/// # Errors
/// When the database refuses.
pub(super) async fn queue_digests(app: &App) -> Result<()> {
    if !available(app) {
        return Ok(());
    }
    let (now, mut after) = (app.clock.now(), Uuid::nil());
    let today = now.date();
    loop {
        let ids = store::due(app.db.read(), due_before(today), after, 500).await?;
        let Some(last) = ids.last() else { return Ok(()) };
        after = *last;
        let tx = app.db.begin().await?;
        for subscription in ids {
            let once = format!("subscriptions.mail:{subscription}@{today}");
            let about = About { subscription, to: now.0 - SETTLED };
            jobs::enqueue(&*tx, &*app.clock, "subscriptions.mail", &about, Some(&once)).await?;
        }
        tx.commit().await?;
    }
}

#[derive(Template)]
#[template(path = "subscriptions/templates/digest.txt")]
struct DigestText<'a> {
    base: &'a str,
    manage: &'a str,
    news: &'a [News],
    more: bool,
}

#[derive(Template)]
#[template(path = "subscriptions/templates/digest.html")]
struct DigestHtml<'a> {
    base: &'a str,
    manage: &'a str,
    news: &'a [News],
    more: bool,
}

/// Tells one subscription what is new since the last time; nothing when there is nothing. That it leaves is noted before it leaves, so that nobody is told
/// twice; a server that refuses it is asked again later.
///
/// # Errors
/// [`Error::Unavailable`] when the mail server does not take it.
pub(super) async fn send_digest(app: &App, about: &About) -> Result<()> {
    let tx = app.db.begin().await?;
    let Some(row) = store::subscription(&*tx, about.subscription).await? else { return Ok(()) };
    let span = (row.told_to, about.to);
    if span.0 >= span.1 || !store::tell(&*tx, row.id, span.0, span.1).await? {
        return Ok(());
    }
    let choice = Choice::of(&row.period, store::marks(&*tx, row.id).await?);
    let mut news = store::news(&*tx, &choice, span, i64::try_from(MOST).unwrap_or(0) + 1).await?;
    tx.commit().await?;
    if news.is_empty() {
        return Ok(());
    }
    let more = news.len() > MOST;
    news.truncate(MOST);
    for one in &mut news {
        one.lead = text::shorten(&one.lead, 220);
    }
    let base = base(app);
    let manage = format!("{base}/dang-ky-nhan-tin/{}", token_of(app, row.id)?);
    let first = news.first().map(|one| text::shorten(&one.title, 90)).unwrap_or_default();
    let subject = if news.len() == 1 { first } else { format!("{first} và {} tin khác", news.len() - 1) };
    let letter = Letter {
        to: &row.email,
        subject: &subject,
        text: DigestText { base, manage: &manage, news: &news, more }.render().map_err(Error::internal)?,
        html: DigestHtml { base, manage: &manage, news: &news, more }.render().map_err(Error::internal)?,
        unsubscribe: Some(&format!("{manage}/huy")),
    };
    let sent = app.mail.send_letter(letter).await;
    if sent.is_err() {
        let tx = app.db.begin().await?;
        store::tell(&*tx, row.id, span.1, span.0).await?;
        tx.commit().await?;
    }
    sent
}

/// Forgets addresses that were never confirmed.
///
/// # Errors
/// When the database refuses.
pub(super) async fn forget_unconfirmed(app: &App) -> Result<()> {
    let tx = app.db.begin().await?;
    store::delete_unconfirmed(&*tx, Timestamp(app.clock.now().0 - HOLDS)).await?;
    tx.commit().await
}

/// Numbers by state and period, and by what is wanted.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn numbers(app: &App) -> Result<(Vec<Many>, Vec<Many>)> {
    let c = app.db.read();
    tokio::try_join!(store::counts(c), store::wanted(c))
}
