# Needs python3 (3.11 or later, with venv), make and a package index. Written for make 3.81 and up.
SHELL  := /bin/sh
PYTHON ?= python3
ARGS   ?=
VENV   := .venv
BIN    := $(VENV)/bin

# A stamp bears the content that it was made from and the folder (a venv cannot be moved):
# when either changes, the stamp that is looked for does not exist, and the venv is brought up to date.
stamp  = $(VENV)/ready-$(1)-$(shell { pwd; cat requirements-$(1).lock pyproject.toml 2>/dev/null; } | cksum | cut -d' ' -f1)
PLACE := $(VENV)/made-in-$(shell pwd | cksum | cut -d' ' -f1)
TEST  := $(call stamp,test)
# What serves to test serves to run: the test lock holds the whole app lock.
APP   := $(or $(wildcard $(TEST)),$(call stamp,app))

# A venv also goes bad by itself: its Python is upgraded or removed, a folder is deleted in it.
HEALTHY := $(BIN)/python -c 'import sys; from importlib.util import find_spec; sys.exit(not all(map(find_spec, sys.argv[1:])))' \
	pip hatchling networkx matplotlib ipywidgets anywidget voila ipykernel jupyterlab traite_kb
ifneq ($(wildcard $(VENV)/ready-*),)
ifneq ($(shell $(HEALTHY) 2>/dev/null && echo healthy),healthy)
$(APP) $(TEST): always
endif
endif

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help app lab test lint docs bench lock clean always

help: ## print this list
	@echo "make TARGET [ARGS=\"…\"] [PYTHON=python3.12]"
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / { printf "  %-6s %s\n", $$1, $$2 }' Makefile

app: $(APP) ## serve the apps in the browser (ARGS="--port 9000")
	@$(BIN)/traite-kb serve $(ARGS)

lab: $(APP) ## open the lessons in JupyterLab
	@$(BIN)/python -m jupyterlab --ServerApp.root_dir=notebooks $(ARGS)

test: $(TEST) ## run the tests (ARGS="-m slow", ARGS="-k space -x")
	@$(BIN)/python -m pytest $(ARGS)

lint: $(TEST) ## check style, format and types
	$(BIN)/python -m ruff check
	$(BIN)/python -m ruff format --check
	$(BIN)/python -m mypy

docs: $(TEST) ## build the documentation into docs/_build/html
	@$(BIN)/python -m sphinx -W --keep-going -b html docs docs/_build/html $(ARGS)

bench: $(TEST) ## run the scripts of benchmarks/ (ONLY=pages ARGS="--pairs 9" for one of them)
	@for script in benchmarks/$(or $(ONLY),[a-z]*).py; do \
		echo "== $$script"; $(BIN)/python $$script $(ARGS) || exit 1; done

lock: ## compute both locks again, keeping versions that still fit (ARGS=--upgrade for the newest)
	@$(venv)
	@$(BIN)/python -m pip install --quiet --upgrade uv
	@$(compile) --extra app --extra test --extra docs --output-file requirements-test.lock
	@$(compile) --extra app --constraint requirements-test.lock --output-file requirements-app.lock

clean: ## remove the venv, the caches and everything built
	rm -rf $(VENV) build dist docs/_build .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find . -name .ipynb_checkpoints -type d -prune -exec rm -rf {} +

$(call stamp,app):
	@$(venv)
	@$(call install,app)

$(TEST):
	@$(venv)
	@$(call install,test)

always:

# Markers: PLACE, the venv was made whole; `installing`, the lock's packages are being installed.
define venv
if [ -e $(PLACE) ] && [ ! -e $(VENV)/installing ] && { ! ls $(VENV)/ready-* >/dev/null 2>&1 || $(HEALTHY) 2>/dev/null; }; then exit 0; fi; \
if [ -e $(VENV) ]; then echo "$(VENV) is incomplete, damaged or was moved: making it anew."; rm -rf $(VENV); fi; \
if ! command -v $(PYTHON) >/dev/null 2>&1; then \
	echo "$(PYTHON) was not found: install Python 3.11 or later, or name one: make … PYTHON=python3.12" >&2; exit 1; fi; \
if ! $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
	echo "$(PYTHON) is `$(PYTHON) -V 2>&1`, and 3.11 or later is needed. Name another one: make … PYTHON=python3.12" >&2; exit 1; fi; \
if ! $(PYTHON) -c 'import venv, ensurepip' 2>/dev/null; then \
	echo "$(PYTHON) cannot make virtual environments. On Debian or Ubuntu: apt install python3-venv" >&2; exit 1; fi; \
echo "[1/3] Making the virtual environment $(VENV) with `$(PYTHON) -V` (a few seconds)"; \
$(PYTHON) -m venv $(VENV) && touch $(PLACE)
endef

define install
set -e; touch $(VENV)/installing; \
echo "[2/3] Installing about `sed -n 's/==.*//p' requirements-$(1).lock | sort -u | wc -l | tr -d ' '` packages from requirements-$(1).lock (a minute or two the first time)"; \
$(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r requirements-$(1).lock; \
rm $(VENV)/installing; \
echo "[3/3] Installing traite_kb itself (a few seconds)"; \
$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-build-isolation --no-deps -e .; \
rm -f $(VENV)/ready-*; touch $(call stamp,$(1)); \
echo "Ready. The next run starts at once."
endef

compile = $(BIN)/uv pip compile pyproject.toml --group build --group intel-mac --universal --python-version 3.11 \
	--generate-hashes --no-config --no-emit-index-url --no-emit-find-links --quiet \
	--custom-compile-command "make lock" $(ARGS)
