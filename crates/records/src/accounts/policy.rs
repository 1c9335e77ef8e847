//! Actions of the accounts slice.

kernel::actions! {
    /// See who has an account in one's agencies and below.
    SeeAccounts = "accounts.see", "Xem tài khoản", [Administrator, Secretariat];
    /// Create, change, disable accounts; grant roles.
    ManageAccounts = "accounts.manage", "Quản lý tài khoản", [Administrator];
    /// Give a person of a lower agency a new activation slip; see and end the sessions.
    ResetAccess = "accounts.reset", "Cấp lại phiếu kích hoạt, kết thúc phiên", [Administrator, Secretariat];
}
