from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reporters.builders import PLAIN, diagnostic, rendered, report

from feedback_lint.diagnostic import Severity, Suggestion
from feedback_lint.input import InputError
from feedback_lint.report import Report
from feedback_lint.reporters import Ending
from feedback_lint.reporters.sarif import Reporter, artifact_location
from feedback_lint.rule_files import load_ruleset
from feedback_lint.ruleset import Rule
from feedback_lint.text import Span
from feedback_lint.version import __version__

DRAFT = "Dear Ms. Osei,\n\nSend me your\nfeedback – now."
UNREAD = InputError("b.txt", "This file cannot be read.")
HOSTILE = "a\0b\x1b[2J\x85\u2028\ufffe\udce9 ]]> {0} {{name}} [CV](https://x.example) \"' 😀 \t\r\n"


def rule(name: str) -> Rule:
    return load_ruleset().get(name)


def parsed(reports: Sequence[Report], errors: Sequence[InputError] = (), rules: Sequence[Rule] = ()) -> Any:
    reporter = Reporter(PLAIN)
    shown = [reporter.report(each) for each in reports]
    out = "".join([*shown, reporter.end(Ending(tuple(errors), lambda: tuple(rules)))])
    assert out.isascii()
    return json.loads(out)


def run_of(*args: Any, **named: Any) -> Any:
    (run,) = parsed(*args, **named)["runs"]
    return run


def result_of(found: Report) -> Any:
    (result,) = run_of((found,))["results"]
    return result


def test_whole_report() -> None:
    found = replace(diagnostic(DRAFT, "Send me your\nfeedback", message="“Send me …” orders"), confidence=0.98765)
    vague = rule("vague-subject")
    data = parsed((report(DRAFT, found), report("x")), (UNREAD,), (vague, rule("demanding")))
    region = {"startLine": 3, "startColumn": 1, "endLine": 4, "endColumn": 9}
    artifact = {"uri": "draft.txt", "uriBaseId": "%SRCROOT%"}
    (run,) = data.pop("runs")
    assert data == {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0"}
    driver = run["tool"].pop("driver")
    demanding, other = driver.pop("rules")
    assert driver == {"name": "feedback-lint", "semanticVersion": __version__}
    assert (demanding["id"], demanding["properties"]["precision"]) == ("demanding", "medium")
    assert other.pop("help").keys() == {"text", "markdown"}
    assert other == {
        "id": "vague-subject",
        "shortDescription": {"text": vague.summary},
        "fullDescription": {"text": " ".join(vague.why.split())},
        "defaultConfiguration": {"level": "warning"},
        "properties": {"tags": ["completeness"], "precision": "high", "problem.severity": "warning"},
    }
    assert run == {
        "tool": {},
        "invocations": [
            {
                "executionSuccessful": False,
                "toolExecutionNotifications": [
                    {
                        "level": "error",
                        "message": {"text": "This file cannot be read."},
                        "locations": [
                            {"physicalLocation": {"artifactLocation": {"uri": "b.txt", "uriBaseId": "%SRCROOT%"}}}
                        ],
                    }
                ],
            }
        ],
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The folder in which feedback-lint was run."}}},
        "columnKind": "unicodeCodePoints",
        "results": [
            {
                "ruleId": "demanding",
                "ruleIndex": 0,
                "level": "error",
                "message": {"text": "“Send me …” orders (an impression, 99% sure). Ask instead."},
                "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
                "partialFingerprints": {"feedbackLint/v1": "0123456789abcdef"},
                "rank": 98.8,
                "fixes": [
                    {
                        "description": {"text": "Write instead: “Would you share any feedback?”."},
                        "artifactChanges": [
                            {
                                "artifactLocation": artifact,
                                "replacements": [
                                    {
                                        "deletedRegion": region,
                                        "insertedContent": {"text": "Would you share any feedback?"},
                                    }
                                ],
                            }
                        ],
                    }
                ],
            }
        ],
    }


def test_nothing_found() -> None:
    run = run_of((), rules=load_ruleset().rules)
    assert run["results"] == []
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]
    assert [each["id"] for each in run["tool"]["driver"]["rules"]] == [each.id for each in load_ruleset().rules]


