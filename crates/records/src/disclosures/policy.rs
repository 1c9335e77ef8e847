//! Actions of the disclosures slice.

kernel::actions! {
    /// See what agencies below one's own make public and still have to.
    ReadDisclosures = "disclosures.read", "Xem danh mục thông tin công khai", [Secretariat, Leader, FocalPoint, Contributor, Editor, Viewer];
    /// Keep the list of exactly the agencies one works for.
    KeepDisclosures = "disclosures.keep", "Cập nhật danh mục thông tin công khai", [Secretariat, FocalPoint, Editor];
    /// See requests for information at agencies below one's own, with what the asker said of himself.
    ReadRequests = "disclosures.requests", "Xem yêu cầu cung cấp thông tin", [Secretariat, Leader, FocalPoint];
    /// Accept, extend, answer, refuse and hand on requests at exactly the agencies one works for.
    HandleRequests = "disclosures.handle", "Giải quyết yêu cầu cung cấp thông tin", [Secretariat, FocalPoint];
}
