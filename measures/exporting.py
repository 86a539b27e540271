"""You come here for the trail as a file: CSV to be read, JSONL to be checked (docs/verify_trail.py)."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import StringIO
from typing import Final

from audit.models import Event
from audit.reading import links
from measures.acts import sentence
from measures.fiscal import BANGKOK
from measures.safe_text import inert, legal

FIELDS: Final = ("seq", "at", "actor", "act", "sentence", "target", "target_id", "details", "hash")


def jsonl(chain: int) -> Iterator[bytes]:
    """A whole chain, an event a line: the list that is hashed, as it is hashed, and the hash that is kept of it."""
    for link in links(chain):
        yield f'{{"event":{link.line},"hash":{json.dumps(link.hash)}}}\n'.encode()


def csv_lines(chain: int) -> Iterator[bytes]:
    """A whole chain as a table, in Bangkok's time; no cell is a formula."""
    yield "\ufeff".encode() + _row(FIELDS)
    for event in Event.objects.filter(chain=chain).order_by("seq").iterator(5000):
        words = sentence(event.act, event.details)
        at = event.at.astimezone(BANGKOK).isoformat(timespec="seconds")
        cells = (event.actor_name, event.act, words, event.target)
        about = "" if event.target_id is None else str(event.target_id)
        yield _row((str(event.seq), at, *map(_text, cells), about, _text(event.details_json), event.hash))


def _text(text: str) -> str:
    return inert(legal(text))


def _row(cells: tuple[str, ...]) -> bytes:
    file = StringIO()
    csv.writer(file, lineterminator="\r\n").writerow(cells)
    return file.getvalue().encode()
