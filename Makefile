# Two commands are all one needs: `make run` opens the chat, `make test` checks everything.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
export HF_HUB_OFFLINE := 1
export GRADIO_ANALYTICS_ENABLED := False
export LANGSMITH_TRACING := false

# When the command was typed: `make run` and `make test` say how long they took from then on.
export ASSISTANT_STARTED := $(shell date +%s)

.PHONY: help setup run test check programs clean

help:            ## what can be made here
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/'

setup: .venv/.ok ## the virtual environment; quick when nothing changed

# uv installs in seconds what takes pip minutes; it reads no pip configuration, hence the hand-over.
.venv/.ok: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Cần Python 3.11 trở lên / Python 3.11 or newer is needed: make setup PYTHON=python3.11" >&2; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade "uv>=0.9"
	UV_FIND_LINKS="$${UV_FIND_LINKS:-$$PIP_FIND_LINKS}" $(BIN)/uv pip install --quiet --python $(BIN)/python \
	  -r pyproject.toml --extra test \
	  || $(BIN)/python -m pip install --quiet ".[test]"
	@touch $@

run: setup       ## open the chat on http://127.0.0.1:7860 (PORT=…)
	$(BIN)/python app.py

test: setup programs check ## format, lint, types, then every test, the browser ones too
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist loadfile
	@echo "make test: $$(( $$(date +%s) - $(ASSISTANT_STARTED) )) giây / seconds"

check: setup     ## format, lint and types only
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

# The tests need a browser, a recogniser of Vietnamese print and a word processor; Debian's where root may install them.
programs:
	@missing=""; \
	command -v chromium >/dev/null || command -v google-chrome >/dev/null || missing="$$missing chromium fonts-dejavu-core"; \
	tesseract --list-langs 2>/dev/null | grep -qx vie || missing="$$missing tesseract-ocr tesseract-ocr-vie"; \
	command -v soffice >/dev/null || missing="$$missing libreoffice-writer-nogui fonts-liberation"; \
	if [ -n "$$missing" ] && [ "$$(id -u)" = 0 ]; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi

clean:           ## remove what was built: environment, index, caches
	rm -rf .venv .index .pytest_cache .mypy_cache .ruff_cache
