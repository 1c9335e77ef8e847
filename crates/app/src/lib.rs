//! The application: configuration, the list of slices, start-up, commands. The only place that knows every slice.

pub mod cli;
pub mod commands;
pub mod config;
pub mod slices;
pub mod start;

/// Of the whole program, its C code included (`docs/adr/0011-allocator.md`).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
