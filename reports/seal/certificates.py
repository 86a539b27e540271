"""You come here for the certificate of an agency's seal: its own (PKCS#12), or until it has one the portal's for it.

In ``ITA_SEAL_DIR``: ``<slug>.p12`` is the agency's own, its passphrase in ``ITA_SEAL_PASSPHRASE_<SLUG>`` or in
``<slug>.pass``; ``<slug>.portal.pem`` is the one that the portal made. Files are read anew for each seal, so that a
new certificate counts at once. A certificate of its own that cannot be used is never replaced by the portal's.
"""

from __future__ import annotations

import os
import re
import secrets
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from asn1crypto import keys
from asn1crypto import x509 as asn1
from asn1crypto.core import OctetString
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings

from measures.dates import moment_label
from measures.errors import Refused

MADE_BY_PORTAL: Final = "ใบรับรองที่พอร์ทัลออกเอง"
_KEY_BITS: Final = 3072
_WEAKEST_RSA: Final = 2048
_CURVES: Final = ("secp256r1", "secp384r1", "secp521r1")
_YEARS: Final = 20
_LONGEST_NAME: Final = 64  # characters of a common name (RFC 5280, appendix A)
_OWNER_ONLY: Final = 0o600


class Unfit(Refused):
    """A certificate that cannot seal. ``str()`` tells people, ``operator`` names file and fix in English."""

    def __init__(self, why: str, operator: str) -> None:
        super().__init__(
            f"ยังจัดทำเอกสารฉบับลงนามไม่ได้ เพราะ{why} การลงนามที่ทำไว้ยังอยู่ครบ กรุณาแจ้งผู้ดูแลระบบให้แก้ไข แล้วระบบจะจัดทำให้"
        )
        self.operator = operator


@dataclass(frozen=True)
class Certificate:
    """A key and its certificate; ``own`` where the agency brought it, ``others`` lead to who issued it."""

    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    der: bytes
    others: tuple[bytes, ...] = ()
    own: bool = True

    @cached_property
    def read(self) -> asn1.Certificate:
        """The certificate as pyHanko reads it."""
        return asn1.Certificate.load(self.der)

    @property
    def name(self) -> str:
        """Whose it is, as a viewer shows it."""
        return name_of(self.read.subject)

    @property
    def issuer(self) -> str:
        """Who issued it."""
        return name_of(self.read.issuer)

    @property
    def sha256(self) -> str:
        """Its fingerprint, in hexadecimal."""
        return sha256(self.der).hexdigest()

    @property
    def starts(self) -> datetime:
        return self.read.not_valid_before  # type: ignore[no-any-return]

    @property
    def ends(self) -> datetime:
        return self.read.not_valid_after  # type: ignore[no-any-return]

    @property
    def size(self) -> int:
        """Bytes that it takes in a signature, with those that lead to who issued it."""
        return len(self.der) + sum(map(len, self.others))

    def sign(self, data: bytes) -> bytes:
        """The signature of ``data`` by SHA-256: the same each time, whatever kind the key is of."""
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self.key.sign(data, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))


def certificate_of(slug: str, agency: str, *, at: datetime) -> Certificate:
    """What seals the documents of ``agency`` at a moment: its own certificate, else the portal's, made when missing.

    Raises ``Unfit`` where it cannot be read or may not be used.
    """
    path = own_path(slug)
    if not path.exists():
        return portal_certificate(slug, agency, at=at)
    found = _own(path, slug)
    _check(found, path, at)
    return found


def portal_certificate(slug: str, agency: str, *, at: datetime) -> Certificate:
    """The one that the portal made for ``agency``; made when missing. Raises ``Unfit``."""
    path = portal_path(slug)
    if not path.exists():
        _make(path, agency, at)
    found = _portal(path)
    _check(found, path, at)
    return found


def own_path(slug: str) -> Path:
    """Where the agency's own certificate is put."""
    return _directory() / f"{_plain(slug)}.p12"


def portal_path(slug: str) -> Path:
    """Where the certificate is that the portal makes for an agency."""
    return _directory() / f"{_plain(slug)}.portal.pem"


