"""Building a wheel: the two apps, and the catalogues compiled, inside `plan_pages`: ours where Django looks for them, and
that of Wagtail's own screens in `locale/wagtail`, which a site names in `LOCALE_PATHS`."""

import io
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledCatalogues(BuildHookInterface):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        folder = Path(self.directory) / "catalogues"
        locale = Path(self.root) / "locale"
        for source in locale.rglob("LC_MESSAGES/*.po"):
            compiled = io.BytesIO()
            with source.open("rb") as file:
                write_mo(compiled, read_po(file, locale=source.parts[-3]))
            place = source.relative_to(locale).with_suffix(".mo")
            target = folder / place
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(compiled.getvalue())
            build_data["force_include"][str(target)] = f"plan_pages/locale/{place}"
