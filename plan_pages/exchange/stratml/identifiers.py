"""Codes as identifiers of XML and back: `measure-1.2.3`, `indicators-1.1`, `money-1.2.3_20_SB`.

An identifier of XML begins with a letter and holds few characters; what may not stand in it is written as its number
between underscores, so that every code comes back as it was.
"""

import re

GOAL, TASK, MEASURE, INDICATOR = "goal", "task", "measure", "indicator"
# An objective that only holds the indicators of its goal, for the format knows none of goals.
INDICATORS = "indicators"
MONEY, PLAN = "money", "plan"
CODE_LENGTH = 40
_CODE = re.compile(r"[^\W_](?:[\w.\-]*[^\W_])?")
_OURS = re.compile(r"(goal|task|measure|indicators|indicator|money|plan)-([A-Za-z0-9._\-]+)", re.ASCII)


def identifier(kind: str, *parts: str) -> str:
    def escaped(found: re.Match[str]) -> str:
        return f"_{ord(found[0]):X}_"

    return f"{kind}-{re.sub('[^A-Za-z0-9.-]', escaped, ' '.join(parts))}"


def parts_of(text: str) -> tuple[str, tuple[str, ...]] | None:
    """The kind and the codes of an identifier that `identifier` may have made; None for any other."""
    found = _OURS.fullmatch(text)
    if not found:
        return None
    try:
        parts = re.sub(r"_([0-9A-F]{2,6})_", lambda match: chr(int(match[1], 16)), found[2])
    except ValueError:
        return None
    codes = tuple(parts.split(" "))
    return (found[1], codes) if identifier(found[1], *codes) == text else None


def is_code(text: str) -> bool:
    return len(text) <= CODE_LENGTH and _CODE.fullmatch(text) is not None
