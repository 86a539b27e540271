"""Where a document that was sent back is mended, and who signs it again."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from reports.choices import Decision, Kind
from reports.models import Report, Revision, SignOff


@dataclass(frozen=True)
class Spot:
    """A place that a return speaks of, with the address where it is mended ("" for the whole document)."""

    label: str
    address: str


def spots_of(report: Report, signoff: SignOff) -> list[Spot]:
    """The places of a return as links; a measure that is no longer there is named without one."""
    pages = dict(report.plan.measures.values_list("key", "pk")) if signoff.places else {}
    return [Spot(place["label"], _address(report, place["key"], pages)) for place in signoff.places]


def must_sign_again(revision: Revision) -> list[SignOff]:
    """Who had signed a revision that was returned; the next one they sign again."""
    return [s for s in revision.signoffs.all() if s.decision == Decision.ENDORSED]


def _address(report: Report, key: str, pages: dict[str, int]) -> str:
    kind, _, name = key.partition(":")
    form = reverse("report", args=[report.pk])
    if kind == "section":
        return f"{form}#section-{name}"
    if kind == "table":
        return f"{form}#table"
    if kind == "measure" and name in pages:
        # The year's report prints the outcome, a quarter's its result, that of half a year those of two.
        if report.kind == Kind.QUARTER:
            return reverse("result", args=[pages[name], report.part])
        return reverse("outcome" if report.kind == Kind.ANNUAL else "measure", args=[pages[name]])
    return ""
