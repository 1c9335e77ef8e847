//! Actions of the laws slice.

kernel::actions! {
    /// See the bookshelf's work room: documents, files that wait, cards to be compared.
    ReadLaws = "laws.read", "Xem tủ sách pháp luật (phía cán bộ)", [Secretariat, Leader, FocalPoint, Contributor, Editor, Viewer];
    /// Put documents and cards on the bookshelf and change them.
    EditLaws = "laws.edit", "Biên tập tủ sách pháp luật, thẻ “Luật cho tôi”", [Secretariat, Editor];
}
