"""Who signs proves who they are at that moment, once for each signature, and the proof is worth nothing for another."""

from __future__ import annotations

import hashlib
import json
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from audit.models import Event
from measures.errors import Changed, Refused
from measures.models import Person
from reports.chain import link_hash
from reports.choices import Decision, ProofKind
from reports.models import Report, Revision, SignOff
from reports.public.consistency import verify_proof
from tests.conftest import browser
from tests.reports.conftest import send, sign

KEY = "5b1c9d0e-0000-4000-8000-000000000004"
ORIGIN, RP_ID = "http://localhost:8000", "localhost"


@pytest.fixture(autouse=True)
def public_url(settings: Any) -> None:
    settings.PUBLIC_URL = ORIGIN


class Device:
    """A person's phone: makes a passkey for them, and answers what a page asks of it."""

    def __init__(self, person: Person) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = hashlib.sha256(person.username.encode()).digest()
        credential = AttestedCredentialData.create(
            b"\0" * 16,
            self.id,
            ES256.from_cryptography_key(self.key.public_key()),  # type: ignore[no-untyped-call]
        )
        data = AuthenticatorData.create(self._rp(), AuthenticatorData.FLAG(0x45), 0, credential)
        client = CollectedClientData.create(CollectedClientData.TYPE.CREATE, b"c" * 32, ORIGIN)
        made = {
            "id": websafe_encode(self.id),
            "rawId": websafe_encode(self.id),
            "type": "public-key",
            "response": {
                "clientDataJSON": websafe_encode(client),
                "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
            },
            "clientExtensionResults": {},
        }
        Authenticator.objects.create(
            user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "โทรศัพท์", "credential": made}
        )

    def answer(self, options: str, *, origin: str = ORIGIN, flags: int = 0x05) -> str:
        """What it says to the options of a page; 0x05: the person is there and was verified."""
        challenge = websafe_decode(json.loads(options)["publicKey"]["challenge"])
        client = CollectedClientData.create(CollectedClientData.TYPE.GET, challenge, origin)
        data = AuthenticatorData.create(self._rp(), AuthenticatorData.FLAG(flags), 1)
        signature = self.key.sign(data + client.hash, ec.ECDSA(hashes.SHA256()))
        return json.dumps(
            {
                "id": websafe_encode(self.id),
                "rawId": websafe_encode(self.id),
                "type": "public-key",
                "response": {
                    "authenticatorData": websafe_encode(data),
                    "clientDataJSON": websafe_encode(client),
                    "signature": websafe_encode(signature),
                },
                "clientExtensionResults": {},
            }
        )

    def _rp(self) -> bytes:
        return hashlib.sha256(RP_ID.encode()).digest()


class Signing:
    """The page on which somebody signs, opened in one browser, and what is sent from it."""

    def __init__(
        self, revision: Revision, by: Person, *, words: str = "", client: Client | None = None
    ) -> None:
        self.client = client or browser(by)
        self.address = reverse("revision_endorse", args=[revision.pk])
        self.data: dict[str, Any] = {"seen_sha256": revision.seen_sha256, "turn": revision.turn}
        self.data |= {"choice": "own", "own_words": words} if words else {"choice": "none"}
        page = self.client.post(self.address, self.data)
        self.status = page.status_code
        self.proving = page.context["proving"]
        self.data |= {
            "request_key": KEY,
            "agreed_sha256": self.proving.agreed_sha256,
            "nonce": self.proving.nonce,
        }

    def send(self, **proof: str) -> Any:
        """Press the button, having given this."""
        return self.client.post(self.address, {**self.data, **proof})


