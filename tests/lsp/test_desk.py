from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from feedback_lint import job
from feedback_lint.lsp.checking import Checked
from feedback_lint.lsp.desk import Desk, StaleError
from feedback_lint.lsp.drafts import OpenDraft

URI = "file:///draft.txt"
SETTLED = 0.03


class Bench:
    """What is checked, in order, and what is told; `gate` holds checking up while it is clear."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.begun = threading.Event()
        self.awaits: job.Bench | None = None
        self.checked: list[str] = []
        self.told: list[str] = []
        self.threads: set[int] = set()
        self.desk = Desk(self.check, lambda checked: self.told.append(checked.draft.text), SETTLED)

    def check(self, draft: OpenDraft) -> Checked:
        self.threads.add(threading.get_ident())
        self.checked.append(draft.text)
        self.begun.set()
        assert self.gate.wait(5)
        return Checked(draft, awaits=self.awaits)

    def type(self, text: str) -> None:
        draft = self.desk.draft(URI)
        assert draft
        self.desk.change(replace(draft, text=text, revision=draft.revision + 1))


def draft(text: str, uri: str = URI) -> OpenDraft:
    return OpenDraft(uri, Path("draft.txt"), text)


def run(play: Callable[[Bench], Awaitable[None]]) -> Bench:
    bench = Bench()

    async def whole() -> None:
        bench.desk.open(draft("a"))
        await asyncio.wait_for(play(bench), 5)
        bench.gate.set()
        bench.desk.clear()

    asyncio.run(whole())
    return bench


def test_only_what_has_settled_is_checked() -> None:
    async def play(bench: Bench) -> None:
        for text in ("ab", "abc", "abcd"):
            bench.type(text)
            await asyncio.sleep(SETTLED / 5)
        assert (await bench.desk.newest(URI)).draft.text == "abcd"

    bench = run(play)
    assert bench.checked == bench.told == ["abcd"]


def test_a_result_is_dropped_when_the_draft_was_changed_meanwhile() -> None:
    async def play(bench: Bench) -> None:
        bench.gate.clear()
        bench.desk.recheck(URI)
        await asyncio.to_thread(bench.begun.wait, 5)
        bench.type("ab")
        bench.gate.set()
        assert (await bench.desk.newest(URI)).draft.text == "ab"

    bench = run(play)
    assert bench.checked == ["a", "ab"]
    assert bench.told == ["ab"]


def test_who_waits_for_a_draft_that_is_changed_is_told_so() -> None:
    async def play(bench: Bench) -> None:
        bench.gate.clear()
        waiting = asyncio.ensure_future(bench.desk.newest(URI))
        await asyncio.to_thread(bench.begun.wait, 5)
        bench.type("ab")
        with pytest.raises(StaleError):
            await waiting

    run(play)


def test_who_waits_for_a_draft_that_is_checked_again_goes_on_waiting() -> None:
    async def play(bench: Bench) -> None:
        bench.gate.clear()
        waiting = asyncio.ensure_future(bench.desk.newest(URI))
        await asyncio.to_thread(bench.begun.wait, 5)
        bench.desk.recheck(URI)
        bench.gate.set()
        assert (await waiting).draft.text == "a"

    bench = run(play)
    assert bench.checked == ["a", "a"]
    assert bench.told == ["a"]


def test_what_is_known_is_not_checked_again() -> None:
    async def play(bench: Bench) -> None:
        first = await bench.desk.newest(URI)
        assert await bench.desk.newest(URI) is first

    assert run(play).checked == ["a"]


def test_a_draft_that_is_closed_is_not_told_of() -> None:
    async def play(bench: Bench) -> None:
        bench.gate.clear()
        waiting = asyncio.ensure_future(bench.desk.newest(URI))
        await asyncio.to_thread(bench.begun.wait, 5)
        bench.desk.close(URI)
        bench.gate.set()
        with pytest.raises(StaleError):
            await waiting
        with pytest.raises(StaleError):
            await bench.desk.newest(URI)
        await bench.desk.aside(lambda: None)

    assert run(play).told == []


def test_drafts_are_checked_one_at_a_time_and_each_is_told() -> None:
    async def play(bench: Bench) -> None:
        bench.desk.open(draft("z", "file:///other.txt"))
        bench.desk.recheck(URI, "file:///other.txt")
        await asyncio.gather(bench.desk.newest(URI), bench.desk.newest("file:///other.txt"))

    bench = run(play)
    assert bench.told == ["a", "z"]
    assert len(bench.threads) == 1


def test_a_cancelled_wait_leaves_the_others() -> None:
    async def play(bench: Bench) -> None:
        bench.gate.clear()
        gone, staying = (asyncio.ensure_future(bench.desk.newest(URI)) for _ in range(2))
        await asyncio.to_thread(bench.begun.wait, 5)
        gone.cancel()
        bench.gate.set()
        assert (await staying).draft.text == "a"

    run(play)


def test_who_wants_the_whole_waits_for_it_and_others_take_a_part() -> None:
    async def play(bench: Bench) -> None:
        bench.awaits = job.Bench()
        whole = asyncio.ensure_future(bench.desk.newest(URI))
        part = await bench.desk.newest(URI, whole=False)
        assert not part.is_whole
        assert await bench.desk.newest(URI, whole=False) is part
        assert not whole.done()
        later = asyncio.ensure_future(bench.desk.newest(URI))
        await asyncio.sleep(SETTLED)
        assert bench.checked == ["a"]
        assert bench.desk.is_newest(part)
        bench.awaits = None
        bench.desk.recheck(URI)
        assert (await whole).is_whole
        assert await later is await whole
        assert not bench.desk.is_newest(part)

    assert run(play).told == ["a", "a"]


def test_who_waits_for_the_whole_of_a_draft_that_is_changed_is_told_so() -> None:
    async def play(bench: Bench) -> None:
        bench.awaits = job.Bench()
        whole = asyncio.ensure_future(bench.desk.newest(URI))
        await bench.desk.newest(URI, whole=False)
        bench.type("ab")
        with pytest.raises(StaleError):
            await whole

    run(play)


def test_drafts_are_checked_while_something_else_is_done() -> None:
    async def play(bench: Bench) -> None:
        gate = threading.Event()
        other = asyncio.ensure_future(bench.desk.meanwhile(lambda: gate.wait(5)))
        assert (await bench.desk.newest(URI)).draft.text == "a"
        assert not other.done()
        gate.set()
        assert await other

    run(play)
