"""What a workbook may hold is what the editor may hold: a plan that was imported can be edited and published."""

import pytest
from django.core.exceptions import ValidationError

from plan_pages.blocks.code import CODE_LENGTH, check_code
from plan_pages.blocks.text import TEXT_LENGTH, TITLE_LENGTH
from plan_pages.exchange.workbook import columns
from tests.plan_pages.exchange.workbooks import errors, read_with


def test_lengths_agree_with_those_of_the_blocks() -> None:
    assert (columns.TITLE_LENGTH, columns.CELL_LENGTH, columns.CODE_LENGTH) == (TITLE_LENGTH, TEXT_LENGTH, CODE_LENGTH)


@pytest.mark.parametrize("code", ["1.10", "R-1", "Š1", "1_2", "A", "-1", "1.", "a b", "1/2", "1:2", "_1", "..", "1–2"])
def test_a_code_is_well_formed_here_when_it_is_there(code: str) -> None:
    try:
        check_code(code)
        well_formed = True
    except ValidationError:
        well_formed = False
    assert (errors(read_with(indicators__code=code, values__indicator=code)) == []) is well_formed
