"""You come here to put the agency's seal on a finished PDF: a signature by PAdES (ETSI EN 319 142-1), B-B or B-T.

It is added behind the file, of which no byte changes, and allows no change after it. The same file, certificate and
moment give the same bytes where the key is RSA and no time is stamped.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from hashlib import md5
from io import BytesIO
from typing import Any, Final

from asn1crypto import x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from reports.choices import SealLevel
from reports.seal import field
from reports.seal.certificates import Certificate
from reports.seal.timestamps import LARGEST, Authority, NoStamp

HASH: Final = "sha256"
_SIGNATURE_AND_ATTRIBUTES: Final = 2_000  # bytes; RSA of 4096 bits takes 512 of them
_BANGKOK: Final = timezone(timedelta(hours=7))


@dataclass(frozen=True)
class Sealed:
    """A sealed file, at which level, and why no time was stamped though an authority is set."""

    pdf: bytes
    level: SealLevel
    trouble: str = ""


def seal_pdf(
    pdf: bytes,
    *,
    certificate: Certificate,
    at: datetime,
    words: str,
    reason: str,
    location: str = "",
    authority: Authority | None = None,
) -> Sealed:
    """``pdf`` with the seal of ``certificate``, which claims the moment ``at``.

    ``words`` are what a screen reader says of it, ``reason`` and ``location`` what a viewer shows. Where the
    ``authority`` stamps no time that can be relied on, the seal is a B-B all the same, and says why.
    """
    writer = _Writer(BytesIO(pdf))
    steps = PdfCMSEmbedder(field.SPEC).write_cms(field.NAME, writer)
    field.tag(writer, next(steps), words)
    reserved = _SIGNATURE_AND_ATTRIBUTES + certificate.size + (LARGEST if authority else 0)
    signature = SignatureObject(
        timestamp=at.astimezone(_BANGKOK),
        subfilter=SigSeedSubFilter.PADES,
        reason=reason,
        location=location,
        bytes_reserved=2 * reserved,  # in hexadecimal
    )
    mdp = SigMDPSetup(HASH, certify=True, docmdp_perms=MDPPerm.NO_CHANGES)
    steps.send(SigObjSetup(signature, mdp))
    prepared, out = steps.send(SigIOSetup(HASH))
    signed, level, trouble = _signed(certificate, prepared.document_digest, authority, at)
    steps.send(signed)
    return Sealed(out.getvalue(), level, trouble)


def _signed(
    certificate: Certificate, digest: bytes, authority: Authority | None, at: datetime
) -> tuple[Any, SealLevel, str]:
    trouble = ""
    if authority:
        try:
            stamper = authority.stamper(not_before=at)
            return _sign(certificate, digest, stamper), SealLevel.B_T, ""
        except NoStamp as error:
            trouble = str(error)
    return _sign(certificate, digest), SealLevel.B_B, trouble


def _sign(certificate: Certificate, digest: bytes, stamper: Any = None) -> Any:
    return _result(_Signer(certificate).async_sign(digest, HASH, use_pades=True, timestamper=stamper))


def _result(work: Coroutine[Any, Any, Any]) -> Any:
    """In a thread of its own: whoever calls may already run a loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


class _Signer(Signer):
    """Signs with the key as it was read, which pyHanko's own would read and check again."""

    def __init__(self, certificate: Certificate) -> None:
        store = SimpleCertificateStore()
        store.register_multiple(map(x509.Certificate.load, certificate.others))
        super().__init__(signing_cert=certificate.read, cert_registry=store)
        self._certificate = certificate

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return self._certificate.sign(data)


class _Writer(IncrementalPdfFileWriter):
    """Adds the seal and nothing else: no clock, no chance, no words of its own."""

    def _update_meta(self) -> None:
        """Leave title and dates as the memorandum has them."""

    @classmethod
    def _handle_id(cls, prev: Any) -> generic.ArrayObject:
        first = prev.trailer["/ID"][0].original_bytes  # which may look like text by chance
        second = md5(first + b"sealed", usedforsecurity=False).digest()
        return generic.ArrayObject([generic.ByteStringObject(first), generic.ByteStringObject(second)])
