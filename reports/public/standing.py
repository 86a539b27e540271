"""What a document is worth today, in words that come first: for who holds it on paper, or as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from measures.dates import long_date, moment_label
from measures.fiscal import bangkok_date
from reports.choices import Decision, SealLevel, Stage
from reports.codes import shown
from reports.models import Revision, SignOff
from reports.public.consistency import Consistency, consistency
from reports.public.differences import changed_measures, differences
from reports.public.editions import Edition


class Standing(Enum):
    """Everything that a revision can be worth."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    UNPUBLISHED = "unpublished"
    SIGNING = "signing"
    RETURNED = "returned"
    RECALLED = "recalled"
    REHEARSAL = "rehearsal"


class File(Enum):
    """Which of a revision's files somebody holds."""

    SEALED = "sealed"
    PRESENTED = "presented"
    TWIN = "twin"


@dataclass(frozen=True)
class Verdict:
    """The answer: ``tone`` is good, warn or bad, drawn as a colour and a sign beside the words."""

    tone: str
    headline: str
    sentences: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    link: str = ""
    link_label: str = ""

    @property
    def sign(self) -> str:
        return {"good": "✓", "warn": "!", "bad": "✕"}[self.tone]


@dataclass(frozen=True)
class Place:
    """A position's decision as it may be shown: the name only of what is published."""

    position_lines: tuple[str, ...]
    decided: bool
    name: str = ""
    acting_order: str = ""
    pressed: str = ""
    when: str = ""
    proof: str = ""
    returned: bool = False
    trouble: str = ""


@dataclass(frozen=True)
class Document:
    """A revision as its holder may see it. ``is_open`` is whether it is published and stands."""

    revision: Revision
    standing: Standing
    signatures: Consistency
    newer: Revision | None
    edition: Edition | None
    newer_edition: Edition | None
    replaces: Edition | None
    withdrawn_newer: Edition | None
    file: File | None = None
    file_label: str = ""
    is_open: bool = field(init=False)

    def __post_init__(self) -> None:
        open_ = self.edition is not None and not self.edition.withdrawn
        object.__setattr__(self, "is_open", open_ and self.standing is not Standing.REHEARSAL)

    @property
    def code(self) -> str:
        """As printed."""
        return shown(self.revision.code)


def document(
    revision: Revision,
    siblings: list[Revision],
    *,
    sha256: str = "",
    formats: Mapping[str, str] | None = None,
) -> Document:
    """Weigh ``revision`` against the signed ones of the same report (newest first).

    ``sha256`` is a file's, and ``formats`` says what a file that ends so is called.
    """
    newer = [other for other in siblings if other.number > revision.number]
    editions = {other.pk: _edition(other) for other in siblings}
    edition = _edition(revision)
    standing_newer = [found for other in newer if (found := editions[other.pk]) and not found.withdrawn]
    older = [
        found
        for other in siblings
        if other.number < revision.number and (found := editions[other.pk]) and not found.withdrawn
    ]
    withdrawn = [found for other in newer if (found := editions[other.pk]) and found.withdrawn]
    unpublished = [other for other in newer if editions[other.pk] is None]
    file, label = _file(revision, sha256, formats or {})
    superseding = standing_newer[0].revision if standing_newer else next(iter(unpublished), None)
    return Document(
        revision=revision,
        standing=_standing(revision, edition, superseding),
        signatures=consistency(revision),
        newer=superseding,
        edition=edition,
        newer_edition=standing_newer[0] if standing_newer else None,
        replaces=older[0] if older else None,
        withdrawn_newer=withdrawn[0] if withdrawn else None,
        file=file,
        file_label=label,
    )


def _edition(revision: Revision) -> Edition | None:
    return Edition(revision.publication) if hasattr(revision, "publication") else None


def _standing(revision: Revision, edition: Edition | None, newer: Revision | None) -> Standing:
    if revision.report.is_rehearsal or revision.read().is_rehearsal:
        return Standing.REHEARSAL
    if revision.stage != Stage.SIGNED:
        return Standing(revision.stage)
    if edition and edition.withdrawn:
        return Standing.WITHDRAWN
    if newer is not None:
        return Standing.SUPERSEDED
    return Standing.CURRENT if edition else Standing.UNPUBLISHED


