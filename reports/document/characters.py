"""Characters that no medium can show as they are: blanks, control characters, halves of characters. Text is data:
nothing in it may act on a file or hide in it."""

import unicodedata

INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f")
"""They only say where a word may break, how letters join, or which order bytes have."""

_BLANK = dict.fromkeys(map(ord, "\t\n\v\f\r\x85\u2028\u2029"), " ")


def normal(text: str) -> str:
    """The text with each letter as one character, each blank as a space, and no half of a character."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFC", whole).translate(_BLANK)


def legible(text: str) -> str:
    """The text with nothing in it that cannot be seen: control characters are shown as their code."""
    text = normal(text)
    if text.isprintable():
        return text
    return "".join(as_code(each) if has_no_glyph(each) else each for each in text)


def has_no_glyph(character: str) -> bool:
    """Whether it is no letter, sign or blank of any typeface: a control character, one without a meaning."""
    return unicodedata.category(character)[0] == "C" and character not in INVISIBLE


def as_code(character: str) -> str:
    return f"\\u{ord(character):04x}"
