"""Named questions about reports, revisions and publications, each with a fixed number of SQL statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, F, Max, Prefetch, Q, QuerySet

from measures.models import Agency, Appointment, Person, Plan
from reports.choices import Decision, Stage
from reports.models import Publication, Report, Revision, SignOff


def waiting_for(appointments: Iterable[Appointment]) -> QuerySet[SignOff]:
    """Places in the chain whose turn it is and which these appointments fill; oldest first."""
    return (
        SignOff.objects.filter(
            position__in={a.position_id for a in appointments},
            revision__stage=Stage.SIGNING,
            revision__turn=F("order"),
            decision="",
        )
        .select_related("revision__report__plan", "position")
        .order_by("waiting_since", "pk")
    )


def appointments_on(day: date, positions: Iterable[int]) -> dict[int, tuple[Appointment, ...]]:
    """Who fills each of these positions (by id) on a day, holders before those who act; one statement."""
    found = (
        Appointment.objects.on(day).filter(position__in=set(positions)).select_related("person", "position")
    )
    filling: dict[int, list[Appointment]] = defaultdict(list)
    for appointment in sorted(found, key=lambda a: a.precedence):
        filling[appointment.position_id].append(appointment)
    return {position: tuple(appointments) for position, appointments in filling.items()}


def favourite_words(person: Person, most: int = 4) -> list[str]:
    """What this person wrote when they signed before, most used first; one statement."""
    mine = SignOff.objects.filter(person=person, decision=Decision.ENDORSED).exclude(words="")
    used = mine.values("words").annotate(times=Count("pk"), last=Max("pk")).order_by("-times", "-last")
    return list(used.values_list("words", flat=True)[:most])


def revisions_with_chain() -> QuerySet[Revision]:
    """Revisions with their sign-offs in order, what they report on, and whether they are published."""
    return Revision.objects.select_related("report__plan__agency", "publication").prefetch_related("signoffs")


def plans_with_reports(agency: Agency) -> QuerySet[Plan]:
    """Every year of an agency with its periods, its reports, their revisions (newest first) and chains.

    Rehearsals are told apart by ``is_rehearsal``.
    """
    return Plan.objects.for_agency(agency).prefetch_related(
        "periods",
        "reports",
        Prefetch("reports__revisions", revisions_with_chain().order_by("-number")),
    )


def latest_revision(report: Report) -> Revision | None:
    """The newest revision of a report with its chain; None where none was sent."""
    return revisions_with_chain().filter(report=report).order_by("-number").first()


PublishedState = tuple[tuple[Any, ...], ...]

# Plain SQL: Django takes longer to write this statement than the database to answer it, on every public request.
_OF_TOWN = """
    SELECT p.id, p.published_at, p.withdrawn_at, r.content_sha256, r.sealed_sha256
    FROM reports_publication p
    JOIN reports_revision r ON r.id = p.revision_id
    JOIN reports_report t ON t.id = r.report_id
    JOIN measures_plan l ON l.id = t.plan_id
    JOIN measures_agency a ON a.id = l.agency_id
    WHERE a.slug = %s AND NOT t.is_rehearsal
    ORDER BY p.id
"""
_OF_ALL = """
    SELECT COUNT(*), MAX(id), MAX(published_at), COUNT(withdrawn_at), MAX(withdrawn_at) FROM reports_publication
"""


def published_state(slug: str | None = None) -> PublishedState:
    """What a town (without ``slug``, what every town) has published, as a value that changes with it; one statement.

    Empty where the town has published nothing or does not exist.
    """
    with connection.cursor() as cursor:
        if slug is None:
            cursor.execute(_OF_ALL)
        else:
            cursor.execute(_OF_TOWN, [slug])
        return tuple(cursor.fetchall())


def publications(slug: str) -> QuerySet[Publication]:
    """What a town has published, newest first, with revisions and years."""
    return _with_revisions().filter(revision__report__plan__agency__slug=slug)


def newest_of_each_town() -> QuerySet[Publication]:
    """The newest publication of every town that has published."""
    real = Publication.objects.filter(revision__report__is_rehearsal=False)
    newest = real.values("revision__report__plan__agency").annotate(newest=Max("pk"))
    return _with_revisions().filter(pk__in=newest.values("newest"))


def _with_revisions() -> QuerySet[Publication]:
    """A rehearsal is never published; should a row say otherwise, it is shown to nobody."""
    found = Publication.objects.select_related("revision__report__plan__agency").order_by("-pk")
    return found.filter(revision__report__is_rehearsal=False)


def revision_of_code(code: str) -> Revision | None:
    """The revision with this code (``reports.codes.read_code``) and its chain; two statements."""
    return revisions_with_chain().filter(code=code).first()


def revisions_of_file(sha256: str, endings: Iterable[str]) -> QuerySet[Revision]:
    """Revisions one of whose files has this hash: the PDFs, and what was kept in the formats that end so.

    The JSON is the content itself, which two revisions may share: those that are public come first.
    """
    twin = Q()
    for ending in endings:
        twin |= Q(**{f"twins__{ending}": sha256})
    files = Q(sealed_sha256=sha256) | Q(presented_sha256=sha256) | Q(content_sha256=sha256) | twin
    return (
        revisions_with_chain()
        .filter(files)
        .order_by(
            F("publication__withdrawn_at").desc(nulls_first=True),
            F("publication__pk").desc(nulls_last=True),
            "-pk",
        )
    )


def signed_siblings(revision: Revision) -> list[Revision]:
    """The revisions of the same report that all have signed, newest first, and whether they are published."""
    signed = revisions_with_chain().filter(report=revision.report_id, stage=Stage.SIGNED)
    return list(signed.order_by("-number"))