def _file(revision: Revision, sha256: str, formats: Mapping[str, str]) -> tuple[File | None, str]:
    if not sha256:
        return None, ""
    if sha256 == revision.sealed_sha256:
        return File.SEALED, "PDF ฉบับลงนาม"
    if sha256 == revision.presented_sha256:
        return File.PRESENTED, "PDF ฉบับเสนอลงนาม"
    ending = next((e for e, kept in revision.twins.items() if kept == sha256 and e in formats), ".json")
    return File.TWIN, formats.get(ending, "")


# --- in words ---------------------------------------------------------------------------------------------------


def verdict(found: Document) -> Verdict:
    """The answer in words. Signatures that contradict themselves outweigh all that is said elsewhere."""
    if found.standing is Standing.REHEARSAL:
        return Verdict(
            "bad",
            "ตัวอย่าง ไม่ใช่เอกสารราชการ",
            ("เอกสารนี้จัดทำขึ้นเพื่อซ้อมการลงนาม ไม่มีผลใช้บังคับ และจะไม่มีการเผยแพร่",),
        )
    if found.signatures.contradicts:
        return Verdict(
            "bad",
            "ข้อมูลการลงนามไม่สอดคล้องกัน จึงยังเชื่อถือเอกสารนี้ไม่ได้",
            ("ข้อมูลในระบบไม่ตรงกับที่ผู้ลงนามได้ลงนามไว้ กรุณาแจ้งหน่วยงานให้ตรวจสอบ",),
        )
    made = _WORDS[found.standing](found)
    if found.file is File.PRESENTED and found.standing in (Standing.CURRENT, Standing.UNPUBLISHED):
        return Verdict(
            "warn",
            "ไฟล์นี้คือฉบับที่เสนอให้ลงนาม ยังไม่มีลายมือชื่อของผู้ลงนาม",
            ("ไฟล์ตรงกับที่ระบบเก็บไว้ทุกไบต์ แต่ให้ใช้ PDF ฉบับลงนามแทน", *made.sentences),
            link=made.link,
            link_label=made.link_label,
        )
    if made.tone == "good" and not found.signatures.holds:
        return Verdict(
            "warn", made.headline, (*made.sentences, _UNSHOWN), made.changed, made.link, made.link_label
        )
    return made


_UNSHOWN = "ลายมือชื่อบางรายการเป็นของเดิมก่อนระบบเก็บข้อความที่ใช้คำนวณ จึงตรวจซ้ำไม่ได้"


def _current(found: Document) -> Verdict:
    assert found.edition is not None
    if found.file is None:
        headline = "รหัสนี้เป็นของเอกสารที่ลงนามครบแล้ว และเป็นฉบับปัจจุบัน"
        check = "รหัสบอกได้ว่าเป็นเอกสารฉบับใด แต่บอกไม่ได้ว่ากระดาษในมือท่านพิมพ์จากต้นฉบับ กรุณาเทียบข้อความกับต้นฉบับ"
    elif found.file is File.SEALED:
        headline = "ไฟล์นี้ตรงกับต้นฉบับที่เผยแพร่ และเป็นฉบับปัจจุบัน"
        check = "ตรงกันทุกไบต์กับ PDF ฉบับลงนาม"
    else:
        headline = "ไฟล์นี้ตรงกับไฟล์ที่เผยแพร่ และเป็นฉบับปัจจุบัน"
        check = f"ตรงกันทุกไบต์กับไฟล์ {found.file_label} ที่จัดทำจากเนื้อหาเดียวกัน ไฟล์ชนิดนี้ไม่มีตราประทับ ฉบับที่ใช้อ้างอิงคือ PDF ฉบับลงนาม"
    said = [f"{_complete(found)} เผยแพร่เมื่อวันที่ {found.edition.published}", check]
    if found.withdrawn_newer:
        other = found.withdrawn_newer
        said.append(
            f"ฉบับที่ {other.revision.number} ซึ่งใหม่กว่าถอนการเผยแพร่แล้วเมื่อวันที่ {other.withdrawn_on} ฉบับนี้จึงเป็นฉบับล่าสุดที่เผยแพร่อยู่"
        )
    return Verdict("good", headline, tuple(said), link=found.edition.url, link_label="เปิดต้นฉบับ")


