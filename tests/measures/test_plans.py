"""The officer's pages of a year: who sees them, what they say, and that nothing is lost."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects
from pytest_django.fixtures import DjangoAssertNumQueries

from audit.models import Event
from measures.fiscal import bangkok_date, fiscal_year_of
from measures.models import Agency, Measure, MeasureGroup, Person, Plan, Unit
from tests.conftest import browser
from tests.measures.plans import a_group, a_measure, a_plan, a_result

pytestmark = pytest.mark.django_db
YEAR = fiscal_year_of(bangkok_date(timezone.now()))


@pytest.fixture
def plan(town: Agency, officer: Person) -> Plan:
    return a_plan(town, officer, YEAR)


@pytest.fixture
def group(plan: Plan, officer: Person) -> MeasureGroup:
    return a_group(plan, officer)


@pytest.fixture
def measure(group: MeasureGroup, officer: Person, finance: Unit) -> Measure:
    return a_measure(group, officer, units=(finance,))


@pytest.fixture
def desk(officer: Person) -> Client:
    return browser(officer)


def typed(measure: Measure, **changes: object) -> dict[str, object]:
    """The form of ``measure`` as a browser sends it, with ``changes``."""
    return {
        "version": measure.version,
        "group": measure.group_id,
        "title": measure.title,
        "steps": "\n".join(step.text for step in measure.steps.all()),
        "lead": list(measure.units.values_list("pk", flat=True)),
    } | changes


# --- years ---------------------------------------------------------------------------------------------------------


def test_the_menu_leads_to_the_year_of_today(desk: Client, plan: Plan) -> None:
    assertRedirects(desk.get(reverse("plans")), reverse("plan", args=[YEAR]))


def test_a_year_that_has_not_started_offers_the_year_before(
    desk: Client, town: Agency, officer: Person
) -> None:
    a_plan(town, officer, YEAR - 1)
    assertContains(
        desk.get(reverse("plans")),
        f"ยังไม่มีมาตรการในปีงบประมาณ พ.ศ. {YEAR} ท่านเริ่มจากมาตรการของปี {YEAR - 1}",
    )


def test_an_empty_year_says_so(desk: Client, plan: Plan) -> None:
    assertContains(desk.get(reverse("plan", args=[YEAR])), f"ยังไม่มีมาตรการในปีงบประมาณ พ.ศ. {YEAR}")


def test_starting_shows_what_it_copies_and_changes(desk: Client, measure: Measure) -> None:
    Measure.objects.filter(pk=measure.pk).update(title=f"รายงานปีงบประมาณ พ.ศ. {YEAR}")
    page = desk.get(reverse("plan_new"))
    assertContains(page, "คัดลอก 1 มาตรการหลัก 1 มาตรการ 2 ขั้นตอน")
    assertContains(page, f"<ins>รายงานปีงบประมาณ พ.ศ. {YEAR + 1}</ins>", html=True)


def test_starting_a_year_leads_to_its_structure(desk: Client, measure: Measure) -> None:
    given = {"fiscal_year": str(YEAR + 1), "source": measure.plan_id}
    assertRedirects(desk.post(reverse("plan_new"), given), reverse("plan_edit", args=[YEAR + 1]))
    assert Plan.objects.get(fiscal_year=YEAR + 1).measures.get().title == measure.title


def test_a_year_is_not_started_from_another_agency(
    desk: Client, stranger: Person, other_town: Agency
) -> None:
    theirs = a_plan(other_town, stranger, YEAR)
    page = desk.post(reverse("plan_new"), {"fiscal_year": YEAR, "source": theirs.pk})
    assertContains(page, "ไม่พบปีที่เลือก")
    assert Plan.objects.get() == theirs


@pytest.mark.parametrize("year", ["", "256", "NaN", "9" * 5000, "2570 2571"])
def test_a_year_that_is_none_is_refused_beside_the_field(desk: Client, town: Agency, year: str) -> None:
    assertContains(desk.post(reverse("plan_new"), {"fiscal_year": year}), "invalid-feedback")
    assert not Plan.objects.exists()


# --- the grid ------------------------------------------------------------------------------------------------------


def test_the_grid_shows_what_waits_for_the_officer(desk: Client, measure: Measure, officer: Person) -> None:
    a_result(measure, 1, officer)
    page = desk.get(reverse("plan", args=[YEAR]))
    assertContains(page, "รอท่านตรวจ (1)")
    assertContains(page, f'href="{reverse("result", args=[measure.pk, 1])}"')


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_readers_see_the_grid_and_nothing_to_change(
    request: pytest.FixtureRequest, measure: Measure, role: str
) -> None:
    page = browser(request.getfixturevalue(role)).get(reverse("plan", args=[YEAR]))
    assertContains(page, measure.title)
    assertNotContains(page, reverse("plan_edit", args=[YEAR]))


@pytest.mark.parametrize("count", [1, 30])
def test_the_year_and_its_editor_cost_the_same_however_many_measures(
    desk: Client,
    group: MeasureGroup,
    officer: Person,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(count):
        a_result(a_measure(group, officer, f"มาตรการ {n}"), 1, officer)
    with django_assert_num_queries(13):
        desk.get(reverse("plan", args=[YEAR]))
    with django_assert_num_queries(12):
        desk.get(reverse("plan_edit", args=[YEAR]))


def test_the_dossier_is_for_readers_and_responsible_units(
    contributor: Person, measure: Measure, group: MeasureGroup, officer: Person
) -> None:
    other = a_measure(group, officer, "ของหน่วยงานอื่น")
    client = browser(contributor)
    assert client.get(reverse("measure", args=[measure.pk])).status_code == 200
    assert client.get(reverse("measure", args=[other.pk])).status_code == 403


def test_typed_html_is_shown_as_it_was_typed(desk: Client, group: MeasureGroup, officer: Person) -> None:
    bad = "</textarea><script>x</script>{{7*7}}{% load %}"
    measure = a_measure(group, officer, bad, bad)
    for name, number in [
        ("plan", YEAR),
        ("plan_edit", YEAR),
        ("measure", measure.pk),
        ("measure_edit", measure.pk),
    ]:
        page = desk.get(reverse(name, args=[number]))
        assertContains(page, "&lt;/textarea&gt;&lt;script&gt;x&lt;/script&gt;{{7*7}}{% load %}")
        assertNotContains(page, "<script>x")


# --- the editor ----------------------------------------------------------------------------------------------------


def test_a_move_leads_back_to_the_thing_that_moved(
    desk: Client, measure: Measure, group: MeasureGroup, officer: Person
) -> None:
    second = a_measure(group, officer, "สอง")
    answer = desk.post(reverse("measure_move", args=[second.pk]), {"direction": "up"})
    assert answer.headers["Location"] == f"{reverse('plan_edit', args=[YEAR])}#measure-{second.pk}"
    assert [m.pk for m in group.measures.all()] == [second.pk, measure.pk]


def test_a_repeated_request_moves_once(
    desk: Client, measure: Measure, group: MeasureGroup, officer: Person
) -> None:
    a_measure(group, officer, "สอง")
    third = a_measure(group, officer, "สาม")
    for _ in range(2):
        given = {"direction": "up", "request_key": "5b1b0f6e-0000-4000-8000-000000000001"}
        desk.post(reverse("measure_move", args=[third.pk]), given)
    assert [m.title for m in group.measures.all()] == [measure.title, "สาม", "สอง"]


def test_a_measure_is_added_where_it_was_asked_for(desk: Client, group: MeasureGroup, finance: Unit) -> None:
    given = {
        "group": group.pk, "title": "ใหม่", "steps": "๑. ก\n๕. ข", "lead": [finance.pk],
        "new_units": "งานพัสดุ กองคลัง", "due_text": "ภายใน ก.ย. ๒๕๗๐", "due": "30/9/2570",
    }  # fmt: skip
    desk.post(reverse("measure_new", args=[group.pk]), given)
    measure = group.measures.get()
    assert [(s.number, s.text) for s in measure.steps.all()] == [("", "ก"), ("๕", "ข")]
    assert [str(o.unit) for o in measure.ownerships.all()] == ["งานการเงินและบัญชี กองคลัง", "งานพัสดุ กองคลัง"]
    assert f"{measure.due}" == "2027-09-30"


def test_a_measure_has_an_indicator_a_target_and_a_budget(desk: Client, measure: Measure) -> None:
    given = {"indicator": "ร้อยละของโครงการ\nจำนวนครั้ง", "target": "ร้อยละ ๑๐๐", "budget": "๑,๐๐๐,๐๐๐.๕๐"}
    desk.post(reverse("measure_edit", args=[measure.pk]), typed(measure, **given))
    page = desk.get(reverse("measure", args=[measure.pk]))
    for shown in ("ร้อยละของโครงการ<br>จำนวนครั้ง", "ร้อยละ ๑๐๐", "1,000,000.50 บาท"):
        assertContains(page, shown)


def test_no_budget_is_not_a_budget_of_nothing(desk: Client, measure: Measure) -> None:
    for budget, stored in (("", None), ("0", 0)):
        measure.refresh_from_db()
        desk.post(reverse("measure_edit", args=[measure.pk]), typed(measure, budget=budget))
        measure.refresh_from_db()
        assert measure.budget == stored


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("budget", "-1", "ตั้งแต่ 0 ถึง 999,999,999,999.99 ทศนิยมไม่เกิน 2 ตำแหน่ง"),
        ("budget", "1.000.000", "ตั้งแต่ 0 ถึง 999,999,999,999.99 ทศนิยมไม่เกิน 2 ตำแหน่ง"),
        ("budget", "1E+1000000", "ตั้งแต่ 0 ถึง 999,999,999,999.99 ทศนิยมไม่เกิน 2 ตำแหน่ง"),
        ("budget", "1000000000000", "ตั้งแต่ 0 ถึง 999,999,999,999.99 ทศนิยมไม่เกิน 2 ตำแหน่ง"),
        ("indicator", "ก" * 2001, "เกินที่รับได้ (2000 ตัวอักษร)"),
        ("title", "\u200b \ufeff", "ยังไม่ได้กรอกชื่อมาตรการ"),
        ("title", "ก" * 1001, "ข้อความยาว 1001 ตัวอักษร เกินที่รับได้ (1000 ตัวอักษร)"),
        ("steps", "ก\n" + "ข" * 5001, "ขั้นตอนที่ 2 ยาว 5,001 ตัวอักษร"),
        ("steps", "\n".join(["ก"] * 201), "มี 201 ขั้นตอน เกินที่รับได้"),
        ("due", "29/02/2568", "วันที่ 29 กุมภาพันธ์ 2568 ไม่มีในปฏิทิน"),
        ("new_units", "ก" * 201, "ยาวเกิน 200 ตัวอักษร"),
        ("lead", "99999999999999999999", "ไม่พบส่วนราชการที่เลือก"),
        ("group", "99999999999999999999", "ไม่พบมาตรการหลักที่เลือก"),
        ("lead", "๑x", "ไม่พบส่วนราชการที่เลือก"),
    ],
)
def test_bad_input_is_named_beside_its_field_and_nothing_is_saved(
    desk: Client, measure: Measure, field: str, value: str, sentence: str
) -> None:
    page = desk.post(
        reverse("measure_edit", args=[measure.pk]), typed(measure, units_printed="พิมพ์ค้าง", **{field: value})
    )
    assertContains(page, sentence)
    assertContains(page, "พิมพ์ค้าง")
    measure.refresh_from_db()
    assert measure.version == 1


def test_a_title_of_the_longest_length_is_taken(desk: Client, measure: Measure) -> None:
    desk.post(reverse("measure_edit", args=[measure.pk]), typed(measure, title="ก" * 1000))
    measure.refresh_from_db()
    assert measure.title == "ก" * 1000


def test_two_measures_may_have_one_title(desk: Client, measure: Measure, group: MeasureGroup) -> None:
    desk.post(reverse("measure_new", args=[group.pk]), {"group": group.pk, "title": measure.title})
    assert group.measures.filter(title=measure.title).count() == 2


def test_extra_fields_are_ignored(desk: Client, measure: Measure) -> None:
    extra = {"plan": 0, "agency": 0, "position": 99, "key": "x", "is_staff": 1}
    before = (measure.plan_id, measure.position, measure.key)
    desk.post(reverse("measure_edit", args=[measure.pk]), typed(measure, title="ใหม่", **extra))
    measure.refresh_from_db()
    assert (measure.plan_id, measure.position, measure.key, measure.title) == (*before, "ใหม่")


def test_a_stale_save_shows_both_texts_and_keeps_what_was_typed(desk: Client, measure: Measure) -> None:
    address = reverse("measure_edit", args=[measure.pk])
    desk.post(address, typed(measure, title="ของคนแรก"))
    page = desk.post(address, typed(measure, title="ของคนที่สอง"))
    assertContains(page, "นางสาวตัวอย่าง สอง บันทึกมาตรการนี้เมื่อวันที่", status_code=409)
    assertContains(page, "<p>ของคนแรก</p>", status_code=409, html=True)
    assertContains(page, "ของคนที่สอง</textarea>", status_code=409)
    measure.refresh_from_db()
    assert measure.title == "ของคนแรก"


@pytest.mark.parametrize("version", ["", "NaN", "9" * 30])
def test_a_save_without_a_version_is_a_stale_one(desk: Client, measure: Measure, version: str) -> None:
    answer = desk.post(reverse("measure_edit", args=[measure.pk]), typed(measure, version=version))
    assert answer.status_code == 409


def test_after_comparing_the_person_saves_their_own_text(desk: Client, measure: Measure) -> None:
    address = reverse("measure_edit", args=[measure.pk])
    desk.post(address, typed(measure, title="ของคนแรก"))
    page = desk.post(address, typed(measure, title="ของคนที่สอง"))
    newer = page.context["form"]["version"].value()
    desk.post(address, typed(measure, title="ของคนที่สอง", version=newer))
    measure.refresh_from_db()
    assert (measure.title, measure.version) == ("ของคนที่สอง", 3)


def test_a_stale_name_of_a_group_shows_the_newer_one(desk: Client, group: MeasureGroup) -> None:
    address = reverse("group_edit", args=[group.pk])
    seen = {"seen_number": "", "seen_title": group.title}
    desk.post(address, {"title": "ของคนแรก", **seen})
    page = desk.post(address, {"title": "ของคนที่สอง", **seen})
    assertContains(page, "ของคนแรก", status_code=409)
    assertContains(page, 'value="ของคนที่สอง"', status_code=409)


def test_deleting_asks_first_and_tells_what_is_lost(desk: Client, measure: Measure) -> None:
    address = reverse("measure_delete", args=[measure.pk])
    assertContains(desk.get(address), "ขั้นตอน 2 ขั้นตอน")
    assertRedirects(desk.post(address), reverse("plan_edit", args=[YEAR]) + f"#group-{measure.group_id}")
    assert not Measure.objects.exists()


def test_a_measure_with_results_says_why_it_stays(desk: Client, measure: Measure, officer: Person) -> None:
    a_result(measure, 1, officer)
    page = desk.post(reverse("measure_delete", args=[measure.pk]))
    assertContains(page, "มาตรการนี้มีผลการดำเนินการ 1 งวดแล้ว จึงลบไม่ได้", status_code=409)


def test_the_quarters_days_are_the_officers(desk: Client, plan: Plan) -> None:
    days = {
        f"{name}_{p.number}": str(getattr(p, name))
        for p in plan.periods.all()
        for name in ("opens", "closes")
    }
    desk.post(reverse("plan_periods", args=[YEAR]), days | {"closes_1": "31 ธันวาคม 2590"})
    assert plan.periods.get(number=1).closes.year == 2590 - 543


def test_a_quarter_that_closes_before_it_opens_is_named(desk: Client, plan: Plan) -> None:
    days = {
        f"{name}_{p.number}": str(getattr(p, name))
        for p in plan.periods.all()
        for name in ("opens", "closes")
    }
    page = desk.post(reverse("plan_periods", args=[YEAR]), days | {"closes_2": "1 มกราคม 2500"})
    assertContains(page, "กำหนดส่งต้องไม่อยู่ก่อนวันเปิดรับรายงาน", count=1)


# --- whose it is ---------------------------------------------------------------------------------------------------

ACTS = [
    ("plan_edit", "year"), ("plan_periods", "year"), ("group_new", "year"), ("group_edit", "group"),
    ("group_move", "group"), ("group_delete", "group"), ("measure_new", "group"), ("measure_edit", "measure"),
    ("measure_move", "measure"), ("measure_delete", "measure"),
]  # fmt: skip


def address(name: str, kind: str, measure: Measure) -> str:
    return reverse(name, args=[{"year": YEAR, "group": measure.group_id, "measure": measure.pk}[kind]])


@pytest.mark.parametrize(("name", "kind"), ACTS)
@pytest.mark.parametrize("role", ["auditor", "administrator", "contributor"])
def test_only_the_officer_changes_the_year(
    request: pytest.FixtureRequest, measure: Measure, name: str, kind: str, role: str
) -> None:
    client = browser(request.getfixturevalue(role))
    acts_by_post = name.endswith("_move")
    to = address(name, kind, measure)
    assert (client.post(to) if acts_by_post else client.get(to)).status_code == 403


@pytest.mark.parametrize(("name", "kind"), ACTS)
def test_another_agencys_year_is_not_there_and_the_attempt_is_kept(
    stranger: Person, measure: Measure, name: str, kind: str
) -> None:
    answer = (
        browser(stranger).post(address(name, kind, measure))
        if name != "plan_edit"
        else browser(stranger).get(address(name, kind, measure))
    )
    assert answer.status_code == 404
    assert Event.objects.filter(act="access.refused", actor_id=stranger.pk).count() == 1


@pytest.mark.parametrize(("name", "kind"), [a for a in ACTS if a[0].endswith("_move")])
def test_opening_an_act_is_refused(desk: Client, measure: Measure, name: str, kind: str) -> None:
    assert desk.get(address(name, kind, measure)).status_code == 405


@pytest.mark.parametrize("field", ["lead", "supporting"])
def test_another_agencys_unit_is_not_there(
    desk: Client, measure: Measure, other_town: Agency, field: str
) -> None:
    theirs = Unit.objects.create(agency=other_town, name="กองอื่น")
    answer = desk.post(reverse("measure_edit", args=[measure.pk]), typed(measure, **{field: [theirs.pk]}))
    assert answer.status_code == 404
    assert Event.objects.filter(act="access.refused").count() == 1


def test_another_agencys_group_is_not_there(
    desk: Client, measure: Measure, other_town: Agency, stranger: Person
) -> None:
    theirs = a_group(a_plan(other_town, stranger), stranger)
    answer = desk.post(reverse("measure_edit", args=[measure.pk]), typed(measure, group=theirs.pk))
    assert answer.status_code == 404
