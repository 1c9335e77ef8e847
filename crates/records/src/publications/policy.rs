//! Actions of the publications slice.

kernel::actions! {
    /// See contributions of agencies below one's own.
    ReadPublications = "publications.read", "Xem tin, bài của tòa soạn", [Secretariat, Leader, FocalPoint, Contributor, Editor, Viewer];
    /// Write, change and submit contributions of exactly the agencies one works for.
    WritePublications = "publications.write", "Viết tin, bài", [Secretariat, FocalPoint, Contributor, Editor];
    /// Return, accept, schedule, publish and withdraw contributions of agencies below one's own.
    EditPublications = "publications.edit", "Biên tập, xuất bản tin, bài", [Editor];
    /// Open and arrange special sections.
    ArrangeSections = "publications.sections", "Mở và sắp xếp chuyên mục", [Editor];
}
