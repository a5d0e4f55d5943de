"""Checks of a chapter's whole stream that no single block can make: codes once a level, ids once, how many measures."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.blocks import StreamBlockValidationError, StreamValue, StructBlockValidationError

from plan_pages.blocks.tree import walk
from plan_pages.choices import Direction, Level

# The editor opens 256 measures as quickly as 100, for it builds a block when it is opened; but all of them are sent,
# checked and compared at every saving, and a reader has to find the way among them.
MANY_MEASURES = 100
TOO_MANY_MEASURES = 300


def check_goals(
    goals: StreamValue,
    taken: Mapping[str, Collection[str]],
    elsewhere: Mapping[UUID, Any] = {},
) -> ValidationError | None:
    """What is wrong with the stream as a whole, each message at its field. `taken`: level to codes used elsewhere in the
    plan. `elsewhere`: block ids of measures that have moved to another chapter, with the measure there: an old text of
    the chapter still has them."""
    messages: dict[tuple[str | int, ...], str] = {}
    seen: dict[Level, set[str]] = {level: set() for level in Level}
    ids: set[Any] = set()
    measures = 0
    for node in walk(goals):
        measures += node.level is Level.MEASURE
        code = node.value.get("code") or ""
        moved = elsewhere.get(node.block_id) if node.level is Level.MEASURE else None
        if moved is not None:
            messages[*node.place, "code"] = _(
                "This measure was moved to the chapter “%(chapter)s”, where its code is %(code)s. Delete it here; to "
                "have it back, move it back."
            ) % {"chapter": moved.chapter, "code": moved.code}
        elif code and code in seen[node.level]:
            messages[*node.place, "code"] = _("The chapter has the code %(code)s twice.") % {"code": code}
        elif code and code in taken.get(node.level.value, ()):
            messages[*node.place, "code"] = _("Another chapter of the plan has the code %(code)s.") % {"code": code}
        elif node.block_id in ids:
            messages[*node.place, "code"] = _("This block stands here twice: its id must be its own.")
        seen[node.level].add(code)
        ids.add(node.block_id)
    if measures > TOO_MANY_MEASURES:
        return StreamBlockValidationError(
            non_block_errors=[
                ValidationError(
                    ngettext(
                        "This chapter has %(count)d measure. Above %(limit)d the editor becomes too slow to work with: "
                        "please divide the chapter in two.",
                        "This chapter has %(count)d measures. Above %(limit)d the editor becomes too slow to work "
                        "with: please divide the chapter in two.",
                        measures,
                    )
                    % {"count": measures, "limit": TOO_MANY_MEASURES}
                )
            ]
        )
    return _stream_error(messages) if messages else None


def warnings(goals: StreamValue) -> list[str]:
    """What may be meant so and yet deserves a second look, in words."""
    found = []
    measures = 0
    for node in walk(goals):
        if node.level is Level.MEASURE:
            measures += 1
        if node.level is Level.INDICATOR and _is_against_direction(node.value):
            found.append(
                _(
                    "Indicator %(code)s: the target is not on the side of its direction (baseline %(baseline)s, "
                    "target %(target)s)."
                )
                % {
                    "code": node.value["code"],
                    "baseline": f"{node.value['baseline']:f}",
                    "target": f"{node.value['target']:f}",
                }
            )
    if MANY_MEASURES < measures <= TOO_MANY_MEASURES:
        found.append(
            ngettext(
                "This chapter has %(count)d measure. Up to %(limit)d the editor stays quick; consider dividing the "
                "chapter.",
                "This chapter has %(count)d measures. Up to %(limit)d the editor stays quick; consider dividing the "
                "chapter.",
                measures,
            )
            % {"count": measures, "limit": MANY_MEASURES}
        )
    return found


def _is_against_direction(indicator: Any) -> bool:
    baseline, target = indicator.get("baseline"), indicator.get("target")
    if baseline is None or target is None:
        return False
    match indicator.get("direction"):
        case Direction.INCREASE:
            return bool(target < baseline)
        case Direction.DECREASE:
            return bool(target > baseline)
        case _:
            return False


def _stream_error(messages: Mapping[tuple[str | int, ...], str]) -> StreamBlockValidationError:
    """Messages at places, as the nested error that the editor shows at each field."""
    by_number: dict[int, dict[tuple[str | int, ...], str]] = {}
    for place, message in messages.items():
        number = place[0]
        assert isinstance(number, int)
        by_number.setdefault(number, {})[place[1:]] = message
    return StreamBlockValidationError(
        block_errors={number: _struct_error(inner) for number, inner in by_number.items()}
    )


def _struct_error(messages: Mapping[tuple[str | int, ...], str]) -> StructBlockValidationError:
    fields: dict[str, Any] = {}
    nested: dict[str, dict[tuple[str | int, ...], str]] = {}
    for place, message in messages.items():
        name = place[0] if place else NON_FIELD_ERRORS
        assert isinstance(name, str)
        if len(place) <= 1:
            fields[name] = ValidationError(message)
        else:
            nested.setdefault(name, {})[place[1:]] = message
    for name, inner in nested.items():
        fields[name] = _stream_error(inner)
    return StructBlockValidationError(block_errors=fields)
