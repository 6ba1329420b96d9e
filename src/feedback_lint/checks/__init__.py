"""Detectors in Python, for what no pattern can tell. Each module has `find(draft: Manuscript) -> Iterable[Span]`.

One that knows what should stand there instead gives matches in place of spans. All see the words of a draft and not
its parse, so their findings need not wait for the language model.
"""
