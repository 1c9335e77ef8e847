//! Actions of the agencies slice.

kernel::actions! {
    /// Read agencies, localities and their history.
    ReadAgencies = "agencies.read", "Xem cơ quan, địa bàn", [Administrator, Secretariat, Leader, FocalPoint, Contributor, Editor, Viewer];
    /// Record events, names, imports.
    ManageAgencies = "agencies.manage", "Quản lý cơ quan, địa bàn", [Administrator, Secretariat];
}
