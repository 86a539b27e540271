"""What the operator may set from outside, each read once and with a clear complaint when it is wrong."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def data_dir(default: Path) -> Path:
    """``ITA_DATA_DIR``: database, uploads and generated files. Created, readable by its owner only."""
    path = Path(os.environ.get("ITA_DATA_DIR") or default).expanduser().resolve()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"ITA_DATA_DIR: cannot create {path}: {error.strerror}") from error
    return path


def secret_key(directory: Path) -> str:
    """``SECRET_KEY``, else one made at the first start and kept in the data directory, readable by its owner only."""
    if given := os.environ.get("SECRET_KEY"):
        return given
    path = directory / "secret_key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()


def public_url(default: str) -> str:
    """``PUBLIC_URL``: scheme and host that addresses in documents and mails begin with, without a final slash."""
    url = (os.environ.get("PUBLIC_URL") or default).rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise ImproperlyConfigured(f"PUBLIC_URL: {url!r} is not like https://ita.example.go.th")
    return url


def tsa_url() -> str:
    """``ITA_TSA_URL``: the time-stamp authority (RFC 3161) that seals are stamped by; none if empty."""
    url = (os.environ.get("ITA_TSA_URL") or "").strip()
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise ImproperlyConfigured(f"ITA_TSA_URL: {url!r} is not like https://tsa.example.go.th/")
    return url


def seal_passphrases() -> dict[str, str]:
    """``ITA_SEAL_PASSPHRASE_<SLUG>``: what opens an agency's certificate, by its slug in capitals, _ for -."""
    prefix = "ITA_SEAL_PASSPHRASE_"
    return {name.removeprefix(prefix): value for name, value in os.environ.items() if name.startswith(prefix)}


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over; ``starttls`` turns encryption on after the greeting, ``tls`` before it."""

    address: tuple[str, int, str, str]
    starttls: bool
    tls: bool


def mail_server(url: str) -> MailServer:
    """``EMAIL_URL``: smtp://user:password@host:25, smtp+tls:// (STARTTLS, 587), smtps:// (TLS at once, 465).

    A letter of user or password that an address cannot hold is written as %40 (@), %3A (:), %2F (/).
    """
    ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    parts = urlsplit(url)
    try:
        port = parts.port or ports[parts.scheme]
    except (KeyError, ValueError) as error:
        raise ImproperlyConfigured(_MAIL_FORM) from error
    if not parts.hostname or parts.path.strip("/") or parts.query:
        raise ImproperlyConfigured(_MAIL_FORM)
    address = (parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""))
    return MailServer(address, starttls=parts.scheme == "smtp+tls", tls=parts.scheme == "smtps")


# The address itself is not repeated: it holds a password.
_MAIL_FORM = "EMAIL_URL is not like smtp+tls://user:password@mail.example.go.th:587 (or smtp://…, smtps://…)"