def slugs() -> list[str]:
    """The agencies that have a certificate, their own or the portal's."""
    directory = Path(settings.SEAL_DIR)
    files = [*directory.glob("*.p12"), *directory.glob("*.portal.pem")] if directory.is_dir() else []
    return sorted({path.name.removesuffix(".p12").removesuffix(".portal.pem") for path in files})


def open_to_others() -> list[Path]:
    """Files with a key or a passphrase that more people than their owner may read."""
    directory = Path(settings.SEAL_DIR)
    files = sorted(directory.iterdir()) if directory.is_dir() else []
    return [path for path in files if path.is_file() and path.stat().st_mode & 0o077]


def name_of(name: asn1.Name) -> str:
    """The common name, else the organisation, else all of it."""
    parts = name.native
    found = parts.get("common_name") or parts.get("organization_name") or name.human_friendly
    return " ".join(found) if isinstance(found, list) else str(found)


def passphrase_variable(slug: str) -> str:
    """The variable of the environment that may hold the passphrase."""
    return f"ITA_SEAL_PASSPHRASE_{slug.upper().replace('-', '_')}"


def _plain(slug: str) -> str:
    if not re.fullmatch(r"[a-zA-Z0-9_-]+", slug):
        raise ValueError(f"not the slug of an agency: {slug!r}")
    return slug


def _directory() -> Path:
    path = Path(settings.SEAL_DIR)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _own(path: Path, slug: str) -> Certificate:
    phrase = _passphrase(path, slug)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Unfit("เปิดไฟล์ใบรับรองอิเล็กทรอนิกส์ของหน่วยงานไม่ได้", f"{path}: {error.strerror}.") from error
    try:
        found = _opened(data, phrase)
    except ValueError as error:
        variable = passphrase_variable(slug)
        raise Unfit(
            "รหัสผ่านของไฟล์ใบรับรองอิเล็กทรอนิกส์ของหน่วยงานไม่ถูกต้อง หรือไฟล์เสียหาย",
            f"{path} cannot be opened: the passphrase in {variable} or {path.with_suffix('.pass')} is wrong or "
            "missing, or the file is no PKCS#12.",
        ) from error
    key, cert = found.key, found.cert
    if key is None or cert is None:
        raise Unfit(
            "ไฟล์ใบรับรองอิเล็กทรอนิกส์ของหน่วยงานไม่มีกุญแจสำหรับลงนาม",
            f"{path} holds no private key with its certificate.",
        )
    others = tuple(_der(one.certificate) for one in found.additional_certs)
    return Certificate(_usable(key, path), _der(cert.certificate), others)


@lru_cache(maxsize=8)
def _opened(data: bytes, phrase: bytes | None) -> pkcs12.PKCS12KeyAndCertificates:
    """Once for the same file: deriving its key and checking the primes takes longer than all the rest of a seal."""
    return pkcs12.load_pkcs12(data, phrase)


def _passphrase(path: Path, slug: str) -> bytes | None:
    given = settings.SEAL_PASSPHRASES.get(slug.upper().replace("-", "_"))
    if given:
        return str(given).encode()
    try:
        return path.with_suffix(".pass").read_text().rstrip("\r\n").encode() or None
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise Unfit(
            "อ่านรหัสผ่านของไฟล์ใบรับรองอิเล็กทรอนิกส์ของหน่วยงานไม่ได้", f"{path.with_suffix('.pass')}: {error}"
        ) from error


def _portal(path: Path) -> Certificate:
    try:
        data = path.read_bytes()
        # Its primes were found here; to check them each time would take as long as to print the document.
        key = serialization.load_pem_private_key(data, None, unsafe_skip_rsa_key_validation=True)
        cert = x509.load_pem_x509_certificate(data)
    except (OSError, ValueError) as error:
        raise Unfit(
            "อ่านใบรับรองที่พอร์ทัลออกให้หน่วยงานไม่ได้",
            f"{path} cannot be read ({error}); bring it back from the backup, or remove it and another is made.",
        ) from error
    return Certificate(_usable(key, path), _der(cert), own=False)


def _usable(key: Any, path: Path) -> rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey:
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size >= _WEAKEST_RSA:
        return key
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name in _CURVES:
        return key
    raise Unfit(
        "กุญแจของใบรับรองอิเล็กทรอนิกส์ของหน่วยงานอ่อนหรือเป็นชนิดที่โปรแกรมอ่าน PDF ไม่รู้จัก",
        f"{path}: the key must be RSA of {_WEAKEST_RSA} bits or more, or on one of the curves {', '.join(_CURVES)}.",
    )


