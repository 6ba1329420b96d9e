"""The Language Server Protocol: what editors ask, and what they are told. The only module that imports pygls."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Awaitable, Iterable, Mapping
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method
from pygls.uris import from_fs_path, urlparse

from feedback_lint.config import FILE_NAME
from feedback_lint.diagnostic import Diagnostic, Severity
from feedback_lint.job import internal
from feedback_lint.lsp.checking import Checked, Checker
from feedback_lint.lsp.desk import Desk
from feedback_lint.lsp.drafts import Change, OpenDraft, is_draft
from feedback_lint.lsp.positions import Encoding, Point, offset_at, point_at
from feedback_lint.lsp.preferences import Preferences, preferences_of
from feedback_lint.mistake import Mistake
from feedback_lint.reporters.wording import sentences
from feedback_lint.text import LineIndex, Span
from feedback_lint.version import __version__

NAME = "feedback-lint"
SECTION = "feedbackLint"
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.SUGGESTION: types.DiagnosticSeverity.Information,
}
_LOADING = "feedback-lint-loading"
# An editor that says it can tell its settings must do so in this time, in seconds, or does without them.
_PATIENCE = 5.0
_TOP = types.Range(types.Position(0, 0), types.Position(0, 0))


class Protocol(LanguageServerProtocol):
    """The protocol, but for the texts: those are kept by us, since pygls also ends lines at U+2028 and the like."""

    _server: Server

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        """Take a draft in."""
        self._server.opened(params.text_document)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Follow what is typed."""
        self._server.changed(params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        """Let a draft go."""
        self._server.closed(params.text_document.uri)


class Server(LanguageServer):
    """The server: the drafts, the editor's settings, and what it was told last."""

    def __init__(self) -> None:
        super().__init__(NAME, __version__, protocol_cls=Protocol)
        self.checker = Checker()
        self.desk = Desk(self._check, self._tell)
        self.initial: object = None
        self.is_shut_down = False
        self._preferences: dict[str, Preferences] = {}
        self._told: dict[str, frozenset[Mistake]] = {}
        self._complaints: dict[str, str] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def encoding(self) -> Encoding:
        """What the characters of a line are counted in."""
        return Encoding(self.server_capabilities.position_encoding or Encoding.UTF_16)

    def can(self, *names: str) -> bool:
        """Whether the editor has a capability."""
        value: Any = self.client_capabilities
        for name in names:
            value = getattr(value, name, None)
        return bool(value)

    @property
    def is_pulled(self) -> bool:
        """Whether the editor asks for diagnostics; it is not sent them too, since it would show them twice."""
        return self.can("text_document", "diagnostic")

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Tell of an error that nobody foresaw, in a sentence that holds no words of a draft."""
        if not isinstance(error, JsonRpcException):
            self._message(internal(error), types.MessageType.Error)

    def opened(self, item: types.TextDocumentItem) -> None:
        """A draft was opened: check it as the editor's settings for it say."""
        path = Path(urlparse(item.uri)[2])
        if is_draft(path):
            self.desk.open(OpenDraft(item.uri, path, item.text, item.language_id, item.version))
            self.spawn(self._settle(item.uri))

    def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        """A draft was edited."""
        if draft := self.desk.draft(params.text_document.uri):
            changes = map(_change, params.content_changes)
            self.desk.change(draft.edited(changes, params.text_document.version, self.encoding))

    def closed(self, uri: str) -> None:
        """A draft was closed: nothing is said of it any more."""
        if not self.desk.draft(uri):
            return
        self.desk.close(uri)
        self._preferences.pop(uri, None)
        self._complaints.pop(uri, None)
        if not self.is_pulled:
            self._publish(uri, ())
        self._tell_mistakes()

    def spawn(self, work: Awaitable[None]) -> None:
        """Do something beside; it is kept until it is done."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def load(self) -> None:
        """Load the model, and show that."""
        shows = self.can("window", "work_done_progress")
        if shows:
            await self.work_done_progress.create_async(_LOADING)
            begin = types.WorkDoneProgressBegin("feedback-lint", message="loading the language model")
            self.work_done_progress.begin(_LOADING, begin)
        complaint = await self.desk.aside(self.checker.load)
        if shows:
            self.work_done_progress.end(_LOADING, types.WorkDoneProgressEnd())
        if complaint:
            self._complain("", complaint)

    async def settings_changed(self, pushed: object) -> None:
        """The editor's settings changed: ask for them, or take those that it sent along."""
        given = _as_dict(pushed)
        if SECTION in given:
            self.initial = given[SECTION]
        self._preferences.clear()
        for draft in self.desk.drafts:
            await self._settle(draft.uri)

    async def reread(self, *, rules: bool) -> None:
        """Configuration files, or rules, may have changed: check all drafts again."""
        await self.desk.aside(lambda: self.checker.reread(rules=rules))
        self.desk.recheck(*(draft.uri for draft in self.desk.drafts))

    async def _settle(self, uri: str) -> None:
        """Ask for the settings for a draft, and check it."""
        given: object = None
        if self.can("workspace", "configuration"):
            item = types.ConfigurationItem(scope_uri=uri, section=SECTION)
            asked = self.workspace_configuration_async(types.ConfigurationParams([item]))
            try:
                given = next(iter(await asyncio.wait_for(asked, _PATIENCE)), None)
            except (TimeoutError, JsonRpcException):
                self._message("The editor did not tell its settings, so drafts are checked without them.")
        found = preferences_of(_as_dict(self.initial), _as_dict(given))
        self._preferences[uri] = found
        if found.mistakes:
            self._complain("settings", " ".join(found.mistakes))
        self.desk.recheck(uri)

    def _check(self, draft: OpenDraft) -> Checked:
        return self.checker.check(draft, self._preferences.get(draft.uri, Preferences()))

    def _tell(self, checked: Checked) -> None:
        """Tell the editor what came of a check."""
        uri = checked.draft.uri
        if not self.is_pulled:
            self._publish(uri, self.diagnostics(checked), checked.draft.version)
        self._tell_mistakes()
        if checked.complaint:
            self._complain(uri, checked.complaint)
        else:
            self._complaints.pop(uri, None)

    def diagnostics(self, checked: Checked) -> list[types.Diagnostic]:
        """The findings as the editor counts places."""
        if checked.error:
            error, source = types.DiagnosticSeverity.Error, NAME
            return [types.Diagnostic(_TOP, checked.error, severity=error, source=source)]
        return [self.diagnostic(checked.draft, finding) for finding in checked.findings]

    def diagnostic(self, draft: OpenDraft, finding: Diagnostic) -> types.Diagnostic:
        """One finding."""
        return types.Diagnostic(
            self.range(draft.source.lines, finding.span),
            sentences(finding),
            severity=_SEVERITIES[finding.severity],
            code=finding.rule,
            source=NAME,
            data={"fingerprint": finding.fingerprint},
        )

    def range(self, lines: LineIndex, span: Span) -> types.Range:
        """A span as the editor counts."""
        start, end = (point_at(lines, offset, self.encoding) for offset in (span.start, span.end))
        return types.Range(types.Position(start.line, start.character), types.Position(end.line, end.character))

    def span(self, lines: LineIndex, place: types.Range) -> Span:
        """What an editor's range spans."""
        start, end = (offset_at(lines, _point(p), self.encoding) for p in (place.start, place.end))
        return Span(min(start, end), max(start, end))

    def _publish(self, uri: str, found: Iterable[types.Diagnostic], version: int | None = None) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, list(found), version))

    def _tell_mistakes(self) -> None:
        """Show mistakes in configuration and rule files where they stand, and take back those that are mended."""
        found: dict[str, set[Mistake]] = {}
        for mistake in (m for checked in self.desk.results for m in checked.mistakes):
            found.setdefault(from_fs_path(str(mistake.path)) or str(mistake.path), set()).add(mistake)
        for uri in {*found, *self._told}:
            mistakes = frozenset(found.get(uri, ()))
            if mistakes != self._told.get(uri, frozenset()):
                self._publish(uri, map(_of_mistake, sorted(mistakes, key=str)))
        new = {m for mistakes in found.values() for m in mistakes}.difference(*self._told.values())
        self._told = {uri: frozenset(mistakes) for uri, mistakes in found.items()}
        for mistake in sorted(new, key=str):
            place = f"line {mistake.line} of {mistake.path}" if mistake.line else str(mistake.path)
            self._message(f"No draft is checked while this is wrong, in {place}: {mistake.message}")

    def _complain(self, about: str, complaint: str) -> None:
        """Show what is wrong, once."""
        if complaint not in self._complaints.values():
            self._message(complaint, types.MessageType.Error)
        self._complaints[about] = complaint

    def _message(self, text: str, kind: types.MessageType = types.MessageType.Warning) -> None:
        self.window_show_message(types.ShowMessageParams(kind, f"feedback-lint: {text}"))


