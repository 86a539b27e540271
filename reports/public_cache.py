"""Ready-made bytes of public pages, kept in each process under the state of the database they were made from.

What a page shows follows from what its town has published. The caller asks the database for that state with one
small statement on every request, so that publishing and withdrawing show at once in every process; only the
rendering is saved. The state is read before the page is made, so a page is never newer under an old state.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock


@dataclass(frozen=True)
class Page:
    """A page as it goes over the line, plain and gzipped, each under its own strong entity tag."""

    body: bytes
    status: int = 200
    gzipped: bytes = field(init=False)
    etag: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "gzipped", gzip.compress(self.body, 9, mtime=0))
        object.__setattr__(self, "etag", hashlib.sha256(self.body).hexdigest()[:32])

    @property
    def size(self) -> int:
        """Bytes it takes in memory."""
        return len(self.body) + len(self.gzipped)


class Pages:
    """Pages by address, the least recently asked for thrown out first when ``capacity`` bytes are full."""

    def __init__(self, capacity: int = 32_000_000) -> None:
        self._capacity = capacity
        self._size = 0
        self._pages: OrderedDict[str, tuple[Hashable, Page]] = OrderedDict()
        self._lock = Lock()

    def get(self, address: str, state: Hashable, make: Callable[[], Page]) -> Page:
        """The page at ``address`` made from ``state``; made now unless it was before. Exceptions of ``make`` pass."""
        with self._lock:
            kept = self._pages.get(address)
            if kept and kept[0] == state:
                self._pages.move_to_end(address)
                return kept[1]
        page = make()  # outside the lock: two threads may both make it, none waits for another's page
        with self._lock:
            self._forget(address)
            self._pages[address] = (state, page)
            self._size += page.size
            while self._size > self._capacity:
                self._forget(next(iter(self._pages)))
        return page

    def last(self, address: str) -> Page | None:
        """The page last made for ``address``, under whatever state; for when the state cannot be asked."""
        with self._lock:
            kept = self._pages.get(address)
        return kept[1] if kept else None

    def clear(self) -> None:
        """Forget all pages."""
        with self._lock:
            self._pages.clear()
            self._size = 0

    def _forget(self, address: str) -> None:
        old = self._pages.pop(address, None)
        if old:
            self._size -= old[1].size
