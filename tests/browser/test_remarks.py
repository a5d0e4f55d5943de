"""A group's editor gives remarks in a real browser: finds the part of the plan by its words, several one after another."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils.translation import override

from plan_pages.consultation.remarks import Remark
from tests.plan_pages.preparation.town import Town

PASSWORD = "labai-slaptas-zodis"


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture(params=[1280, 320])
def editor(open_page: Any, town: Town, request: pytest.FixtureRequest) -> Iterator[Any]:
    """The window of an editor of group A at the form of a remark."""
    with override("lt"):
        user = town.user("editor of A")
        user.set_password(PASSWORD)
        user.save()
        user.wagtail_userprofile.preferred_language = "lt"
        user.wagtail_userprofile.save()
        window = open_page(viewport={"width": request.param, "height": 900})
        window.goto("/admin/login/")
        window.locator("input[name=username]").fill("editor of A")
        window.locator("input[name=password]").fill(PASSWORD)
        window.locator("button[type=submit]").click()
        window.wait_for_url("**/admin/")
        window.goto(f"/admin/preparation/rounds/{town.round.pk}/remarks/add/")
        yield window


def shown(window: Any) -> list[str]:
    options = window.locator("#id_part option").all_text_contents()
    return [option.strip().replace("\u00a0", "") for option in options]


@pytest.mark.django_db(transaction=True)
def test_parts_are_found_by_code_and_by_words_without_their_marks(editor: Any) -> None:
    whole = len(shown(editor))
    editor.locator("#part-search").fill("1.1.1")
    assert [each.split()[1] for each in shown(editor)[1:]] == ["1.1.1"]
    assert editor.locator("#id_part").input_value().startswith("measure-")
    editor.locator("#part-search").fill("priemone 1.1.0")
    assert any("1.1.0" in each for each in shown(editor))
    editor.locator("#part-search").fill("nieko tokio")
    assert editor.locator("#part-found").text_content()
    editor.locator("#part-search").fill("")
    assert len(shown(editor)) == whole


@pytest.mark.django_db(transaction=True)
def test_several_remarks_are_given_one_after_another(editor: Any, town: Town) -> None:
    for text in ("Pirma pastaba", "Antra pastaba"):
        editor.locator("#part-search").fill("1.1.0")
        editor.locator("#id_part").select_option(value=f"measure-{town.measure.pk}")
        editor.locator("textarea[name=text]").fill(text)
        editor.locator("button[value=next]").click()
        editor.wait_for_url("**/remarks/add/?part=*")
        assert editor.locator("textarea[name=text]").input_value() == ""
        assert editor.locator("#id_part").input_value() == f"measure-{town.measure.pk}"
    editor.goto("/admin/preparation/")
    assert editor.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    editor.locator("form.preparation-drafts button[type=submit]").click()
    editor.wait_for_load_state()
    assert list(Remark.objects.order_by("number").values_list("text", "number")) == [
        ("Pirma pastaba", 1),
        ("Antra pastaba", 2),
    ]


@pytest.mark.django_db(transaction=True)
def test_the_form_works_without_a_script(browser: Any, open_page: Any, town: Town) -> None:
    user = town.user("editor of A")
    user.set_password(PASSWORD)
    user.save()
    window = open_page(java_script_enabled=False)
    window.goto("/admin/login/")
    window.locator("input[name=username]").fill("editor of A")
    window.locator("input[name=password]").fill(PASSWORD)
    window.locator("button[type=submit]").click()
    window.goto(f"/admin/preparation/rounds/{town.round.pk}/remarks/add/")
    assert not window.locator("#part-search").is_visible()
    window.locator("#id_part").select_option(value="plan")
    window.locator("textarea[name=text]").fill("Be scenarijaus")
    window.locator("button[value=submit]").click()
    assert Remark.objects.get().text == "Be scenarijaus"
