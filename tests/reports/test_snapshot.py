"""A snapshot holds everything of a plan, always in the same bytes, and says in words what is wrong with a bad one."""

import json
import types
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_pages.choices import Choice, Frequency
from plan_pages.domain.periods import MONTHS, Period
from plan_pages.domain.plan import Plan, Text
from reports import snapshot
from tests.plan_pages.builders import a_measure, a_plan, a_plan_of, an_entry

_WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_PERIODS = st.sampled_from(list(Frequency)).flatmap(
    lambda frequency: st.builds(
        Period, st.integers(1, 9998), st.just(frequency), st.integers(1, 12 // MONTHS[frequency])
    )
)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def _any(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a type as the plan declares it; lists are short."""
    plain: dict[Any, st.SearchStrategy[Any]] = {
        str: _WORDS,
        int: st.integers(),
        bool: st.booleans(),
        date: st.dates(),
        Decimal: st.decimals(allow_nan=False, allow_infinity=False),
        Period: _PERIODS,
        Text: st.dictionaries(st.sampled_from(["lt", "en", "pl"]), _WORDS).map(
            lambda texts: Text(tuple(texts.items()))
        ),
    }
    if kind in plain:
        return plain[kind]
    arguments = get_args(kind)
    if get_origin(kind) is types.UnionType:
        return st.none() | _any(arguments[0])
    if get_origin(kind) is tuple:
        return st.lists(st.deferred(lambda: _any(arguments[0])), max_size=2).map(tuple)
    if get_origin(kind) is Mapping:
        return st.dictionaries(_WORDS, _any(arguments[1]), max_size=2)
    if issubclass(kind, Choice):
        return st.sampled_from(list(kind))
    assert is_dataclass(kind)
    assert isinstance(kind, type)
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: _any(hints[field.name]) for field in fields(kind)})


@settings(max_examples=60, deadline=None)
@given(_any(Plan))
def test_what_was_dumped_is_loaded_again(plan: Plan) -> None:
    assert snapshot.load(snapshot.dump(plan)) == plan


@settings(max_examples=60, deadline=None)
@given(_any(Plan))
def test_loading_and_dumping_again_gives_the_same_bytes(plan: Plan) -> None:
    written = snapshot.dump(plan)
    assert snapshot.dump(snapshot.load(written)) == written


@pytest.mark.parametrize("digits", ["0.00068000", "1240.50", "1E+3", "-0", "100.0"])
def test_numbers_keep_exactly_their_digits(digits: str) -> None:
    loaded = snapshot.load(snapshot.dump(a_plan_of(a_measure(weight=Decimal(digits)))))
    assert [str(measure.weight) for measure in loaded.measures()] == [digits]


def test_a_period_stands_as_it_is_written() -> None:
    plan = a_plan_of(a_measure(entries=[an_entry("2026-Q3")]))
    assert b'"period":"2026-Q3"' in snapshot.dump(plan)


def test_a_text_keeps_the_order_of_its_languages() -> None:
    plan = a_plan(title=Text.of({"lt": "Planas", "en": "Plan"}))
    assert b'"title":{"lt":"Planas","en":"Plan"}' in snapshot.dump(plan)


def test_the_order_of_level_names_does_not_change_the_bytes() -> None:
    names = {"goal": Text.of({"lt": "Kryptis"}), "task": Text.of({"lt": "Veikla"})}
    turned = dict(reversed(names.items()))
    assert snapshot.dump(a_plan(level_names=names)) == snapshot.dump(a_plan(level_names=turned))


def test_letters_are_written_as_themselves() -> None:
    assert "Želdynų plėtra".encode() in snapshot.dump(a_plan(title=Text.of({"lt": "Želdynų plėtra"})))


def test_half_of_a_surrogate_pair_is_kept() -> None:
    plan = a_plan(title=Text.of({"lt": "a\ud83db"}))
    assert snapshot.load(snapshot.dump(plan)) == plan


@pytest.mark.parametrize("damaged", [b"", b"{", b"\xff\xfe", b"[]", b"null", b'{"schema": "other"}', b"[" * 100_000])
def test_what_is_no_snapshot_is_refused(damaged: bytes) -> None:
    with pytest.raises(snapshot.SnapshotError):
        snapshot.load(damaged)


def _changed(**changes: Any) -> bytes:
    document = json.loads(snapshot.dump(a_plan()))
    document["plan"].update(changes)
    return json.dumps(document).encode()


def test_an_unknown_version_is_named() -> None:
    document = json.loads(snapshot.dump(a_plan())) | {"version": 7}
    with pytest.raises(snapshot.SnapshotError, match="version 7"):
        snapshot.load(json.dumps(document).encode())


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"start_year": "2026"}, "plan.start_year"),
        ({"frequency": "daily"}, "plan.frequency"),
        ({"title": "Planas"}, "plan.title"),
        ({"chapters": [{"code": 1}]}, r"plan.chapters\[0\]"),
        ({"data_date": "soon"}, "plan.data_date"),
        ({"groups": {}}, "plan.groups"),
        ({"colour": "red"}, "plan.colour"),
    ],
)
def test_damage_is_named_with_its_place(change: dict[str, Any], place: str) -> None:
    with pytest.raises(snapshot.SnapshotError, match=place):
        snapshot.load(_changed(**change))


def test_a_missing_required_field_is_refused() -> None:
    document = json.loads(snapshot.dump(a_plan()))
    del document["plan"]["start_year"]
    with pytest.raises(snapshot.SnapshotError, match="incomplete"):
        snapshot.load(json.dumps(document).encode())


@pytest.mark.parametrize("weight", ["NaN", "Infinity", "1,5", ""])
def test_what_is_no_number_is_refused(weight: str) -> None:
    written = snapshot.dump(a_plan_of(a_measure(weight=Decimal("7"))))
    with pytest.raises(snapshot.SnapshotError, match="weight"):
        snapshot.load(written.replace(b'"weight":"7"', f'"weight":"{weight}"'.encode()))


def test_a_change_of_one_text_changes_the_bytes() -> None:
    plan = a_plan()
    assert snapshot.dump(plan) != snapshot.dump(replace(plan, slug="kitas"))
