"""What one signature costs the server: the statements of the request that makes it."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from measures.models import Person
from reports.models import Revision
from tests.reports.test_signing_proof import Signing


def test_a_signature_takes_no_more_statements_than_it_needs(sent: Revision, chain: list[Person]) -> None:
    signing = Signing(sent, chain[1], words="เห็นชอบ")
    with CaptureQueriesContext(connection) as made:
        assert signing.send(secret=chain[1].username).status_code == 302
    savepoints = [one for one in made.captured_queries if "SAVEPOINT" in one["sql"]]
    assert len(made) - len(savepoints) <= 21
