"""How many statements each list page costs with 7 measures and with 70: as many."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.choices import Stage
from reports.models import SignOff
from reports.views.public import PAGES
from tests.bench import seed
from tests.bench.seed import Seeded
from tests.published import publish, revision_of

Address = Callable[[Seeded], str]

SIGNED_IN: dict[str, Address] = {
    "plans": lambda town: reverse("plans"),
    "plan": lambda town: reverse("plan", args=[town.plan.fiscal_year]),
    "unit": lambda town: reverse("unit"),
    "reports": lambda town: reverse("reports"),
    "inbox": lambda town: reverse("inbox"),
}
PUBLIC: dict[str, Address] = {
    "public_town": lambda town: reverse("town", args=[town.agency.slug]),
    "public_year": lambda town: reverse("year", args=[town.agency.slug, town.plan.fiscal_year]),
    "public_report": lambda town: reverse(
        "report_page", args=[town.agency.slug, town.plan.fiscal_year, "annual-8"]
    ),
}


def run(town: Seeded) -> Iterator[tuple[str, float]]:
    """``sql.PAGE.7`` and ``sql.PAGE.70``; the public pages without what is kept ready in memory."""
    towns = {7: seed.town(slug="seven"), 70: seed.town(slug="seventy", measures=70)}
    for each in towns.values():
        _publish_and_send(each)
    for name, address in {**SIGNED_IN, **PUBLIC}.items():
        for measures, each in towns.items():
            yield f"sql.{name}.{measures}", statements(each, address(each), signed_in=name in SIGNED_IN)


def _publish_and_send(town: Seeded) -> None:
    """One report published, the next one waiting for its first signature."""
    publish(revision_of(town.content, number=8))
    waiting = revision_of(town.content, number=9, stage=Stage.SIGNING)
    SignOff.objects.filter(revision=waiting, order__gte=1).update(
        decision="", person=None, person_name="", decided_at=None, hash="", words=""
    )


def statements(town: Seeded, address: str, *, signed_in: bool) -> int:
    """SQL statements of one request; the page must answer 200."""
    client = Client(headers={"host": "localhost"})
    if signed_in:
        client.force_login(town.officer)
        client.get(address)
    PAGES.clear()
    with CaptureQueriesContext(connection) as found:
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return len(found)
