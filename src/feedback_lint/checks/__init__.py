"""Detectors in Python, for what no pattern can tell. Each module has `find(draft) -> Iterable[Span]`."""
