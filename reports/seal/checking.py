"""You come here to ask a PDF for its seal: is there one, is it whole, whose is it, since when.

It answers from the file alone. A whole seal proves that nothing changed since *somebody* sealed it, and that anyone can
do with a certificate of their own: that it is the agency's says the fingerprint of its certificate, or the file's hash.
"""

from __future__ import annotations

import binascii
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from hashlib import sha256
from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from reports.choices import SealLevel
from reports.seal.certificates import name_of
from reports.seal.field import NAME


class State(Enum):
    """What is to be thought of a file, with the sentence for it."""

    WHOLE = "ตราประทับถูกต้อง ไฟล์ไม่มีการแก้ไขหลังจากประทับ"
    ADDED = "ตราประทับถูกต้องเฉพาะส่วนเดิม แต่มีการเพิ่มข้อมูลต่อท้ายไฟล์หลังจากประทับ"
    CHANGED = "ไฟล์มีการแก้ไขหลังจากประทับ หรือเสียหาย ตราประทับจึงใช้ไม่ได้"
    UNSEALED = "ไฟล์ไม่มีตราประทับอิเล็กทรอนิกส์"
    FOREIGN = "ไฟล์มีลายมือชื่ออิเล็กทรอนิกส์ แต่ไม่ใช่ตราประทับที่พอร์ทัลนี้จัดทำ"
    UNREADABLE = "เปิดไฟล์เป็น PDF ไม่ได้"


@dataclass(frozen=True)
class Verdict:
    """What a file says of its seal; the rest is empty where there is none that can be read."""

    state: State
    sha256: str
    name: str = ""
    issuer: str = ""
    certificate_sha256: str = ""
    self_issued: bool = False
    signed_at: datetime | None = None
    stamped_at: datetime | None = None
    stamped_by: str = ""
    level: SealLevel = SealLevel.NONE


def check(pdf: bytes) -> Verdict:
    """What is to be thought of ``pdf``, whatever it is."""
    digest = sha256(pdf).hexdigest()
    if b"%PDF-" not in pdf[:1024]:
        return Verdict(State.UNREADABLE, digest)
    try:
        return _check(pdf, digest)
    except Exception:  # a parser may stumble over a stranger's bytes in any way
        return Verdict(State.CHANGED if b"/ETSI.CAdES.detached" in pdf else State.UNREADABLE, digest)


def _check(pdf: bytes, digest: str) -> Verdict:
    seals = list(PdfFileReader(BytesIO(pdf)).embedded_signatures)
    if not seals:
        return Verdict(State.UNSEALED, digest)
    first = seals[0]
    if first.field_name != NAME or first.sig_object["/SubFilter"] != "/ETSI.CAdES.detached":
        return Verdict(State.FOREIGN, digest)
    status = _status(first)
    cert = first.signer_cert
    stamp = status.timestamp_validity
    stamped = stamp is not None and stamp.intact and stamp.valid
    return Verdict(
        _state(pdf, first, status),
        digest,
        name=name_of(cert.subject),
        issuer=name_of(cert.issuer),
        certificate_sha256=sha256(cert.dump()).hexdigest(),
        self_issued=cert.self_issued,
        signed_at=first.self_reported_timestamp,
        stamped_at=stamp.timestamp if stamp and stamped else None,
        stamped_by=name_of(stamp.signing_cert.subject) if stamp and stamped else "",
        level=SealLevel.B_T if stamped else SealLevel.B_B,
    )


def _status(found: EmbeddedPdfSignature) -> PdfSignatureStatus:
    """Whether the signature is that of the certificate in it; whom to trust is not asked here."""
    itself = ValidationContext(trust_roots=[found.signer_cert], allow_fetching=False)
    return validate_pdf_signature(found, itself, ts_validation_context=itself, skip_diff=True)


def _state(pdf: bytes, found: EmbeddedPdfSignature, status: PdfSignatureStatus) -> State:
    if not (status.intact and status.valid):
        return State.CHANGED
    if found.docmdp_level != MDPPerm.NO_CHANGES or not _plain(pdf, found):
        return State.CHANGED
    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return State.WHOLE
    if status.coverage is SignatureCoverageLevel.ENTIRE_REVISION:
        return State.ADDED
    return State.CHANGED


def _plain(pdf: bytes, found: EmbeddedPdfSignature) -> bool:
    """Whether the signature stands in its gap as it was written: the one place that it cannot vouch for itself."""
    start, length, end = (int(found.byte_range[place]) for place in (0, 1, 2))
    contents: bytes = found.pkcs7_content
    signature = _der_length(contents)
    return (
        start == 0
        and pdf[length:end] == b"<" + binascii.hexlify(contents).upper() + b">"
        and not contents[signature:].strip(b"\0")
    )


def _der_length(data: bytes) -> int:
    """How many bytes the first value in ``data`` takes (X.690, 8.1.3)."""
    first = data[1]
    if first < 0x80:
        return 2 + first
    return 2 + (first & 0x7F) + int.from_bytes(data[2 : 2 + (first & 0x7F)], "big")
