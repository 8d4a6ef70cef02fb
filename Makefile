# make brief   prints the security brief
# make test    runs every test
#
# Both set up .venv first, once: see tools/setup.sh. PYTHON=python3.12 chooses the Python to make it with.

BRIEF ?= briefs/security.yaml
ARGS ?=

ready := .venv/.ready

.PHONY: help setup brief test bench images gallery lock

help:
	@echo 'make brief   render $(BRIEF) to output/ (another one: make brief BRIEF=briefs/NAME.yaml)'
	@echo 'make test    run every test (some: make test ARGS="-k WORD")'
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

bench: $(ready)
	.venv/bin/python benchmarks/speed.py $(ARGS)

images: $(ready)
	.venv/bin/python tools/docs_images.py

# The stamp holds the folder it was made in: a .venv that was moved no longer works, so it is made again.
ifneq ($(shell cat $(ready) 2>/dev/null),$(CURDIR))
.PHONY: $(ready)
endif
$(ready): requirements.lock pyproject.toml tools/setup.sh
	@sh tools/setup.sh

gallery: $(ready)
	.venv/bin/python tools/gallery.py

# One version of each package for every Python and system that we support.
lock:
	uv pip compile pyproject.toml --extra test --universal --python-version 3.11 --fork-strategy fewest \
	    --generate-hashes --custom-compile-command 'make lock' --quiet --output-file requirements.lock $(ARGS)
