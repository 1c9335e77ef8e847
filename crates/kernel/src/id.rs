//! Identifiers: UUIDv7 made by the application, so that rows can be created offline and retried without harm.

use uuid::Uuid;

/// A new identifier; later ones sort after earlier ones.
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}
