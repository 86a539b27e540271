"""Where the chains of the trail stood each day, for everyone to keep: no name and no act, only numbers and hashes."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from audit.chain import PORTAL
from audit.models import Anchor
from measures.models import Agency
from reports.public_cache import Page
from reports.views.everyone import answer, for_everyone, page

_TEXT = "text/plain; charset=utf-8"
_SHOWN = 31


@for_everyone
def trail_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest heads of an agency's chain, and how to check with them."""
    agency = _agency(slug)
    anchors = Anchor.objects.filter(chain=agency.pk).order_by("-pk")[:_SHOWN]
    drawn = page(
        "trail",
        path=request.path_info,
        agency=agency,
        anchors=anchors,
        heads_url=settings.PUBLIC_URL + reverse("trail_heads", args=[slug]),
    )
    return answer(request, drawn)


@for_everyone
def trail_heads(request: HttpRequest, slug: str) -> HttpResponse:
    """Every head of an agency's chain, oldest first, a line each: day, chain, number, hash."""
    return _lines(request, Anchor.objects.filter(chain=_agency(slug).pk).order_by("pk"))


@for_everyone
def all_heads(request: HttpRequest) -> HttpResponse:
    """Every head of the portal's own chain, by which those of the agencies are bound, and the newest of each agency."""
    newest: dict[int, Anchor] = {}
    for each in Anchor.objects.filter(day__in=Anchor.objects.order_by("-pk").values("day")[:1]).order_by(
        "pk"
    ):
        newest[each.chain] = each
    own = list(Anchor.objects.filter(chain=PORTAL).order_by("pk"))
    return _lines(request, [*own, *(each for chain, each in sorted(newest.items()) if chain != PORTAL)])


def _agency(slug: str) -> Agency:
    agency = Agency.objects.filter(slug=slug).first()
    if agency is None or not Anchor.objects.filter(chain=agency.pk).exists():
        raise Http404
    return agency


def _lines(request: HttpRequest, anchors: object) -> HttpResponse:
    text = "".join(f"{each.known}\n" for each in anchors)  # type: ignore[attr-defined]
    given = answer(request, Page(text.encode()))
    if given.status_code == 200:
        given["Content-Type"] = _TEXT
    return given
