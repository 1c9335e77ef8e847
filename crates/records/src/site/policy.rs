//! Actions of the site slice.

kernel::actions! {
    /// Set the portal's name, menu, banners, footer and static pages.
    ArrangeSite = "site.arrange", "Sửa tên, thực đơn, băng thông báo, chân trang, trang tĩnh của cổng", [Administrator, Editor];
}
