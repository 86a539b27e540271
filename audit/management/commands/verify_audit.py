"""Follow every chain of the trail from its beginning, and name the first event that does not hold."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit import chain, guards
from audit.models import Head
from audit.reading import chains, links


class Command(BaseCommand):
    help = (
        "Computes every event's hash again and follows the chains of all agencies, or of one. Ends with 1 where an "
        "event was changed, removed, added or moved, and names the first. --head SEQ:HASH also asks that the chain "
        "still contains an event that was published or mailed before."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--chain", type=int, help="only this chain: an agency's number, 0 for the portal's"
        )
        parser.add_argument("--head", metavar="SEQ:HASH", help="an event known from outside; needs --chain")

    def handle(self, *args: Any, **options: Any) -> None:
        one = options["chain"]
        known = _known(options["head"]) if options["head"] else None
        if known and one is None:
            raise CommandError("--head needs --chain")
        numbers = chains() if one is None else [one]
        problems = [sentence for number in numbers if (sentence := self._verify(number, known))]
        problems += [f"ไม่มีตัวป้องกัน {name} ในฐานข้อมูล กรุณาใช้คำสั่ง migrate" for name in guards.missing()]
        if problems:
            raise CommandError("\n".join(problems))

    def _verify(self, number: int, known: tuple[int, str] | None) -> str:
        """What is wrong with a chain, "" where nothing is."""
        walk = chain.Walk()
        broken = walk.follow(links(number))
        if broken:
            return f"สาย {number}: {broken.sentence}"
        head = Head.objects.filter(chain=number).first()
        if head is None or (head.seq, head.hash) != (walk.seq, walk.hash):
            return f"สาย {number}: เหตุการณ์หลังลำดับที่ {walk.seq} หายไป"
        if known and not _holds(number, *known):
            return f"สาย {number}: ไม่พบเหตุการณ์ที่ {known[0]} ตามที่เคยประกาศไว้"
        self.stdout.write(f"สาย {number}: ครบถ้วน {walk.seq} เหตุการณ์ {walk.hash}")
        return ""


def _holds(number: int, seq: int, known: str) -> bool:
    return any(link.seq == seq and link.hash == known for link in links(number))


def _known(typed: str) -> tuple[int, str]:
    seq, _, known = typed.partition(":")
    if not seq.isdecimal() or len(known) != 64:
        raise CommandError("--head is SEQ:HASH, e.g. 120:9f86d0…")
    return int(seq), known.lower()
