"""The Language Server Protocol: what editors ask, and what they are told. The only module that imports pygls."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from pygls.exceptions import FeatureRequestError, JsonRpcException, JsonRpcInvalidParams, JsonRpcParseError
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method
from pygls.uris import from_fs_path, to_fs_path, urlparse

from feedback_lint.diagnostic import Diagnostic, Severity
from feedback_lint.job import Bench, internal
from feedback_lint.lsp.actions import Action, actions
from feedback_lint.lsp.checking import Checked, Checker
from feedback_lint.lsp.desk import Desk, StaleError
from feedback_lint.lsp.drafts import Change, OpenDraft, is_draft
from feedback_lint.lsp.explanation import explanation
from feedback_lint.lsp.positions import Encoding, Point, offset_at, point_at
from feedback_lint.lsp.preferences import Preferences, preferences_of
from feedback_lint.lsp.summary import checklist, headline, overview
from feedback_lint.lsp.suppression import Appended
from feedback_lint.mistake import Mistake
from feedback_lint.reporters.wording import sentences
from feedback_lint.text import LineIndex, Span
from feedback_lint.version import __version__

NAME = "feedback-lint"
SECTION = "feedbackLint"
# What a lens and plugins ask for: the checklist as a message, and all that is to be shown before sending as data.
CHECKLIST = "feedbackLint.checklist"
REPORT = "feedbackLint/report"
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.SUGGESTION: types.DiagnosticSeverity.Information,
}
_LOADING = "feedback-lint-loading"
# An editor that says it can tell its settings must do so in this time, in seconds, or does without them.
_PATIENCE = 5.0
_TOP = types.Range(types.Position(0, 0), types.Position(0, 0))

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


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
        self._marked: set[str] = set()
        self._complaints: dict[str, str] = {}
        self._pulls: Counter[str] = Counter()
        self._tasks: set[asyncio.Future[None]] = set()
        self._loading: dict[str | None, asyncio.Task[None]] = {}

    @property
    def encoding(self) -> Encoding:
        """What a line is counted in: what a plugin says that its editor does, or what was agreed upon."""
        told = _as_dict(_as_dict(self.initial).get("editor")).get("positionEncoding")
        agreed = self.server_capabilities.position_encoding or Encoding.UTF_16
        return Encoding(str(told)) if told in set(Encoding) else Encoding(agreed)

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

    @property
    def _can_refresh(self) -> bool:
        """Whether an editor that asks for diagnostics can be told to ask again."""
        return self.can("workspace", "diagnostics", "refresh_support")

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Tell of an error that is no answer to a request, in a sentence that holds no words of a draft."""
        if source is FeatureRequestError:
            return
        if isinstance(error, (JsonRpcInvalidParams, JsonRpcParseError)):
            self._message("The editor sent something that is not as the protocol has it; it was passed over.")
        else:
            self._message(internal(error), types.MessageType.Error)

    def opened(self, item: types.TextDocumentItem) -> None:
        """A draft was opened: check it as the editor's settings for it say."""
        path = _path(item.uri)
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
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Future[None]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Exception):
            self._message(internal(error), types.MessageType.Error)

    async def load(self, bench: Bench) -> None:
        """Load the model of a bench, unless that was begun before, and wait until it is there."""
        if bench.model not in self._loading:
            self._loading[bench.model] = asyncio.create_task(self._load(bench))
        await asyncio.shield(self._loading[bench.model])

    async def _load(self, bench: Bench) -> None:
        loaded = asyncio.ensure_future(self.desk.meanwhile(lambda: self.checker.load(bench)))
        if self.can("window", "work_done_progress"):
            self.spawn(self._show(loaded, _LOADING if bench.model is None else f"{_LOADING}-{bench.model}"))
        if complaint := await loaded:
            self._complain("", complaint)

    async def _show(self, loaded: asyncio.Future[str], token: str) -> None:
        """Show that a model is being loaded."""
        with suppress(JsonRpcException):  # an editor may not want to
            await self.work_done_progress.create_async(token)
            begin = types.WorkDoneProgressBegin("feedback-lint", message="loading the language model")
            self.work_done_progress.begin(token, begin)
            await asyncio.wait((loaded,))
            self.work_done_progress.end(token, types.WorkDoneProgressEnd())

    async def _complete(self, checked: Checked, bench: Bench) -> None:
        """Check a draft again when the model is there for which it waits, unless that was done meanwhile."""
        await self.load(bench)
        if self.desk.is_newest(checked):
            self.desk.recheck(checked.draft.uri)

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
                given = next(iter(await asyncio.wait_for(asked, _PATIENCE) or ()), None)
            except (TimeoutError, JsonRpcException):
                self._message("The editor did not tell its settings, so drafts are checked without them.")
        found = preferences_of(_as_dict(self.initial), _as_dict(given))
        self._preferences[uri] = found
        if found.mistakes:
            self._complain("settings", " ".join(found.mistakes))
        self.desk.recheck(uri)

    @property
    def usual(self) -> Preferences:
        """The settings that the editor sent along when it started."""
        return preferences_of(_as_dict(self.initial))

    def _check(self, draft: OpenDraft) -> Checked:
        return self.checker.check(draft, self._preferences.get(draft.uri, self.usual), at_once=True)

    def _tell(self, checked: Checked) -> None:
        """Tell the editor what came of a check, or have it ask."""
        uri = checked.draft.uri
        if not self.is_pulled:
            if _is_news(checked, is_marked=uri in self._marked):
                self._publish(uri, self.diagnostics(checked), checked.draft.version)
        elif not self._pulls[uri] and self._can_refresh:
            self.workspace_diagnostic_refresh(None)
        if checked.awaits is not None:
            self.spawn(self._complete(checked, checked.awaits))
        elif self.can("workspace", "code_lens", "refresh_support"):
            self.workspace_code_lens_refresh(None)
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

    async def pulled(self, uri: str, known: str | None) -> types.DocumentDiagnosticReport:
        """The findings in a draft as it is now; only that they are the same where the editor knows them.

        While a model is being loaded, those for which it is not needed, if the editor can be told to ask again.
        """
        if not self.desk.draft(uri):
            return types.RelatedFullDocumentDiagnosticReport([])
        self._pulls[uri] += 1
        try:
            checked = await self.desk.newest(uri, whole=not self._can_refresh)
            if not _is_news(checked, is_marked=known is not None):
                checked = await self.desk.newest(uri)
        except StaleError as error:
            again = {"retriggerRequest": True}
            raise JsonRpcException("The draft was changed.", types.LSPErrorCodes.ServerCancelled, again) from error
        finally:
            self._pulls -= Counter((uri,))
        name = f"{checked.number}"
        if name == known:
            return types.RelatedUnchangedDocumentDiagnosticReport(name)
        return types.RelatedFullDocumentDiagnosticReport(self.diagnostics(checked), result_id=name)

    async def checked(self, uri: str) -> Checked | None:
        """What came of checking a draft; `None` where there is none, or it is being changed."""
        try:
            return await self.desk.newest(uri)
        except StaleError:
            return None

    def actions(self, checked: Checked, params: types.CodeActionParams) -> Iterator[types.CodeAction]:
        """What the editor can offer at a place."""
        place = self.span(checked.draft.source.lines, params.range)
        only = params.context.only
        if only and not any(types.CodeActionKind.QuickFix.startswith(kind) for kind in only):
            return
        for action in actions(checked, place, self._folder(checked.draft)):
            if edit := self._edit(checked.draft, action):
                yield types.CodeAction(
                    action.title,
                    types.CodeActionKind.QuickFix,
                    [self.diagnostic(checked.draft, action.finding)],
                    is_preferred=action.is_best or None,
                    edit=edit,
                )

    def hover(self, checked: Checked, position: types.Position) -> types.Hover | None:
        """What is to be told of the findings at a place."""
        lines, rules = checked.draft.source.lines, checked.rules
        offset = offset_at(lines, _point(position), self.encoding)
        found = [d for d in checked.findings if d.span.start <= offset <= d.span.end]
        if not found or rules is None:
            return None
        text = "\n\n---\n\n".join(explanation(d, rules.get(d.rule)) for d in found)
        place = min((d.span for d in found), key=len)
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text), self.range(lines, place))

    def lenses(self, checked: Checked) -> list[types.CodeLens]:
        """The checklist of each mail, above the first line."""
        command, uri = CHECKLIST, checked.draft.uri
        return [types.CodeLens(_TOP, types.Command(headline(r), command, arguments=[uri])) for r in checked.reports]

    def show_checklist(self, checked: Checked) -> None:
        """Show the checklist of each mail."""
        text = "\n".join(map(checklist, checked.reports))
        self._message(text or checked.error or "there is no checklist", types.MessageType.Info)

    def _folder(self, draft: OpenDraft) -> Path:
        """The innermost workspace folder that a draft lies in, or else its own folder."""
        folders = (_path(folder.uri) for folder in self.workspace.folders.values())
        around = [folder for folder in folders if draft.path.is_relative_to(folder)]
        return max(around, key=lambda folder: len(folder.parts), default=draft.path.parent)

    def _edit(self, draft: OpenDraft, action: Action) -> types.WorkspaceEdit | None:
        """The edit of an action as the editor takes it; `None` where it cannot make files."""
        change = action.change
        changes: list[Any] = []
        if isinstance(change, Appended):
            uri = from_fs_path(str(change.path)) or str(change.path)
            version, lines, place = None, LineIndex(change.after), Span(len(change.after), len(change.after))
            if change.is_new:
                if "create" not in (self._edits("resource_operations") or ()):
                    return None
                changes.append(types.CreateFile(uri, options=types.CreateFileOptions(ignore_if_exists=True)))
        else:
            uri, version, lines, place = draft.uri, draft.version, draft.source.lines, change.place
        edit = types.TextEdit(self.range(lines, place), change.text)
        if not self._edits("document_changes"):
            return types.WorkspaceEdit({uri: [edit]})
        document = types.OptionalVersionedTextDocumentIdentifier(uri, version)
        return types.WorkspaceEdit(document_changes=[*changes, types.TextDocumentEdit(document, [edit])])

    def _edits(self, name: str) -> Any:
        """What the editor says of edits of several files."""
        workspace = self.client_capabilities.workspace
        return getattr(workspace and workspace.workspace_edit, name, None)

    def range(self, lines: LineIndex, span: Span) -> types.Range:
        """A span as the editor counts."""
        start, end = (point_at(lines, offset, self.encoding) for offset in (span.start, span.end))
        return types.Range(types.Position(start.line, start.character), types.Position(end.line, end.character))

    def span(self, lines: LineIndex, place: types.Range) -> Span:
        """What an editor's range spans."""
        start, end = (offset_at(lines, _point(p), self.encoding) for p in (place.start, place.end))
        return Span(min(start, end), max(start, end))

    def _publish(self, uri: str, found: Iterable[types.Diagnostic], version: int | None = None) -> None:
        diagnostics = list(found)
        self._marked = self._marked | {uri} if diagnostics else self._marked - {uri}
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics, version))

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
        loading = server.load(Bench(model=server.usual.chosen.model))
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

    @server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, types.DiagnosticOptions(False, False, identifier=NAME))
    @_plain
    async def diagnostic(params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        return await server.pulled(params.text_document.uri, params.previous_result_id)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions([types.CodeActionKind.QuickFix]))
    @_plain
    async def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        checked = await server.checked(params.text_document.uri)
        return list(server.actions(checked, params)) if checked else []

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    @_plain
    async def hover(params: types.HoverParams) -> types.Hover | None:
        checked = await server.checked(params.text_document.uri)
        return server.hover(checked, params.position) if checked else None

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS)
    @_plain
    async def code_lens(params: types.CodeLensParams) -> list[types.CodeLens]:
        checked = await server.checked(params.text_document.uri)
        return server.lenses(checked) if checked else []

    @server.command(CHECKLIST)
    @_plain
    async def show_checklist(uri: str) -> None:
        if checked := await server.checked(uri):
            server.show_checklist(checked)

    @server.feature(REPORT)
    @_plain
    async def report(params: Any) -> dict[str, Any]:
        try:
            checked = await server.desk.newest(params.textDocument.uri)
        except StaleError as error:
            raise JsonRpcException("The draft was changed.", types.LSPErrorCodes.ContentModified) from error
        wrong = checked.error or checked.complaint or "\n".join(map(str, checked.mistakes))
        if wrong:
            raise JsonRpcException(wrong, types.LSPErrorCodes.RequestFailed)
        return overview(checked)

    return server