def test_an_index_leads_to_the_rule() -> None:
    names = ["pestering", "bitter", "pestering", "of-my-own"]
    run = run_of([report(DRAFT, diagnostic(DRAFT, "Send", rule=name)) for name in names], (), load_ruleset().rules)
    ids = [each["id"] for each in run["tool"]["driver"]["rules"]]
    assert [ids[result["ruleIndex"]] for result in run["results"]] == names
    assert sorted(ids) == sorted((*load_ruleset().ids, "of-my-own"))


def test_levels() -> None:
    run = run_of([report(DRAFT, diagnostic(DRAFT, "Send", severity=severity)) for severity in Severity])
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]


def test_what_github_shows_of_a_rule_is_not_cut() -> None:
    for each in run_of((), rules=load_ruleset().rules)["tool"]["driver"]["rules"]:
        assert len(each["shortDescription"]["text"]) <= 1024
        assert len(each["fullDescription"]["text"]) <= 1024
        assert "{" not in each["help"]["text"]


def test_letters_of_a_file_are_told_apart() -> None:
    letter = replace(report(DRAFT, diagnostic(DRAFT, "Send")), name="emails.first\udce9")
    assert result_of(letter)["locations"][0]["logicalLocations"] == [{"name": "emails.first\\udce9"}]


def inserted(text: str, suggestion: Suggestion, quote: str = "") -> list[str]:
    found = replace(diagnostic(text, quote, at=0), suggestions=(suggestion,))
    fixes = result_of(report(text, found)).get("fixes", [])
    changes = [change for fix in fixes for change in fix["artifactChanges"]]
    return [replacement["insertedContent"]["text"] for change in changes for replacement in change["replacements"]]


@pytest.mark.parametrize(
    ("text", "suggestion", "new"),
    [
        ("Hello there.", Suggestion("Thanks.", Span(12, 12)), [" Thanks."]),
        ("Hello there.", Suggestion("Thanks.", Span(12, 12), gap="\n\n"), ["\n\nThanks."]),
        ("Hello there.\r\n", Suggestion("Thanks.", Span(12, 12), gap="\n\n"), ["\r\n\r\nThanks."]),
        ("Hello there.", Suggestion("Thanks."), []),
        ("Hello there.", Suggestion("caf\udce9", Span(12, 12)), []),
    ],
)
def test_a_fix_is_set_off_as_fixing_does(text: str, suggestion: Suggestion, new: list[str]) -> None:
    assert inserted(text, suggestion) == new


def test_no_fix_where_an_encoding_hides_the_words() -> None:
    text = "c2VuZCBtZQ=="
    found = diagnostic(text, text)
    assert "fixes" in result_of(report(text, found))
    assert "fixes" not in result_of(report(text, replace(found, quote="send me")))


def test_words_of_a_mail_make_no_link() -> None:
    found = diagnostic(DRAFT, "Send", message="“[my CV](https://x.example)” is bare")
    assert result_of(report(DRAFT, found))["message"]["text"] == ("“[my CV] (https://x.example)” is bare. Ask instead.")


FILE_NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0/"), min_size=1)


@given(FILE_NAMES, st.binary(max_size=4))
def test_a_uri_leads_to_the_file(name: str, tail: bytes) -> None:
    raw = f"folder/{name}".encode() + tail.replace(b"/", b"").replace(b"\0", b"") + b".txt"
    for prefix in (b"", b"./", os.fsencode(f"{Path.cwd()}/")):
        location = artifact_location(os.fsdecode(prefix + raw))
        assert location["uriBaseId"] == "%SRCROOT%"
        assert location["uri"].isascii()
        assert not set(location["uri"]) & set(" :\\#?")
        assert unquote_to_bytes(location["uri"]) == raw
    elsewhere = artifact_location(os.fsdecode(b"/elsewhere/" + raw))
    assert unquote_to_bytes(elsewhere.pop("uri")) == b"file:///elsewhere/" + raw
    assert elsewhere == {}


