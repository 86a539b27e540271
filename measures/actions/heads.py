"""Note where every chain stands, and mail it to those who are to keep it, once a day."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from audit.actions import anchor
from audit.chain import PORTAL
from audit.models import Anchor
from measures.actions.letters import Words, post
from measures.choices import LetterKind, Role
from measures.dates import long_date
from measures.fiscal import bangkok_date
from measures.models import Agency, Person


@transaction.atomic
def publish_heads(*, at: datetime) -> list[Anchor]:
    """Anchor every chain and write to each agency whose chain went on since it was last told; again does nothing.

    A letter holds the agency's line and the portal's, by which all others are bound; ``verify_audit --heads`` and
    docs/verify_trail.py read it as it is.
    """
    new = anchor(at=at)
    portal = Anchor.objects.filter(chain=PORTAL).order_by("-pk")[:1]
    agencies = Agency.objects.in_bulk([each.chain for each in new])
    for each in new:
        if _went_on(each):
            _tell(agencies.get(each.chain), [each, *(p for p in portal if p.chain != each.chain)], at=at)
    return new


def _went_on(new: Anchor) -> bool:
    """Whether there is more to tell than that nothing happened; of the portal's chain, than that it was anchored."""
    before = Anchor.objects.filter(chain=new.chain, pk__lt=new.pk).order_by("-pk").first()
    return before is None or new.seq > before.seq + (1 if new.chain == PORTAL else 0)


def _tell(agency: Agency | None, heads: list[Anchor], *, at: datetime) -> None:
    day = bangkok_date(at)
    lines = "\n".join(str(head.known) for head in heads)
    whose = agency.name if agency else "พอร์ทัล"
    words = Words(
        f"ปลายสายบันทึกการกระทำ วันที่ {long_date(day)}",
        f"ปลายสายบันทึกการกระทำของ{whose} ประจำวันที่ {long_date(day)} กรุณาเก็บจดหมายนี้ไว้ "
        f"หากมีผู้แก้ไขหรือตัดบันทึกย้อนหลัง จะตรวจพบได้จากบรรทัดด้านล่าง\n\n{lines}",
        (f"ปลายสายบันทึกการกระทำ {long_date(day)}", f"{heads[0].seq} {heads[0].hash}"),
        f"/{agency.slug}/trail/" if agency else "/trail/heads.txt",
    )
    key = f"heads:{heads[0].chain}:{heads[0].day}"
    if agency and agency.email:
        post(kind=LetterKind.HEADS, key=key, to=None, address=agency.email, words=words, agency=agency, at=at)
    for person in _keepers(agency, at):
        post(kind=LetterKind.HEADS, key=key, to=person, words=words, agency=agency, at=at)


def _keepers(agency: Agency | None, at: datetime) -> list[Person]:
    """The agency's administrators and auditors with an address; of the portal's chain, who looks after the portal."""
    if agency is None:
        keepers = Person.objects.filter(is_active=True, is_portal_administrator=True)
    else:
        roles = (Role.ADMINISTRATOR, Role.AUDITOR)
        keepers = Person.objects.for_agency(agency).in_role(*roles, on=bangkok_date(at))
    return list(keepers.exclude(email=""))
