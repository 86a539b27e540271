"""The pages that everyone may read: no sign-in, no cookie, drawn from what was published and kept ready in memory."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header, parse_etags
from django.views.decorators.http import require_safe

from measures import storage
from measures.thai import sort_key
from reports.actions.twins import keep_twins
from reports.exports import OFFERED, TWINS
from reports.public import figures, rows
from reports.public.editions import Edition, Town, items_of
from reports.public.report import contact_of, endorsers, passages, signed
from reports.public_cache import Page, Pages
from reports.queries import newest_of_each_town, publications, published_state

PAGES = Pages()
# Bytes of a report never change, but it can be withdrawn: a copy elsewhere is believed for a day.
FOR_A_DAY = "public, max-age=86400, immutable"
FOR_A_MOMENT = "public, max-age=10"
_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?![\d.]))")
# Stricter than the desk's: these pages run no script and send no form.
_POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
_GUARDS = {"Content-Security-Policy": _POLICY, "X-Frame-Options": "SAMEORIGIN"}
_SHOWN_IN_PLACE = ("image/png", "image/jpeg", "image/webp")

View = Callable[..., HttpResponse]


def for_everyone(view: View) -> View:
    """Mark a view that is answered before sessions, cookies and sign-in are looked at (``middleware.public_first``)."""

    @wraps(view)
    def marked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return view(request, *args, **kwargs)

    marked = require_safe(marked)
    marked.for_everyone = True  # type: ignore[attr-defined]
    return marked


@for_everyone
def front(request: HttpRequest) -> HttpResponse:
    """The towns in Thai order, or the one town's page where there is only one."""
    return _answer_from(request, lambda: PAGES.get("/", published_state(), _front_page))


@for_everyone
def town(request: HttpRequest, slug: str) -> HttpResponse:
    """A town: how to reach it, where to complain, its years."""
    return _page_of_town(request, slug, _town_page)


