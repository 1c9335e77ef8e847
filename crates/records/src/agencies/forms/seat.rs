//! The form of a member of a council.

use kernel::FieldErrors;
use platform::web::form;
use serde::Deserialize;

use super::reader::Reader;
use crate::agencies::{
    model::side::Side,
    service::{Dir, NewSeat},
};

/// What somebody can be in a council, in the order of the list.
pub(in crate::agencies) const SEATS: [&str; 5] =
    ["Chủ tịch Hội đồng", "Phó Chủ tịch Thường trực", "Phó Chủ tịch", "Ủy viên Thường trực", "Ủy viên"];

/// The form of a member of a council.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::agencies) struct SeatForm {
    pub co_quan: String,
    pub nguoi: String,
    pub chuc_vu: String,
    pub tu_cach: String,
    pub can_cu: String,
    pub tu_ngay: String,
    pub den_ngay: String,
}

impl SeatForm {
    /// The seat, or what is wrong with the form.
    ///
    /// # Errors
    /// Messages by field.
    pub(in crate::agencies) fn read(&self, dir: &Dir) -> Result<NewSeat, FieldErrors> {
        let mut errors = FieldErrors::default();
        let person = form::required(&mut errors, "nguoi", &self.nguoi, 100);
        let position = form::required(&mut errors, "chuc_vu", &self.chuc_vu, 200);
        let basis = form::required(&mut errors, "can_cu", &self.can_cu, 500);
        if !SEATS.contains(&self.tu_cach.as_str()) {
            errors.add("tu_cach", "Hãy chọn tư cách trong Hội đồng.");
        }
        let from = form::required_date(&mut errors, "tu_ngay", &self.tu_ngay);
        let last = form::date(&mut errors, "den_ngay", &self.den_ngay);
        if last.is_some_and(|last| from.is_some_and(|from| last < from)) {
            errors.add("den_ngay", "Ngày thôi tham gia phải từ ngày bắt đầu trở đi.");
        }
        let Some(from) = from else { return Err(errors) };
        let mut reader = Reader { dir, side: Side::Agencies, date: from, old: None, errors };
        let agency = reader.one("co_quan", &self.co_quan, true);
        let Some(agency) = agency.filter(|_| reader.errors.is_empty()) else { return Err(reader.errors) };
        let until = last.and_then(|last| last.succ_opt());
        Ok(NewSeat { agency: dir.id(agency), person, position, seat: self.tu_cach.clone(), basis, from, until })
    }
}