def app_of(person: Person) -> str:
    """Give a person an authenticator app; its secret."""
    secret: str = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def code(secret: str, periods: int = 0) -> str:
    """What the app shows now, or so many periods later."""
    value: str = format_hotp_value(hotp_value(secret, int(time.time()) // 30 + periods))
    return value


def first(revision: Revision) -> SignOff:
    return revision.signoffs.get(order=1)


def failures(person: Person) -> int:
    return Event.objects.filter(act="signature.proof_failed", actor_id=person.pk).count()


def test_being_signed_in_is_no_proof(sent: Revision, chain: list[Person]) -> None:
    signing = Signing(sent, chain[1])
    assert signing.status == 200
    assert first(sent).decision == ""
    answer = signing.send(secret="", totp="", credential="")
    assert answer.status_code == 200
    assert first(sent).decision == ""


def test_what_was_agreed_to_is_kept_word_for_word(sent: Revision, chain: list[Person]) -> None:
    signing = Signing(sent, chain[1], words="เห็นชอบ")
    signing.send(secret=chain[1].username)
    signoff = first(sent)
    assert signoff.agreed == signing.proving.agreed
    assert signoff.agreed == (
        "ข้าพเจ้า ผู้ลงนาม 1 ในฐานะหัวหน้าฝ่ายบริการและเผยแพร่วิชาการ ลงนามในบันทึกข้อความ ที่ ตย ๑๒๓๔๕/๓๕๘ "
        f"เรื่อง {sent.read().memorandum.subject} ฉบับที่ 1 (รหัสเอกสาร {sent.code[:4]}-{sent.code[4:8]}-{sent.code[8:]}) "
        "พร้อมความเห็น “เห็นชอบ”"
    )


def test_a_password_proves_one_signature(sent: Revision, chain: list[Person]) -> None:
    answer = Signing(sent, chain[1]).send(secret=chain[1].username)
    assert answer["Location"] == reverse("revision_receipt", args=[sent.pk])
    assert (first(sent).proof, verify_proof(first(sent))) == (ProofKind.PASSWORD, True)


def test_a_wrong_password_signs_nothing_and_keeps_the_words(sent: Revision, chain: list[Person]) -> None:
    answer = Signing(sent, chain[1], words="เห็นควรเผยแพร่").send(secret="wrong")
    shown = answer.content.decode()
    assert answer.status_code == 400
    assert "รหัสผ่านไม่ถูกต้อง จึงยังไม่ได้ลงนาม กรุณากรอกอีกครั้ง (เหลือ 4 ครั้ง)" in shown
    assert 'name="own_words" value="เห็นควรเผยแพร่"' in shown
    assert (first(sent).decision, failures(chain[1])) == ("", 1)


def test_after_five_wrong_tries_not_even_the_right_password_is_looked_at(
    sent: Revision, chain: list[Person]
) -> None:
    signing = Signing(sent, chain[1])
    for _ in range(5):
        signing.send(secret="wrong")
    answer = signing.send(secret=chain[1].username)
    assert "กรุณารอ 5 นาทีแล้วลองอีกครั้ง" in answer.content.decode()
    assert first(sent).decision == ""


def test_the_right_password_forgives_the_wrong_ones(sent: Revision, chain: list[Person]) -> None:
    signing = Signing(sent, chain[1])
    for _ in range(4):
        signing.send(secret="wrong")
    assert signing.send(secret=chain[1].username).status_code == 302


def test_right_passwords_for_what_is_refused_are_no_wrong_tries(
    sent: Revision, chain: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where others decide at the same moment: the refusal undoes its transaction, and counts against nobody."""

    def too_late(**_: Any) -> None:
        raise Refused("มีผู้ลงนามในลำดับนี้แล้ว")

    signing = Signing(sent, chain[1])
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("reports.views.signing.endorse", too_late)
        assert {signing.send(secret=chain[1].username).status_code for _ in range(6)} == {409}
    assert signing.send(secret=chain[1].username).status_code == 302


def test_a_code_of_the_app_proves_one_signature(sent: Revision, chain: list[Person]) -> None:
    secret = app_of(chain[1])
    assert Signing(sent, chain[1]).send(totp=code(secret)).status_code == 302
    assert first(sent).proof == ProofKind.TOTP


def test_a_code_that_was_used_proves_nothing_more(
    sent: Revision, report: Report, chain: list[Person], officer: Person
) -> None:
    secret = app_of(chain[1])
    used = code(secret)
    Signing(sent, chain[1]).send(totp=used)
    Revision.objects.filter(pk=sent.pk).update(stage="returned")
    Report.objects.filter(pk=report.pk).update(subject="เรื่องใหม่")
    newer = send(report, officer)
    answer = Signing(newer, chain[1]).send(totp=used, request_key=KEY[:-1] + "5")
    assert answer.status_code == 400
    assert "รหัสจากแอปไม่ถูกต้องหรือใช้ไปแล้ว" in answer.content.decode()
    assert first(newer).decision == ""


def test_a_repeated_request_with_a_used_code_gets_the_same_answer(
    sent: Revision, chain: list[Person]
) -> None:
    secret = app_of(chain[1])
    signing, given = Signing(sent, chain[1]), code(secret)
    answers = [signing.send(totp=given) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [reverse("revision_receipt", args=[sent.pk])] * 2
    assert Event.objects.filter(act="revision.endorsed").count() == 1
    assert failures(chain[1]) == 0


def test_a_repeated_request_with_a_used_passkey_gets_the_same_answer(
    sent: Revision, chain: list[Person]
) -> None:
    device = Device(chain[1])
    signing = Signing(sent, chain[1])
    given = device.answer(signing.proving.options)
    answers = [signing.send(credential=given) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [reverse("revision_receipt", args=[sent.pk])] * 2
    assert failures(chain[1]) == 0


def test_a_passkey_proves_the_signature_for_years(sent: Revision, chain: list[Person]) -> None:
    device = Device(chain[1])
    signing = Signing(sent, chain[1], words="เห็นชอบ")
    signing.send(credential=device.answer(signing.proving.options))
    Authenticator.objects.all().delete()
    signing.client.logout()
    signoff = first(sent)
    assert (signoff.proof, verify_proof(signoff)) == (ProofKind.PASSKEY, True)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("words", "อนุมัติ"), ("decision", Decision.RETURNED), ("agreed", "ข้าพเจ้า"), ("hash", "0" * 64),
        ("proof", ProofKind.PASSWORD), ("proof_json", "{}"), ("bound", "{}"), ("order", 2),
    ],
)  # fmt: skip
def test_a_proof_holds_for_nothing_else(sent: Revision, chain: list[Person], field: str, value: Any) -> None:
    device = Device(chain[1])
    signing = Signing(sent, chain[1], words="เห็นชอบ")
    signing.send(credential=device.answer(signing.proving.options))
    signoff = first(sent)
    setattr(signoff, field, value)
    assert not verify_proof(signoff)


def test_an_answer_that_no_device_gave_is_found_though_all_hashes_agree(
    sent: Revision, chain: list[Person]
) -> None:
    device = Device(chain[1])
    signing = Signing(sent, chain[1])
    signing.send(credential=device.answer(signing.proving.options))
    signoff = first(sent)
    signoff.proof_json = json.dumps({**json.loads(signoff.proof_json), "nonce": "another"})
    told = hashlib.sha256(signoff.proof_json.encode()).hexdigest()
    signoff.bound = json.dumps({**json.loads(signoff.bound), "proof_sha256": told})
    signoff.hash = link_hash(signoff.bound)
    assert not verify_proof(signoff)


def test_a_passkey_asked_for_other_words_proves_nothing(sent: Revision, chain: list[Person]) -> None:
    device = Device(chain[1])
    signing = Signing(sent, chain[1], words="เห็นชอบ")
    other = Signing(sent, chain[1], words="ไม่เห็นชอบ", client=signing.client)
    other.data["nonce"] = signing.data["nonce"]
    answer = other.send(credential=device.answer(signing.proving.options))
    assert answer.status_code == 400
    assert (first(sent).decision, failures(chain[1])) == ("", 1)


@pytest.mark.parametrize(
    "fault", [{"origin": "https://evil.example"}, {"flags": 0x01}, {"flags": 0x04}], ids=str
)
def test_an_answer_from_elsewhere_or_without_the_person_proves_nothing(
    sent: Revision, chain: list[Person], fault: dict[str, Any]
) -> None:
    device = Device(chain[1])
    signing = Signing(sent, chain[1])
    answer = signing.send(credential=device.answer(signing.proving.options, **fault))
    assert answer.status_code == 400
    assert first(sent).decision == ""


@pytest.mark.parametrize("answer", ["{}", "[]", "x", "null", '{"rawId": 5}', '{"id": "AA", "rawId": "AA"}'])
def test_what_no_device_says_is_refused_in_words(sent: Revision, chain: list[Person], answer: str) -> None:
    Device(chain[1])
    given = Signing(sent, chain[1]).send(credential=answer)
    assert given.status_code == 400
    assert "ยืนยันด้วยพาสคีย์ไม่สำเร็จ" in given.content.decode()


def test_a_passkey_of_another_person_proves_nothing(sent: Revision, chain: list[Person]) -> None:
    Device(chain[1])
    signing = Signing(sent, chain[1])
    answer = signing.send(credential=Device(chain[2]).answer(signing.proving.options))
    assert answer.status_code == 400


def test_a_page_opened_too_long_ago_asks_the_device_again(sent: Revision, chain: list[Person]) -> None:
    device = Device(chain[1])
    signing = Signing(sent, chain[1])
    session = signing.client.session
    session["signature_nonces"] = {signing.data["nonce"]: int(time.time()) - 1}
    session.save()
    answer = signing.send(credential=device.answer(signing.proving.options))
    assert "หน้านี้เปิดไว้นานเกินไป" in answer.content.decode()


def test_a_recovery_code_signs_nothing(sent: Revision, chain: list[Person]) -> None:
    Authenticator.objects.create(
        user=chain[1], type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x", "used_mask": 0}
    )
    codes = Authenticator.objects.get().wrap().get_unused_codes()
    signing = Signing(sent, chain[1])
    assert not signing.proving.means.totp
    assert signing.send(totp=codes[0]).status_code == 400


def test_an_account_without_any_means_is_told_how_to_get_one(sent: Revision, chain: list[Person]) -> None:
    chain[1].set_unusable_password()
    chain[1].email = "head@tuayang.example"
    chain[1].save()
    signing = Signing(sent, chain[1])
    shown = signing.client.post(signing.address, signing.data).content.decode()
    assert "บัญชีของท่านยังไม่มีรหัสผ่าน แอปยืนยันตัวตน หรือพาสคีย์ จึงยังลงนามไม่ได้" in shown
    assert reverse("account_reset_password") in shown
    assert signing.send(secret="anything").status_code == 400
    assert first(sent).decision == ""


def test_a_sentence_that_would_read_otherwise_today_is_shown_anew(
    sent: Revision, chain: list[Person]
) -> None:
    signing = Signing(sent, chain[1])
    Person.objects.filter(pk=chain[1].pk).update(full_name="ชื่อใหม่")
    answer = signing.send(secret=chain[1].username)
    assert answer.status_code == 409
    assert first(sent).decision == ""


def test_another_sentence_than_the_portals_is_not_signed(sent: Revision, chain: list[Person]) -> None:
    with pytest.raises(Changed):
        sign(sent, chain[1], agreed="ข้าพเจ้าตกลง")


def test_returning_needs_the_same_proof(sent: Revision, chain: list[Person]) -> None:
    client, address = browser(chain[1]), reverse("revision_return", args=[sent.pk])
    data = {"seen_sha256": sent.seen_sha256, "turn": 1, "reason": "ตัวเลขไม่ตรง", "places": ["measure:m1"]}
    page = client.post(address, data)
    assert (page.status_code, first(sent).decision) == (200, "")
    proven = {**data, "agreed_sha256": page.context["proving"].agreed_sha256, "secret": chain[1].username}
    assert client.post(address, proven).status_code == 302
    signoff = first(sent)
    assert (signoff.decision, verify_proof(signoff)) == (Decision.RETURNED, True)
    assert signoff.places == [{"key": "measure:m1", "label": "มาตรการหลัก ๑ มาตรการ ๑.๑ การควบคุมการเบิกจ่าย 1"}]


def test_a_place_that_is_not_in_the_document_is_refused(sent: Revision, chain: list[Person]) -> None:
    data = {"seen_sha256": sent.seen_sha256, "turn": 1, "reason": "แก้", "places": ["measure:m9"]}
    answer = browser(chain[1]).post(reverse("revision_return", args=[sent.pk]), data)
    assert answer.status_code == 400
    assert "ส่วนของเอกสารที่เลือกไม่มีในฉบับนี้" in answer.content.decode()


def test_sending_needs_the_authors_proof(report: Report, officer: Person) -> None:
    client, address = browser(officer), reverse("report_send", args=[report.pk])
    page = client.get(address)
    data = {
        "version": report.version,
        "content_sha256": page.context["content_sha256"],
        "agreed_sha256": page.context["proving"].agreed_sha256,
    }
    assert client.post(address, {**data, "secret": "wrong"}).status_code == 400
    assert not report.revisions.exists()
    assert client.post(address, {**data, "secret": "officer"}).status_code == 302
    author = report.revisions.get().signoffs.get(order=0)
    assert (author.proof, author.agreed, verify_proof(author)) == (
        ProofKind.PASSWORD, page.context["proving"].agreed, True,
    )  # fmt: skip


def test_a_passkey_signs_the_sending(report: Report, officer: Person) -> None:
    device = Device(officer)
    client, address = browser(officer), reverse("report_send", args=[report.pk])
    page = client.get(address)
    proving = page.context["proving"]
    data = {
        "version": report.version,
        "agreed_sha256": proving.agreed_sha256,
        "nonce": proving.nonce,
        "credential": device.answer(proving.options),
    }
    assert client.post(address, data).status_code == 302
    author = report.revisions.get().signoffs.get(order=0)
    assert (author.proof, verify_proof(author)) == (ProofKind.PASSKEY, True)
