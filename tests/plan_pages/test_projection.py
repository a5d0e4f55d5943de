"""Blocks to register: identity survives everything that happens to a page."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from plan_pages.pages.chapter import ChapterPage
from plan_pages.register import Chapter, Goal, Indicator, Measure, Task
from tests.factories import chapter_page, goal, indicator, measure, plan_page, publish, task

pytestmark = pytest.mark.django_db


def identities() -> dict[str, Any]:
    return {row.code: row.public_id for row in Measure.objects.filter(retired_at__isnull=True)}


def change(page: ChapterPage, edit: Any) -> ChapterPage:
    """Edit the raw goals of the latest revision and publish it."""
    draft = page.get_latest_revision_as_object()
    raw = draft.goals.get_prep_value()
    edit(raw)
    draft.goals = draft.goals.stream_block.to_python(raw)
    return publish(draft)


@pytest.fixture
def page() -> ChapterPage:
    measures = [measure("1.1.1", indicators=[indicator("R1")]), measure("1.1.2"), measure("1.1.10")]
    return chapter_page(plan_page(), [goal("1", [task("1.1", measures)], indicators=[indicator("R0")])])


def measures_of(raw: Any) -> list[Any]:
    return raw[0]["value"]["tasks"][0]["value"]["measures"]


def test_publishing_a_chapter_makes_a_row_for_each_block(page: ChapterPage) -> None:
    assert [(goal.code, goal.chapter.page_id) for goal in Goal.objects.all()] == [("1", page.pk)]
    assert [(task.code, task.goal.code) for task in Task.objects.all()] == [("1.1", "1")]
    assert [measure.code for measure in Measure.objects.all()] == ["1.1.1", "1.1.2", "1.1.10"]
    assert {(row.code, row.goal_id is None) for row in Indicator.objects.all()} == {("R0", False), ("R1", True)}


def test_publishing_again_changes_no_row(page: ChapterPage) -> None:
    before = list(Measure.objects.values()), list(Indicator.objects.values())
    publish(page)
    assert (list(Measure.objects.values()), list(Indicator.objects.values())) == before


def test_a_draft_changes_no_row(page: ChapterPage) -> None:
    before = list(Measure.objects.values())
    draft = page.get_latest_revision_as_object()
    raw = draft.goals.get_prep_value()
    measures_of(raw).pop()
    draft.goals = draft.goals.stream_block.to_python(raw)
    draft.save_revision()
    assert list(Measure.objects.values()) == before


def test_a_measure_keeps_its_identity_when_measures_are_reordered(page: ChapterPage) -> None:
    before = identities()
    change(page, lambda raw: measures_of(raw).reverse())
    assert identities() == before
    assert [row.code for row in Measure.objects.order_by("position")] == ["1.1.10", "1.1.2", "1.1.1"]


def test_two_measures_may_swap_their_codes(page: ChapterPage) -> None:
    before = identities()

    def swap(raw: Any) -> None:
        first, second, _third = measures_of(raw)
        first["value"]["code"], second["value"]["code"] = second["value"]["code"], first["value"]["code"]

    change(page, swap)
    assert identities() == before | {"1.1.1": before["1.1.2"], "1.1.2": before["1.1.1"]}


def test_a_measure_whose_block_disappears_is_retired_and_kept(page: ChapterPage) -> None:
    before = identities()
    change(page, lambda raw: measures_of(raw).pop(0))
    assert "1.1.1" not in identities()
    assert Measure.objects.get(code="1.1.1").public_id == before["1.1.1"]
    assert Indicator.objects.get(code="R1").retired_at is not None


def test_a_new_block_with_the_code_of_a_block_that_goes_keeps_its_row(page: ChapterPage) -> None:
    before = identities()

    def remake(raw: Any) -> None:
        measures_of(raw)[0] = measure("1.1.1", title={"lt": "Naujas", "en": "New"})

    change(page, remake)
    assert identities() == before
    assert Measure.objects.get(code="1.1.1").title["en"] == "New"


def test_going_back_to_an_old_revision_brings_the_same_measure_back(page: ChapterPage) -> None:
    before = identities()
    old = page.latest_revision
    change(page, lambda raw: measures_of(raw).pop(0))
    publish(old.as_object())
    assert identities() == before


def test_unpublishing_and_publishing_again_keeps_the_rows(page: ChapterPage) -> None:
    before = identities()
    page.unpublish()
    assert not Chapter.objects.get(page=page).live
    assert identities() == before
    publish(page)
    assert Chapter.objects.get(page=page).live
    assert identities() == before


def test_deleting_a_page_retires_its_rows_and_keeps_them(page: ChapterPage) -> None:
    count = Measure.objects.count()
    page.delete()
    assert Measure.objects.count() == count
    assert identities() == {}
    assert Chapter.objects.get().page is None


def test_deleting_the_plan_page_retires_the_rows_of_its_chapters(page: ChapterPage) -> None:
    page.get_parent().delete()
    assert identities() == {}
    assert Chapter.objects.get().retired_at is not None


def test_a_chapter_made_anew_under_its_code_goes_on_with_its_measures(page: ChapterPage) -> None:
    before = identities()
    plan, raw = page.get_parent().specific, page.goals.get_prep_value()
    page.delete()
    for child in measures_of(raw):
        del child["id"]
    del raw[0]["id"], raw[0]["value"]["tasks"][0]["id"]
    chapter_page(plan, raw, code=page.code)
    assert identities() == before


def test_a_copy_into_the_same_plan_stays_a_draft_with_the_original_untouched(page: ChapterPage) -> None:
    before = identities()
    copy = page.copy(update_attrs={"slug": "kopija", "title": "Kopija"}, keep_live=True)
    copy.refresh_from_db()
    assert not copy.live
    assert identities() == before
    assert Chapter.objects.count() == 1


def test_a_copied_plan_has_measures_of_its_own(page: ChapterPage) -> None:
    before = set(identities().values())
    plan = page.get_parent().specific
    plan.copy(recursive=True, update_attrs={"slug": "kopija", "title": "Kopija"}, keep_live=True)
    rows = Measure.objects.filter(retired_at__isnull=True)
    assert rows.count() == 6
    assert len({row.public_id for row in rows} - before) == 3
    assert rows.values("plan").distinct().count() == 2


def test_the_first_published_end_stays_and_every_later_one_is_kept(page: ChapterPage) -> None:
    change(page, lambda raw: measures_of(raw)[0]["value"].update(end="2027-06-30"))
    change(page, lambda raw: measures_of(raw)[0]["value"].update(end="2028-06-30"))
    row = Measure.objects.get(code="1.1.1")
    assert row.original_end.isoformat() == "2026-12-31"
    moves = [(each.was.isoformat(), each.became.isoformat()) for each in row.deadline_changes.all()]
    assert moves == [("2026-12-31", "2027-06-30"), ("2027-06-30", "2028-06-30")]


def test_a_failing_projection_leaves_the_page_as_it_was(page: ChapterPage, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = page.get_latest_revision_as_object()
    draft.title = "Kitas"
    revision = draft.save_revision()

    def fail(*args: Any) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr("plan_pages.projection._Projection.run", fail)
    with pytest.raises(RuntimeError, match="planted"):
        revision.publish()
    page.refresh_from_db()
    assert page.title != "Kitas"


def test_blocks_stored_without_ids_get_lasting_ones(page: ChapterPage) -> None:
    first = [node["id"] for node in measures_of(ChapterPage.objects.get(pk=page.pk).goals.get_prep_value())]
    second = [node["id"] for node in measures_of(ChapterPage.objects.get(pk=page.pk).goals.get_prep_value())]
    assert first == second


def test_a_code_of_another_chapter_is_refused_at_its_field(page: ChapterPage) -> None:
    other = chapter_page(page.get_parent().specific, [goal("2", [task("2.1", [measure("1.1.2")])])], live=False)
    with pytest.raises(ValidationError) as caught:
        other.full_clean()
    error = caught.value.error_dict["goals"][0]
    field = error.block_errors[0].block_errors["tasks"].block_errors[0].block_errors["measures"].block_errors[0]
    assert "1.1.2" in field.block_errors["code"].messages[0]