def serve() -> int:
    """Serve an editor on standard input and output until it leaves; the exit status, 1 where it said no good-bye."""
    if not os.environ.get("FEEDBACK_LINT_DEBUG"):
        for name in ("pygls", "asyncio"):  # which log messages with the words of drafts in them
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    to_editor = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing else may be written between the messages
    server = create()
    server.start_io(sys.stdin.buffer, to_editor)
    server.desk.clear()
    return 0 if server.is_shut_down else 1


def _plain(handler: Callable[[Asked], Awaitable[Answer]]) -> Callable[[Asked], Awaitable[Answer]]:
    """A handler whose errors that nobody foresaw are one sentence, without a traceback."""

    @wraps(handler)
    async def plain(asked: Asked) -> Answer:
        try:
            return await handler(asked)
        except JsonRpcException:
            raise
        except Exception as error:
            raise JsonRpcException(internal(error)) from error

    return plain


async def _watch(server: Server) -> None:
    """Have the editor tell of changes to configuration files and to rules."""
    globs = ("**/*.toml", "**/*.yaml", "**/*.yml")  # any of them may be extended by another
    watchers = [types.FileSystemWatcher(glob) for glob in globs]
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
    method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    registration = types.Registration(f"{NAME}-files", method, options)
    with suppress(JsonRpcException):  # without it, they are read again whenever a draft is saved
        await server.client_register_capability_async(types.RegistrationParams([registration]))


def _is_news(checked: Checked, *, is_marked: bool) -> bool:
    """Whether to tell of a result: that nothing was found before the model is there may not look like an all-clear.

    `is_marked` is a draft of which something was told before.
    """
    return is_marked or checked.is_whole or bool(checked.findings)


def _path(uri: str) -> Path:
    """The path of a file; of what is none, such as a draft without a name, what stands in place of it."""
    return Path(to_fs_path(uri) or urlparse(uri)[2])


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
