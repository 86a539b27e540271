"""Small words of the public pages: how far, how large, leading where."""

from __future__ import annotations

from urllib.parse import urlsplit

from measures.choices import Progress
from reports.columns import NOT_REPORTED

TONES = {Progress.DONE: "done", Progress.IN_PROGRESS: "doing", Progress.ONGOING: "doing"}


def word_of(progress: str) -> str:
    """How far a measure has come, in words."""
    return str(Progress(progress).label) if progress else NOT_REPORTED


def tone_of(progress: str) -> str:
    """The colour and shape that go with the word: done, doing or none."""
    return TONES.get(Progress(progress), "none") if progress else "none"


def http_url(url: str) -> str:
    """``url`` where it leads to the web, else "": what an importer let through must not become a script."""
    return url if url.startswith(("http://", "https://")) else ""


def host_of(url: str) -> str:
    """ "example.go.th", or "" where there is none to be read."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def size_label(size: int) -> str:
    """ "62 KB" or "1.4 MB"."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB"
