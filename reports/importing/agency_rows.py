"""You come here for the part of a plan file that outlives the year: the agency, its units, positions and chain."""

from __future__ import annotations

from typing import Any

from django.db import models

from measures.models import Agency, ChainLink, Position, Unit
from reports.importing.places import FileRefused, Problem
from reports.importing.plan_file import AgencyPart, LinkPart
from reports.importing.reading import slug_problem
from reports.importing.table import split_unit


def change(row: models.Model, **fields: Any) -> bool:
    """Save those ``fields`` whose value is another, and say whether there were any."""
    other = {name: value for name, value in fields.items() if getattr(row, name) != value}
    for name, value in other.items():
        setattr(row, name, value)
    if other:
        row.save(update_fields=list(other))
    return bool(other)


def write_agency(part: AgencyPart, slug: str | None) -> tuple[Agency, bool, bool]:
    """Find or create the agency and bring it up to date: (agency, it is new, anything changed).

    ``slug`` of the command wins over the file's.
    """
    slug = slug or part.slug
    if slug is None:
        raise FileRefused([Problem("agency.slug", "ขาดช่องนี้ กรุณาเพิ่มในไฟล์ หรือระบุ --agency ในคำสั่ง")])
    if problem := slug_problem(slug):
        raise FileRefused([Problem("--agency", problem)])
    agency, is_new = Agency.objects.select_for_update().get_or_create(slug=slug, defaults=part.fields)
    return agency, is_new, is_new or change(agency, **part.fields)


class Units:
    """The agency's units by their printed full names; missing ones are created, with their division."""

    def __init__(self, agency: Agency) -> None:
        self._agency = agency
        self._known: dict[str, Unit] = {}
        self.created = 0
        for unit in Unit.objects.for_agency(agency).order_by("parent_id", "pk"):
            self._known.setdefault(unit.full_name, unit)

    def named(self, full_name: str) -> Unit:
        """The unit that prints as ``full_name``."""
        if full_name not in self._known:
            self._known[full_name] = self._create(full_name)
        return self._known[full_name]

    def _create(self, full_name: str) -> Unit:
        name, division = split_unit(full_name)
        parent = self._top_level(division) if division else None
        self.created += 1
        return Unit.objects.create(agency=self._agency, parent=parent, name=name)

    def _top_level(self, name: str) -> Unit:
        unit, is_new = Unit.objects.get_or_create(agency=self._agency, parent=None, name=name)
        self.created += is_new
        return self._known.setdefault(name, unit)


def write_chain(agency: Agency, chain: tuple[LinkPart, ...]) -> tuple[list[Position], bool]:
    """The positions of ``chain`` in order, created where new; it becomes the agency's usual one if it has none."""
    positions, changed = [], False
    for link in chain:
        position, is_new = Position.objects.get_or_create(agency=agency, title=link.position)
        positions.append(position)
        changed |= is_new
    if chain and not agency.chain.filter(kind="").exists():
        ChainLink.objects.bulk_create(
            ChainLink(
                agency=agency,
                order=order,
                position=position,
                addressed_to=link.addressed_to,
                words=link.words,
            )
            for order, (link, position) in enumerate(zip(chain, positions, strict=True))
        )
        changed = True
    return positions, changed
