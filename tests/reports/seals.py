"""Certificates, seals and time-stamp authorities for the tests of the seal, all made on the spot."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from asn1crypto import tsp
from asn1crypto import x509 as asn1
from asn1crypto.keys import PrivateKeyInfo
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

DAY = timedelta(days=1)
SIGN = {"digital_signature", "content_commitment"}
_USES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@cache
def key_of(kind: str) -> Key:
    """One key of a kind for all tests."""
    if kind == "ec":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(65537, 1024 if kind == "weak" else 2048)


@cache
def authority() -> tuple[x509.Certificate, Key]:
    """Who issues the agencies' certificates."""
    key = rsa.generate_private_key(65537, 2048)
    return certificate("Trusted CA", key, uses={"key_cert_sign"}), key


def certificate(
    name: str,
    key: Key,
    *,
    issued: bool = False,
    starts: datetime | None = None,
    ends: datetime | None = None,
    uses: set[str] | None = None,
    stamps: bool = False,
) -> x509.Certificate:
    """A certificate of ``name``; by the authority where ``issued``, else by itself."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer, signer = (authority()[0].subject, authority()[1]) if issued else (subject, key)
    now = datetime.now(UTC)
    used = uses or SIGN
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(starts or now - 900 * DAY)
        .not_valid_after(ends or now + 900 * DAY)
        .add_extension(
            x509.BasicConstraints(ca=not issued and "key_cert_sign" in used, path_length=None), True
        )
        .add_extension(x509.KeyUsage(**{use: use in used for use in _USES}), True)
    )
    if stamps:
        built = built.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True)
    return built.sign(signer, hashes.SHA256())


def p12(key: Key, own: x509.Certificate, passphrase: str = "สี่ห้าหก") -> bytes:
    """A PKCS#12 as an authority gives it, locked with ``passphrase``."""
    return pkcs12.serialize_key_and_certificates(
        b"seal", key, own, [authority()[0]], serialization.BestAvailableEncryption(passphrase.encode())
    )


@cache
def stamper(*, meant_for_stamps: bool = True) -> DummyTimeStamper:
    """pyHanko's own authority for tests; another moment may be set on it."""
    key = key_of("rsa")
    own = certificate("Test TSA", key, stamps=meant_for_stamps)
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    read = asn1.Certificate.load(own.public_bytes(serialization.Encoding.DER))
    return DummyTimeStamper(read, PrivateKeyInfo.load(private), certs_to_embed=[read])  # type: ignore[arg-type]


def stamp(query: bytes, by: DummyTimeStamper) -> bytes:
    """The answer to a question."""
    import asyncio  # noqa: PLC0415

    answer: Any = asyncio.run(by.async_request_tsa_response(tsp.TimeStampReq.load(query)))
    return bytes(answer.dump())


@contextmanager
def answering(answer: Callable[[bytes, Any], None]) -> Iterator[str]:
    """The address of a server on this machine; ``answer`` gets each question and where to write."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()
            with suppress(OSError):  # who asked has gone
                answer(question, self.wfile)

        def log_message(self, *_: Any) -> None:
            """Nothing to say."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
