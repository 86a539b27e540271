"""Plan files for tests: the demonstration's, small ones, and any that hypothesis can think of."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import strategies as st

from reports.management.demo.play import FILE

Data = dict[str, Any]


def demonstration() -> Data:
    """The demonstration's file as data, to be changed at will."""
    data: Data = json.loads(FILE.read_bytes())
    return data


def bare() -> Data:
    """The same without anything but what the format asks for."""
    data = demonstration()
    del data["periods"]
    data["agency"] = {"slug": "tuayang", "name_th": data["agency"]["name_th"]}
    for group in data["table"]["groups"]:
        del group["key"]
        for measure in group["measures"]:
            for name in ("key", "quarters", "progress"):
                del measure[name]
    return data


def measure(title: str, **fields: Any) -> Data:
    """A measure with nothing but a title."""
    nothing: Data = {"steps_th": [], "units_th": [], "due_th": "", "due": None, "results_th": []}
    return {"title_th": title, **nothing, **fields}


def small(*titles: str) -> Data:
    """A plan of one untitled group."""
    return {
        "agency": {"slug": "tuayang", "name_th": "เทศบาลตำบลตัวอย่าง"},
        "fiscal_year_be": 2568,
        "table": {"groups": [{"title_th": "", "measures": [measure(title) for title in titles]}]},
    }


def encoded(data: Data) -> bytes:
    """As a file, without touching ``data``."""
    return json.dumps(copy.deepcopy(data), ensure_ascii=False).encode()


_text = st.text(st.sampled_from("กขคงจดตนมรลสอเแโใไะาำิีึืุู่้๊๋์ ฯๆ๑๒๓12-.()/\n•"), max_size=25) | st.text(
    st.characters(codec="utf-8", exclude_characters="\0"), max_size=8
)
_words = _text.map(lambda text: f"ก{text}")
_lines = st.lists(_text, max_size=3).map("\n".join)
_maybe_number = st.sampled_from(["", "๑", "๔", "1.1"])
_day = st.dates().map(str).filter(lambda day: "1950" < day < "2100")
_item = _words | st.fixed_dictionaries(
    {"text": _words}, optional={"marker": st.sampled_from(["", "-", "๑.", "ก."])}
)
_bullets = st.lists(
    _words
    | st.fixed_dictionaries(
        {"text": _words},
        optional={"marker": st.sampled_from(["", "-", "๑.", "(2)"]), "items": st.lists(_item, max_size=3)},
    ),
    max_size=3,
)
_quarter = st.fixed_dictionaries(
    {
        "state": st.sampled_from(["draft", "submitted", "accepted"]),
        "progress": st.sampled_from(["", "in_progress", "ongoing"]),
        "percent": st.none() | st.integers(0, 100),
        "results_th": _bullets,
        "evidence": st.lists(
            st.fixed_dictionaries(
                {
                    "title": _words,
                    "url": st.integers(0, 99).map(lambda n: f"https://tuayang.example/{n}"),
                    "public": st.booleans(),
                }
            ),
            max_size=3,
            unique_by=lambda evidence: str(evidence["url"]),
        ),
    },
    optional={
        "nothing_done": st.just(False), "nil_reason": _text, "return_reason": _text, "obstacles_th": _lines,
        "suggestions_th": _lines,
    },
)  # fmt: skip
_units = st.lists(
    st.sampled_from(["งานพัสดุ กองคลัง", "กองคลัง", "สำนักปลัด", "งาน ก ข", "ทุกส่วนราชการ"]), max_size=3, unique=True
)
_step = _words | st.fixed_dictionaries({"printed_number": _maybe_number, "text_th": _words})
_measure = st.fixed_dictionaries(
    {
        "printed_number": _maybe_number,
        "title_th": _words,
        "steps_th": st.lists(_step, max_size=3),
        "units_th": _units,
        "due_th": _text,
        "due": st.none() | _day,
        "results_th": _bullets,
        "quarters": st.lists(_quarter, max_size=4).map(
            lambda quarters: [{"number": n, **quarter} for n, quarter in enumerate(quarters, 1)]
        ),
    },
    optional={
        "units_printed_th": _text,
        "progress": st.sampled_from(["", "ongoing", "cancelled"]),
        "percent": st.none() | st.integers(0, 100),
        "indicator_th": _lines,
        "target_th": _text,
        "budget": st.none() | st.sampled_from(["0", "๑,๐๐๐.๕๐", "999999999999.99"]),
        "obstacles_th": _lines,
        "suggestions_th": _lines,
        "remark_th": _text,
    },
)
_columns = st.just(list("กขคงจ")) | st.lists(
    st.fixed_dictionaries(
        {"source": st.sampled_from(["measure", "percent", "period2"])}, optional={"heading_th": _text}
    ),
    min_size=1, unique_by=lambda column: str(column["source"]),
)  # fmt: skip
_group = st.fixed_dictionaries(
    {"title_th": _text, "printed_number": _maybe_number, "measures": st.lists(_measure, max_size=2)}
)
_memorandum = st.fixed_dictionaries(
    {
        "section_th": _text,
        "number_th": _text,
        "date": st.none() | _day,
        "subject_th": _text,
        "to_th": _text,
        "closing_th": _text,
        "sections": st.lists(
            st.fixed_dictionaries(
                {"number_th": _maybe_number, "title_th": _text, "body_th": _text},
                optional={"items_th": st.lists(_item, max_size=3)},
            ),
            max_size=2,
        ),
        "chain": st.just(
            [{"position_th": "นิติกร", "role": "author"}, {"position_th": "ปลัด", "endorsement_th": "ทราบ"}]
        ),
    },
    optional={
        "ita_score": st.none() | st.sampled_from(["99.76", "๙๕", "0.5"]),
        "refers_to": st.none()
        | st.fixed_dictionaries({"number_th": _text, "date": st.none() | _day, "subject_th": _text}),
    },
)


@st.composite
def plan_files(draw: st.DrawFn) -> Data:
    """Any plan that the format allows."""
    data = small()
    data["table"]["groups"] = draw(st.lists(_group, max_size=3))
    if draw(st.booleans()):
        data["memorandum"] = draw(_memorandum)
        data["table"] |= {"title_th": draw(_text), "subtitle_th": "", "columns_th": draw(_columns)}
    return data
