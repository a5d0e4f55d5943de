"""A file of any format that is known, told by its content, into a plan."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from django.utils.functional import Promise

from plan_pages.exchange import stratml, workbook

Outcome = stratml.Outcome | workbook.Outcome
_HEAD = 1_024


def read_file(path: Path, *, language: str, languages: Sequence[str], funds: Mapping[str, str | Promise]) -> Outcome:
    """XML is StratML, anything else is taken for a workbook. `language`: of the texts in a file of one language.

    Raises only what opening the path raises.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if stratml.looks_like_xml(head):
        return stratml.read(path, language=language, languages=languages, funds=funds)
    return workbook.read(path, languages=languages, funds=funds)
