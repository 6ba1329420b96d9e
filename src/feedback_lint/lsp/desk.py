"""The drafts that are open, and when each is checked: one at a time, in a thread, and only the newest state of each.

What comes of it need not be the whole, while a model is being loaded; then a draft has to be checked again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

from feedback_lint.lsp.checking import Checked
from feedback_lint.lsp.drafts import OpenDraft

# So long must nothing be typed, in seconds, before a draft is checked.
SETTLED = 0.2

Result = TypeVar("Result")


class StaleError(Exception):
    """The draft was changed or closed before it was checked."""


@dataclass(frozen=True)
class _Wait:
    """Somebody who waits for a result, or for a `whole` one."""

    future: asyncio.Future[Checked]
    whole: bool


@dataclass
class _Sheet:
    """An open draft, the newest result, and who waits for a newer one."""

    draft: OpenDraft
    checked: Checked | None = None
    timer: asyncio.TimerHandle | None = None
    is_queued: bool = False
    due: int = 0
    """Grows with all that makes results stale."""
    waiting: list[_Wait] = field(default_factory=list)

    @property
    def is_settled(self) -> bool:
        """Whether the result is that of the draft as it is now, and nothing is to be done."""
        is_of_now = self.checked is not None and self.checked.draft is self.draft
        return is_of_now and not self.is_queued and not self.timer


class Desk:
    """Holds the drafts. All methods are for the thread of the event loop; `check` is called in another one."""

    def __init__(
        self,
        check: Callable[[OpenDraft], Checked],
        tell: Callable[[Checked], None],
        settled: float = SETTLED,
    ) -> None:
        """`tell` is called with each result that is not stale; `settled` are the seconds to wait after a change."""
        self._check = check
        self._tell = tell
        self._settled = settled
        self._sheets: dict[str, _Sheet] = {}
        self._thread = ThreadPoolExecutor(1, "check")
        self._other_thread = ThreadPoolExecutor(1, "load")

    @property
    def drafts(self) -> tuple[OpenDraft, ...]:
        """The open drafts, in the order in which they were opened."""
        return tuple(sheet.draft for sheet in self._sheets.values())

    @property
    def results(self) -> tuple[Checked, ...]:
        """The newest result of each draft that has one; the draft may have changed since."""
        return tuple(sheet.checked for sheet in self._sheets.values() if sheet.checked)

    def draft(self, uri: str) -> OpenDraft | None:
        """An open draft."""
        sheet = self._sheets.get(uri)
        return sheet.draft if sheet else None

    def open(self, draft: OpenDraft) -> None:
        """Put a draft on the desk; it is checked when `recheck` or `change` says so, or somebody waits for it."""
        self.close(draft.uri)
        self._sheets[draft.uri] = _Sheet(draft)

    def change(self, draft: OpenDraft) -> None:
        """Put the new state of an open draft in place of the old one, and check it when it has settled."""
        sheet = self._sheets[draft.uri]
        sheet.draft = draft
        _out_of_date(sheet)
        _disappoint(sheet)
        sheet.timer = asyncio.get_running_loop().call_later(self._settled, self._queue, draft.uri)

    def recheck(self, *uris: str) -> None:
        """Check drafts again, now; who waits for them goes on waiting."""
        for uri in uris:
            if sheet := self._sheets.get(uri):
                _out_of_date(sheet)
                self._queue(uri)

    def close(self, uri: str) -> None:
        """Take a draft off the desk."""
        if sheet := self._sheets.pop(uri, None):
            _out_of_date(sheet)
            _disappoint(sheet)

    async def newest(self, uri: str, *, whole: bool = True) -> Checked:
        """What comes of checking a draft as it is now; not only a part of it, if it is to be the `whole`.

        Raises StaleError where the draft is changed before that is known.
        """
        sheet = self._sheets.get(uri)
        if sheet is None:
            raise StaleError
        if sheet.checked and sheet.is_settled and (sheet.checked.is_whole or not whole):
            return sheet.checked
        future: asyncio.Future[Checked] = asyncio.get_running_loop().create_future()
        sheet.waiting.append(_Wait(future, whole))
        if not sheet.is_settled and not sheet.timer:
            self._queue(uri)
        return await future

    def is_newest(self, checked: Checked) -> bool:
        """Whether a result is still the newest of its draft; the draft may have changed since."""
        sheet = self._sheets.get(checked.draft.uri)
        return sheet is not None and sheet.checked is checked

    async def aside(self, task: Callable[[], Result]) -> Result:
        """Do something in the thread in which drafts are checked, in its turn."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, task)

    async def meanwhile(self, task: Callable[[], Result]) -> Result:
        """Do something in another thread than that in which drafts are checked."""
        return await asyncio.get_running_loop().run_in_executor(self._other_thread, task)

    def clear(self) -> None:
        """Let go of all, and of what is still to be done."""
        for uri in tuple(self._sheets):
            self.close(uri)
        for thread in (self._thread, self._other_thread):
            thread.shutdown(wait=False, cancel_futures=True)

    def _queue(self, uri: str) -> None:
        """Have a draft checked, unless it waits for that already: then its newest state will be."""
        sheet = self._sheets[uri]
        sheet.timer = None
        if not sheet.is_queued:
            sheet.is_queued = True
            task = asyncio.get_running_loop().run_in_executor(self._thread, self._newest_checked, sheet)
            task.add_done_callback(lambda done: self._done(uri, sheet, done))

    def _newest_checked(self, sheet: _Sheet) -> tuple[int, Checked]:
        due = sheet.due
        return due, self._check(sheet.draft)

    def _done(self, uri: str, sheet: _Sheet, task: asyncio.Future[tuple[int, Checked]]) -> None:
        sheet.is_queued = False
        if task.cancelled() or self._sheets.get(uri) is not sheet:
            return
        due, checked = task.result()
        if due != sheet.due:
            if not sheet.timer:
                self._queue(uri)
            return
        sheet.checked = checked
        content = [wait for wait in sheet.waiting if checked.is_whole or not wait.whole]
        sheet.waiting = [wait for wait in sheet.waiting if wait not in content]
        for wait in content:
            if not wait.future.done():
                wait.future.set_result(checked)
        self._tell(checked)


def _out_of_date(sheet: _Sheet) -> None:
    """Make what is being checked stale."""
    sheet.due += 1
    if sheet.timer:
        sheet.timer.cancel()
        sheet.timer = None


def _disappoint(sheet: _Sheet) -> None:
    """Tell those who wait that the draft they asked about is no more."""
    waiting, sheet.waiting = sheet.waiting, []
    for wait in waiting:
        if not wait.future.done():
            wait.future.set_exception(StaleError())
