"""The sealed PDF carries what its signatures were made of, and a short script tells from it whether they hold."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from pytest_django import Settings

from measures.models import Person
from reports.actions.sealing import printed
from reports.choices import ProofKind
from reports.models import Revision
from tests.reports.conftest import sign
from tests.reports.test_signing_proof import ORIGIN, Device, Signing

pytestmark = pytest.mark.django_db
SCRIPT = Path(__file__).parents[2] / "docs" / "verify_signatures.py"
Told = dict[str, Any]


@pytest.fixture
def inside(sent: Revision, chain: list[Person], settings: Settings) -> dict[str, bytes]:
    """What is attached to a document that the second signed by a passkey."""
    settings.PUBLIC_URL = ORIGIN
    sign(sent, chain[1])
    sent.refresh_from_db()
    device = Device(chain[2])
    signing = Signing(sent, chain[2], words="เห็นชอบ")
    signing.send(credential=device.answer(signing.proving.options))
    for signatory in chain[3:]:
        sign(sent, signatory)
    revision = Revision.objects.get(pk=sent.pk)
    assert revision.signoffs.get(order=2).proof == ProofKind.PASSKEY
    return {name: data[0] for name, data in pypdf.PdfReader(BytesIO(printed(revision))).attachments.items()}


@pytest.fixture
def report_json(inside: dict[str, bytes]) -> bytes:
    (found,) = (data for name, data in inside.items() if name.endswith("-annual.json"))
    return found


@pytest.fixture
def told(inside: dict[str, bytes]) -> Told:
    found: Told = json.loads(inside["signatures.json"])
    return found


def checked(tmp_path: Path, report: bytes, signatures: bytes) -> subprocess.CompletedProcess[str]:
    """What the script says of the two files."""
    files = tmp_path / "report.json", tmp_path / "signatures.json"
    for file, data in zip(files, (report, signatures), strict=True):
        file.write_bytes(data)
    command = [sys.executable, "-I", str(SCRIPT), *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_script_reckons_every_signature_from_the_file_alone(
    tmp_path: Path, inside: dict[str, bytes], report_json: bytes, sent: Revision
) -> None:
    found = checked(tmp_path, report_json, inside["signatures.json"])
    assert (found.returncode, found.stderr) == (0, "")
    *lines, last = found.stdout.splitlines()
    signed = list(sent.signoffs.all())
    assert len(lines) == len(signed)
    for line, signoff in zip(lines, signed, strict=True):
        assert signoff.person_name in line
        assert signoff.position_title in line
        assert line.endswith(signoff.hash)
    assert last == f"{len(signed)} signatures hold; what they saw: {sent.seen_sha256}"


def test_no_more_is_told_than_what_is_bound(told: Told) -> None:
    assert set(told) == {"format", "code", "revision", "content_sha256", "presented_sha256", "acts"}
    assert {name for act in told["acts"] for name in act} == {
        "order", "bound", "hash", "agreed", "proof_json",
    }  # fmt: skip
    assert set(json.loads(told["acts"][2]["proof_json"])) == {
        "authenticator_data", "client_data", "credential_id", "nonce", "origin", "public_key", "rp_id", "signature",
    }  # fmt: skip


def _bound(order: int, **changes: Any) -> Callable[[Told], None]:
    def change(told: Told) -> None:
        act = told["acts"][order]
        act["bound"] = json.dumps(json.loads(act["bound"]) | changes, ensure_ascii=False)

    return change


def _set(order: int, name: str, value: str) -> Callable[[Told], None]:
    return lambda told: told["acts"][order].update({name: value})


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (_bound(1, name="ผู้อื่น"), "act 1"),
        (_bound(3, at="2020-01-01T00:00:00+00:00"), "act 3"),
        (_bound(0, previous="0" * 64), "act 0"),
        (_set(1, "hash", "0" * 64), "act 1"),
        (_set(1, "agreed", "ข้าพเจ้าไม่เห็นด้วย"), "act 1"),
        (_set(2, "proof_json", "{}"), "act 2"),
        (_set(4, "order", "4"), "act 4"),
        (_set(2, "bound", ""), "cannot be read"),
        (lambda told: told["acts"].pop(), "are not all"),
        (lambda told: told["acts"].pop(1), "are not all"),
        (lambda told: told["acts"].insert(1, told["acts"][1]), "are not all"),
        (lambda told: told["acts"].reverse(), "act 0"),
        (lambda told: told.update(content_sha256="0" * 64), "not of this report"),
        (lambda told: told.update(presented_sha256="0" * 64), "act 0"),
        (lambda told: told.pop("acts"), "cannot be read"),
    ],
)
def test_it_names_the_act_that_was_changed(
    tmp_path: Path, report_json: bytes, told: Told, change: Callable[[Told], Any], named: str
) -> None:
    change(told)
    found = checked(tmp_path, report_json, json.dumps(told).encode())
    assert found.returncode == 1
    assert named in found.stderr
    assert "Traceback" not in found.stderr


def test_a_passkey_must_have_answered_for_this_very_act(
    tmp_path: Path, report_json: bytes, told: Told
) -> None:
    """Even where whoever wrote it anew made every hash right."""
    last = ""
    for act in told["acts"]:
        bound = json.loads(act["bound"]) | {"previous": last}
        if act["order"] == 2:
            bound["words"] = "ไม่เห็นชอบ"
        act["bound"] = json.dumps(bound, ensure_ascii=False)
        act["hash"] = last = hashlib.sha256(act["bound"].encode()).hexdigest()
    found = checked(tmp_path, report_json, json.dumps(told).encode())
    assert (found.returncode, found.stderr) == (1, "act 2: the passkey answered for something else\n")


def test_another_report_was_not_signed(tmp_path: Path, report_json: bytes, inside: dict[str, bytes]) -> None:
    found = checked(tmp_path, report_json + b"\n", inside["signatures.json"])
    assert found.returncode == 1
    assert "not of this report" in found.stderr
