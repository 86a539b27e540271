"""Who may try a password or a code once more: counted in the database, so that all processes count together.

One statement counts and answers; where the database cannot, its error passes through and nobody tries anything.
A count must outlive the refusal that it leads to: never call these inside a transaction that may be undone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from measures.models import Person, Tally


@dataclass(frozen=True)
class Limit:
    """So many tries within so many seconds, counted from the first."""

    tries: int
    seconds: int


OWN = (Limit(5, 5 * 60), Limit(20, 60 * 60))
"""Of a signed-in person: their password or code, typed again as a proof."""


def may_try(person: Person, what: str, *, at: datetime) -> int:
    """Count a try of ``what`` ("proof") and return how many there are with this one; 0: refuse without looking.

    After a wrong one say that one fewer is left; after a right one call :func:`forget_tries`.
    """
    return count(_own(person, what), at=at)


def forget_tries(person: Person, what: str) -> None:
    """Take back the tries of who has shown that it is them."""
    Tally.objects.filter(key__in=[_key(words) for words, _ in _own(person, what)]).delete()


def _own(person: Person, what: str) -> list[tuple[str, Limit]]:
    return [(f"try {what} {person.pk} {limit.seconds}", limit) for limit in OWN]


def count(counters: Sequence[tuple[str, Limit]], *, at: datetime) -> int:
    """Count one try on each counter; how many are left on the fullest, this one included (0: too many)."""
    now = at.timestamp()
    # Sorted, so that two who count on the same rows wait for each other instead of both.
    rows = sorted((_key(words), now + limit.seconds) for words, limit in counters)
    values = ", ".join(["(%s, 1, '', %s)"] * len(rows))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO measures_tally (key, number, value, until) VALUES {values}
            ON CONFLICT (key) DO UPDATE SET
                number = CASE WHEN measures_tally.until <= %s THEN 1 ELSE measures_tally.number + 1 END,
                until = CASE WHEN measures_tally.until <= %s THEN excluded.until ELSE measures_tally.until END
            RETURNING key, number
            """,  # noqa: S608 -- only placeholders are put in, 2026-11
            [*(part for row in rows for part in row), now, now],
        )
        numbers: dict[str, int] = dict(cursor.fetchall())
    return max(0, min(limit.tries - numbers[_key(words)] + 1 for words, limit in counters))


def take_back(counters: Iterable[tuple[str, Limit]], *, at: datetime) -> None:
    """Undo one :func:`count`: the try was a right one. Clears away what no longer means anything."""
    with transaction.atomic():
        keys = sorted(_key(words) for words, _ in counters)
        Tally.objects.filter(key__in=keys, number__gt=0).update(number=F("number") - 1)
        Tally.objects.filter(until__lte=at.timestamp()).delete()


def _key(words: str) -> str:
    """A name may be typed at any length and may be a password by mistake: only its hash is kept."""
    return hashlib.sha256(words.encode()).hexdigest()
