"""A text in every language of the site, as one small block. The default language is required, the others may wait."""

from typing import Any

from django.conf import settings
from wagtail import blocks

from plan_pages.languages import language_codes

TITLE_LENGTH = 1500
TEXT_LENGTH = 10_000


class TextsValue(blocks.StructValue):
    @property
    def texts(self) -> dict[str, str]:
        """Language to text, trimmed, without the empty ones."""
        given = {code: (text or "").strip() for code, text in self.items()}
        return {code: text for code, text in given.items() if text}


class TextsBlock(blocks.StructBlock):
    """One field a language, built from `LANGUAGES`; the default language comes first, whatever their order there."""

    def __init__(self, *, required: bool = True, **kwargs: Any) -> None:
        default, *others = language_codes()
        fields = [(default, self.field(required)), *((code, self.field(False)) for code in others)]
        super().__init__(fields, required=required, **kwargs)
        for code, name in settings.LANGUAGES:
            # Set here and not handed in: what a site calls its languages has no place in migrations.
            self.child_blocks[code].label = name

    def field(self, required: bool) -> blocks.FieldBlock:
        raise NotImplementedError

    class Meta:
        value_class = TextsValue
        form_classname = "struct-block texts"


class TitleBlock(TextsBlock):
    """A title: one line a language, at most `TITLE_LENGTH` characters."""

    def field(self, required: bool) -> blocks.FieldBlock:
        return blocks.CharBlock(required=required, max_length=TITLE_LENGTH)


class ProseBlock(TextsBlock):
    """A plain text of some sentences, at most `TEXT_LENGTH` characters; an empty line parts paragraphs."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})

    def field(self, required: bool) -> blocks.FieldBlock:
        return blocks.TextBlock(required=required, max_length=TEXT_LENGTH, rows=3)

    class Meta:
        form_classname = "struct-block texts texts-beside"
