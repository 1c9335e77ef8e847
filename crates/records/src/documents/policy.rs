//! Actions of the documents slice.

kernel::actions! {
    /// See confirmed documents: one's own agencies', those addressed to them, and public ones.
    Read = "documents.read", "Xem văn bản", [Secretariat, Leader, FocalPoint, Contributor, Editor, Viewer];
    /// Upload papers and review what was read.
    Prepare = "documents.prepare", "Tải lên và rà soát văn bản", [Secretariat, Editor];
    /// Confirm a reviewed document, or open a correction of a confirmed one.
    Confirm = "documents.confirm", "Xác nhận văn bản", [Secretariat];
}