def create() -> Server:
    """A server that knows all that editors may ask."""
    server = Server()

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.initial = params.initialization_options

    @server.feature(types.INITIALIZED)
    async def initialized(_: types.InitializedParams) -> None:
        loading = server.load()
        if server.can("workspace", "did_change_watched_files", "dynamic_registration"):
            server.spawn(_watch(server))
        await loading

    @server.feature(types.SHUTDOWN)
    def shutdown(_: None) -> None:
        server.is_shut_down = True
        server.desk.clear()

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def did_change_configuration(params: types.DidChangeConfigurationParams) -> None:
        await server.settings_changed(params.settings)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def did_change_watched_files(params: types.DidChangeWatchedFilesParams) -> None:
        await server.reread(rules=any(not change.uri.endswith(".toml") for change in params.changes))

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def did_save(_: types.DidSaveTextDocumentParams) -> None:
        await server.reread(rules=False)

    return server


def serve() -> int:
    """Serve an editor on standard input and output until it leaves; the exit status, 1 where it said no good-bye."""
    if not os.environ.get("FEEDBACK_LINT_DEBUG"):
        for name in ("pygls", "asyncio"):  # which log messages with the words of drafts in them
            logging.getLogger(name).disabled = True
    to_editor = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing else may be written between the messages
    server = create()
    server.start_io(sys.stdin.buffer, to_editor)
    server.desk.clear()
    return 0 if server.is_shut_down else 1


