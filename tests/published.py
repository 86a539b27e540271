"""A published year made of rows directly: what the public pages are tested and measured with."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from measures import storage
from measures.bullets import parse
from measures.choices import Progress
from measures.fiscal import quarters_of
from measures.models import Agency as AgencyRow
from measures.models import Person, Plan, Position
from reports.chain import bind, link_hash
from reports.choices import Decision, Stage
from reports.content import (
    FIVE,
    Agency,
    Column,
    Contact,
    Content,
    Evidence,
    Group,
    Measure,
    Memorandum,
    Quarter,
    Section,
    Signer,
    Step,
    Table,
)  # fmt: skip
from reports.models import Publication, Report, Revision, SignOff

COLUMNS = (
    "มาตรการ/แนวทางการดำเนินการ", "ขั้นตอน/วิธีการปฏิบัติ", "ผู้รับผิดชอบ", "กำหนดแล้วเสร็จ", "ผลลัพธ์/ผลการดำเนินการ",
)  # fmt: skip
CHAIN = ("นิติกรปฏิบัติการ", "ปลัดเทศบาล", "นายกเทศมนตรีตำบลตัวอย่าง")
WHEN = datetime(2024, 12, 27, 7, 5, tzinfo=UTC)
ITEMS = [
    {"fiscal_year": 2567, "code": "O34", "kind": "measures", "title": "มาตรการส่งเสริมคุณธรรมและความโปร่งใส"},
    {"fiscal_year": 2568, "code": "O28", "kind": "report", "title": "รายงานผลการดำเนินการ"},
]
PDF = b"%PDF-1.7 sealed"


def content_of(
    measures: int = 7, *, slug: str = "tuayang", name: str = "เทศบาลตำบลตัวอย่าง", year: int = 2567
) -> Content:
    """A year's content with ``measures`` measures in two groups, the last one still in progress."""
    made = [_measure(n, year, done=n < measures) for n in range(1, measures + 1)]
    half = len(made) // 2
    return Content(
        agency=Agency(
            slug=slug, name=name, province="ตัวอย่าง",
            contact=Contact(
                address="1 หมู่ 1 ตำบลตัวอย่าง", phone="0 0000 0000", email="saraban@tuayang.example",
                website="https://tuayang.example", complaint_channel="ศูนย์รับเรื่องร้องเรียน ชั้น 1",
                complaint_url="https://tuayang.example/complaint",
            ),
        ),
        fiscal_year=year,
        kind="annual",
        memorandum=Memorandum(
            section="งานนิติการ กองยุทธศาสตร์และงบประมาณ",
            number="ตย ๑๒๓๔๕/๓๕๘",
            date=WHEN.date(),
            subject=f"รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสของ{name} ประจำปีงบประมาณ พ.ศ.{year}",
            addressee="นายกเทศมนตรีตำบลตัวอย่าง",
            sections=(Section("๑", "เรื่องเดิม", "ตามที่ได้รายงานไว้แล้วนั้น\nขอรายงานเพิ่มเติม", parse("๑. ข้อหนึ่ง")),),
            closing="จึงเรียนมาเพื่อโปรดทราบ",
            ita_score="99.76",
            ita_target="95.00",
        ),
        table=Table(
            title="รายงานผลการดำเนินการตามมาตรการ",
            subtitle=f"ประจำปีงบประมาณ พ.ศ.{year}",
            columns=tuple(Column(source, heading) for source, heading in zip(FIVE, COLUMNS, strict=True)),
            groups=(
                Group("g1", "๒", "ส่งเสริมความโปร่งใสในการจัดซื้อจัดจ้าง", tuple(made[:half])),
                Group("g2", "๔", "สื่อสารกับบุคลากรภายในหน่วยงาน", tuple(made[half:])),
            ),
        ),
        signers=tuple(Signer(order, title) for order, title in enumerate(CHAIN)),
    )  # fmt: skip


def _measure(number: int, year: int, *, done: bool) -> Measure:
    last = Progress.DONE if done else Progress.IN_PROGRESS
    progress = (Progress.IN_PROGRESS, "", Progress.IN_PROGRESS, last)
    return Measure(
        key=f"m{number}",
        number=f"๑.{number}",
        title=f"มาตรการที่ {number} การเพิ่มประสิทธิภาพในการบริหารงานด้านการพัสดุของหน่วยงาน",
        steps=(
            Step("๑", "จัดทำแผนการจัดซื้อจัดจ้างและเผยแพร่ทางเว็บไซต์"),
            Step("๒", "รายงานผลการจัดซื้อจัดจ้างเป็นรายไตรมาส"),
            Step("๓", "สรุปผลเสนอผู้บริหาร"),
        ),
        units=("งานพัสดุและทรัพย์สิน กองคลัง",),
        due_text="กันยายน ๒๕๖๗",
        progress=last,
        results=parse("- ดำเนินการแล้ว\n  ๑. เผยแพร่แผน\n  ๒. รายงานผลครบทุกไตรมาส"),
        quarters=tuple(
            Quarter(
                number=quarter.number, name=quarter.label(), starts=quarter.starts, ends=quarter.ends,
                reported=True, progress=progress[i], nil_reason="" if progress[i] else "รอคำสั่งแต่งตั้ง",
                results=parse("- เผยแพร่แผนแล้ว") if progress[i] else (), steps_done=(1, 2, 3)[: i if done else 1],
            )
            for i, quarter in enumerate(quarters_of(year))
        ),
    )  # fmt: skip