@for_everyone
def year(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """A fiscal year: every measure with its steps, quarters, outcome and public evidence."""
    return _page_of_town(request, slug, lambda town: _year_page(town, year))


@for_everyone
def report(request: HttpRequest, slug: str, year: int, name: str) -> HttpResponse:
    """The published report as a web page: memorandum, table, signers."""
    return _page_of_town(request, slug, lambda town: _report_page(town, _edition(town, year, name)))


@for_everyone
def pdf(request: HttpRequest, slug: str, year: int, name: str) -> HttpResponse:
    """The sealed PDF, byte for byte as kept; 410 with a page once it is withdrawn."""
    edition = _edition(_town(slug), year, name)
    sha256 = edition.sealed_sha256
    if not sha256:
        raise Http404
    if edition.withdrawn:
        return _page_of_town(request, slug, lambda town: _withdrawn_page(town, edition, 410))
    return _file(request, sha256, "application/pdf", edition.file_name(".pdf"), attach=False, policy=_GUARDS)


@for_everyone
def twin(request: HttpRequest, slug: str, year: int, name: str, ending: str) -> HttpResponse:
    """The same report as Word, Excel, CSV or JSON, as kept when it was sealed; 410 once it is withdrawn."""
    edition = _edition(_town(slug), year, name)
    if not edition.sealed_sha256:
        raise Http404
    if edition.withdrawn:
        return _page_of_town(request, slug, lambda town: _withdrawn_page(town, edition, 410))
    sha256, kind = keep_twins(edition.revision)[ending], TWINS[ending].media_type
    return _file(request, sha256, kind, edition.file_name(ending), attach=True, policy=_GUARDS)


@for_everyone
def evidence(request: HttpRequest, slug: str, year: int, uid: UUID) -> HttpResponse:
    """A public file of a published report; kept from acting as a page of ours, whatever is in it."""
    found = _town(slug).evidence(year, str(uid))
    if found is None:
        raise Http404
    proof, edition = found
    if edition.withdrawn:
        return _page_of_town(request, slug, lambda town: _withdrawn_page(town, edition, 410))
    shown = proof.content_type in _SHOWN_IN_PLACE
    policy = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Frame-Options": "DENY"}
    kind = proof.content_type or "application/octet-stream"
    return _file(request, proof.sha256, kind, proof.filename, attach=not shown, policy=policy)


# --- answering --------------------------------------------------------------------------------------------------


def _page_of_town(request: HttpRequest, slug: str, make: Callable[[Town], Page]) -> HttpResponse:
    def find() -> Page:
        state = published_state(slug)
        if not state:
            raise Http404
        return PAGES.get(request.path_info, state, lambda: make(_town(slug)))

    return _answer_from(request, find)


def _answer_from(request: HttpRequest, find: Callable[[], Page]) -> HttpResponse:
    """Answer with the page found; with the last one in memory while the database cannot be asked."""
    try:
        return _answer(request, find())
    except (OperationalError, InterfaceError):
        kept = PAGES.last(request.path_info)
        if kept is None:
            raise
        return _answer(request, kept)


def _answer(request: HttpRequest, page: Page) -> HttpResponse:
    zipped = _GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")) is not None
    etag = f'"{page.etag}-gz"' if zipped else f'"{page.etag}"'
    headers = {"ETag": etag, "Cache-Control": FOR_A_MOMENT, "Vary": "Accept-Encoding", **_GUARDS}
    if page.status == 200 and _knows(request, etag):
        return HttpResponseNotModified(headers=headers)
    if zipped:
        headers["Content-Encoding"] = "gzip"
    return HttpResponse(page.gzipped if zipped else page.body, status=page.status, headers=headers)


def _file(
    request: HttpRequest, sha256: str, kind: str, name: str, *, attach: bool, policy: dict[str, str]
) -> HttpResponse:
    headers = {"ETag": f'"{sha256}"', "Cache-Control": FOR_A_DAY, **policy}
    if _knows(request, headers["ETag"]):
        return HttpResponseNotModified(headers=headers)
    headers["Content-Disposition"] = content_disposition_header(attach, name) or "attachment"
    return HttpResponse(storage.read(sha256), content_type=kind, headers=headers)


def _knows(request: HttpRequest, etag: str) -> bool:
    given = request.META.get("HTTP_IF_NONE_MATCH", "")
    return bool(given) and any(tag.removeprefix("W/") in (etag, "*") for tag in parse_etags(given))


# --- pages ------------------------------------------------------------------------------------------------------


def _town(slug: str) -> Town:
    editions = [Edition(publication) for publication in publications(slug)]
    if not editions:
        raise Http404
    return Town(editions)


def _edition(town: Town, year: int, name: str) -> Edition:
    edition = town.edition(year, name)
    if edition is None:
        raise Http404
    return edition


def _front_page() -> Page:
    towns = [Town([Edition(publication)]) for publication in newest_of_each_town()]
    if len(towns) == 1:
        return _town_page(_town(towns[0].slug))
    towns.sort(key=lambda town: sort_key(town.agency.name))
    return _page("towns", path="/", towns=towns)


def _town_page(town: Town) -> Page:
    return _page("town", path=town.url, town=town, years=town.years, contact=contact_of(town.agency))


def _year_page(town: Town, fiscal_year: int) -> Page:
    year = town.year(fiscal_year)
    if year is None:
        raise Http404
    edition = year.current
    if edition is None:
        return _withdrawn_page(town, year.newest, 200, path=year.newest.year_url)
    content = edition.content
    blocks = rows.blocks(content)
    return _page(
        "year",
        path=edition.year_url,
        town=town,
        edition=edition,
        content=content,
        headline=figures.headline(content),
        extent=figures.extent(content),
        tallies=figures.tallies(content),
        blocks=blocks,
        rows=[row for block in blocks for row in block.rows],
        items=items_of(town, edition),
        scores=[(other.fiscal_year, found) for other in town.years if (found := other.score)],
        score=figures.score(content),
        parts=year.parts,
        others=year.others,
        endorsers=endorsers(signed(edition)),
        contact=contact_of(town.agency),
        pdf_address=settings.PUBLIC_URL + edition.pdf_url if edition.pdf_url else "",
        twins=_twins(edition),
    )


def _report_page(town: Town, edition: Edition) -> Page:
    if edition.withdrawn:
        return _withdrawn_page(town, edition, 200)
    content, signers = edition.content, signed(edition)
    return _page(
        "report",
        path=edition.url,
        town=town,
        edition=edition,
        content=content,
        memo=content.memorandum,
        sections=passages(content),
        table=rows.table(content),
        columns=[(column.heading, rows.kind_of(column.source)) for column in content.table.columns],
        signers=signers,
        endorsers=endorsers(signers),
        newer=town.newer_than(edition),
        twins=_twins(edition),
    )


def _twins(edition: Edition) -> list[tuple[str, str]]:
    """What each format is called, and its address."""
    return [(TWINS[ending].label, edition.twin_url(ending)) for ending in OFFERED if edition.sealed_sha256]


def _withdrawn_page(town: Town, edition: Edition, status: int, *, path: str = "") -> Page:
    return _page(
        "withdrawn",
        status=status,
        path=path or edition.url,
        town=town,
        edition=edition,
        newer=town.newer_than(edition),
        contact=contact_of(town.agency),
    )


def _page(template: str, *, path: str, status: int = 200, **context: object) -> Page:
    html = render_to_string(f"public/{template}.html", {"canonical": settings.PUBLIC_URL + path, **context})
    return Page(_BLANK_LINES.sub("\n", html).encode(), status)


_BLANK_LINES = re.compile(r"\n\s*\n")
