# The two commands of a new user are `make ask Q='...'` and `make test`; each does the set-up that it needs.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PAGES := $(shell find corpus -name '*.md' 2>/dev/null)
Q ?= max anakinra dose in severe CRS?
export HF_HUB_OFFLINE := 1
export TOKENIZERS_PARALLELISM := false

.PHONY: install ask serve test test-long fuzz check eval gate bench clean

install: $(VENV)/installed

# torch first and alone: installed later, it comes as a build for graphics cards, several gigabytes of it. An editable
# install compiles nothing; without the last line every command would, where Python is told to write no bytecode
$(VENV)/installed: pyproject.toml constraints.txt
	$(or $(shell command -v $(PYTHON)),python3) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt torch
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	$(BIN)/python -m compileall -q src
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .[dev]
	@touch $@

index/CURRENT: $(VENV)/installed $(PAGES)
	$(BIN)/wardbook index
	@touch $@

ask: index/CURRENT
	@$(BIN)/wardbook ask "$(Q)"

serve: index/CURRENT
	$(BIN)/wardbook serve

check: $(VENV)/installed-dev
	$(BIN)/ruff check src tests bench
	$(BIN)/ruff format --check src tests bench
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check
	$(BIN)/pytest -m "not long" -n 2

test-long: $(VENV)/installed-dev
	$(BIN)/pytest -m long -n 2

# the properties with examples that no run has drawn before
fuzz: $(VENV)/installed-dev
	$(BIN)/pytest -m "hypothesis and not long" --hypothesis-profile=default -n 2

# every question but those held back; `make eval HELD=1` asks these too, at the end of a piece of work
eval: index/CURRENT $(VENV)/installed-dev
	$(BIN)/wardbook eval eval/dev eval/wards/dev.jsonl eval/wards/night.jsonl eval/wards/pharmacy.jsonl \
	  eval/wards/everyday.jsonl eval/talk/corpus.jsonl \
	  $(if $(HELD),eval/held eval/wards/held.jsonl) --report build/eval
	@for pages in disagree transplant handbook mixed lakeside harbour orchard vault meadow canyon fjord rona uist; do \
	  echo; echo "== $$pages"; \
	  $(BIN)/wardbook --quiet --corpus eval/$$pages/pages --index build/$$pages index && \
	  $(BIN)/wardbook --corpus eval/$$pages/pages --index build/$$pages eval $$(ls eval/$$pages/dev.jsonl 2>/dev/null) \
	    $$(ls eval/talk/$$pages.jsonl 2>/dev/null) \
	    $(if $(HELD),$$(ls eval/$$pages/held.jsonl 2>/dev/null)) --report build/eval-$$pages || exit 1; done

# the fast part that every change must pass: no safety count may rise, no measure fall by more than its tolerance
gate: index/CURRENT $(VENV)/installed-dev
	$(BIN)/wardbook --quiet eval eval/dev --baseline eval/baseline/dev.json > build-gate.txt; status=$$?; head -60 build-gate.txt; rm -f build-gate.txt; exit $$status

bench: index/CURRENT $(VENV)/installed-dev
	$(BIN)/python bench/run.py

clean:
	rm -rf $(VENV) build index/gen-* index/CURRENT index/lock
