"""The published report as a page: the memorandum's sections, its signers, the town's contact."""

from __future__ import annotations

from dataclasses import dataclass

from measures.bullets import Bullets
from measures.dates import moment_label
from reports.content import Agency, Contact, Content
from reports.models import SignOff
from reports.public.editions import Edition
from reports.public.words import http_url


@dataclass(frozen=True)
class Signed:
    """A place in the chain as it was on the day: position, name, words, time. Nothing else about a person."""

    order: int
    position_lines: tuple[str, ...]
    name: str
    addressed_to: str
    words: str
    when: str
    acting_order: str

    @property
    def is_author(self) -> bool:
        return self.order == 0


def signed(edition: Edition) -> tuple[Signed, ...]:
    """The chain of signers in order; one statement."""
    return tuple(_signed(signoff) for signoff in edition.revision.signoffs.order_by("order"))


def _signed(signoff: SignOff) -> Signed:
    return Signed(
        order=signoff.order,
        position_lines=signoff.position_lines,
        name=signoff.person_name,
        addressed_to=signoff.addressed_to,
        words=signoff.words,
        when=moment_label(signoff.decided_at) if signoff.decided_at else "",
        acting_order=signoff.acting_order,
    )


def endorsers(signers: tuple[Signed, ...]) -> int:
    """How many positions endorsed; the author, who sent it to them, is not counted."""
    return sum(not place.is_author for place in signers)


@dataclass(frozen=True)
class Passage:
    """A section of the memorandum: heading, paragraphs, items."""

    heading: str
    paragraphs: tuple[str, ...]
    items: Bullets


def passages(content: Content) -> tuple[Passage, ...]:
    """The memorandum's sections in order."""
    return tuple(
        Passage(
            section.heading,
            tuple(line for line in section.body.splitlines() if line.strip()),
            section.items,
        )
        for section in content.memorandum.sections
    )


def contact_of(agency: Agency) -> Contact:
    """The town's official contact; an address that is none of the web is shown nowhere."""
    given = agency.contact
    return Contact(
        address=given.address, phone=given.phone, email=given.email, website=http_url(given.website),
        complaint_channel=given.complaint_channel, complaint_url=http_url(given.complaint_url),
    )  # fmt: skip
