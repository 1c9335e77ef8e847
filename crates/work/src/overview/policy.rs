//! Actions of the overview slice.

kernel::actions! {
    /// See the overview of what lies below one's agencies.
    ReadOverview = "overview.read", "Xem tổng quan", [Secretariat, Leader, FocalPoint, Viewer];
}
