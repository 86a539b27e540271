"""The pages that everyone may read: no sign-in, no cookie, drawn from what was published and kept ready in memory."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse

from measures.thai import sort_key
from reports.actions.twins import keep_twins
from reports.exports import OFFERED, TWINS
from reports.public import figures, rows
from reports.public.editions import Edition, Town, items_of
from reports.public.report import contact_of, endorsers, passages, signed
from reports.public_cache import Page, Pages
from reports.queries import newest_of_each_town, publications, published_state
from reports.views.everyone import GUARDS, answer, answer_file, for_everyone, page

PAGES = Pages()
_SHOWN_IN_PLACE = ("image/png", "image/jpeg", "image/webp")


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
    return _page_of_town(request, slug, lambda town: report_page(town, _edition(town, year, name)))


@for_everyone
def pdf(request: HttpRequest, slug: str, year: int, name: str) -> HttpResponse:
    """The sealed PDF, byte for byte as kept; 410 with a page once it is withdrawn."""
    edition = _edition(_town(slug), year, name)
    sha256 = edition.sealed_sha256
    if not sha256:
        raise Http404
    if edition.withdrawn:
        return _page_of_town(request, slug, lambda town: _withdrawn_page(town, edition, 410))
    return answer_file(
        request, sha256, "application/pdf", edition.file_name(".pdf"), attach=False, policy=GUARDS
    )


@for_everyone
def twin(request: HttpRequest, slug: str, year: int, name: str, ending: str) -> HttpResponse:
    """The same report as Word, Excel, CSV or JSON, as kept when it was sealed; 410 once it is withdrawn."""
    edition = _edition(_town(slug), year, name)
    if not edition.sealed_sha256:
        raise Http404
    if edition.withdrawn:
        return _page_of_town(request, slug, lambda town: _withdrawn_page(town, edition, 410))
    sha256, kind = keep_twins(edition.revision)[ending], TWINS[ending].media_type
    return answer_file(request, sha256, kind, edition.file_name(ending), attach=True, policy=GUARDS)


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
    return answer_file(request, proof.sha256, kind, proof.filename, attach=not shown, policy=policy)


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
        return answer(request, find())
    except (OperationalError, InterfaceError):
        kept = PAGES.last(request.path_info)
        if kept is None:
            raise
        return answer(request, kept)


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
    return page("towns", path="/", towns=towns)


def _town_page(town: Town) -> Page:
    return page("town", path=town.url, town=town, years=town.years, contact=contact_of(town.agency))


def _year_page(town: Town, fiscal_year: int) -> Page:
    year = town.year(fiscal_year)
    if year is None:
        raise Http404
    edition = year.current
    if edition is None:
        return _withdrawn_page(town, year.newest, 200, path=year.newest.year_url)
    content = edition.content
    blocks = rows.blocks(content)
    return page(
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


def report_page(town: Town, edition: Edition) -> Page:
    """The page of one report; of one that is not public yet, what it will be."""
    if edition.withdrawn:
        return _withdrawn_page(town, edition, 200)
    content, signers = edition.content, signed(edition)
    return page(
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
        replaces=town.replaced_by(edition),
        withdrawn_newer=town.withdrawn_after(edition),
        twins=_twins(edition),
    )


def _twins(edition: Edition) -> list[tuple[str, str]]:
    """What each format is called, and its address."""
    return [(TWINS[ending].label, edition.twin_url(ending)) for ending in OFFERED if edition.sealed_sha256]


def _withdrawn_page(town: Town, edition: Edition, status: int, *, path: str = "") -> Page:
    return page(
        "withdrawn",
        status=status,
        path=path or edition.url,
        town=town,
        edition=edition,
        newer=town.newer_than(edition),
        older=town.older_than(edition),
        contact=contact_of(town.agency),
    )
