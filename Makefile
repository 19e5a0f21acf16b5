# The commands of Branchwise. Each sets up what it needs; stamps make the next time quick.
# `make` alone lists them.

SIZE ?= ci
# One more than there are cores: a test of pages or processes often waits for others.
TEST_PROCESSES ?= $(shell echo $$(($$(getconf _NPROCESSORS_ONLN) + 1)))
ARGS ?=

PYTHON ?= $(shell sh scripts/find_python.sh)
VENV := .venv
RUN := $(VENV)/bin/python
export UV_LINK_MODE := copy
# A start runs four Pythons with two thousand modules each: without kept bytecode, half of it is compiling.
unexport PYTHONDONTWRITEBYTECODE
# `make run PORT=9500` moves the site, SANDBOX_PORT=9600 the sandbox LMS.
ifdef PORT
export BRANCHWISE_PORT := $(PORT)
endif
ifdef SANDBOX_PORT
export SANDBOX_PORT
endif

HAS_FRONTEND := $(wildcard frontend/package-lock.json)
FRONTEND_SOURCES := $(shell find frontend -type f -not -path '*/node_modules/*' -not -path '*/.*' 2>/dev/null)
PACKAGES := $(wildcard scenario_engine scenario_exchange foundation scenario_ai authoring learning lti config sandbox_lms \
	xblocks/scenario_xblock benchmarks tests)

.DEFAULT_GOAL := help
.PHONY: help run stop build test check check-python check-frontend faults bench wheel clean

help:  ## List these commands
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

run: $(VENV)/.ready build  ## Build, migrate, load the demo, serve all of it; ARGS=--detach: in the background; PORT=9500
	@BRANCHWISE_DEMO=1 BRANCHWISE_ALLOW_LOOPBACK=1 BRANCHWISE_WEB_PROCESSES=$${BRANCHWISE_WEB_PROCESSES:-1} \
	  $(RUN) manage.py serve $(ARGS)

stop:  ## End what `make run` started
	@if [ -x $(RUN) ]; then $(RUN) manage.py stop; else echo "Nothing was running."; fi

test: $(VENV)/.ready build  ## All tests but `make faults`; what is missing on this machine is skipped and named
	@$(if $(HAS_FRONTEND),cd frontend && npm test)
	@$(RUN) -m pytest -n $(TEST_PROCESSES) --dist loadscope --no-loadscope-reorder --ignore=tests/faults $(ARGS)

check: $(VENV)/.ready build  ## ruff, mypy, import-linter, eslint, tsc
	@$(MAKE) --no-print-directory -j2 --output-sync=recurse check-python check-frontend

check-python:
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy --num-workers 2 $(filter-out sandbox_lms,$(PACKAGES))
	@$(VENV)/bin/mypy --config-file sandbox_lms/mypy.ini sandbox_lms
	@$(RUN) scripts/check_imports.py

check-frontend:
	@$(if $(HAS_FRONTEND),cd frontend && npm run --silent lint --if-present && npm run --silent typecheck --if-present)

faults: $(VENV)/.ready build  ## Kill, outage and broker tests; SIZE=ci|nightly, FAULTS_COMBINATION=sqlite|postgres-redis|…
	@FAULTS_SIZE=$(SIZE) $(RUN) -m pytest tests/faults $(ARGS)

bench: $(VENV)/.ready build  ## Benchmarks with their peers, as a table of ratios
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt || true
	@cd benchmarks && npm ci --no-fund --no-audit --loglevel=error >/dev/null || true
	@$(RUN) -m benchmarks $(ARGS)

wheel: $(VENV)/.ready build  ## dist/branchwise-*.whl, with the built player
	@$(RUN) -m hatchling build -t wheel
	@ls dist/branchwise-*.whl

build: $(if $(HAS_FRONTEND),frontend/node_modules/.built)  ## Build the player and the editor
	@$(if $(HAS_FRONTEND),:,echo "There is no frontend/ here: nothing to build.")

clean:  ## Remove what was installed and built here; var/ (your data) stays
	@rm -rf dist build frontend/node_modules authoring/static/authoring/built learning/static/learning/built \
	  xblocks/scenario_xblock/public/built
	@if [ -L $(VENV) ]; then rm $(VENV); else rm -rf $(VENV); fi

# --- Stamps ---------------------------------------------------------------------------------------

$(VENV)/.ready: requirements/bootstrap.txt requirements/site.txt
	@test -n "$(PYTHON)" || { sh scripts/find_python.sh --explain; exit 1; }
	@sh scripts/install.sh "$(PYTHON)" $(VENV)
	@touch $@

frontend/node_modules/.installed: frontend/package-lock.json
	@sh scripts/check_node.sh
	@echo "Installing the frontend's packages ..."
	@cd frontend && npm ci --no-fund --no-audit --loglevel=error
	@touch $@

frontend/node_modules/.built: frontend/node_modules/.installed $(FRONTEND_SOURCES)
	@echo "Building player and editor ..."
	@cd frontend && npm run --silent build
	@touch $@
