"""Fixtures shared by all tests."""

from __future__ import annotations

import os
import tempfile

import pytest
from hypothesis import settings

from feedback_lint.language import Parser
from feedback_lint.linter import Linter

# Tests keep nothing in the user's own cache folder; programs that they run inherit this.
os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="feedback-lint-tests-")

settings.register_profile("ci", max_examples=300, deadline=None)
settings.register_profile("nightly", max_examples=10_000, deadline=None)
settings.load_profile("ci")


@pytest.fixture(scope="session")
def linter() -> Linter:
    """One linter for all tests: the pipeline is loaded once."""
    return Linter()


@pytest.fixture(scope="session")
def parser() -> Parser:
    """One parser for all tests."""
    return Parser()
