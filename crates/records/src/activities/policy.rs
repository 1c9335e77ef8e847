//! Actions of the activities slice.

kernel::actions! {
    /// See activities of agencies below one's own, those in which one's agency took part, and, for the justice authority, of its whole place.
    ReadActivities = "activities.read", "Xem hoạt động", [Secretariat, Leader, FocalPoint, Contributor, Editor, Viewer];
    /// Record, change and withdraw activities of exactly the agencies one works for.
    RecordActivities = "activities.record", "Ghi hoạt động", [Secretariat, FocalPoint, Contributor];
    /// Set what a quarter should be about, for one's agency and everything that it leads.
    SetTopics = "activities.topics", "Đặt định hướng nội dung theo quý", [Secretariat];
}
