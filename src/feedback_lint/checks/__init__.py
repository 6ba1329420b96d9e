"""Detectors in Python, for what no pattern can tell. Each module has `find(draft) -> Iterable[Span]`.

One that knows what should stand there instead gives matches in place of spans.
"""
