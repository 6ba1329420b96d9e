"""What an editor can offer to do about findings. Nothing is done unless the writer chooses it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from feedback_lint.diagnostic import Diagnostic
from feedback_lint.edits import Edit
from feedback_lint.fixing import edit_for
from feedback_lint.lsp.checking import Checked
from feedback_lint.lsp.suppression import Appended, ignoring, ignoring_in_configuration
from feedback_lint.text import Span

_LONGEST_TITLE = 70


@dataclass(frozen=True, slots=True)
class Action:
    """One offer: an edit of the draft, or of a configuration file. `is_best`: it may be taken without a look."""

    title: str
    finding: Diagnostic
    change: Edit | Appended
    is_best: bool = False


def actions(checked: Checked, place: Span, folder: Path) -> Iterator[Action]:
    """What can be done about the findings at a place: first what mends them, then what has them ignored.

    `folder` is where a new configuration file would belong. Edits come from the findings of `checked` alone.
    """
    found = [d for d in checked.findings if _touches(d.span, place)]
    for finding in found:
        yield from _remedies(checked, finding)
    for rule, finding in {d.rule: d for d in reversed(found)}.items():
        if change := _suppression(checked, finding, folder):
            where = f"for this file in {change.path.name}" if isinstance(change, Appended) else "in this mail"
            yield Action(f"Ignore “{rule}” {where}", finding, change)


def _touches(span: Span, place: Span) -> bool:
    return span.start <= place.end and place.start <= span.end


def _remedies(checked: Checked, finding: Diagnostic) -> Iterator[Action]:
    for number, suggestion in enumerate(finding.suggestions):
        edit = edit_for(checked.draft.source, suggestion, checked.settings)
        if edit:
            title = _title(suggestion.text, is_added=not len(edit.place))
            yield Action(title, finding, edit, is_best=suggestion.safe and number == 0)


def _title(text: str, *, is_added: bool) -> str:
    words = " ".join(text.split())
    if not words:
        return "Take it out"
    cut = words if len(words) <= _LONGEST_TITLE else words[:_LONGEST_TITLE].rsplit(" ", 1)[0] + " …"
    return f"Add “{cut}”" if is_added else f"Write “{cut}”"


def _suppression(checked: Checked, finding: Diagnostic, folder: Path) -> Edit | Appended | None:
    draft = checked.draft
    here = ignoring(draft.source, finding.rule, checked.settings, finding.span.start)
    return here or ignoring_in_configuration(checked.config, draft.path, finding.rule, folder)
