"""One object that answers every "may this person …?" about one report or one revision of it."""

from __future__ import annotations

from functools import cached_property

from measures.choices import Acting
from measures.models import Appointment
from measures.permissions import Access
from reports.choices import Stage
from reports.models import Report, Revision, SignOff
from reports.queries import latest_revision


class ReportAccess:
    """What ``access.person`` may do today with ``about``, a report or one revision."""

    def __init__(self, access: Access, about: Report | Revision) -> None:
        self.access = access
        self.report = about.report if isinstance(about, Revision) else about
        self._asked = about if isinstance(about, Revision) else None

    @cached_property
    def revision(self) -> Revision | None:
        """The revision asked about, or the report's latest; None where nothing was sent yet."""
        return self._asked if self._asked is not None else latest_revision(self.report)

    @property
    def _is_officer(self) -> bool:
        return self.access.is_officer and self.report.plan.agency_id == self.access.person.agency_id

    @property
    def _stage(self) -> str:
        return self.revision.stage if self.revision else ""

    @property
    def may_read(self) -> bool:
        """Read the report: those who read the plan, and everybody with a place in the chain, past or present."""
        if self.report.plan.agency_id != self.access.person.agency_id:
            return False
        return self.has_place or self.access.may_read_plan

    @property
    def has_place(self) -> bool:
        """Whether the chain asks (or asked) this person to decide: not as author, and by right of today or then."""
        return any(
            s.order and (s.position_id in self._positions or s.person_id == self.access.person.pk)
            for s in self._signoffs
        )

    @property
    def may_edit(self) -> bool:
        """Change the report's form: the officer, while nobody is asked to sign it."""
        return self._is_officer and self._stage != Stage.SIGNING

    @cached_property
    def turn(self) -> SignOff | None:
        """The place whose turn it is."""
        if self.revision is None or self._stage != Stage.SIGNING:
            return None
        return next((s for s in self._signoffs if s.order == self.revision.turn), None)

    @cached_property
    def appointment(self) -> Appointment | None:
        """By what the person may decide now: the position whose turn it is, held or acted for; None for no right."""
        if self.turn is None:
            return None
        filling = [a for a in self.access.appointments if a.position_id == self.turn.position_id]
        filling = [a for a in filling if a.kind == Acting.HOLDER or not self._is_author]
        return min(filling, key=lambda a: a.precedence, default=None)

    @property
    def may_sign(self) -> bool:
        """Endorse the revision now."""
        return self.appointment is not None

    @property
    def may_return(self) -> bool:
        """Send the revision back now."""
        return self.may_sign

    @property
    def may_recall(self) -> bool:
        """Take the revision back: a legal officer, before the first position has decided."""
        if self.revision is None or self._stage != Stage.SIGNING or not self._is_officer:
            return False
        return not any(s.order and s.decision for s in self._signoffs)

    @property
    def may_publish(self) -> bool:
        """Make the revision public: the officer, once all have signed, once."""
        if self.report.is_rehearsal or not self._is_officer:
            return False
        return self._stage == Stage.SIGNED and not hasattr(self.revision, "publication")

    @property
    def may_withdraw(self) -> bool:
        """Take what is public back: the officer, once."""
        if not self._is_officer or self.revision is None or not hasattr(self.revision, "publication"):
            return False
        return self.revision.publication.withdrawn_at is None

    @property
    def _signoffs(self) -> list[SignOff]:
        return list(self.revision.signoffs.all()) if self.revision else []

    @property
    def _positions(self) -> set[int]:
        return {appointment.position_id for appointment in self.access.appointments}

    @property
    def _is_author(self) -> bool:
        return any(s.order == 0 and s.person_id == self.access.person.pk for s in self._signoffs)
