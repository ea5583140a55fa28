# One target for each thing a person does. `make help` lists them.

.DEFAULT_GOAL := help
BIN := .venv/bin
DATA := $(or $(ACCORD_DATA),data)
USWDS_FOLDER := src/accord/web/base/static/uswds
USWDS := $(USWDS_FOLDER)/css/uswds.min.css
SPANISH := src/accord/web/base/locale/es/LC_MESSAGES/django
STATIC := $(DATA)/static/staticfiles.json
STATIC_SOURCES := $(shell find src/accord/web -path '*/static/*' -type f 2>/dev/null)
WORKERS ?= 2
PORT ?= 8000
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
export PIP_ROOT_USER_ACTION := ignore

.PHONY: help demo test check bench docs screenshots messages lock clean

help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' $(MAKEFILE_LIST)

demo: .venv/.accord $(USWDS) $(SPANISH).mo $(STATIC) ## Set up, load the demo district, serve it at http://127.0.0.1:8000 (PORT=8010; FRESH=1: load it anew; SERVE=0: print the policy and end)
	@$(BIN)/accord demo --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve) $(if $(filter 1,$(FRESH)),--fresh)

test: .venv/.dev $(USWDS) $(SPANISH).mo ## Run every test on SQLite, then those that touch the database on PostgreSQL
	@$(BIN)/python -m scripts.tools
	$(BIN)/python -m pytest -rs -n $(WORKERS) --dist loadgroup
	$(BIN)/python -m scripts.postgres $(BIN)/python -m pytest -rs -n $(WORKERS) --dist loadgroup -m database

check: .venv/.dev $(USWDS) $(SPANISH).mo ## Format, lint, types, import contracts, migrations, settings, docs, translations
	@$(BIN)/python -m scripts.check

bench: .venv/.dev $(USWDS) $(SPANISH).mo ## Measure, as ratios against peers in one run
	@$(BIN)/python -m bench.run

docs: .venv/.dev ## Write docs/reference from the code
	@$(BIN)/python -m scripts.docs

screenshots: .venv/.dev $(USWDS) $(SPANISH).mo $(STATIC) ## Take the pictures of the manual from a demo of their own
	@$(BIN)/python -m scripts.tools
	@$(BIN)/python -m scripts.screenshots

messages: .venv/.accord ## Bring the Spanish catalogue up to date with the sources
	@$(BIN)/python -m scripts.messages extract

lock: .venv/.made ## Resolve the requirements again, after a change in pyproject.toml or package.json
	@sh scripts/lock.sh

clean: ## Remove the environment and everything that was built; the data folder stays
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache $(USWDS_FOLDER) $(SPANISH).mo

# --- What the targets stand on: each is made once, and again only when what it comes from changes ---------------------

.venv/.made: scripts/venv.sh
	@echo "Making the environment"
	@sh scripts/venv.sh .venv
	@touch $@

.venv/.runtime: requirements/runtime.txt | .venv/.made
	@echo "Installing what Accord runs on (about a minute)"
	@$(PIP) --require-hashes --requirement requirements/runtime.txt
	@touch $@

.venv/.accord: pyproject.toml .venv/.runtime
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.accord
	@echo "Installing what tests and checks need"
	@$(PIP) --require-hashes --requirement requirements/dev.txt
	@touch $@

$(USWDS): package-lock.json requirements/node.txt scripts/fetch_uswds.py | .venv/.made
	@echo "Fetching the U.S. Web Design System"
	@$(BIN)/python -m scripts.fetch_uswds
	@touch $@

$(SPANISH).mo: $(SPANISH).po scripts/messages.py | .venv/.accord
	@$(BIN)/python -m scripts.messages compile

$(STATIC): $(STATIC_SOURCES) $(USWDS) | .venv/.accord
	@echo "Collecting static files"
	@ACCORD_DEMO=1 $(BIN)/python -m django collectstatic --settings accord.web.settings --no-input --clear --verbosity 0
	@touch $@