def _superseded(found: Document) -> Verdict:
    assert found.newer is not None
    newer, edition = found.newer, found.newer_edition
    what = _what(found)
    if edition is None:
        when = long_date(bangkok_date(_last(newer)))
        said = (
            f"{_complete(found)} ต่อมาฉบับที่ {newer.number} ลงนามครบเมื่อวันที่ {when} แต่ยังไม่ได้เผยแพร่",
            "กรุณาสอบถามหน่วยงานว่าจะใช้ฉบับใด",
        )
        if found.edition is None:
            return Verdict("warn", "มีฉบับใหม่กว่าที่ลงนามครบแล้ว", (what + said[0], said[1]))
        return Verdict(
            "warn",
            "มีฉบับใหม่กว่าที่ลงนามครบแล้ว แต่ยังไม่ได้เผยแพร่",
            (what + said[0], said[1]),
            link=found.edition.url,
            link_label="เปิดฉบับที่เผยแพร่อยู่",
        )
    before, after = found.revision.read(), newer.read()
    change = differences(before, after)
    return Verdict(
        "warn",
        f"มีฉบับใหม่กว่า {change} เมื่อวันที่ {edition.published}".replace("  ", " "),
        (f"{what}{_complete(found)} แต่มีฉบับที่ {newer.number} ใช้แทนตั้งแต่วันที่ {edition.published}",),
        tuple(changed_measures(before, after)),
        edition.url,
        f"เปิดฉบับปัจจุบัน (ฉบับที่ {newer.number})",
    )


def _withdrawn(found: Document) -> Verdict:
    assert found.edition is not None
    edition = found.edition
    agency = edition.content.agency.name
    said = [
        f"นิติกรของ{agency}ถอนการเผยแพร่เมื่อวันที่ {edition.withdrawn_on}",
        f"เหตุผล: {edition.withdrawn_reason}",
        "เอกสารนี้ลงนามครบทุกตำแหน่ง การถอนการเผยแพร่ไม่ได้ยกเลิกการลงนาม แต่หน่วยงานไม่เผยแพร่ฉบับนี้แล้ว",
    ]
    return Verdict("bad", "เอกสารนี้ถอนการเผยแพร่แล้ว", (_what(found) + said[0], *said[1:]), *_to_newer(found))


def _unpublished(found: Document) -> Verdict:
    return Verdict(
        "warn",
        "ลงนามครบแล้ว แต่ยังไม่ได้เผยแพร่",
        (_what(found) + _complete(found), "ระบบจึงแสดงเฉพาะข้อมูลที่ผู้ถือเอกสารเห็นอยู่แล้ว ไม่แสดงเนื้อหา"),
    )


def _signing(found: Document) -> Verdict:
    places = [s for s in found.revision.signoffs.all() if s.order]
    done = sum(s.decision == Decision.ENDORSED for s in places)
    return Verdict(
        "warn",
        "ยังลงนามไม่ครบ",
        (
            f"{_what(found)}ลงนามแล้ว {done} จาก {len(places)} ตำแหน่ง จึงยังไม่เป็นเอกสารที่สมบูรณ์",
            "เปิดหน้านี้อีกครั้งภายหลังเพื่อดูสถานะล่าสุด",
        ),
        *_to_newer(found),
    )


def _returned(found: Document) -> Verdict:
    place = next((s for s in found.revision.signoffs.all() if s.decision == Decision.RETURNED), None)
    when = f"เมื่อวันที่ {long_date(bangkok_date(place.decided_at))}" if place and place.decided_at else ""
    return Verdict(
        "bad",
        "ฉบับนี้ส่งกลับแก้ไขแล้ว ไม่มีผล",
        (f"{_what(found)}ผู้ลงนามส่งกลับแก้ไข{when} ลายมือชื่อที่ลงไว้ก่อนหน้าไม่มีผลกับฉบับที่แก้ไข",),
        *_to_newer(found),
    )


