"""A town's publications: which one a page shows, under which address, and which answers what."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.urls import reverse

from measures import storage
from measures.dates import long_date
from measures.fiscal import bangkok_date
from measures.thai import office_letters
from reports.choices import Kind
from reports.codes import shown
from reports.content import Agency, Content, Evidence
from reports.models import Publication
from reports.public.figures import Score, headline, score
from reports.public.words import size_label


class Edition:
    """One publication: its frozen content, its permanent addresses, and how it is named."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self.revision = publication.revision
        report = publication.revision.report
        self.report_id = report.pk
        self.kind = Kind(report.kind)
        self.span = report.span
        self.slug = report.plan.agency.slug
        self.fiscal_year = report.plan.fiscal_year
        self.name = f"{self.span.name}-{self.revision.number}"
        self.round = self.span.label
        self.withdrawn = publication.withdrawn_at is not None
        self.published = long_date(bangkok_date(publication.published_at))
        self.withdrawn_on = ""
        if publication.withdrawn_at:
            self.withdrawn_on = long_date(bangkok_date(publication.withdrawn_at))
        self.withdrawn_reason = publication.withdrawn_reason
        self.sealed_sha256 = self.revision.sealed_sha256
        self.pages = self.revision.pages

    @cached_property
    def content(self) -> Content:
        """Read when first needed: most pages need one edition's content only."""
        return self.revision.read()

    @property
    def year_url(self) -> str:
        return reverse("year", args=[self.slug, self.fiscal_year])

    @property
    def url(self) -> str:
        return reverse("report_page", args=[self.slug, self.fiscal_year, self.name])

    @property
    def pdf_url(self) -> str:
        """The sealed PDF's address, or "" while it is not sealed."""
        address = reverse("report_pdf", args=[self.slug, self.fiscal_year, self.name])
        return address if self.sealed_sha256 else ""

    @cached_property
    def pdf_size(self) -> str:
        """ "62 KB", or "" where the file is not to be found."""
        try:
            return size_label(storage.path_of(self.sealed_sha256).stat().st_size)
        except (OSError, ValueError):
            return ""

    @property
    def code(self) -> str:
        """As printed on its pages."""
        return shown(self.revision.code)

    @property
    def verify_url(self) -> str:
        """The page that says what a copy of it is worth."""
        return reverse("verify_code", args=[self.code])

    def twin_url(self, ending: str) -> str:
        """The address of the same in another format, which ends so."""
        return reverse("report_twin", args=[self.slug, self.fiscal_year, self.name, ending])

    def file_name(self, ending: str) -> str:
        """The name under which the report is saved in the format that ends so."""
        return (
            f"รายงานผลการดำเนินการ ITA ปี {self.fiscal_year} {self.content.agency.name} ({self.name}){ending}"
        )


@dataclass(frozen=True)
class Year:
    """A fiscal year of a town. ``current`` is the edition that its page shows, None where all are withdrawn."""

    fiscal_year: int
    editions: tuple[Edition, ...]

    @property
    def current(self) -> Edition | None:
        """The newest standing annual report, else that of the longest stretch up to the latest day."""
        standing = self._standing
        annual = next((edition for edition in standing if edition.kind is Kind.ANNUAL), None)
        return annual or max(standing, key=lambda e: (e.span.ends, -e.span.starts.toordinal()), default=None)

    @property
    def parts(self) -> tuple[Edition, ...]:
        """The newest standing report of each half year and quarter, in order, but the one that the page shows."""
        newest: dict[str, Edition] = {}
        for edition in self._standing:
            newest.setdefault(edition.span.name, edition)
        parts = [edition for edition in newest.values() if edition.kind is not Kind.ANNUAL]
        return tuple(sorted((e for e in parts if e is not self.current), key=lambda e: (e.kind, e.span.part)))

    @property
    def others(self) -> tuple[Edition, ...]:
        """What was replaced or withdrawn."""
        return tuple(e for e in self.editions if e is not self.current and e not in self.parts)

    @property
    def _standing(self) -> list[Edition]:
        return [edition for edition in self.editions if not edition.withdrawn]

    @property
    def newest(self) -> Edition:
        """What the page is about: the current edition, else the last that was withdrawn."""
        return self.current or self.editions[0]

    @property
    def headline(self) -> str:
        """The year in one sentence, or "" where all is withdrawn."""
        return headline(self.current.content) if self.current else ""

    @property
    def score(self) -> Score | None:
        """The year's ITA result, where it is known and public."""
        return score(self.current.content) if self.current else None


