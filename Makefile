# make brief   prints the security brief
# make test    runs the tests
#
# Both set up .venv first, once: see tools/setup.sh. PYTHON=python3.12 chooses the Python to make it with.

BRIEF ?= briefs/security.yaml
ARGS ?=

ready := .venv/.ready

.PHONY: help setup brief lint test test-rest test-minimal test-newest campaign check fuzz sbom same-bytes bench images gallery lock

help:
	@echo 'make brief   render $(BRIEF) to output/ (another one: make brief BRIEF=briefs/NAME.yaml)'
	@echo 'make test    run the tests (some: make test ARGS="-k WORD")'
	@echo 'make test-rest   run the long ones that make test samples'
	@echo 'make campaign    run what make test-rest samples: every forgery, fault and hostile file (half an hour)'
	@echo 'make test-minimal   run the tests with the lowest versions that pyproject.toml allows (needs uv; the newest: test-newest)'
	@echo 'make lint    check style and types: ruff, mypy'
	@echo 'make check   lint and tests: before you hand something in'
	@echo 'make sbom    write dist/sbom.cdx.json: what c6brief runs with and brings, with licences'
	@echo 'make fuzz    try mutated projects and files for half an hour (a minute: make fuzz ARGS="--seconds 60")'
	@echo 'make same-bytes PYTHONS="python3.12 python3.13"   print all briefs with each, and compare'
	@echo 'make bench   measure the speed, and append it to benchmarks/history.jsonl (about five minutes)'
	@echo 'make setup   only set up .venv'
	@echo 'make images  draw the images of README and docs again, and write docs/templates.md'
	@echo 'make gallery draw docs/gallery again'
	@echo 'make lock    write requirements.lock again (needs uv; newest versions: make lock ARGS=--upgrade)'

setup: $(ready)

brief: $(ready)
	@echo 'Rendering $(BRIEF)'
	@.venv/bin/c6brief render $(BRIEF)
	@echo 'The brief is in output/$(basename $(notdir $(BRIEF))).pdf'

test: $(ready)
	.venv/bin/python -m pytest $(ARGS)

# Each of these stands for a kind that make test has a sample of: every layout in full, every template by every standard.
test-rest: $(ready)
	C6BRIEF_THOROUGH=1 .venv/bin/python -m pytest -m '(rest or thorough) and not campaign' $(ARGS)

# In an environment of its own: .venv stays as it is.
test-minimal: $(ready)
	sh tools/test_versions.sh minimal $(ARGS)

test-newest: $(ready)
	sh tools/test_versions.sh newest $(ARGS)

# Many minutes: before a release.
campaign: $(ready)
	.venv/bin/python -m pytest -m campaign $(ARGS)

lint: $(ready)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/python -m mypy

check: lint test

fuzz: $(ready)
	.venv/bin/python -m tests.fuzz $(ARGS)

sbom: $(ready)
	@test -x .venv-sbom/bin/cyclonedx-py || { .venv/bin/python -m venv .venv-sbom && .venv-sbom/bin/pip install --quiet cyclonedx-bom==7.5.0; }
	.venv/bin/python tools/sbom.py dist/sbom.cdx.json .venv-sbom/bin/cyclonedx-py

same-bytes: $(ready)
	.venv/bin/python tools/same_bytes.py $(PYTHONS)

bench: $(ready)
	.venv/bin/python benchmarks/speed.py $(ARGS)

images: $(ready)
	.venv/bin/python tools/docs_images.py

# The stamp holds the folder it was made in: a .venv that was moved no longer works, so it is made again.
ifneq ($(shell [ "$$(cat $(ready) 2>/dev/null)" = "$$(pwd -P)" ] && echo same),same)
.PHONY: $(ready)
endif
$(ready): requirements.lock pyproject.toml tools/setup.sh
	@sh tools/setup.sh

gallery: $(ready)
	.venv/bin/python tools/gallery.py

# One version of each package for every Python and system that we support.
lock:
	uv pip compile pyproject.toml --extra test --extra lint --universal --python-version 3.11 --fork-strategy fewest \
	    --generate-hashes --custom-compile-command 'make lock' --quiet --output-file requirements.lock $(ARGS)
