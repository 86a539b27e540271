"""Who retires holds nothing from 1 October in Bangkok on; whose account is closed holds nothing at all."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from measures.fiscal import bangkok_date
from measures.models import Appointment, Person
from measures.permissions import Access


def positions_at(someone: Person, moment: datetime) -> int:
    return len(Access(someone, bangkok_date(moment)).appointments)


@pytest.mark.parametrize(
    ("moment", "held"),
    [
        (datetime(2024, 9, 30, 16, 59, 59, tzinfo=UTC), 1),  # 23.59.59 น. in Bangkok
        (datetime(2024, 9, 30, 17, 0, 0, tzinfo=UTC), 0),  # midnight in Bangkok
    ],
)
def test_a_retired_holder_holds_nothing_from_the_first_of_october(
    chain: list[Person], moment: datetime, held: int
) -> None:
    chain[5].retires_in = 2567
    chain[5].save()
    assert positions_at(chain[5], moment) == held


def test_the_last_day_is_that_of_the_term_or_of_retirement_whichever_comes_first(chain: list[Person]) -> None:
    mayor = chain[5].appointments.get()
    assert mayor.last_day is None
    mayor.person.retires_in = 2568
    assert mayor.last_day == date(2025, 9, 30)
    mayor.ends = date(2025, 3, 31)
    assert mayor.last_day == date(2025, 3, 31)


def test_a_closed_account_fills_no_position(chain: list[Person]) -> None:
    Person.objects.filter(pk=chain[5].pk).update(is_active=False)
    position = chain[5].appointments.get().position
    assert not Appointment.objects.on(date(2024, 9, 30)).filter(position=position).exists()


@pytest.mark.parametrize("is_active", [True, False])
@pytest.mark.parametrize("retires_in", [None, 2566, 2567])
@pytest.mark.parametrize("ends", [None, date(2024, 9, 29), date(2024, 10, 1)])
def test_the_row_and_the_database_agree_on_which_days_it_is_in_force(
    chain: list[Person], ends: date | None, retires_in: int | None, is_active: bool
) -> None:
    mayor = chain[5].appointments.get()
    Person.objects.filter(pk=chain[5].pk).update(retires_in=retires_in, is_active=is_active)
    Appointment.objects.filter(pk=mayor.pk).update(starts=date(2023, 9, 30), ends=ends)
    mayor = Appointment.objects.select_related("person").get(pk=mayor.pk)
    edges = [date(2023, 9, 30), date(2024, 9, 29), date(2024, 9, 30), date(2024, 10, 1)]
    for day in [one + timedelta(days=by) for one in edges for by in (-1, 0, 1)]:
        assert mayor.covers(day) == Appointment.objects.on(day).filter(pk=mayor.pk).exists()
