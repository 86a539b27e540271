"""One object that answers every "may this person …?" of their agency, for views, templates and the menu alike."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef

from measures.choices import Role
from measures.models import Agency, Appointment, ChainLink, Measure, Person, RoleGrant, Unit
from measures.models.plan import MeasureQuerySet

SIGNATORY = "signatory"
"""Beside the roles in ``Agency.second_factor_roles``: whoever fills a position."""


class Access:
    """What ``person`` may do on ``today``. Reads the database at most once for each kind of question."""

    def __init__(self, person: Person, today: date) -> None:
        self.person = person
        self.today = today

    @property
    def agency(self) -> Agency | None:
        """The person's agency; None for a portal administrator who has not founded one."""
        return self.person.agency

    @cached_property
    def _grants(self) -> list[RoleGrant]:
        return [g for g in self.person.grants.all() if g.until is None or g.until >= self.today]

    def _has(self, role: Role) -> bool:
        return self.person.agency_id is not None and any(g.role == role for g in self._grants)

    @property
    def is_officer(self) -> bool:
        return self._has(Role.OFFICER)

    @property
    def is_administrator(self) -> bool:
        return self._has(Role.ADMINISTRATOR)

    @property
    def is_contributor(self) -> bool:
        return self._has(Role.CONTRIBUTOR)

    @property
    def is_auditor(self) -> bool:
        return self._has(Role.AUDITOR)

    @property
    def is_portal_administrator(self) -> bool:
        return self.person.is_portal_administrator

    @cached_property
    def appointments(self) -> list[Appointment]:
        """Positions the person holds or acts for today."""
        first = ChainLink.objects.filter(position=OuterRef("position"), order=0)
        mine = self.person.appointments.on(self.today).select_related("position")
        return list(mine.annotate(is_authors=Exists(first)))

    @property
    def is_signatory(self) -> bool:
        return bool(self.appointments)

    @property
    def only_authors(self) -> bool:
        """Whether no position the person fills ever endorses: the first of the chain writes the report."""
        return all(appointment.is_authors for appointment in self.appointments)  # type: ignore[attr-defined]

    @cached_property
    def unit_ids(self) -> frozenset[int]:
        """Units the person reports for, with the sections below them."""
        own = {g.unit_id for g in self._grants if g.unit_id is not None}
        below = (
            dict(Unit.objects.filter(agency=self.person.agency_id).values_list("pk", "parent_id"))
            if own
            else {}
        )
        while grown := {pk for pk, parent in below.items() if parent in own} - own:
            own |= grown
        return frozenset(own)

    @property
    def needs_second_factor(self) -> bool:
        """Whether a role of the person, or a position they fill, asks for a second factor."""
        if self.is_portal_administrator and settings.PORTAL_SECOND_FACTOR:
            return True
        asked = self.agency.second_factor_roles if self.agency else []
        if not asked:
            return False
        return any(g.role in asked for g in self._grants) or (SIGNATORY in asked and self.is_signatory)

    @cached_property
    def lacks_second_factor(self) -> bool:
        """Whether the person can do nothing before they have set one up. Recovery codes alone are none."""
        if not self.needs_second_factor:
            return False
        kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
        return not Authenticator.objects.filter(user=self.person.pk, type__in=kinds).exists()

    @property
    def may_edit_plan(self) -> bool:
        """Plan, periods, outcomes and report are the officer's."""
        return self.is_officer

    @property
    def may_review(self) -> bool:
        """Accept and return what units report."""
        return self.is_officer

    @property
    def may_administer(self) -> bool:
        """People, units, chain and emblem."""
        return self.is_administrator

    @property
    def may_handle_letters(self) -> bool:
        """See what the portal mails to the agency's people; hold, change and send it anew."""
        return self.is_officer or self.is_administrator

    @property
    def may_read_plan(self) -> bool:
        """See the year at a glance."""
        return self.is_officer or self.is_auditor or self.is_administrator

    def may_report_on(self, measure: Measure) -> bool:
        """Enter a result: the officer on every measure, a contributor on those of their units."""
        if measure.plan.agency_id != self.person.agency_id:
            return False
        if self.is_officer:
            return True
        return self.is_contributor and any(o.unit_id in self.unit_ids for o in measure.ownerships.all())

    def measures(self) -> MeasureQuerySet:
        """The measures this person may see."""
        if self.person.agency is None:
            return Measure.objects.none()
        mine = Measure.objects.for_agency(self.person.agency)
        if self.may_read_plan:
            return mine
        return mine.filter(ownerships__unit_id__in=self.unit_ids).distinct()
