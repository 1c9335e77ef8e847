//! Outgoing mail: SMTP, or one `.eml` file each in an outbox folder. Sent by jobs only, never inside a request.

use std::path::Path;

use kernel::{Error, Result};
use lettre::{
    Address, AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        MultiPart,
        header::{ContentType, HeaderName, HeaderValue},
    },
};

use crate::config::Mail;

/// How mail leaves.
#[derive(Clone)]
pub struct Mailer {
    from: String,
    way: Way,
}

#[derive(Clone)]
enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Files(AsyncFileTransport<Tokio1Executor>),
}

/// A letter to somebody outside: the same in words and as HTML.
#[derive(Debug)]
pub struct Letter<'a> {
    /// Address.
    pub to: &'a str,
    /// Subject.
    pub subject: &'a str,
    /// In plain words.
    pub text: String,
    /// As HTML.
    pub html: String,
    /// Address where a POST ends what the letter belongs to (RFC 8058); none in letters that somebody just asked for.
    pub unsubscribe: Option<&'a str>,
}

/// Can mail be sent to this?
pub fn is_address(text: &str) -> bool {
    text.len() <= 254 && text.parse::<Address>().is_ok()
}

fn bad(e: lettre::address::AddressError) -> Error {
    Error::invalid("email", format!("Địa chỉ thư không hợp lệ: {e}"))
}

impl Mailer {
    /// By the configuration; the outbox lies in the data folder.
    ///
    /// # Errors
    /// [`Error::Invalid`] when the SMTP address cannot be read.
    pub fn new(config: &Mail, data: &Path) -> Result<Self> {
        let way = if config.smtp.is_empty() {
            let outbox = data.join("outbox");
            std::fs::create_dir_all(&outbox).map_err(Error::internal)?;
            Way::Files(AsyncFileTransport::new(outbox))
        } else {
            let smtp = AsyncSmtpTransport::<Tokio1Executor>::from_url(&config.smtp)
                .map_err(|e| Error::invalid("mail.smtp", format!("Địa chỉ SMTP không đọc được: {e}")))?;
            Way::Smtp(smtp.build())
        };
        Ok(Self { from: config.from.clone(), way })
    }

    /// Sends one mail as plain text.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an address that is none, [`Error::Unavailable`] when the server does not take it.
    pub async fn send(&self, to: &str, subject: &str, text: String) -> Result<()> {
        let message = Message::builder()
            .from(self.from.parse().map_err(bad)?)
            .to(to.parse().map_err(bad)?)
            .subject(subject)
            .header(ContentType::TEXT_PLAIN)
            .body(text)
            .map_err(Error::internal)?;
        self.leave(message).await
    }

    /// Sends a letter.
    ///
    /// # Errors
    /// See [`Mailer::send`].
    pub async fn send_letter(&self, letter: Letter<'_>) -> Result<()> {
        let mut message = Message::builder()
            .from(self.from.parse().map_err(bad)?)
            .to(letter.to.parse().map_err(bad)?)
            .subject(letter.subject);
        if let Some(address) = letter.unsubscribe {
            for (name, value) in [
                (HeaderName::new_from_ascii_str("List-Unsubscribe"), format!("<{address}>")),
                (HeaderName::new_from_ascii_str("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click".to_owned()),
            ] {
                message = message.raw_header(HeaderValue::new(name, value));
            }
        }
        let message =
            message.multipart(MultiPart::alternative_plain_html(letter.text, letter.html)).map_err(Error::internal)?;
        self.leave(message).await
    }

    async fn leave(&self, message: Message) -> Result<()> {
        match &self.way {
            Way::Smtp(smtp) => smtp.send(message).await.map(drop).map_err(|e| Error::Unavailable(e.to_string())),
            Way::Files(files) => files.send(message).await.map(drop).map_err(|e| Error::Unavailable(e.to_string())),
        }
    }
}
