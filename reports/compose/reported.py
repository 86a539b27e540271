"""You come here for what a part of a year says of a measure, drawn together from its periods. Pure.

That nobody reported, that there was nothing to report, and that nothing has come of it yet are three things.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from measures.bullets import Bullet, Bullets
from measures.thai import thai_digits
from reports.columns import NOT_REPORTED, done_in
from reports.content import Quarter


@dataclass(frozen=True)
class Reported:
    """What a report says of a measure: of its year as curated, or of the periods of a part of it."""

    progress: str = ""
    percent: int | None = None
    results: Bullets = ()
    obstacles: Bullets = ()
    suggestions: Bullets = ()
    remark: str = ""


def reported_in(quarters: tuple[Quarter, ...], *, thai: bool) -> Reported:
    """What the periods say together: of one period its own words, of several each under its name.

    How far the measure has come is what the last period says in which something was done. ``thai`` for Thai
    digits in what the portal writes.
    """
    last = _last(quarters)
    return Reported(
        progress=last.progress if last else "",
        percent=last.percent if last else None,
        results=_named(quarters, lambda quarter: _done(quarter, thai=thai), thai=thai),
        obstacles=_named(quarters, lambda quarter: quarter.obstacles, thai=thai),
        suggestions=_named(quarters, lambda quarter: quarter.suggestions, thai=thai),
    )


def _last(quarters: tuple[Quarter, ...]) -> Quarter | None:
    """The last reported period with something done; where nothing was done in any, the last reported one."""
    reported = [quarter for quarter in quarters if quarter.reported]
    active = [quarter for quarter in reported if not quarter.nil_reason]
    return next(reversed(active or reported), None)


def _done(quarter: Quarter, *, thai: bool) -> Bullets:
    return done_in(quarter, thai=thai) if quarter.reported else (Bullet("", NOT_REPORTED),)


def _named(quarters: tuple[Quarter, ...], words: Callable[[Quarter], Bullets], *, thai: bool) -> Bullets:
    """The words of each period that has any, under its name where there are several periods."""
    if len(quarters) == 1:
        return words(quarters[0])
    found = ((quarter, words(quarter)) for quarter in quarters)
    return tuple(
        Bullet("", thai_digits(quarter.name) if thai else quarter.name, said)
        for quarter, said in found
        if said
    )
