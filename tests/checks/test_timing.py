from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from feedback_lint import lint_text
from feedback_lint.cli import cli
from feedback_lint.document import Source, Stage
from feedback_lint.linter import Linter
from feedback_lint.settings import Settings

NOW = datetime(2025, 3, 10, 12, 0, tzinfo=UTC)
RULES = frozenset({"too-soon", "too-late"})
MAIL = "Dear Ada,\n\nThank you. Could you tell me what to practise?\n\nTom Ridley\n"


def found(linter: Linter, text: str = MAIL, rejected_on: date | None = None, stage: Stage = Stage.REQUEST) -> list[str]:
    settings = Settings(select=RULES, stage=stage, now=NOW, rejected_on=rejected_on)
    return [d.rule for report in linter.lint(Source("draft.txt", text), settings) for d in report.diagnostics]


@pytest.mark.parametrize(
    ("ago", "rules"),
    [
        (timedelta(minutes=1), ["too-soon"]),
        (timedelta(hours=24, seconds=-1), ["too-soon"]),
        (timedelta(hours=24), []),
        (timedelta(days=7), []),
        (timedelta(days=7, seconds=1), ["too-late"]),
        (timedelta(days=700), ["too-late"]),
        (-timedelta(minutes=1), []),
    ],
)
def test_bounds(linter: Linter, ago: timedelta, rules: list[str]) -> None:
    assert found(linter, rejected_on=NOW - ago) == rules


@pytest.mark.parametrize(("day", "rules"), [(10, ["too-soon"]), (9, []), (3, []), (2, ["too-late"])])
def test_a_day_counts_where_all_of_it_does(linter: Linter, day: int, rules: list[str]) -> None:
    assert found(linter, rejected_on=date(2025, 3, day)) == rules


def test_requests_only(linter: Linter) -> None:
    assert found(linter, rejected_on=date(2025, 3, 10), stage=Stage.THANKS) == []
    assert found(linter, rejected_on=date(2025, 3, 10), stage=Stage.FOLLOW_UP) == []


def test_the_clock_is_asked_for_a_draft_without_a_date(linter: Linter) -> None:
    quoted = "\nOn {}, Ada Moss <ada@oak.example> wrote:\n> You have not been successful.\n"
    assert found(linter, MAIL + quoted.format("10 March 2025 at 09:00")) == ["too-soon"]
    assert found(linter, MAIL + quoted.format("10 February 2025 at 09:00")) == ["too-late"]
    assert found(linter, MAIL + quoted.format("10 March 2024 at 09:00")) == []


def test_python() -> None:
    today = datetime.now().astimezone().date()
    assert [d.rule for d in lint_text(MAIL, select=RULES, rejected_on=today)] == ["too-soon"]
    assert lint_text(MAIL, select=RULES) == []


def test_command_line(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(MAIL, encoding="utf-8")
    args = ["check", "--format", "concise", "--select", "too-late", str(draft), "--rejected-on"]
    assert "too-late" in CliRunner().invoke(cli, [*args, "2025-03-01"]).stdout
    assert "too-late" in CliRunner().invoke(cli, [*args, "2025-03-01T16:00+01:00"]).stdout
    broken = CliRunner().invoke(cli, [*args, "last week"])
    assert broken.exit_code == 2
    assert "“last week” is no date" in broken.output


def test_missing_name_suggests_the_name_that_is_known(linter: Linter) -> None:
    def advice(to: str) -> tuple[str, list[str]]:
        source = Source(
            "draft.txt", f"To: {to}\n\nDear Hiring Manager,\n\nThank you for the interview.\n\nTom Ridley\n"
        )
        (report,) = linter.lint(source, Settings(select=frozenset({"missing-name"})))
        (finding,) = report.diagnostics
        return finding.help, [s.text for s in finding.suggestions]

    known, greetings = advice("Ada Moss <ada@oak.example>")
    assert "Ada Moss" in known
    assert greetings == ["Dear Ada Moss,"]
    unknown, greetings = advice("jobs@oak.example")
    assert "{" not in unknown
    assert greetings == ["Dear …,"]
