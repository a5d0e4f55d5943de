"""Characters to the codes of a document's font subsets. Knows how ReportLab numbers a subset; nothing else does.

A no-break space keeps a code of its own (ReportLab itself would write a plain space), so that "10 000 €" stays one
number when it is copied.
"""

from typing import Any

from reports.pdf.fonts import Face, font


class Encoder:
    """One for each document: a subset holds the characters that this document uses."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._known: dict[Face, dict[str, tuple[int, str]]] = {face: {} for face in Face}
        self._first: dict[Face, dict[int, str]] = {face: {} for face in Face}
        """By character code: the literals of the first subset, which nearly all text is made of."""
        self._in_first: dict[Face, set[str]] = {face: set() for face in Face}
        self._names: dict[tuple[Face, int], str] = {}

    def chunks(self, face: Face, text: str) -> list[tuple[str, str]]:
        """The text as (name of the font subset, string literal without its brackets), in order."""
        if text and self._in_first[face].issuperset(text):
            return [(self._name(face, 0), text.translate(self._first[face]))]
        known = self._known[face]
        try:
            codes = [known[character] for character in text]
        except KeyError:
            for character in text:
                if character not in known:
                    subset, literal = known[character] = self._assigned(face, character)
                    if subset == 0:
                        self._in_first[face].add(character)
                        self._first[face][ord(character)] = literal
            codes = [known[character] for character in text]
        found: list[tuple[str, str]] = []
        start = 0
        for index in range(1, len(codes) + 1):
            if index == len(codes) or codes[index][0] != codes[start][0]:
                found.append((self._name(face, codes[start][0]), "".join([code[1] for code in codes[start:index]])))
                start = index
        return found

    def _name(self, face: Face, subset: int) -> str:
        name = self._names.get((face, subset))
        if name is None:
            name = self._names[face, subset] = font(face).getSubsetInternalName(subset, self._document)
        return name

    def _assigned(self, face: Face, character: str) -> tuple[int, str]:
        """The next free code, by the same rules as ReportLab's `TTFont.splitString`: 32 stays the space, 0 is kept."""
        state = font(face)._assignState(self._document, asciiReadable=False)
        code = ord(character)
        number = state.assignments.get(code)
        if number is None:
            number = state.nextCode
            if number & 0xFF == 32:
                if number != 32:
                    state.subsets[number >> 8].append(32)
                number += 1
            if number > 32:
                if not number & 0xFF:
                    state.subsets.append([0])
                    number += 1
                state.subsets[number >> 8].append(code)
            else:
                state.subsets[0][number] = code
            state.nextCode = number + 1
            state.assignments[code] = number
        return number >> 8, _literal(number & 0xFF)


def _literal(byte: int) -> str:
    if 32 <= byte < 127:
        return "\\" + chr(byte) if chr(byte) in "()\\" else chr(byte)
    return f"\\{byte:03o}"
