//! Actions of the plans slice.

kernel::actions! {
    /// See plans and obligations: of one's own agencies, and of plans that one's agencies own.
    ReadPlans = "plans.read", "Xem kế hoạch và nhiệm vụ của các cơ quan", [Secretariat, Leader, FocalPoint, Contributor, Editor, Viewer];
    /// Receive, report, attach evidence, propose and ask for time, for the agencies one works for.
    ReportProgress = "plans.report", "Tiếp nhận và báo cáo tiến độ", [Secretariat, FocalPoint, Contributor];
    /// Decide proposals and extensions, confirm or return completion, in plans that one's agencies own.
    DecidePlans = "plans.decide", "Quyết định, xác nhận hoàn thành", [Secretariat, Leader];
    /// Settings, events, replacement and reminders of plans that one's agencies own.
    ManagePlans = "plans.manage", "Quản lý kế hoạch", [Secretariat];
}
