"""The monitoring screens as a browser meets them: lists, forms, messages, queries."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from plan_pages.choices import ReturnState
from plan_pages.editing import returns
from plan_pages.monitoring import ChapterReturn, Entry, ReportingPeriod
from plan_pages.pages.chapter import ChapterPage
from plan_pages.register import FormerPlace, Measure
from plan_pages.roles import GroupRole
from tests.factories import chapter_page, goal, group_page, indicator, measure, plan_page, task
from tests.roles import City

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City()


def login(city: City, client: Client, name: str) -> Client:
    client.force_login(city.user(name))
    return client


def words(response: Any) -> str:
    """The page without its line breaks."""
    return " ".join(response.content.decode().split())


def test_editors_see_their_own_returns_and_what_is_to_be_begun(city: City, client: Client) -> None:
    city.chapter_return()
    ReportingPeriod.objects.create(plan=city.plan.plan, period="2026-Q2")
    context = login(city, client, "editor of A").get(reverse("plan_pages_returns")).context
    assert [str(each.chapter) for each in context["page"]] == [str(city.chapter_a.chapter)]
    assert [(row["chapter"].code, str(row["period"])) for row in context["missing"]] == [("1", "2026-Q2")]


def test_editors_of_another_group_see_nothing_of_it(city: City, client: Client) -> None:
    city.chapter_return()
    context = login(city, client, "editor of B").get(reverse("plan_pages_returns")).context
    assert (list(context["page"]), [row["chapter"].code for row in context["missing"]]) == ([], ["2"])


@pytest.mark.parametrize(
    ("query", "count"), [("", 1), ("state=draft", 1), ("state=approved", 0), ("period=2026-Q1", 1), ("period=x", 0)]
)
def test_returns_are_found_by_state_and_period(city: City, client: Client, query: str, count: int) -> None:
    city.chapter_return()
    response = login(city, client, "coordinator").get(f"{reverse('plan_pages_returns')}?{query}")
    assert len(response.context["page"].object_list) == count


def test_a_return_is_begun_with_a_button(city: City, client: Client) -> None:
    address = reverse("plan_pages_start_return", args=[city.chapter_a.chapter.pk, city.period.pk])
    response = login(city, client, "editor of A").post(address)
    assert response.url == reverse("plan_pages_return", args=[ChapterReturn.objects.get().pk])


def test_an_error_keeps_what_was_typed_and_stands_at_its_field(city: City, client: Client) -> None:
    address = reverse("plan_pages_return", args=[city.chapter_return().pk])
    key = f"measure-{Measure.objects.get(code='1.1.0').pk}"
    data = {"deed": "record", f"{key}-status": "delayed", f"{key}-note_lt": "Rangovas vėluoja"}
    response = login(city, client, "editor of A").post(address, data)
    assert "Rangovas vėluoja" in words(response)
    assert f'id="id_{key}-reason_lt_error"' in words(response)
    assert "Nothing is saved yet" in words(response)
    assert not Entry.objects.exists()


def test_a_return_is_saved_and_submitted_in_one_go(city: City, client: Client) -> None:
    address = reverse("plan_pages_return", args=[city.chapter_return().pk])
    key = f"measure-{Measure.objects.get(code='1.1.0').pk}"
    other = f"measure-{Measure.objects.get(code='1.1.1').pk}"
    data = {"deed": "submit", f"{key}-status": "on_track", f"{other}-status": "not_started"}
    login(city, client, "editor of A").post(address, data)
    assert ChapterReturn.objects.get().state == ReturnState.SUBMITTED
    assert Entry.objects.count() == 2


def test_submitting_with_a_measure_missing_names_it_and_asks_first(city: City, client: Client) -> None:
    address = reverse("plan_pages_return", args=[city.chapter_return().pk])
    key = f"measure-{Measure.objects.get(code='1.1.0').pk}"
    data = {"deed": "submit", f"{key}-status": "on_track"}
    page = words(login(city, client, "editor of A").post(address, data, follow=True))
    assert "1 measure is without data." in page
    assert "Title 1.1.1" in page.split("1 measure is without data.")[1].split("</ul>")[0]
    assert (ChapterReturn.objects.get().state, Entry.objects.count()) == (ReturnState.DRAFT, 1)
    client.post(address, {"deed": "hand_in", "anyway": "1"})
    assert ChapterReturn.objects.get().state == ReturnState.SUBMITTED


def test_without_scripts_a_colleagues_change_is_merged_or_told_and_never_overwritten(
    city: City, client: Client
) -> None:
    chapter_return = city.chapter_return()
    address = reverse("plan_pages_return", args=[chapter_return.pk])
    rows = {row.measure.code: row for row in login(city, client, "editor of A").get(address).context["sheet"].measures}
    untouched, changed = rows["1.1.0"], rows["1.1.1"]
    for row in (untouched, changed):
        Entry.objects.create(
            chapter_return=chapter_return, measure=row.measure, status="completed", changed_by=city.user("coordinator")
        )
    data = {"deed": "record", f"{changed.key}-status": "on_track"}
    data |= {f"{row.key}-base": row.base for row in (untouched, changed)} | {f"{untouched.key}-status": ""}
    response = client.post(address, data)
    assert "coordinator changed this" in words(response)
    assert set(Entry.objects.values_list("status", flat=True)) == {"completed"}
    # The page that came back knows what the colleague wrote: sent again, it keeps mine and leaves the other row alone.
    again = {row.key: row for row in response.context["sheet"].measures}
    data |= {f"{key}-base": row.base for key, row in again.items()}
    data |= {f"{key}-status": row["status"].value() for key, row in again.items()}
    client.post(address, data)
    assert dict(Entry.objects.values_list("measure__code", "status")) == {"1.1.0": "completed", "1.1.1": "on_track"}


def test_what_is_completed_already_is_not_asked_for_again(city: City, client: Client) -> None:
    before = ReportingPeriod.objects.create(plan=city.plan.plan, period="2025-Q4")
    approved = ChapterReturn.objects.create(
        chapter=city.chapter_a.chapter, period=before, state=ReturnState.APPROVED, approved_at=timezone.now()
    )
    Entry.objects.create(chapter_return=approved, measure=Measure.objects.get(code="1.1.0"), status="completed")
    Entry.objects.create(
        chapter_return=approved, measure=Measure.objects.get(code="1.1.1"), status="on_track", note={"lt": "Pradėta"}
    )
    response = login(city, client, "editor of A").get(reverse("plan_pages_return", args=[city.chapter_return().pk]))
    assert [line.measure.code for line in response.context["grid"].missing] == ["1.1.1"]
    assert "Completed since" in words(response)
    # Beside the field, not in it.
    assert "Pradėta" in words(response)
    assert not any(row["note_lt"].value() for row in response.context["sheet"].measures)


def test_what_changed_since_the_return_was_sent_back_is_marked(city: City, client: Client) -> None:
    chapter_return = city.chapter_return(ReturnState.SUBMITTED)
    for code in ("1.1.0", "1.1.1"):
        Entry.objects.create(
            chapter_return=chapter_return,
            measure=Measure.objects.get(code=code),
            status="on_track",
            changed_at=timezone.now(),
        )
    returns.send_back(chapter_return, city.user("coordinator"), "Patikslinkite")
    address = reverse("plan_pages_return_rows", args=[chapter_return.pk])
    key = f"measure-{Measure.objects.get(code='1.1.1').pk}"
    login(city, client, "editor of A").post(address, {f"{key}-status": "not_started"})
    grid = client.get(reverse("plan_pages_return", args=[chapter_return.pk])).context["grid"]
    assert [line.measure.code for line in grid.measures if line.is_new] == ["1.1.1"]


def test_a_return_that_was_handed_in_is_shown_without_buttons(city: City, client: Client) -> None:
    address = reverse("plan_pages_return", args=[city.chapter_return(ReturnState.SUBMITTED).pk])
    response = login(city, client, "editor of A").get(address)
    assert 'name="deed"' not in words(response)
    assert not any(not field.disabled for row in response.context["sheet"].rows for field in row.fields.values())


def test_a_coordinator_approves_with_a_button(city: City, client: Client) -> None:
    address = reverse("plan_pages_return", args=[city.chapter_return(ReturnState.SUBMITTED).pk])
    login(city, client, "coordinator").post(address, {"deed": "approve"})
    assert ChapterReturn.objects.get().state == ReturnState.APPROVED


def test_sending_back_without_a_reason_says_so(city: City, client: Client) -> None:
    address = reverse("plan_pages_return", args=[city.chapter_return(ReturnState.SUBMITTED).pk])
    response = login(city, client, "coordinator").post(address, {"deed": "send_back", "reason": ""})
    assert "Say why the return goes back" in words(response)


def test_a_deed_that_came_too_late_is_told_and_not_done(city: City, client: Client) -> None:
    address = reverse("plan_pages_return", args=[city.chapter_return(ReturnState.SUBMITTED).pk])
    response = login(city, client, "editor of A").post(address, {"deed": "record"}, follow=True)
    assert "This is not possible now" in words(response)


def test_a_coordinator_adds_locks_and_reopens_a_period(city: City, client: Client) -> None:
    login(city, client, "coordinator")
    fields = {"plan": city.plan.plan.pk, "period": "2026-Q2", "opens": "2026-07-01", "due": ""}
    client.post(reverse("plan_pages_add_period"), fields)
    period = ReportingPeriod.objects.get(period="2026-Q2")
    client.post(reverse("plan_pages_lock_period", args=[period.pk]))
    assert ReportingPeriod.objects.get(pk=period.pk).is_locked
    client.post(reverse("plan_pages_reopen_period", args=[period.pk]), {"reason": "Klaida"})
    assert not ReportingPeriod.objects.get(pk=period.pk).is_locked
    assert "Period reopened: Klaida" in words(client.get(reverse("plan_pages_period", args=[period.pk])))


def test_a_period_with_errors_shows_them(city: City, client: Client) -> None:
    fields = {"plan": city.plan.plan.pk, "period": "2026-H1", "opens": "", "due": ""}
    assert "write it like 2026-Q1" in words(
        login(city, client, "coordinator").post(reverse("plan_pages_add_period"), fields)
    )


def test_locking_names_the_returns_that_stay_out(city: City, client: Client) -> None:
    city.chapter_return(ReturnState.SUBMITTED)
    response = login(city, client, "coordinator").get(reverse("plan_pages_lock_period", args=[city.period.pk]))
    assert city.chapter_a.heading_en in words(response)


def test_one_action_makes_the_role_of_a_new_group(city: City, client: Client) -> None:
    group = group_page(city.plan, code="3", title="Sportas")
    address = reverse("plan_pages_make_role", args=[group.pk])
    login(city, client, "coordinator").get(address)
    assert not GroupRole.objects.filter(page=group).exists()
    client.post(address)
    assert "3. Sportas" in GroupRole.objects.get(page=group).editors.name


def test_the_page_of_a_group_offers_the_action_to_those_who_may(city: City, client: Client) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[city.a.pk])
    action = reverse("plan_pages_make_role", args=[city.a.pk])
    assert action in words(login(city, client, "superuser").get(address))
    assert action not in words(login(city, client, "editor of A").get(address))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("reader", set()),
        ("approver", set()),
        ("editor of A", {"plan_pages_returns"}),
        ("coordinator", {"plan_pages_returns", "plan_pages_periods", "plan_pages_roles"}),
    ],
)
def test_the_menu_shows_what_one_may_open(city: City, client: Client, name: str, shown: set[str]) -> None:
    home = words(login(city, client, name).get(reverse("wagtailadmin_home")))
    names = ("plan_pages_returns", "plan_pages_periods", "plan_pages_roles")
    assert {name for name in names if f'"{reverse(name)}"' in home} == shown


def test_saving_a_chapter_warns_of_what_deserves_a_second_look(city: City, client: Client) -> None:
    odd = measure("2.1.9", indicators=[indicator("R9", direction="decrease", baseline="0", target="10")])
    page = chapter_page(city.plan, [goal("2", [task("2.1", [odd])])], group=city.a, code="9", live=False)
    response = login(city, client, "superuser").get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    data = form_data(response.context["form"], page)
    response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data, follow=True)
    assert "Indicator R9: the target is not on the side of its direction" in words(response)


def form_data(form: Any, page: ChapterPage) -> dict[str, Any]:
    """What the editor of the page would post unchanged."""
    from wagtail.test.utils.form_data import nested_form_data, streamfield

    data = {name: form[name].value() for name in form.fields if name not in ("goals", "comment_notifications")}
    data = {name: "" if value is None else value for name, value in data.items()}
    for name in ("body_lt", "body_en"):
        data[name] = '{"blocks": [], "entityMap": {}}'
    goals = [("goal", block_data(child)) for child in page.goals]
    comments = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}
    return nested_form_data({**data, "goals": streamfield(goals), "comments": comments})


def block_data(child: Any) -> dict[str, Any]:
    from wagtail.test.utils.form_data import streamfield

    def plain(value: Any) -> Any:
        if hasattr(value, "stream_block"):
            return streamfield([(each.block_type, block_data(each)) for each in value])
        if hasattr(value, "items"):
            return {key: plain(inner) for key, inner in value.items()}
        return "" if value is None else str(value)

    return plain(child.value)


def long_return(measures: int) -> ChapterReturn:
    """A return of a chapter of so many measures, all reported, with an indicator and money each."""
    plan = plan_page()
    prefix = f"9.{measures}"
    rows = [measure(f"{prefix}.{number}", indicators=[indicator(f"{prefix}.{number}")]) for number in range(measures)]
    page = chapter_page(plan, [goal(f"{prefix}", [task(f"{prefix}", rows)])])
    period = ReportingPeriod.objects.create(plan=plan.plan, period="2026-Q1")
    chapter_return = ChapterReturn.objects.create(chapter=page.chapter, period=period)
    for row in Measure.objects.filter(chapter=page.chapter):
        Entry.objects.create(chapter_return=chapter_return, measure=row, status="on_track")
        row.budget.create(year=2025, fund="SB", planned=1)
        row.indicators.get().values.create(period=period, actual=1)
    return chapter_return


def queries(deed: Callable[[], Any]) -> int:
    ContentType.objects.get_for_model(ChapterReturn)
    with CaptureQueriesContext(connection) as captured:
        deed()
    return len(captured)


def test_a_return_is_shown_in_the_same_number_of_queries_however_long_it_is(city: City, client: Client) -> None:
    login(city, client, "coordinator").get(reverse("plan_pages_returns"))
    addresses = [reverse("plan_pages_return", args=[long_return(measures).pk]) for measures in (20, 100)]
    counts = [queries(partial(client.get, address)) for address in addresses]
    assert counts[0] == counts[1] <= 25


def test_a_return_is_saved_in_the_same_number_of_queries_however_long_it_is(city: City, client: Client) -> None:
    login(city, client, "coordinator").get(reverse("plan_pages_returns"))
    counts = []
    for measures in (2, 20):
        chapter_return = long_return(measures)
        data = {"deed": "record"}
        for row in Measure.objects.filter(chapter=chapter_return.chapter):
            data[f"measure-{row.pk}-status"] = "completed"
            data[f"indicator-{row.indicators.get().pk}-actual"] = "2"
            data[f"money-{row.pk}-2025-SB-spent"] = "1"
        address = reverse("plan_pages_return", args=[chapter_return.pk])
        counts.append(queries(partial(client.post, address, data)))
        assert set(chapter_return.entries.values_list("status", flat=True)) == {"completed"}
    assert counts[0] == counts[1] <= 30


def test_a_row_is_saved_and_news_are_read_in_few_queries_however_long_the_return_is(city: City, client: Client) -> None:
    login(city, client, "coordinator").get(reverse("plan_pages_returns"))
    saves, looks = [], []
    for measures in (2, 20):
        chapter_return = long_return(measures)
        address = reverse("plan_pages_return_rows", args=[chapter_return.pk])
        key = f"measure-{Measure.objects.filter(chapter=chapter_return.chapter).first().pk}"
        client.post(address, {f"{key}-status": "on_track"})
        saves.append(queries(partial(client.post, address, {f"{key}-status": "completed"})))
        tag = client.get(address).headers["ETag"]
        looks.append(queries(partial(client.get, address, headers={"If-None-Match": tag})))
    assert saves[0] == saves[1] <= 25
    assert looks[0] == looks[1] <= 8


def test_returns_are_listed_in_the_same_number_of_queries_however_many_there_are(city: City, client: Client) -> None:
    login(city, client, "coordinator").get(reverse("plan_pages_periods"))
    ReportingPeriod.objects.update(locked_at=timezone.now())
    counts = []
    for numbers in (range(2), range(2, 20)):
        for number in numbers:
            period = f"{2027 + number // 4}-Q{number % 4 + 1}"
            period = ReportingPeriod.objects.create(plan=city.plan.plan, period=period, locked_at=timezone.now())
            ChapterReturn.objects.create(chapter=city.chapter_a.chapter, period=period)
        counts.append(queries(lambda: client.get(reverse("plan_pages_returns"))))
    assert counts[0] == counts[1] <= 20


def test_a_measure_that_has_moved_to_another_chapter_since_is_in_the_grid_of_the_one_that_reports_it(
    city: City, client: Client
) -> None:
    chapter_return = city.chapter_return()
    there = city.chapter_b.chapter
    moved = Measure.objects.get(code="1.1.0")
    last = chapter_return.period.last_day
    FormerPlace.objects.create(
        measure=moved,
        chapter=chapter_return.chapter,
        left=last,
        code=moved.code,
        block_id=moved.block_id,
        reported_until=last,
    )
    task = there.tasks.get()
    Measure.objects.filter(pk=moved.pk).update(chapter=there, task=task)
    moved.indicators.update(chapter=there)
    address = reverse("plan_pages_return", args=[chapter_return.pk])
    grid = login(city, client, "editor of A").get(address).context["grid"]
    assert [line.measure.code for line in grid.measures] == ["1.1.1", "1.1.0"]
    indicator = moved.indicators.get()
    rows = reverse("plan_pages_return_rows", args=[chapter_return.pk])
    client.post(rows, {f"indicator-{indicator.pk}-actual": "3"})
    assert f"indicator-{indicator.pk}" in client.get(rows).json()["stored"]
