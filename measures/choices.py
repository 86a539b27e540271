"""The closed lists of the domain with their Thai words: states, roles, ways of acting, kinds of period."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices


class Progress(TextChoices):
    """How far a measure has come, as the report prints it; late and overdue are computed from dates."""

    NOT_STARTED = "not_started", "ยังไม่ดำเนินการ"
    IN_PROGRESS = "in_progress", "อยู่ระหว่างดำเนินการ"
    DONE = "done", "แล้วเสร็จ"
    ONGOING = "ongoing", "ต่อเนื่อง"
    CANCELLED = "cancelled", "ยกเลิก"


class Workflow(TextChoices):
    """Where one result stands between the unit that writes it and the officer who checks it."""

    NOT_STARTED = "not_started", "ยังไม่เริ่ม"
    DRAFT = "draft", "กำลังกรอก"
    SUBMITTED = "submitted", "รอตรวจ"
    ACCEPTED = "accepted", "ตรวจแล้ว"
    RETURNED = "returned", "ส่งกลับแก้ไข"


class Role(TextChoices):
    """What a person may do in their agency; signing follows from a position, never from a role."""

    OFFICER = "officer", "นิติกร"
    CONTRIBUTOR = "contributor", "ผู้รายงานของส่วนราชการ"
    ADMINISTRATOR = "administrator", "ผู้ดูแลระบบของหน่วยงาน"
    AUDITOR = "auditor", "ผู้ตรวจสอบ"


class Acting(TextChoices):
    """In what capacity a person fills a position; the words are those printed under a signature."""

    HOLDER = "holder", "ดำรงตำแหน่ง"
    ACTING_ABSENT = "acting_absent", "รักษาราชการแทน"
    DELEGATED = "delegated", "ปฏิบัติราชการแทน"
    ACTING_VACANT = "acting_vacant", "รักษาการในตำแหน่ง"
    PERFORMING = "performing", "ปฏิบัติหน้าที่"


class Responsibility(TextChoices):
    """A unit's part in a measure."""

    LEAD = "lead", "หน่วยงานหลัก"
    SUPPORTING = "supporting", "หน่วยงานสนับสนุน"


class PeriodKind(TextChoices):
    """How long a reporting period lasts."""

    QUARTER = "quarter", "รายไตรมาส"
    HALF = "half", "รอบ 6 เดือน"
    YEAR = "year", "รอบ 12 เดือน"


class ReportKind(TextChoices):
    """What stretch of the fiscal year a report covers."""

    ANNUAL = "annual", "รอบ 12 เดือน"
    HALF = "half", "รอบ 6 เดือน"
    QUARTER = "quarter", "รายไตรมาส"


class ItemKind(TextChoices):
    """What an item of the assessment asks to be published."""

    MEASURES = "measures", "มาตรการ"
    REPORT = "report", "รายงานผลการดำเนินการตามมาตรการ"


class LetterKind(TextChoices):
    """Why a letter is sent."""

    TURN = "turn", "ถึงลำดับลงนาม"
    REMINDER = "reminder", "เตือนลงนาม"
    RETURNED = "returned", "ส่งกลับแก้ไข"
    RECALLED = "recalled", "ดึงกลับ"
    SIGNED = "signed", "ลงนามครบแล้ว"
    PUBLISHED = "published", "เผยแพร่แล้ว"
    NOT_PUBLISHED = "not_published", "ยังไม่ได้เผยแพร่ตามกำหนด"
    WITHDRAWN = "withdrawn", "ถอนการเผยแพร่"
    LEAVE = "leave", "แจ้งไม่อยู่ปฏิบัติราชการ"
    TERM = "term", "วาระหรือคำสั่งใกล้สิ้นสุด"
    INVITATION = "invitation", "เชิญใช้งาน"
    ACCOUNT = "account", "บัญชีผู้ใช้"
    HEADS = "heads", "ปลายสายบันทึกเหตุการณ์"


class LetterState(TextChoices):
    """Where a letter stands between the portal and the mail server."""

    QUEUED = "queued", "รอส่ง"
    HELD = "held", "พักไว้"
    SENDING = "sending", "กำลังส่ง"
    SENT = "sent", "ส่งแล้ว"
    FAILED = "failed", "ส่งไม่สำเร็จ"


class JobName(TextChoices):
    """What the worker does again and again, and the mail server it depends on."""

    WORKER = "worker", "โปรแกรมทำงานเบื้องหลัง"
    MAIL = "mail", "เครื่องแม่ข่ายอีเมล"
    LETTERS = "letters", "ส่งจดหมาย"
    REMINDERS = "reminders", "เตือนผู้ลงนาม"
    SEALS = "seals", "จัดทำเอกสารฉบับลงนามแล้ว"
    PUBLISHING = "publishing", "เผยแพร่ตามเวลาที่ตั้งไว้"
    TERMS = "terms", "แจ้งวาระและคำสั่งที่ใกล้สิ้นสุด"
    ANCHORS = "anchors", "ประกาศปลายสายบันทึกเหตุการณ์"
    TIDYING = "tidying", "เก็บกวาดคิวงาน"


class TopMargin(IntegerChoices):
    """The upper margin of a memorandum's first page in millimetres; guides to the regulation say either."""

    NARROW = 15, "1.5 เซนติเมตร"
    WIDE = 25, "2.5 เซนติเมตร"


RESERVED_SLUGS = (
    "account", "accounts", "admin", "api", "assets", "desk", "feed", "files", "healthz", "help", "media",
    "search", "sitemap", "start", "static", "trail", "verify",
)  # fmt: skip
"""First parts of an address that an agency cannot take, because the portal itself lives there or will."""
