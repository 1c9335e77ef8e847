//! Reading the forms and addresses of the outgoing slice.

use std::collections::BTreeMap;

use axum::extract::Multipart;
use kernel::{Error, FieldErrors, Result, Uuid};
use platform::web::form;
use serde::Deserialize;

use super::{
    model::draft::{Block, Draft, Kind, MOST_BLOCKS},
    service::{Approval, Proposal, Upload},
};

/// The query of the list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    pub tt: String,
}

/// Page of a list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct PageQuery {
    pub trang: Option<u32>,
}

/// What a new paper is made of.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct NewForm {
    /// Template.
    pub mau: String,
    /// Round.
    pub ky: String,
    /// Agency whose figures it tells.
    pub co: String,
    /// Agency that writes it.
    pub cq: String,
}

impl NewForm {
    /// Round, agency of the figures, agency that writes.
    pub(super) fn read(&self) -> Result<(Uuid, Option<Uuid>, Uuid)> {
        let mut errors = FieldErrors::default();
        let round = form::id(&mut errors, "ky", &self.ky);
        let node = form::id(&mut errors, "co", &self.co);
        let owner = form::id(&mut errors, "cq", &self.cq);
        for (field, there) in [("ky", round.is_some()), ("cq", owner.is_some()), ("mau", !self.mau.is_empty())] {
            if !there {
                errors.add(field, "Hãy chọn mục này.");
            }
        }
        errors.into_result(())?;
        Ok((round.ok_or(Error::NotFound)?, node, owner.ok_or(Error::NotFound)?))
    }
}

/// What a button of the editor does besides keeping the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    /// Nothing more.
    Keep,
    /// One place up.
    Up(usize),
    /// One place down.
    Down(usize),
    /// Away with it.
    Drop(usize),
    /// A new one after it.
    Add(usize),
}

/// The editor's fields: `b.<n>.loai`, `.chu`, `.o`, `.so` of each block, head and foot by name.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct EditForm(pub BTreeMap<String, String>);

impl EditForm {
    fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |text| text.trim())
    }

    fn lines(&self, name: &str) -> Vec<String> {
        self.get(name).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).take(60).collect()
    }

    fn short(&self, errors: &mut FieldErrors, name: &str) -> String {
        form::bounded(errors, name, self.get(name), 500)
    }

    /// Version that was edited.
    pub(super) fn version(&self) -> Result<i64> {
        self.get("phien_ban").parse().map_err(|_| Error::invalid("", "Hãy mở lại trang soạn thảo rồi lưu."))
    }

    /// What the button does.
    pub(super) fn act(&self) -> Act {
        let (verb, at) = self.get("lam").split_once('.').unwrap_or_default();
        match (verb, at.parse::<usize>()) {
            ("len", Ok(at)) => Act::Up(at),
            ("xuong", Ok(at)) => Act::Down(at),
            ("bo", Ok(at)) => Act::Drop(at),
            ("them", Ok(at)) => Act::Add(at),
            _ => Act::Keep,
        }
    }

    /// The draft with the button's effect.
    pub(super) fn draft(&self) -> Result<Draft> {
        let mut errors = FieldErrors::default();
        let mut blocks = Vec::new();
        for at in 0..MOST_BLOCKS {
            let field = |name: &str| format!("b.{at}.{name}");
            let Some(kind) = self.0.get(&field("loai")) else { break };
            let text = self.get(&field("chu")).replace("\r\n", "\n");
            let keys = self.get(&field("o")).split([',', ' ', ';', '\n']).map(str::trim);
            blocks.push(Block {
                kind: Kind::from_key(kind).unwrap_or_default(),
                text: form::bounded(&mut errors, &field("chu"), &text, 8000),
                cells: keys.filter(|key| !key.is_empty()).map(str::to_owned).take(60).collect(),
                count: self.get(&field("so")).parse().unwrap_or(0),
            });
        }
        let mut draft = Draft {
            superior: self.short(&mut errors, "co_quan_tren"),
            issuer: self.short(&mut errors, "co_quan"),
            kind: self.short(&mut errors, "ten_loai"),
            symbol: form::bounded(&mut errors, "ky_hieu", self.get("ky_hieu"), 40),
            place: self.short(&mut errors, "dia_danh"),
            title: form::bounded(&mut errors, "trich_yeu", self.get("trich_yeu"), 1000),
            addressees: self.lines("kinh_gui"),
            bases: self.lines("can_cu"),
            recipients: self.lines("noi_nhan"),
            authority: self.lines("tham_quyen"),
            position: self.short(&mut errors, "chuc_vu"),
            signer: self.short(&mut errors, "nguoi_ky"),
            blocks,
        };
        match self.act() {
            Act::Keep => {}
            Act::Up(at) => draft.shift(at, false),
            Act::Down(at) => draft.shift(at, true),
            Act::Drop(at) => draft.drop_block(at),
            Act::Add(at) => draft.add(at.saturating_add(1), Kind::Paragraph),
        }
        errors.into_result(draft)
    }
}

