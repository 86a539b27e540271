"""What a newer report says otherwise, in one short sentence: which measures, and whether the memorandum."""

from __future__ import annotations

from reports.content import Content, Measure

_NAMED = 3


def differences(before: Content, after: Content) -> str:
    """ "แก้ไขมาตรการที่ ๑.4 และบันทึกข้อความ"; "" where both say the same."""
    old, new = _measures(before), _measures(after)
    parts = [
        _named("แก้ไขมาตรการที่", [new[key] for key in new if key in old and new[key] != old[key]]),
        _named("เพิ่มมาตรการที่", [new[key] for key in new if key not in old]),
        _named("ตัดมาตรการที่", [old[key] for key in old if key not in new]),
    ]
    said = [part for part in parts if part]
    if _memorandum(before) != _memorandum(after):
        said.append("แก้ไขบันทึกข้อความ" if not said else "บันทึกข้อความ")
    if not said and before != after:
        said.append("แก้ไขตารางหรือลำดับการลงนาม")
    return said[0] if len(said) == 1 else " ".join(said[:-1]) + f" และ{said[-1]}" if said else ""


def changed_measures(before: Content, after: Content) -> list[str]:
    """Number and title of every measure that is new or says something else."""
    old = _measures(before)
    return [
        f"{measure.number} {measure.title}"
        for key, measure in _measures(after).items()
        if old.get(key) != measure
    ]


def _named(what: str, measures: list[Measure]) -> str:
    if not measures:
        return ""
    if len(measures) > _NAMED:
        return f"{what.removesuffix('ที่')} {len(measures)} มาตรการ"
    return f"{what} {', '.join(measure.number for measure in measures)}"


def _measures(content: Content) -> dict[str, Measure]:
    return {
        f"{group.key}/{measure.key}": measure for group in content.table.groups for measure in group.measures
    }


def _memorandum(content: Content) -> tuple[object, ...]:
    memo = content.memorandum
    return memo.sections, memo.subject, memo.closing, memo.addressee, memo.ita_score, memo.ita_target
