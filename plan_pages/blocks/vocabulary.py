"""A word of one of our vocabularies."""

from typing import Any

from wagtail import blocks


class VocabularyBlock(blocks.ChoiceBlock):
    """Words are stored as they are. Wagtail would look for the one that is meant, for every block whenever a chapter is
    read or checked, and for that translate the labels of all."""

    def normalize_choice(self, value: Any) -> Any:
        return value