def test_a_file_beside_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    assert artifact_location("../a b.txt") == {"uri": f"{tmp_path.as_uri()}/a%20b.txt"}
    assert artifact_location("../here/a b.txt") == {"uri": "a%20b.txt", "uriBaseId": "%SRCROOT%"}


# --- the official validator -----------------------------------------------------------------------------------------

# What it says of a right report, and why that stays.
EXPLAINED = {
    "SARIF2002": "a message is made for one mail, not of a text with arguments",
    "SARIF2003": "feedback-lint does not ask git for the version; GitHub knows it",
    "SARIF2005": "the project has no page on the web to name as informationUri",
    "SARIF2006": "there is no network to reach $schema by",
    "SARIF2009": "rules have names, not numbers",
    "SARIF2010": "no more of a mail is told than the words that a message quotes",
    "SARIF2011": "the same",
    "SARIF2012": "ids can be read, so rules have no further name; and there are no pages on the web to name as helpUri",
}


@pytest.fixture
def multitool() -> Path:
    """The program in the npm package @microsoft/sarif-multitool-linux."""
    if not (named := os.environ.get("SARIF_MULTITOOL")):
        pytest.skip("SARIF_MULTITOOL does not name the program of @microsoft/sarif-multitool-linux")
    return Path(named)


def complaints(multitool: Path, data: object, folder: Path) -> dict[str, list[str]]:
    """What it says of a report, by its rules. Its status is always 0."""
    file, log = folder / "report.sarif", folder / "log.sarif"
    file.write_text(json.dumps(data), encoding="utf-8")
    schema = multitool.parent / "sarif-2.1.0.json"
    jsonschema.validate(data, json.loads(schema.read_text(encoding="utf-8-sig")))
    wanted = ["--rule-kind", "Sarif;Ghas", "--level", "Error;Warning;Note", "--log", "ForceOverwrite"]
    subprocess.run(
        [multitool, "validate", file, "--output", log, *wanted],
        check=True,
        capture_output=True,
        env={"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1", "HOME": str(folder), "TMPDIR": str(folder)},
    )
    (run,) = json.loads(log.read_text(encoding="utf-8-sig"))["runs"]
    assert all(invocation["executionSuccessful"] for invocation in run["invocations"])
    found: dict[str, list[str]] = {}
    for result in run.get("results", []):
        found.setdefault(result["ruleId"].split("/")[0], []).append(json.dumps(result["message"]))
    return found


def everything() -> Any:
    reports = [
        replace(report(DRAFT, diagnostic(DRAFT, "Send", severity=severity, message=HOSTILE, path=path)), name=HOSTILE)
        for severity in Severity
        for path in ("draft.txt", "a: b/c#?%\n\udce9\\.txt")
    ]
    sure = replace(diagnostic(DRAFT, "Send me your\nfeedback"), confidence=0.98765)
    missing = diagnostic(DRAFT, "", at=len(DRAFT), rule="missing-closing")
    reports.append(report(DRAFT, sure, missing))
    return parsed(reports, (UNREAD, InputError("a\udce9.txt", HOSTILE)), load_ruleset().rules)


def test_the_validator_has_nothing_more_to_say(multitool: Path, tmp_path: Path) -> None:
    told: dict[str, list[str]] = {}
    for data in (everything(), parsed(()), parsed((), rules=load_ruleset().rules)):
        told |= complaints(multitool, data, tmp_path)
    assert {name: texts for name, texts in told.items() if name not in EXPLAINED} == {}
    assert EXPLAINED.keys() - {"SARIF2006"} <= told.keys()


def test_the_validator_refuses_what_is_wrong(multitool: Path, tmp_path: Path) -> None:
    data = everything()
    data["runs"][0]["results"][0]["ruleIndex"] = 1000
    data["runs"][0]["results"][1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] = "a b.txt"
    assert {"SARIF1002", "SARIF1009"} <= complaints(multitool, data, tmp_path).keys()


def test_the_registry_knows_it() -> None:
    assert json.loads(rendered("sarif", ()))["version"] == "2.1.0"
