//! Outgoing mail: SMTP, or one `.eml` file each in an outbox folder. Sent by jobs only, never inside a request.

use std::path::Path;

use kernel::{Error, Result};
use lettre::{
    AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor, message::header::ContentType,
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
        let bad = |e: lettre::address::AddressError| Error::invalid("email", format!("Địa chỉ thư không hợp lệ: {e}"));
        let message = Message::builder()
            .from(self.from.parse().map_err(bad)?)
            .to(to.parse().map_err(bad)?)
            .subject(subject)
            .header(ContentType::TEXT_PLAIN)
            .body(text)
            .map_err(Error::internal)?;
        match &self.way {
            Way::Smtp(smtp) => smtp.send(message).await.map(drop).map_err(|e| Error::Unavailable(e.to_string())),
            Way::Files(files) => files.send(message).await.map(drop).map_err(|e| Error::Unavailable(e.to_string())),
        }
    }
}