/// What the head decides.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct SignForm {
    pub so: String,
    pub ngay: String,
    pub nguoi_ky: String,
    pub chuc_vu: String,
    /// The lines over the position, one a line.
    pub tham_quyen: Option<String>,
}

impl From<Proposal> for SignForm {
    fn from(proposal: Proposal) -> Self {
        Self {
            so: proposal.number.to_string(),
            ngay: String::new(),
            nguoi_ky: proposal.signer,
            chuc_vu: proposal.position,
            tham_quyen: Some(proposal.authority.join("\n")),
        }
    }
}

impl SignForm {
    /// The lines over the position as typed.
    pub(super) fn authority(&self) -> &str {
        self.tham_quyen.as_deref().unwrap_or_default()
    }

    pub(super) fn read(&self) -> Result<Approval> {
        let mut errors = FieldErrors::default();
        let number = self.so.trim().parse::<u32>().ok().filter(|number| (1..1_000_000).contains(number));
        if number.is_none() {
            errors.add("so", "Hãy điền số của văn bản, từ 1.");
        }
        let date = form::required_date(&mut errors, "ngay", &self.ngay);
        let signer = form::required(&mut errors, "nguoi_ky", &self.nguoi_ky, 200);
        let position = form::required(&mut errors, "chuc_vu", &self.chuc_vu, 200);
        let lines = |text: &String| {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            lines.take(4).map(|line| line.chars().take(200).collect()).collect()
        };
        let authority = self.tham_quyen.as_ref().map(lines);
        let (number, date) = (number.unwrap_or(0), date.unwrap_or_default());
        let approval = Approval { number, date, signer, position, authority };
        errors.into_result(approval)
    }
}

/// A reason.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ReasonForm {
    pub ly_do: String,
}

impl ReasonForm {
    pub(super) fn read(&self) -> Result<String> {
        let mut errors = FieldErrors::default();
        let text = form::bounded(&mut errors, "ly_do", &self.ly_do, 2000);
        errors.into_result(text)
    }
}

/// Reads the signed file with what was ticked and written beside it.
pub(super) async fn read_file(mut parts: Multipart) -> Result<Upload> {
    let bad = |e: axum::extract::multipart::MultipartError| Error::invalid("tep", e.body_text());
    let mut upload = Upload::default();
    while let Some(field) = parts.next_field().await.map_err(bad)? {
        match field.name() {
            Some("tep") => {}
            Some("doi_chieu") => {
                upload.compared = field.text().await.map_err(bad)? == "1";
                continue;
            }
            Some("ly_do") => {
                upload.reason = field.text().await.map_err(bad)?.trim().chars().take(2000).collect();
                continue;
            }
            _ => continue,
        }
        let name = field.file_name().unwrap_or_default().replace(['/', '\\', '\r', '\n', '"'], "_");
        let media_type = field.content_type().unwrap_or("application/octet-stream").to_owned();
        let bytes = field.bytes().await.map_err(bad)?;
        // A browser sends one empty part when no file was chosen.
        if !name.is_empty() {
            upload.file = Some((name.chars().take(200).collect(), media_type, bytes));
        }
    }
    Ok(upload)
}
