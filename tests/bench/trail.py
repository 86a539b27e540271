"""What it costs to verify a long chain, against reading the same rows and hashing them in a bare loop."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import islice
from typing import Any

from django.db import connection, transaction

from audit.chain import GENESIS, line, moment
from audit.models import Head
from audit.verifying import verify
from tests.bench.rounds import medians, seconds
from tests.bench.seed import Seeded

EVENTS = int(os.environ.get("ITA_BENCH_EVENTS", "1_000_000"))
CHAIN = 900_000
_START = datetime(2026, 10, 1, 1, 0, tzinfo=UTC)
_COLUMNS = "chain, seq, previous, at, actor_id, actor_name, act, target, target_id, details_json, hash"

Row = tuple[Any, ...]


def run(town: Seeded) -> Iterator[tuple[str, float]]:
    """``audit.verify.vs_read_and_hash`` on ``EVENTS`` events of one chain."""
    seed(EVENTS)
    ways = {"verify": seconds(_verify), "bare": seconds(_read_and_hash)}
    found = medians(ways, rounds=3)
    yield "audit.verify.vs_read_and_hash", found["verify"] / found["bare"]


def seed(count: int) -> None:
    """Write a chain as the portal would have, many events a statement."""
    rows = _rows(count)
    places = ", ".join(["%s"] * len(_COLUMNS.split(", ")))
    last: Row | None = None
    with transaction.atomic(), connection.cursor() as cursor:
        while some := list(islice(rows, 20_000)):
            cursor.executemany(f"INSERT INTO audit_event ({_COLUMNS}) VALUES ({places})", some)
            last = some[-1]
    assert last is not None
    Head.objects.create(chain=CHAIN, seq=last[1], hash=last[-1])


def _rows(count: int) -> Iterator[Row]:
    previous = GENESIS
    for seq in range(1, count + 1):
        at = _START + timedelta(seconds=31 * seq, microseconds=seq)
        details = f'{{"measure":{seq % 70},"period":"ไตรมาสที่ 2","version":{seq % 9}}}'
        kept = (7, "นางสาวตัวอย่าง สอง", "result.saved", "quarterlyresult", seq % 280, details)
        found = sha256(line(CHAIN, seq, previous, moment(at), *kept).encode()).hexdigest()
        yield CHAIN, seq, previous, connection.ops.adapt_datetimefield_value(at), *kept, found
        previous = found


def _verify() -> None:
    verdict = verify(CHAIN)
    assert (verdict.seq, verdict.problems) == (EVENTS, [])


def _read_and_hash() -> None:
    """The least that any check must do: every column of every row read, and so many bytes hashed."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_COLUMNS} FROM audit_event WHERE chain = %s ORDER BY seq", [CHAIN])
        for row in cursor:
            sha256(",".join(map(str, row)).encode()).hexdigest()
