# Everything a newcomer or a developer runs.  `make` alone lists it.

BIN := .venv/bin
INSTALLED := .venv/.installed
CODE := bot sandbox tests benchmarks
# Half of a story is waiting for a message or a child: two workers more fill two cores.
WORKERS ?= 4
PYTEST := $(BIN)/pytest --quiet

COMPILE := $(BIN)/uv pip compile --quiet --system-certs --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links

# Where bytecode is not kept, each of the many processes compiles everything anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test check format lint types documents dependencies migrations-check lock bench clean

help: ## list what make can do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-17s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(INSTALLED): requirements.lock .ci/uv.lock .ci/venv
	@sh .ci/venv
	@touch $@

demo: $(INSTALLED) ## the sample company in a stand-in for Slack, at one address
	@$(BIN)/python -m sandbox.demo

test: $(INSTALLED) ## all tests, without network
	@$(PYTEST) -n $(WORKERS) --dist loadgroup

check: lint types documents dependencies migrations-check ## what must hold before a commit: all checks, then all tests
	@$(MAKE) --no-print-directory test

format: $(INSTALLED) ## put the code into its format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lint: $(INSTALLED) ## format and lint, changing nothing
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types: $(INSTALLED) ## strict types
	@$(BIN)/mypy $(CODE)

documents: $(INSTALLED) ## links, commands and names in the documents
	@$(PYTEST) tests/architecture/test_documents.py

dependencies: $(INSTALLED) ## what is imported is declared, what is declared is used
	@$(BIN)/deptry .

migrations-check: $(INSTALLED) ## one head, no drift, up and down and up
	@$(PYTEST) tests/store/test_migrations.py

lock: $(INSTALLED) ## write requirements.lock anew from pyproject.toml
	@$(COMPILE) --extra dev --output-file requirements.lock pyproject.toml

bench: $(INSTALLED) ## the benchmarks, results in var/
	@mkdir -p var
	@$(BIN)/python benchmarks/recompute.py --json var/recompute.json
	@$(BIN)/python -m benchmarks.watch --json var/watch.json
	@$(BIN)/python benchmarks/import.py --json var/import.json
	@$(BIN)/python benchmarks/commands.py --json var/commands.json

clean: ## remove caches and the demo's data; .venv stays
	@rm -rf var build .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
