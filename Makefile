# Lan Tỏa. `make demo` shows it, `make test` checks it; both fetch what a fresh machine lacks.
SHELL := /bin/bash
PROVINCE ?= 19
LISTEN ?= 127.0.0.1:8080
TARGET := $(if $(CARGO_TARGET_DIR),$(CARGO_TARGET_DIR),target)
.PHONY: demo test lint bench release tools

# A whole province to try out: builds, fills a data folder once, serves. PROVINCE is one of the 34 codes.
demo:
	@scripts/tools demo
	@echo "Building Lan Tỏa (about ten minutes the first time on two cores, seconds afterwards)…"
	cargo build --profile demo --bin lantoa
	LANTOA_SERVER__LISTEN=$(LISTEN) LANTOA_SERVER__PUBLIC_URL=http://$(LISTEN) \
		$(TARGET)/demo/lantoa demo --province $(PROVINCE) --data data-folder/demo-$(PROVINCE)

test:
	@scripts/tools test
	scripts/test

bench:
	@scripts/tools test
	scripts/bench

lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings

release:
	cargo build --release --bin lantoa