def _check(found: Certificate, path: Path, at: datetime) -> None:
    if at < found.starts:
        raise Unfit(
            f"ใบรับรองอิเล็กทรอนิกส์ของหน่วยงานเริ่มใช้ได้วันที่ {moment_label(found.starts)}",
            f"{path} is not valid before {found.starts:%Y-%m-%d %H:%M} UTC.",
        )
    if at > found.ends:
        raise Unfit(
            f"ใบรับรองอิเล็กทรอนิกส์ของหน่วยงานหมดอายุเมื่อวันที่ {moment_label(found.ends)}",
            f"{path} expired at {found.ends:%Y-%m-%d %H:%M} UTC; put a new one in its place.",
        )
    usage = found.read.key_usage_value
    if usage is not None and not usage.native & {"digital_signature", "non_repudiation"}:
        raise Unfit(
            "ใบรับรองอิเล็กทรอนิกส์ของหน่วยงานไม่ได้ออกให้ใช้ลงนาม",
            f"{path}: its key usage allows neither digitalSignature nor nonRepudiation.",
        )
    if found.read.public_key.dump() != _public(found.key):
        raise Unfit(
            "กุญแจกับใบรับรองอิเล็กทรอนิกส์ของหน่วยงานไม่ใช่คู่กัน", f"{path}: the key is not that of the certificate."
        )


def _make(path: Path, agency: str, at: datetime) -> None:
    """Make the portal's certificate for ``agency``; of two that make one at once the first stays."""
    key = rsa.generate_private_key(65537, _KEY_BITS)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    certificate = x509.load_der_x509_certificate(_self_signed(key, agency, at))
    # Made readable by its owner only, flushed, and then given its name, which only one can give.
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".made-") as file:
        file.write(private + certificate.public_bytes(serialization.Encoding.PEM))
        file.flush()
        os.fchmod(file.fileno(), _OWNER_ONLY)
        os.fsync(file.fileno())
        try:
            os.link(file.name, path)
        except FileExistsError:
            return


def _self_signed(key: rsa.RSAPrivateKey, agency: str, at: datetime) -> bytes:
    """Built by asn1crypto: cryptography counts the bytes of a Thai name against the characters it may have."""
    tail = f" ({MADE_BY_PORTAL})"
    room = _LONGEST_NAME - len(tail)
    short = agency if len(agency) <= room else agency[: room - 1] + "…"
    name = asn1.Name.build(
        {"country_name": "TH", "organization_name": agency[:_LONGEST_NAME], "common_name": short + tail}
    )
    # From the beginning of its day: the last signature came a moment before.
    starts = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    public = keys.PublicKeyInfo.load(_public(key))
    extensions = [
        ("basic_constraints", True, asn1.BasicConstraints({"ca": False})),
        ("key_usage", True, asn1.KeyUsage({"digital_signature", "non_repudiation"})),
        ("key_identifier", False, OctetString(public.sha1)),
    ]
    algorithm = {"algorithm": "sha256_rsa"}
    body = asn1.TbsCertificate(
        {
            "version": "v3",
            "serial_number": secrets.randbits(120) | 1 << 120,
            "signature": algorithm,
            "issuer": name,
            "validity": {
                "not_before": _time(starts),
                "not_after": _time(starts + timedelta(days=round(365.25 * _YEARS))),
            },
            "subject": name,
            "subject_public_key_info": public,
            "extensions": [
                {"extn_id": kind, "critical": critical, "extn_value": value}
                for kind, critical, value in extensions
            ],
        }
    )
    signature = key.sign(body.dump(), padding.PKCS1v15(), hashes.SHA256())
    certificate = asn1.Certificate(
        {"tbs_certificate": body, "signature_algorithm": algorithm, "signature_value": signature}
    )
    return bytes(certificate.dump())


def _time(moment: datetime) -> asn1.Time:
    """RFC 5280 (4.1.2.5): the short form before 2050."""
    return asn1.Time({"utc_time" if moment.year < 2050 else "general_time": moment})


def _public(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)
