# The few names that everybody uses. `make` or `make help` lists them.
# On Windows, or without make: see "Without make" in README.md.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
LOCK := $(RUN) -m uv pip compile --quiet --universal --python-version 3.11.2 --generate-hashes \
	--no-emit-index-url --no-header

# Whatever is set outside, what is run again and again is compiled once.
unexport PYTHONDONTWRITEBYTECODE

# Installs what a package-lock.json names: $(call npm,its folder,a name below share/).
define npm
	@mkdir -p $(VENV)/share/$(2)
	@cp $(1)/package*.json $(VENV)/share/$(2)/
	@PATH="$(CURDIR)/$(VENV)/bin:$$PATH" npm ci --silent --no-audit --no-fund --ignore-scripts \
		--prefix $(VENV)/share/$(2)
endef

.PHONY: help install site serve check commands shots test format lock clean

help:
	@echo "make site     build every event's website into site/"
	@echo "make serve    show an event while you edit: make serve EVENT=SLUG"
	@echo "make check    find everything that is wrong with events and lessons"
	@echo "make commands run every command of the lessons"
	@echo "make shots    take the pictures of the hub again, and compare"
	@echo "make test     run every test, after setting up what they need"
	@echo "make format   lay out the code"
	@echo "make install  install what the commands need, and nothing else"
	@echo "make lock     write the requirements anew, with newer versions"
	@echo "make clean    remove what was built and installed here"

install: $(VENV)/.site

site: $(VENV)/.site
	@$(RUN) -m hackweek build --all $(if $(PDF),--pdf)

serve: $(VENV)/.site
	@$(RUN) -m hackweek serve $(EVENT)

check: $(VENV)/.site
	@$(RUN) -m hackweek check

commands: $(VENV)/.site
	@$(RUN) -m hackweek commands

shots: $(VENV)/.shots
	@$(RUN) -m hackweek shots --check $(EVENT)

# A site made from this template has neither the tests of the pictures nor those in Firefox.
test: $(VENV)/.test $(if $(wildcard tests/firefox),$(VENV)/.shots $(VENV)/.firefox)
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check
	$(RUN) -m mypy
	$(RUN) -m pytest

format: $(VENV)/.test
	$(RUN) -m ruff check --fix
	$(RUN) -m ruff format

lock: $(VENV)/.test
	$(LOCK) requirements.in --upgrade -o requirements.txt
	$(LOCK) requirements-dev.in -c requirements.txt --upgrade -o requirements-dev.txt
	$(LOCK) requirements-shots.in -c requirements-dev.txt --upgrade -o requirements-shots.txt

clean:
	rm -rf $(VENV) site .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/.site: requirements.txt | $(VENV)/bin/pip
	@echo "installing what the site needs (once) …"
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.test: requirements-dev.txt $(VENV)/.site
	@echo "installing what the tests need (once) …"
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@$(RUN) tests/install_browser.py
	@touch $@

$(VENV)/.shots: requirements-shots.txt hackweek/screenshots/proxy/package-lock.json $(VENV)/.test
	@echo "installing what the pictures need (once) …"
	@$(RUN) -m uv pip install --quiet --python $(RUN) --require-hashes -r requirements-shots.txt
	$(call npm,hackweek/screenshots/proxy,hackweek-proxy)
	@touch $@

$(VENV)/.firefox: tests/firefox/package-lock.json $(VENV)/.shots
	$(call npm,tests/firefox,hackweek-firefox)
	@touch $@

# Debian and Ubuntu keep a part of Python's venv in a package of its own.
$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "This needs Python 3.11 or newer. Name one: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || \
		{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		  echo "installing python3-venv …" && apt-get update -qq && \
		  apt-get install -qq -y python3-venv >/dev/null && $(PYTHON) -m venv --clear $(VENV); } || \
		{ echo "Python's venv is not complete. On Debian or Ubuntu: sudo apt install python3-venv" >&2; \
		  rm -rf $(VENV); exit 1; }
