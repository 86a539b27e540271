"""What stops a server from starting."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from audit.guards import lift_guards
from ita_portal import start

pytestmark = pytest.mark.django_db


def test_a_server_starts_while_the_trail_is_guarded() -> None:
    start.refuse_open_trail()


def test_no_server_starts_once_somebody_took_the_guards_off() -> None:
    lift_guards()
    with pytest.raises(ImproperlyConfigured, match=r"The trail can be changed.*verify_audit"):
        start.refuse_open_trail()


def test_a_database_that_does_not_answer_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(**_: object) -> list[object]:
        raise OperationalError("could not connect")

    monkeypatch.setattr(start, "guards_are_set", silent)
    start.refuse_open_trail()
