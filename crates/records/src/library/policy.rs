//! Actions of the library slice.

kernel::actions! {
    /// See what agencies below one's own keep in the library, and save files of it.
    ReadLibrary = "library.read", "Xem, tải tư liệu của thư viện", [Secretariat, Leader, FocalPoint, Contributor, Editor, Viewer];
    /// Put items and practices of exactly the agencies one works for into the library and describe them.
    KeepLibrary = "library.keep", "Đưa tư liệu, mô hình vào thư viện", [Secretariat, FocalPoint, Contributor, Editor];
    /// Make items and practices of agencies below one's own public, arrange collections.
    ShowLibrary = "library.show", "Công khai tư liệu, lập bộ sưu tập", [Secretariat, Editor];
}
