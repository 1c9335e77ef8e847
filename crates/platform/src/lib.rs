//! Machinery without domain nouns: the application value, slices, the web kit, i18n, jobs, blobs, mail, audit.

pub mod admin;
pub mod app;
pub mod audit;
pub mod blobs;
pub mod config;
pub mod i18n;
pub mod jobs;
pub mod languages;
pub mod links;
pub mod mail;
pub mod markdown;
pub mod media;
pub mod memory;
pub mod outside;
pub mod picture;
pub mod revision;
pub mod search;
pub mod secrets;
pub mod slice;
pub mod strays;
pub mod tools;
pub mod vault;
pub mod visits;
pub mod web;

pub use app::{App, Over, Resolved, Session, Sessions};
pub use config::Config;
pub use i18n::Lang;
pub use slice::{
    Access, Forecast, ForecastDef, JobDef, MenuItem, Routes, Schedule, Slice, Subject, SubjectDef, Use, UseDef,
    UsedFigure,
};
