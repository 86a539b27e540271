"""Every act is an event: each action writes one, and each word that is written can be read in Thai."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

from measures.acts import ACTS, sentence
from reports.choices import Decision

ROOT = Path(__file__).parents[2]
ACTIONS = sorted([*ROOT.glob("measures/actions/*.py"), *ROOT.glob("reports/actions/*.py")])
NO_ACTS_OF_THEIR_OWN = {
    "question": "what a passkey is asked to sign; the signature is the act",
}
"""Functions with ``by`` and ``at`` that change nothing."""
NO_WORDS = {
    "agency.slug",
    "chain.html",
    "person.html",
    "plan.html",
    "report.html",
    "result.html",
    "revision.html",
}


class _Calls(ast.NodeVisitor):
    """Which functions a module has, with their arguments and the names they call."""

    def __init__(self) -> None:
        self.calls: dict[str, set[str]] = defaultdict(set)
        self.arguments: dict[str, set[str]] = {}
        self._in = ""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        outer, self._in = self._in, self._in or node.name
        if not outer:
            self.arguments[node.name] = {a.arg for a in node.args.kwonlyargs}
        self.generic_visit(node)
        self._in = outer

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        self.calls[self._in].add(name)
        self.generic_visit(node)


def _all_calls() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Of every function of the actions: what it calls, its module's private functions told apart by the module."""
    calls: dict[str, set[str]] = defaultdict(set)
    arguments: dict[str, set[str]] = {}
    for path in ACTIONS:
        found = _Calls()
        found.visit(ast.parse(path.read_text(encoding="utf-8")))
        own = {name: f"{path.stem}{name}" for name in found.arguments if name.startswith("_")}
        for name, given in found.arguments.items():
            calls[own.get(name, name)] |= {own.get(called, called) for called in found.calls[name]}
            arguments[own.get(name, name)] = given
    return calls, arguments


def _reached(name: str, calls: dict[str, set[str]]) -> set[str]:
    seen, due = set(), {name}
    while due:
        seen |= due
        due = {called for each in due for called in calls.get(each, ())} - seen
    return seen


def test_every_action_of_a_person_writes_an_event() -> None:
    calls, arguments = _all_calls()
    acts = [name for name, given in arguments.items() if {"by", "at"} <= given and name[0] != "_"]
    silent = [name for name in acts if "record" not in _reached(name, calls)]
    assert len(acts) > 40
    assert sorted(silent) == sorted(NO_ACTS_OF_THEIR_OWN)


def _words() -> set[str]:
    """The words of acts as they stand in the code."""
    nouns = {act.partition(".")[0] for act in ACTS}
    word = re.compile(rf'"((?:{"|".join(sorted(nouns))})\.[a-z_]+)"')
    sources = [p for room in ("measures", "reports", "ita_portal") for p in (ROOT / room).rglob("*.py")]
    found = {w for p in sources if p.name != "acts.py" for w in word.findall(p.read_text(encoding="utf-8"))}
    return {w for w in found if not w.endswith((".html", ".txt", ".py"))} - NO_WORDS


def test_every_word_that_is_written_can_be_read() -> None:
    assert sorted(_words() - set(ACTS)) == []


@pytest.mark.parametrize("decision", [d for d in Decision if d != Decision.SENT])
def test_every_decision_can_be_read(decision: Decision) -> None:
    assert f"revision.{decision}" in ACTS


def test_an_act_is_read_with_what_is_known_of_it() -> None:
    assert sentence("unit.added", {"name": "กองคลัง"}) == "เพิ่มส่วนราชการ “กองคลัง”"
    assert sentence("chain.changed", {"positions": ["ปลัด", "นายก"]}) == "กำหนดลำดับการลงนามเป็น ปลัด, นายก"
    assert sentence("unit.added", {}) == "เพิ่มส่วนราชการ “–”"
    assert sentence("thing.unheard_of", {"name": "x"}) == "thing.unheard_of"
