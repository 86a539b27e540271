"""The cache that allauth counts in: a table, so that it needs no other server and all processes share it.

Django's own two will not do. The file cache asks and then writes, so that of two processes both may "add" the same
key; it also throws entries away at random beyond 300, and a count that is gone lets everybody in. The database cache
swallows errors of writing. Here each call is one statement, ``add`` is atomic, nothing is thrown away before its time,
and what the database cannot do raises: a limit that cannot be counted refuses.
"""

from __future__ import annotations

import hashlib
import json
import time
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection, transaction

from measures.models import Tally

USED_CODE = "allauth.mfa.totp.used"
USED_CODE_SECONDS = 180
"""allauth remembers a used code for one period; with a step of tolerance to both sides it is good for three."""


class SharedCache(BaseCache):
    """Values are JSON; what has no end is kept for a year."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(
        self, key: str, value: object, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Keep a value unless there is one; of many at once, one."""
        if USED_CODE in key:
            timeout = USED_CODE_SECONDS
        return self._put(key, value, timeout, version, "WHERE measures_tally.until <= %s")

    def set(
        self, key: str, value: object, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        self._put(key, value, timeout, version, "WHERE %s >= 0")

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        found = Tally.objects.filter(key=self._key(key, version), until__gt=time.time())
        value = found.values_list("value", flat=True).first()
        return default if value is None else json.loads(value)

    def touch(self, key: str, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        found = Tally.objects.filter(key=self._key(key, version), until__gt=time.time())
        return found.update(until=self._until(timeout)) == 1

    def delete(self, key: str, version: int | None = None) -> bool:
        return Tally.objects.filter(key=self._key(key, version)).delete()[0] > 0

    def clear(self) -> None:
        Tally.objects.all().delete()

    def _put(self, key: str, value: object, timeout: float | None, version: int | None, unless: str) -> bool:
        row: list[str | float] = [
            self._key(key, version), json.dumps(value), self._until(timeout), time.time(),
        ]  # fmt: skip
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"""
                INSERT INTO measures_tally (key, number, value, until) VALUES (%s, 0, %s, %s)
                ON CONFLICT (key) DO UPDATE SET value = excluded.value, until = excluded.until {unless}
                RETURNING key
                """,  # noqa: S608 -- one of two texts of this module, 2026-11
                row,
            )
            return bool(cursor.fetchall())

    def _until(self, timeout: float | None) -> float:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return time.time() + (seconds if seconds is not None else 366 * 24 * 60 * 60)

    def _key(self, key: str, version: int | None) -> str:
        return hashlib.sha256(self.make_and_validate_key(key, version=version).encode()).hexdigest()
