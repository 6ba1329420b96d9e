"""A finding in words for places that show plain text: annotations, alerts, test reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedback_lint.reporters import printable

if TYPE_CHECKING:
    from feedback_lint.diagnostic import Diagnostic


def message(diagnostic: Diagnostic) -> str:
    """What was found, on one line, and how sure it is if it is an impression."""
    sure = diagnostic.confidence
    return printable(diagnostic.message) + ("" if sure is None else f" (an impression, {sure:.0%} sure)")


def sentences(diagnostic: Diagnostic) -> str:
    """What was found and what to do about it, on one line."""
    return f"{message(diagnostic)}. {printable(diagnostic.help)}".rstrip()


def lines(diagnostic: Diagnostic) -> list[str]:
    """What was found, what to do about it and what to write instead, a line each."""
    remedy = [f"help: {printable(diagnostic.help)}"] if diagnostic.help else []
    label = "add" if diagnostic.missing and not diagnostic.quote else "try"
    instead = [f"{label}: “{printable(s.text)}”" for s in diagnostic.suggestions[:1]]
    return [message(diagnostic), *remedy, *instead]