class Town:
    """All that a town has published, newest first; ``editions`` is never empty."""

    def __init__(self, editions: list[Edition]) -> None:
        self.editions = editions
        self.slug = editions[0].slug

    @cached_property
    def agency(self) -> Agency:
        """Name and contact as last frozen."""
        standing = [edition for edition in self.editions if not edition.withdrawn]
        return (standing or self.editions)[0].content.agency

    @property
    def url(self) -> str:
        return reverse("town", args=[self.slug])

    @cached_property
    def initials(self) -> str:
        """The town's letters in document numbers ("ตย"), or "" where they are not to be seen."""
        return office_letters(self.editions[0].content.memorandum.number)

    @cached_property
    def years(self) -> tuple[Year, ...]:
        """Newest year first."""
        numbers = sorted({edition.fiscal_year for edition in self.editions}, reverse=True)
        return tuple(
            Year(number, tuple(e for e in self.editions if e.fiscal_year == number)) for number in numbers
        )

    def year(self, fiscal_year: int) -> Year | None:
        return next((year for year in self.years if year.fiscal_year == fiscal_year), None)

    def edition(self, fiscal_year: int, name: str) -> Edition | None:
        return next((e for e in self.editions if e.fiscal_year == fiscal_year and e.name == name), None)

    def newer_than(self, edition: Edition) -> Edition | None:
        """The newest standing edition of the same report, where it is not this one."""
        of_report = [e for e in self._of_report(edition) if not e.withdrawn]
        return of_report[0] if of_report and of_report[0].revision.number > edition.revision.number else None

    def replaced_by(self, edition: Edition) -> Edition | None:
        """The edition of the same report that this one replaced: the last before it, withdrawn or not."""
        return next(
            (e for e in self._of_report(edition) if e.revision.number < edition.revision.number), None
        )

    def withdrawn_after(self, edition: Edition) -> Edition | None:
        """A newer edition of the same report that was withdrawn, where none stands in place of this one."""
        if self.newer_than(edition):
            return None
        newest = self._of_report(edition)[0]
        return newest if newest.withdrawn and newest is not edition else None

    def older_than(self, edition: Edition) -> Edition | None:
        """The newest standing edition of the same report before this one."""
        older = (e for e in self._of_report(edition) if e.revision.number < edition.revision.number)
        return next((e for e in older if not e.withdrawn), None)

    def _of_report(self, edition: Edition) -> list[Edition]:
        found = [e for e in self.editions if e.report_id == edition.report_id]
        return sorted(found, key=lambda e: -e.revision.number)

    def evidence(self, fiscal_year: int, uid: str) -> tuple[Evidence, Edition] | None:
        """A public file, with the edition that shows it: a standing one where there is any."""
        editions = [e for e in self.editions if e.fiscal_year == fiscal_year]
        for edition in sorted(editions, key=lambda e: e.withdrawn):
            for found in edition.content.all_evidence:
                if found.uid == uid and found.public and found.sha256:
                    return found, edition
        return None


@dataclass(frozen=True)
class Item:
    """An item of the assessment, as its code stood on the day of publishing, and the page that answers it.

    ``url`` is empty where the town has published nothing that does; ``address`` is the same in full, to be copied.
    """

    label: str
    title: str
    url: str
    answer: str

    @property
    def address(self) -> str:
        return settings.PUBLIC_URL + self.url.partition("#")[0] if self.url else ""


def items_of(town: Town, edition: Edition) -> tuple[Item, ...]:
    """The assessment's items with the page that answers each: a year's assessment asks for the year before's report."""
    made = []
    for item in edition.publication.items:
        asked_in = item.get("fiscal_year", 0)
        label = f"{item.get('code', '')} ({item.get('scheme', 'ITA')} ปี {asked_in})"
        if item.get("kind") == "report" and asked_in == edition.fiscal_year:
            url, answer = _annual_url(town.year(asked_in - 1)), f"ข้อนี้ขอรายงานผลของปี {asked_in - 1}"
        elif item.get("kind") == "report":
            url, answer = edition.url, "อ่านรายงาน"
        else:
            url, answer = f"{edition.year_url}#measures", "ดูมาตรการ"
        made.append(Item(label, item.get("title", ""), url, answer))
    return tuple(made)


def _annual_url(year: Year | None) -> str:
    """The page of a year whose annual report was published; that of a quarter is no answer to what is asked of it."""
    annual = [edition for edition in year.editions if edition.kind is Kind.ANNUAL] if year else []
    return annual[0].year_url if annual else ""
