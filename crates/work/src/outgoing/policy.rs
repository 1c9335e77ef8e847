//! Actions of the outgoing slice. Signing is the action of the same name of reports.

kernel::actions! {
    /// See papers of one's own agencies, and signed ones that have come to them.
    ReadPapers = "outgoing.read", "Xem văn bản đi", [Secretariat, Leader, FocalPoint, Contributor, Editor, Viewer];
    /// Write papers of one's own agency, put them before its head, keep the signed file.
    DraftPapers = "outgoing.draft", "Soạn văn bản đi", [Secretariat, FocalPoint, Contributor, Editor];
}
