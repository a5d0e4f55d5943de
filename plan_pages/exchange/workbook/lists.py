"""Cells that hold several things, in and out: partners, tags, milestones, links.

- Partners and tags stand in one line: `First; Second`. A `;` or `\\` that belongs to a name is written `\\;` or `\\\\`.
- Milestones stand one a line: `2026-05-01 Design is ready`, or the title alone where there is no date. The line of
  `milestones_en` with the same number is the same milestone; `-` is a title that is not given in that language, and a
  date may be left out there. A title that itself begins with a date, or is `-`, or begins with `\\`, has a `\\` before it.
- Links stand one a line: `Council decision T-123 https://…`, the address last; without a title the address is the title.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from plan_pages.domain.plan import Link, Milestone, Text
from plan_pages.exchange.workbook.columns import NAME_LENGTH, TITLE_LENGTH
from plan_pages.spreadsheet.problems import BadCell

_NO_TITLE = "-"
_ITEMS = re.compile(r"((?:\\[\\;]|[^;\\]|\\)*)(?:;|$)", re.DOTALL)
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s+(.*))?", re.ASCII)
_ADDRESS = re.compile(r"(?:https?|ftps?)://\S+", re.IGNORECASE)
ADDRESS_LENGTH = 2_000


def read_list(text: str) -> tuple[str, ...]:
    items = (re.sub(r"\\([\\;])", r"\1", found.strip()) for found in _ITEMS.findall(text))
    return tuple(item for item in items if item)


def write_list(items: Sequence[str]) -> str:
    return "; ".join(re.sub(r"([\\;])", r"\\\1", item) for item in items)


def read_milestones(texts: Mapping[str, str]) -> tuple[Milestone, ...]:
    """From the cell of each language, the default language first. Raises BadCell with the language as `column`."""
    default, *others = texts
    lines = [_milestone(line) for line in texts[default].split("\n") if line.strip()] if texts[default] else []
    titles: list[dict[str, str]] = []
    for _day, title in lines:
        if not title:
            raise BadCell(_("a milestone has no title; write “2026-05-01 Title”, one a line"), language=default)
        titles.append({default: title})
    for language in others:
        given = [_milestone(line) for line in texts[language].split("\n") if line.strip()] if texts[language] else []
        if len(given) > len(lines):
            raise BadCell(
                _("there are {count} milestones here and {expected} in the default language"),
                count=len(given),
                expected=len(lines),
                language=language,
            )
        for (day, title), (expected, _title), names in zip(given, lines, titles, strict=False):
            if day and day != expected:
                raise BadCell(
                    _("the milestone of {found} has another date in the default language"), day, language=language
                )
            names[language] = title
    for names in titles:
        if any(len(title) > TITLE_LENGTH for title in names.values()):
            raise BadCell(
                _("the title of a milestone is longer than {limit} characters"), limit=TITLE_LENGTH, language=default
            )
    return tuple(Milestone(Text.of(names), day) for (day, _title), names in zip(lines, titles, strict=True))


def _milestone(line: str) -> tuple[date | None, str]:
    line, day = line.strip(), None
    if dated := _DATED.fullmatch(line):
        try:
            day = date.fromisoformat(dated.group(1))
        except ValueError as problem:
            raise BadCell(_("{found} is not a day of the calendar"), dated.group(1)) from problem
        line = (dated.group(2) or "").strip()
    if line == _NO_TITLE:
        return day, ""
    return day, line[1:] if line.startswith("\\") else line


def write_milestones(milestones: Sequence[Milestone], language: str) -> str:
    """ "" where no milestone has a title in that language."""
    if not any(milestone.title.has(language) for milestone in milestones):
        return ""
    lines = []
    for milestone in milestones:
        title = milestone.title.get(language) or _NO_TITLE
        if milestone.title.has(language) and (
            title == _NO_TITLE or title.startswith("\\") or _DATED.fullmatch(title) is not None
        ):
            title = f"\\{title}"
        lines.append(f"{milestone.date.isoformat()} {title}" if milestone.date else title)
    return "\n".join(lines)


def read_links(text: str) -> tuple[Link, ...]:
    links = []
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        title, _blank, address = line.rpartition(" ")
        if not _ADDRESS.fullmatch(address) or len(address) > ADDRESS_LENGTH:
            raise BadCell(_("“{found}” does not end with an address; write “Title https://…”, one a line"), line)
        if len(title.strip()) > NAME_LENGTH:
            raise BadCell(_("the title of a link is longer than {limit} characters"), line, limit=NAME_LENGTH)
        links.append(Link(title.strip() or address, address))
    return tuple(links)


def write_links(links: Sequence[Link]) -> str:
    return "\n".join(link.url if link.title in ("", link.url) else f"{link.title} {link.url}" for link in links)
