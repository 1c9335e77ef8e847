//! The one integration-test binary: the application over HTTP, on SQLite or (`TEST_DATABASE_URL`) PostgreSQL.

mod accounts;
mod activities;
mod agencies;
mod authz;
mod backup;
mod disclosures;
mod documents;
mod english;
mod laws;
mod library;
mod outgoing;
mod plans;
mod publications;
mod queue;
mod reporting;
mod schema;
mod site;
mod strays;
mod subscriptions;