async def _watch(server: Server) -> None:
    """Have the editor tell of changes to configuration files and to rules."""
    globs = (f"**/{FILE_NAME}", "**/pyproject.toml", "**/*.toml", "**/*.yaml", "**/*.yml")
    watchers = [types.FileSystemWatcher(glob) for glob in globs]
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
    method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    registration = types.Registration(f"{NAME}-files", method, options)
    await server.client_register_capability_async(types.RegistrationParams([registration]))


def _change(change: types.TextDocumentContentChangeEvent) -> Change:
    if isinstance(change, types.TextDocumentContentChangePartial):
        return Change(change.text, _point(change.range.start), _point(change.range.end))
    return Change(change.text)


def _point(position: types.Position) -> Point:
    return Point(position.line, position.character)


def _of_mistake(mistake: Mistake) -> types.Diagnostic:
    """A mistake at its place, as far as that is known; columns of such files are taken as they are."""
    at = types.Position(max(mistake.line - 1, 0), max(mistake.column - 1, 0))
    error = types.DiagnosticSeverity.Error
    return types.Diagnostic(types.Range(at, at), mistake.message, severity=error, source=NAME)


def _as_dict(settings: object) -> Mapping[str, object]:
    """What an editor sent as a table."""
    if isinstance(settings, Mapping):
        return settings
    return settings._asdict() if hasattr(settings, "_asdict") else {}
