"""Follow every chain of the trail from its beginning, and name the first event that does not hold."""

from __future__ import annotations

from argparse import ArgumentParser
from email import message_from_bytes
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit import guards
from audit.chain import Known, heads_in
from audit.reading import anchors_of, chains, holds, witnessed
from audit.verifying import altered, verify


class Command(BaseCommand):
    help = (
        "Computes every event's hash again and follows the chains of all agencies, or of one, and holds them against "
        "the anchors that were noted each day. Ends with 1 where an event was changed, removed, added or moved, and "
        "names the first. --heads FILE also asks that the chains still contain what was published or mailed before: "
        "FILE holds lines DAY CHAIN SEQ HASH, as heads.txt or a whole letter does. --head SEQ:HASH asks for one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--chain", type=int, help="only this chain: an agency's number, 0 for the portal's"
        )
        parser.add_argument("--head", metavar="SEQ:HASH", help="an event known from outside; needs --chain")
        parser.add_argument("--heads", metavar="FILE", help="heads that were published or mailed")

    def handle(self, *args: Any, **options: Any) -> None:
        one = options["chain"]
        known = _known(options["head"]) if options["head"] else None
        if known and one is None:
            raise CommandError("--head needs --chain")
        published = _published(options["heads"]) if options["heads"] else []
        told = witnessed()
        numbers = sorted({*chains(), *(each.chain for each in published)}) if one is None else [one]
        problems = [problem for number in numbers for problem in self._verify(number, published, told)]
        problems += altered(
            (k for n in numbers for k in anchors_of(n)), (k for k in told if k.chain in numbers)
        )
        if known and one is not None and not holds(one, *known):
            problems.append(f"สาย {one}: ไม่พบเหตุการณ์ที่ {known[0]} ตามที่เคยประกาศไว้")
        problems += [f"ตัวป้องกัน {name} ในฐานข้อมูลไม่มีหรือถูกเปลี่ยน" for name in guards.missing()]
        if guards.may_set():
            self.stdout.write(
                "หมายเหตุ: บัญชีที่พอร์ทัลใช้เป็นเจ้าของตาราง จึงถอดตัวป้องกันได้ หมุดที่ประกาศไว้ภายนอกเท่านั้นที่ยืนยันสายได้"
            )
        if problems:
            raise CommandError("\n".join(problems))

    def _verify(self, number: int, published: list[Known], told: list[Known]) -> list[str]:
        """What is wrong with a chain, nothing where it is whole."""
        verdict = verify(number, published=published, told=told)
        if not verdict.problems:
            self.stdout.write(f"สาย {number}: ครบถ้วน {verdict.seq} เหตุการณ์ {verdict.hash}")
        return [f"สาย {number}: {problem}" for problem in verdict.problems]


def _published(name: str) -> list[Known]:
    try:
        data = Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"--heads {name}: {error.strerror}") from error
    # A letter saved as it was sent says its text in base64; the copied text of one, and heads.txt, say it as it is.
    parts = [part.get_payload(decode=True) for part in message_from_bytes(data).walk()]
    texts = [data, *(part for part in parts if isinstance(part, bytes))]
    found = [head for text in texts for head in heads_in(text.decode(errors="replace"))]
    if not found:
        raise CommandError(f"--heads {name}: no line DAY CHAIN SEQ HASH in it")
    return found


def _known(typed: str) -> tuple[int, str]:
    seq, _, known = typed.partition(":")
    if not seq.isdecimal() or len(known) != 64:
        raise CommandError("--head is SEQ:HASH, e.g. 120:9f86d0…")
    return int(seq), known.lower()