def with_evidence(content: Content, *evidence: Evidence) -> Content:
    """The same with ``evidence`` in the first quarter of the first measure."""
    group = content.table.groups[0]
    measure = group.measures[0]
    quarter = replace(measure.quarters[0], evidence=evidence)
    measure = replace(measure, quarters=(quarter, *measure.quarters[1:]))
    group = replace(group, measures=(measure, *group.measures[1:]))
    return replace(content, table=replace(content.table, groups=(group, *content.table.groups[1:])))


def file_evidence(
    body: bytes = b"scan", *, uid: str = "11111111-1111-4111-8111-111111111111", public: bool = True,
    filename: str = "ประกาศ.pdf", content_type: str = "application/pdf",
) -> Evidence:  # fmt: skip
    """A kept file as evidence; of internal evidence only what is frozen of it."""
    kept = storage.keep([body])
    if not public:
        return Evidence(uid, public=False, sha256=kept.sha256)
    return Evidence(uid, True, "ประกาศเจตนารมณ์", "", filename, kept.sha256, kept.size, content_type)


def revision_of(
    content: Content, *, number: int = 1, stage: Stage = Stage.SIGNED, pdf: bytes = PDF
) -> Revision:
    """``content`` frozen, signed by the whole chain and sealed; agency, plan and report made where missing."""
    agency, _ = AgencyRow.objects.get_or_create(
        slug=content.agency.slug, defaults={"name": content.agency.name}
    )
    plan, _ = Plan.objects.get_or_create(agency=agency, fiscal_year=content.fiscal_year)
    report, _ = Report.objects.get_or_create(plan=plan, kind=content.kind, part=content.part)
    text, sealed = content.canonical_json(), storage.keep([pdf]).sha256
    revision = Revision.objects.create(
        report=report, number=number, stage=stage, content=text, content_sha256=content.sha256(),
        presented_sha256=sealed, sealed_sha256=sealed if stage is Stage.SIGNED else "", pages=8, sent_at=WHEN,
    )  # fmt: skip
    for order, title in enumerate(CHAIN):
        _sign(revision, order, title, agency)
    return revision


def _sign(revision: Revision, order: int, title: str, agency: AgencyRow) -> None:
    someone, _ = Person.objects.get_or_create(
        username=f"{agency.slug}-{order}", defaults={"full_name": f"ผู้ลงนาม {order}", "agency": agency}
    )
    position, _ = Position.objects.get_or_create(agency=agency, title=title)
    previous = revision.signoffs.filter(order=order - 1).first()
    signoff = SignOff(
        revision=revision, order=order, position=position, position_title=title, person=someone,
        person_name=someone.full_name, decided_at=WHEN, previous_hash=previous.hash if previous else "",
        decision=Decision.ENDORSED if order else Decision.SENT, words=("", "เพื่อโปรดทราบ", "ทราบ")[order],
        addressed_to=("", "นายกเทศมนตรีตำบลตัวอย่าง", "")[order],
    )  # fmt: skip
    signoff.bound = bind(
        previous=signoff.previous_hash, content_sha256=revision.content_sha256,
        presented_sha256=revision.presented_sha256, order=order, decision=str(signoff.decision), position=title,
        person=someone.pk, name=signoff.person_name, acting="", words=signoff.words, at=WHEN.isoformat(),
    )  # fmt: skip
    signoff.hash = link_hash(signoff.bound)
    signoff.save()


def publish(revision: Revision, *, at: datetime = WHEN) -> Publication:
    """Make ``revision`` public."""
    by = Person.objects.filter(agency=revision.report.plan.agency).earliest("pk")
    return Publication.objects.create(revision=revision, items=ITEMS, published_at=at, published_by=by)


def withdraw(publication: Publication, reason: str = "มีข้อมูลส่วนบุคคล") -> None:
    """Take it back, as the portal will."""
    publication.withdrawn_at, publication.withdrawn_reason = WHEN, reason
    publication.withdrawn_by = publication.published_by
    publication.save()
