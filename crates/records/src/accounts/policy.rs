//! Actions of the accounts slice.

kernel::actions! {
    /// Create, change, disable accounts; grant roles.
    ManageAccounts = "accounts.manage", "Quản lý tài khoản", [Administrator];
}
