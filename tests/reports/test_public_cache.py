"""Pages kept in memory: never under another state, never more than fit."""

from __future__ import annotations

import gzip

from reports.public_cache import Page, Pages


class Press:
    """Makes pages and counts them."""

    made = 0

    def make(self) -> Page:
        self.made += 1
        return Page(b"x")


def test_a_page_is_made_once_for_a_state() -> None:
    pages, press = Pages(), Press()
    for state in ("a", "a", "b", "b"):
        pages.get("/", state, press.make)
    assert press.made == 2


def test_a_new_state_replaces_the_old_page() -> None:
    pages = Pages()
    pages.get("/", 1, lambda: Page(b"old"))
    assert pages.get("/", 2, lambda: Page(b"new")).body == b"new"


def test_the_page_asked_for_longest_ago_is_thrown_out_when_full() -> None:
    pages, press = Pages(capacity=3 * Page(b"x").size), Press()
    for address in ("a", "b", "c", "a", "d"):
        pages.get(address, 1, press.make)
    assert press.made == 4
    pages.get("a", 1, press.make)
    assert press.made == 4
    pages.get("b", 1, press.make)
    assert press.made == 5


def test_a_page_larger_than_all_room_is_answered_and_not_kept() -> None:
    pages = Pages(capacity=10)
    assert pages.get("/", 1, lambda: Page(b"x" * 100)).body == b"x" * 100
    assert pages.get("/", 1, lambda: Page(b"y")).body == b"y"


def test_gzip_of_a_page_is_the_page() -> None:
    assert gzip.decompress(Page("ปี 2567".encode()).gzipped).decode() == "ปี 2567"
