"""You come here for the moment that a time-stamp authority (RFC 3161) vouches for, asked once and not for long.

What it answers is believed only where it is about this signature, signed as it should be, and of a likely moment.
Whether the authority deserves trust is for those to say who check the seal, and for the operator who names it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any, Final
from urllib.request import Request, urlopen

from asn1crypto import cms, tsp
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko_certvalidator import ValidationContext

PATIENCE: Final = 5.0
"""Seconds, from the question to the last byte of the answer."""
LARGEST: Final = 14_000
"""Bytes of an answer that can be kept."""
_EARLY: Final = timedelta(minutes=5)  # two clocks are never quite the same
_PIECE: Final = 4096
_HEADERS: Final = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}


class NoStamp(Exception):
    """No time that can be relied on; ``str()`` says why, in English for the trail and the operator."""


@dataclass(frozen=True)
class Authority:
    """Where time stamps are asked for, and the moment before which none can be true."""

    url: str
    patience: float = field(default=PATIENCE)

    def stamper(self, *, not_before: datetime) -> TimeStamper:
        """What pyHanko asks for a time; whatever goes wrong is ``NoStamp``."""
        return _Stamper(self, not_before)


class _Stamper(TimeStamper):
    """pyHanko's own over HTTP waits for each piece anew, needs another library, and believes what it is told."""

    def __init__(self, authority: Authority, not_before: datetime) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._authority = authority
        self._not_before = not_before

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        try:
            token = await super().async_timestamp(message_digest, md_algorithm)
            await self._believe(token, message_digest, md_algorithm)
        except NoStamp:
            raise
        except (OSError, HTTPException) as error:
            raise NoStamp(f"{type(error).__name__}: {error}"[:200]) from error
        except (
            Exception
        ) as error:  # whatever a stranger's bytes do to a parser is no stamp, and no fault of ours
            raise NoStamp(f"unreadable answer ({type(error).__name__})") from error
        return token

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        deadline = time.monotonic() + self._authority.patience
        asked = Request(self._authority.url, req.dump(), _HEADERS)  # noqa: S310 -- env.py lets only http and https pass
        data = b""
        with urlopen(asked, timeout=self._authority.patience) as answer:  # noqa: S310
            while piece := answer.read1(_PIECE):
                data += piece
                if len(data) > LARGEST:
                    raise NoStamp(f"answer of more than {LARGEST} bytes")
                if time.monotonic() > deadline:
                    raise NoStamp(f"no answer within {self._authority.patience:g} seconds")
        return tsp.TimeStampResp.load(data, strict=True)

    async def _believe(self, token: cms.ContentInfo, digest: bytes, algorithm: str) -> None:
        signed = token["content"]
        cert = extract_certificate_info(signed).signer_cert
        itself = ValidationContext(trust_roots=[cert], allow_fetching=False)
        found: dict[str, Any] = await validate_tst_signed_data(signed, itself, lambda _: digest)
        stamped = signed["encap_content_info"]["content"].parsed
        if stamped["message_imprint"]["hash_algorithm"]["algorithm"].native != algorithm:
            raise NoStamp("stamp of another hash")
        if not (found["intact"] and found["valid"]):
            raise NoStamp("stamp that does not belong to this signature")
        usage = cert.extended_key_usage_value
        if usage is None or "time_stamping" not in usage.native:
            raise NoStamp("certificate not meant for time stamps")
        moment: datetime = stamped["gen_time"].native
        if moment < self._not_before - _EARLY:
            raise NoStamp(f"stamped {moment:%Y-%m-%d %H:%M} UTC, before the last signature")
