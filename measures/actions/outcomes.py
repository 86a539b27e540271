"""Save the year's outcome of a measure, as the report will print it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from audit.actions import record
from audit.models import Event
from measures.actions.saving import changed_since
from measures.errors import Changed, Refused
from measures.models import Measure, Outcome, Person
from measures.workflow import percent_problem


@dataclass(frozen=True)
class OutcomeInput:
    """What the officer typed, canonical; ``percent`` is 0-100, None where it is not given."""

    progress: str = ""
    body: str = ""
    percent: int | None = None
    obstacles: str = ""
    suggestions: str = ""
    remark: str = ""


@transaction.atomic
def save_outcome(
    *, measure: Measure, version: int | None, given: OutcomeInput, by: Person, at: datetime
) -> Outcome:
    """Save the outcome over the version that was seen (None: there was none).

    Saving what is already stored changes nothing. Raises ``Changed`` where somebody saved since, ``Refused``
    where the percentage does not fit the status.
    """
    if problem := percent_problem(given.progress, given.percent):
        raise Refused(problem)
    stored = Outcome.objects.filter(measure=measure).first()
    if stored is None or version is None:
        if stored is not None:
            raise _changed(stored, at)
        return _save_first(measure, given, by, at)
    if stored.version == version and _says(stored) == given:
        return stored
    saved = Outcome.objects.filter(pk=stored.pk, version=version).update(
        version=F("version") + 1, **asdict(given)
    )
    stored.refresh_from_db()
    if saved != 1:
        raise _changed(stored, at)
    return _record(stored, by, at)


def _save_first(measure: Measure, given: OutcomeInput, by: Person, at: datetime) -> Outcome:
    try:
        with transaction.atomic():
            outcome = Outcome.objects.create(measure=measure, **asdict(given))
    except IntegrityError:
        raise _changed(Outcome.objects.get(measure=measure), at) from None
    return _record(outcome, by, at)


def _says(outcome: Outcome) -> OutcomeInput:
    return OutcomeInput(**{field.name: getattr(outcome, field.name) for field in fields(OutcomeInput)})


def _changed(outcome: Outcome, now: datetime) -> Changed:
    """Who saved it, from the trail: the outcome itself is the report's text and keeps no name."""
    last = Event.objects.about("outcome", outcome.pk).filter(act="outcome.saved").order_by("-seq").first()
    by = Person.objects.filter(pk=last.actor_id).first() if last and last.actor_id else None
    return changed_since(by, last.at if last else None, now=now)


def _record(outcome: Outcome, by: Person, at: datetime) -> Outcome:
    record(
        "outcome.saved",
        agency_id=outcome.measure.plan.agency_id,
        by=by,
        at=at,
        about=outcome,
        measure=outcome.measure_id,
        version=outcome.version,
    )
    return outcome
