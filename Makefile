# Every task of a developer and an operator by its name; `make` alone serves the portal.

.DEFAULT_GOAL := run
.PHONY: setup run test check bench coverage format lock

setup:     ## .venv, system packages, fonts, database, static files
	@deploy/install
	@deploy/prepare

run:       ## setup, the demonstration when the database is empty, and serve on http://localhost:8000
	@deploy/run

test:      ## check, then every test on SQLite, in a browser and on PostgreSQL
	@deploy/test

check:     ## format, lint, types, import direction, templates, missing migrations
	@deploy/install --dev
	@deploy/check

bench:     ## measure; ONLY=pdf, ONLY=web, … for a part
	@deploy/install --dev
	@.venv/bin/python -m tests.bench $(ONLY)

coverage:  ## which lines and branches no test reaches
	@deploy/install --dev
	@deploy/test-data .venv/bin/pytest -n 2 -m "not browser" --cov --cov-report=term-missing:skip-covered

format:    ## put the code in the form that `make check` asks for
	@deploy/install --dev
	@.venv/bin/ruff check --fix-only --quiet . && .venv/bin/ruff format --quiet .

lock:      ## requirements.txt and requirements-dev.txt anew from their .in files
	@deploy/lock
