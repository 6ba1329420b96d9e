"""Drafts checked as the command line checks files, by linters that are kept."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from pathlib import Path
from threading import Lock

from feedback_lint.classifier import ClassifierError
from feedback_lint.config import Config, ConfigFinder, did_you_mean
from feedback_lint.diagnostic import Diagnostic
from feedback_lint.document import Document, RegionKind
from feedback_lint.input import InputError
from feedback_lint.job import Bench, internal
from feedback_lint.language import ModelError
from feedback_lint.linter import Linter
from feedback_lint.lsp.drafts import OpenDraft
from feedback_lint.lsp.preferences import Preferences
from feedback_lint.mistake import Mistake, MistakesError
from feedback_lint.presend import may_concern_us
from feedback_lint.readers import is_library
from feedback_lint.report import Report
from feedback_lint.reporters import FORMATS
from feedback_lint.rule_files import load_ruleset
from feedback_lint.ruleset import Ruleset
from feedback_lint.settings import Settings

# Most such files are no mails.
_PAGES = frozenset({".md", ".markdown", ".html", ".htm"})
# What stands in mails only.
_OF_MAILS = (RegionKind.SUBJECT, RegionKind.GREETING, RegionKind.CLOSING, RegionKind.SIGNATURE)


@dataclass(frozen=True)
class Checked:
    """A draft, and what came of checking it.

    `reports`, unless something is wrong: with the draft (`error`, a sentence about the file), with configuration or
    rule files (`mistakes`), or with what the editor or this installation gave us (`complaint`, a sentence). Where the
    model of a bench is not there yet (`awaits`), only `at_once`: findings for which none is needed.
    """

    draft: OpenDraft
    reports: tuple[Report, ...] = ()
    at_once: tuple[Diagnostic, ...] = ()
    awaits: Bench | None = None
    error: str = ""
    mistakes: tuple[Mistake, ...] = ()
    complaint: str = ""
    config: Config = field(default_factory=Config)
    settings: Settings = field(default_factory=Settings)
    rules: Ruleset | None = None
    number: int = field(default_factory=count().__next__)
    """Another one for each result."""

    @property
    def is_whole(self) -> bool:
        """Whether this is all that is to be said of the draft."""
        return self.awaits is None

    @cached_property
    def findings(self) -> tuple[Diagnostic, ...]:
        """The findings in all mails of the draft, in order."""
        return self.at_once + tuple(d for report in self.reports for d in report.diagnostics)


class Checker:
    """Checks drafts. It remembers configurations, rules and what was parsed, and is for one thread but for `load`."""

    def __init__(self) -> None:
        self._loaded: set[str | None] = set()
        self._configs: dict[Path | None, ConfigFinder] = {}
        self._linters: dict[Bench, Linter] = {}
        self._making = Lock()

    def load(self, bench: Bench) -> str:
        """Load the models of a bench beforehand, in any thread; what is wrong with them, if anything is.

        From then on drafts are checked wholly, or it is told what is wrong.
        """
        try:
            self._linter(bench).load()
        except Exception as error:
            return _sentence(error)
        finally:
            self._loaded.add(bench.model)
        return ""

    def reread(self, *, rules: bool) -> None:
        """Forget configurations, and if `rules` have changed, linters with rules of people's own."""
        self._configs.clear()
        if rules:
            with self._making:
                self._linters = {bench: linter for bench, linter in self._linters.items() if not bench.rule_folders}

    def check(self, draft: OpenDraft, preferences: Preferences, *, at_once: bool = False) -> Checked:
        """Check a draft; with `at_once`, as far as that goes with what is loaded. Never raises."""
        try:
            return self._checked(draft, preferences, at_once=at_once)
        except MistakesError as error:
            return Checked(draft, mistakes=error.mistakes)
        except InputError as error:
            return Checked(draft, error=str(error))
        except Exception as error:
            return Checked(draft, complaint=_sentence(error))

    def _checked(self, draft: OpenDraft, preferences: Preferences, *, at_once: bool) -> Checked:
        chosen = preferences.chosen
        config = self._configs.setdefault(preferences.file, ConfigFinder(preferences.file)).of(draft.path)
        settings = chosen.settings(config.options(draft.path))
        if is_library(draft.source.path) and settings.keys.text is None:
            return Checked(draft, config=config, settings=settings)  # any YAML, JSON or CSV file
        bench = Bench(config.rule_folders, chosen.model or config.keys.model)
        linter = self._linter(bench)
        may_be_a_page = config.path is None and os.path.splitext(draft.source.path)[1].lower() in _PAGES
        if may_be_a_page and not any(map(_is_a_mail, linter.documents(draft.source, settings))):
            return Checked(draft, config=config, settings=settings)
        rules = linter.rules
        config.check_names(rules.ids, FORMATS, rules.measuring)
        for rule in (*(chosen.select or ()), *(chosen.ignore or ())):
            if rule not in rules.ids:
                near = did_you_mean(rule, rules.ids) or "."
                return Checked(draft, complaint=f"The settings name a rule “{rule}” that does not exist{near}")
        awaits = bench if at_once and bench.model not in self._loaded else None
        early = linter.lint_at_once(draft.source, settings) if awaits else ()
        reports = () if awaits else linter.lint(draft.source, settings)
        return Checked(draft, reports, early, awaits, config=config, settings=settings, rules=rules)

    def _linter(self, bench: Bench) -> Linter:
        """The linter for a bench. Raises RuleFileError."""
        with self._making:
            if bench not in self._linters:
                self._linters[bench] = Linter(load_ruleset(*bench.rule_folders), model=bench.model)
            return self._linters[bench]


def _is_a_mail(document: Document) -> bool:
    """Whether a page is a mail: somebody is greeted or signs, it has a subject, or it speaks of what we judge."""
    return any(region.kind in _OF_MAILS for region in document.regions) or may_concern_us(document)


def _sentence(error: Exception) -> str:
    """What to say of an error that keeps all drafts from being checked."""
    return str(error) if isinstance(error, (ClassifierError, ModelError, MistakesError)) else internal(error)
