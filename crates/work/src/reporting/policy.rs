//! Actions of the reporting slice.

kernel::actions! {
    /// See forms, rounds, and reports that one's agencies make, receive or stand above.
    ReadReports = "reporting.read", "Xem biểu mẫu và báo cáo", [Secretariat, Leader, FocalPoint, Contributor, Editor, Viewer];
    /// Fill in the reports of one's own agency.
    FillReports = "reporting.fill", "Lập báo cáo", [Secretariat, FocalPoint, Contributor];
    /// Check the reports of one's own agency.
    CheckReports = "reporting.check", "Kiểm tra báo cáo", [Secretariat, FocalPoint, Leader];
    /// Send the reports of one's own agency, as its head.
    SignReports = "reporting.sign", "Duyệt gửi báo cáo với tư cách thủ trưởng", [Leader, Secretariat, FocalPoint];
    /// Return, approve, accept and question reports that one's agency receives.
    DecideReports = "reporting.decide", "Duyệt, trả lại báo cáo của cấp dưới", [Secretariat, Leader];
    /// Upload and publish forms, open rounds, set how one's agency works.
    ManageReports = "reporting.manage", "Quản lý biểu mẫu và kỳ báo cáo", [Secretariat];
    /// Put another file of days of rest in force.
    SetHolidays = "reporting.holidays", "Đặt ngày nghỉ dùng để tính hạn gửi báo cáo", [Administrator];
}
