//! The register, and finding documents.
