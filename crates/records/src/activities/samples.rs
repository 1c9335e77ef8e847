//! A year of made-up activities of a province, for demonstrations and tests; every one is marked as generated.