def _recalled(found: Document) -> Verdict:
    at = found.revision.recalled_at
    when = f"เมื่อวันที่ {long_date(bangkok_date(at))}" if at else ""
    return Verdict(
        "bad", "ผู้จัดทำดึงฉบับนี้กลับแล้ว ไม่มีผล", (f"{_what(found)}ดึงกลับ{when}ก่อนมีผู้ลงนาม",), *_to_newer(found)
    )


def _to_newer(found: Document) -> tuple[tuple[str, ...], str, str]:
    """``changed`` (nothing), ``link`` and ``link_label`` to what stands instead, where there is anything."""
    if found.newer_edition is None:
        return (), "", ""
    return (), found.newer_edition.url, f"เปิดฉบับปัจจุบัน (ฉบับที่ {found.newer_edition.revision.number})"


_WORDS = {
    Standing.CURRENT: _current,
    Standing.SUPERSEDED: _superseded,
    Standing.WITHDRAWN: _withdrawn,
    Standing.UNPUBLISHED: _unpublished,
    Standing.SIGNING: _signing,
    Standing.RETURNED: _returned,
    Standing.RECALLED: _recalled,
}


def _what(found: Document) -> str:
    """Which file it is, before what is said of the document."""
    return f"ไฟล์นี้คือ {found.file_label} ตรงกันทุกไบต์ " if found.file else ""


def _complete(found: Document) -> str:
    places = sum(bool(s.order) for s in found.revision.signoffs.all())
    return f"ลงนามครบ {places} ตำแหน่งเมื่อวันที่ {long_date(bangkok_date(_last(found.revision)))}"


def _last(revision: Revision) -> datetime:
    return max((s.decided_at for s in revision.signoffs.all() if s.decided_at), default=revision.sent_at)


# --- who signed -------------------------------------------------------------------------------------------------


def places(found: Document) -> tuple[Place, ...]:
    """The chain in order; whose names it may show is decided here. A rehearsal has none."""
    if found.standing is Standing.REHEARSAL:
        return ()
    return tuple(_place(found, signoff) for signoff in found.revision.signoffs.all())


def _place(found: Document, signoff: SignOff) -> Place:
    lines = signoff.position_lines
    trouble = ""
    if signoff.order in found.signatures.broken:
        trouble = "ไม่สอดคล้องกับที่ลงนามไว้"
    elif signoff.order in found.signatures.unshown:
        trouble = "ตรวจซ้ำไม่ได้"
    if not signoff.decided_at:
        return Place(lines, decided=False, trouble=trouble)
    return Place(
        lines,
        decided=True,
        name=signoff.person_name if found.is_open else "",
        acting_order=signoff.acting_order,
        pressed=(signoff.agreed if found.is_open else "") or signoff.get_decision_display(),
        when=moment_label(signoff.decided_at),
        proof=signoff.get_proof_display(),
        returned=signoff.decision == Decision.RETURNED,
        trouble=trouble,
    )


def seal_words(revision: Revision) -> tuple[str, str]:
    """What seal the PDF carries and what may be said of its certificate."""
    if not revision.sealed_sha256:
        return "", ""
    if not revision.seal_level:
        return "ไม่มีตราประทับอิเล็กทรอนิกส์", "เทียบไฟล์กับต้นฉบับได้ด้วยค่า SHA-256 ของ PDF ฉบับลงนาม"
    level = SealLevel(revision.seal_level).label
    name = f"{level} โดยใบรับรอง {revision.seal_name}"
    if _MADE_BY_PORTAL in revision.seal_name:
        return name, (
            "ใบรับรองนี้พอร์ทัลออกเอง ไม่ได้ออกโดยผู้ให้บริการออกใบรับรอง โปรแกรมอ่าน PDF จึงแจ้งว่าไม่รู้จักผู้ออกใบรับรอง"
            " ซึ่งไม่ได้หมายความว่าไฟล์มีการแก้ไข"
        )
    return name, "โปรแกรมอ่าน PDF แสดงชื่อผู้ออกใบรับรองและผลการตรวจตราประทับได้เอง"


# As the certificate names itself (``reports.seal.certificates.MADE_BY_PORTAL``): the page reads what was kept.
_MADE_BY_PORTAL = "ใบรับรองที่พอร์ทัลออกเอง"
