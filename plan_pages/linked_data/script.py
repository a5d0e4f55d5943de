"""Things of schema.org as a block of data in a page. Browsers run nothing of it, whatever texts it holds."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from django.utils.safestring import SafeString, mark_safe

Thing: TypeAlias = Mapping[str, Any]

# Programs that read it ask nobody what the words mean.
CONTEXT = {"@vocab": "https://schema.org/"}
# So that no text ends the block or begins a comment.
_ESCAPED = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def script(things: Iterable[Thing]) -> SafeString:
    """Without anything to say, nothing."""
    said = [_told(each) for each in things]
    if not said:
        return mark_safe("")
    found = {"@context": CONTEXT, **(said[0] if len(said) == 1 else {"@graph": said})}
    written = json.dumps(found, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{written}</script>')


def _told(value: Any) -> Any:
    """Without what is not known."""
    if isinstance(value, Mapping):
        return {key: _told(each) for key, each in value.items() if each not in (None, "", [], {}, ())}
    return [_told(each) for each in value] if isinstance(value, list | tuple) else value
