# Lan Tỏa. `make demo` shows it, `make test` checks it; both fetch what a fresh machine lacks.
SHELL := /bin/bash
PROVINCE ?= 19
.PHONY: demo test lint bench release tools

tools:
	@scripts/tools

test: tools
	scripts/test

lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings

release:
	cargo build --release --bin lantoa
