# Everything runs in .venv with the versions of requirements.lock; `make run` and `make test` set it up themselves.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
# By file, so that what a file prepares is made once.
PYTEST := $(BIN)/pytest -n 2 --dist loadfile

.PHONY: run test check faults bench load hostile quality screenshots lint format lock clean

run: $(READY)  ## the program on sample issues
	$(BIN)/wangqi demo

test: $(READY)  ## every test
	$(PYTEST)

check: lint  ## what every commit passes; all but the tests that install from the registry
	$(PYTEST) -m "not install"

faults: $(READY)  ## kills at many points; minutes
	$(BIN)/python -m tests.faults

bench: $(READY)  ## against SQLite FTS5 and tantivy; minutes (BENCH="--corpus DIR --sizes 1000,10000,100000 --json FILE")
	$(BIN)/pip install --quiet --no-deps --require-hashes --requirement requirements-bench.lock
	$(BIN)/python -m tests.bench $(BENCH)

load: $(READY)  ## the server under wrk, ingests and a rebuild; minutes (LOAD="--corpus DIR --size 100000")
	$(BIN)/python -m tests.bench.load $(LOAD)

hostile: $(READY)  ## hostile queries over HTTP; minutes
	$(BIN)/python -m tests.bench.hostile

CORPUS ?= corpora
quality: $(READY)  ## tags against labels made by hand: make quality CORPUS=the folder of the labelled digests
	$(BIN)/python -m tests.quality --corpus $(CORPUS)

screenshots: $(READY)  ## the pictures of the README, from the samples; needs Debian's chromium and fonts-noto-cjk
	$(BIN)/python -m tests.screenshots

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --no-deps --require-hashes --requirement requirements.lock
	$(BIN)/pip install --quiet --no-build-isolation --no-deps --editable .
	touch $(READY)

lock:  ## after a change of dependencies; needs uv
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header --upgrade --output-file requirements.lock

clean:
	rm -rf .venv dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage
