# make run    set up what is missing and open the board        make run ARGS="--server.port 8600"
# make demo   open the board on a made list with nine months of reports, in .demo/
# make test   set up what is missing and pass every check      lint, types, layers, unit, browser: each also alone
# make test-long  what attacks it for as long as it takes: kills, full disks, thousands of damaged files
# make golden read the sample notices and show what differs from the tables beside them
# make bench  measure, and write bench/RESULTS.md              make shots  photograph the pages
# make pins   write requirements*.txt anew from requirements*.in; ARGS="--upgrade-package pandas" lifts one

PYTHON ?= python3
VENV ?= .venv
JOBS ?= auto
ARGS ?=

PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --quiet --disable-pip-version-check --require-hashes
# For every platform, and one version for each Python from the oldest on; with extras, since pip wants
# coverage[toml] itself pinned
PIN := uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
  --generate-hashes --no-strip-extras --no-annotate --custom-compile-command "make pins"
RUN := $(VENV)/.run
DEV := $(VENV)/.dev
NPM := node_modules/.made

# The tests start many processes: they share what is compiled, whatever the environment says
export PYTHONDONTWRITEBYTECODE :=

.NOTPARALLEL:
.PHONY: help run demo test lint types layers unit browser golden bench shots fix chromium nginx clean

help:
	@sed -n '1,7s/^# //p' Makefile

run: $(RUN)
	$(PY) -m streamlit run app.py $(ARGS)

demo: $(RUN)
	$(PY) -m lib demo .demo
	MEASURES=.demo/demo.csv $(PY) -m streamlit run app.py $(ARGS)

test: chromium nginx lint types layers unit browser

lint: $(DEV) $(NPM)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	npm run --silent lint

fix: $(DEV) $(NPM)
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	npm run --silent fix

types: $(DEV)
	$(PY) -m mypy

layers: $(DEV)
	$(PY) -c "from importlinter.cli import lint_imports_command as check; check()" --no-logo

unit: $(DEV) nginx
	$(PY) -m pytest -m "not browser and not long" --numprocesses $(JOBS) --cov $(ARGS)

test-long: $(DEV) chromium
	$(PY) -m pytest -m "long or hypothesis" --hypothesis-profile=long --numprocesses $(JOBS) $(ARGS)

browser: $(DEV) chromium
	$(PY) -m pytest -m "browser and not long" --numprocesses $(JOBS) --dist loadfile \
	  --no-loadscope-reorder $(ARGS)

golden: $(DEV)
	$(PY) -m tests.notices.golden $(ARGS)
	$(PY) -m tests.notices.golden --blind $(ARGS)

bench: $(DEV) chromium
	$(PY) -m bench $(ARGS)

shots: $(DEV) chromium
	$(PY) -m tests.browser.shots $(ARGS)

# uv is used by its command and need not be in the environment; the versions in the .txt files stay unless lifted.
pins:
	@command -v uv >/dev/null || { echo "This needs uv: pip install uv" >&2; exit 1; }
	$(PIN) requirements-dev.in --output-file requirements-dev.txt $(ARGS)
	$(PIN) requirements.in --constraint requirements-dev.txt --output-file requirements.txt

# Built once, and again when its Python or one of the lists has changed.
$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "The board needs Python 3.11 or newer as $(PYTHON); another one: make PYTHON=python3.13 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) can't make virtual environments; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)

$(RUN): $(PY) requirements.txt
	@echo "Installing what the board needs into $(VENV) (a minute or two, once)"
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PY) -m ensurepip
	@$(PIP) --requirement requirements.txt
	@touch $@

$(DEV): $(PY) requirements-dev.txt
	@echo "Installing what the board and its tests need into $(VENV) (a minute or two, once)"
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PY) -m ensurepip
	@$(PIP) --requirement requirements-dev.txt
	@touch $(RUN) $@

# What checks the JavaScript: two packages, pinned with all that they need in package-lock.json.
$(NPM): package.json package-lock.json .npmrc
	@command -v npm >/dev/null || { \
	  echo "The JavaScript is checked by npm packages, and there is no npm; on Debian: apt install nodejs npm" >&2; \
	  exit 1; }
	@npm ci --silent
	@touch $@

# Playwright drives the browser that is there; nothing is downloaded.
chromium:
	@for name in "$$CHROMIUM" chromium-headless-shell chromium google-chrome microsoft-edge msedge; do \
	  if [ -n "$$name" ] && command -v "$$name" >/dev/null; then exit 0; fi; done; \
	echo "No Chromium, Chrome or Edge found. On Debian: apt install chromium fonts-noto-cjk;" \
	  "elsewhere set CHROMIUM to the program's path." >&2; exit 1

# The example of a proxy is tried with a real one, which listens to this machine for a moment.
nginx:
	@PATH="$$PATH:/usr/sbin"; command -v nginx >/dev/null || { \
	  echo "The board is tried behind nginx, and there is none. On Debian: apt install nginx" >&2; exit 1; }

clean:
	rm -rf $(VENV) node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage .coverage.*
