"""A typed client of the API, made anew from its OpenAPI document: `python -m tests.api.client_of FOLDER` writes the package
`plan_client` there.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

NAME = "plan_client"
LINKED = {"@id", "@type"}


def make_client(document: dict[str, Any], folder: Path) -> Path:
    """The package. What the maker of clients warns of is a fault of the document."""
    (folder / "openapi.json").write_text(json.dumps(_for_python(document)))
    (folder / "config.json").write_text(json.dumps({"post_hooks": []}))
    package = folder / NAME
    done = subprocess.run(
        [
            *(Path(sys.executable).parent / "openapi-python-client", "generate", "--meta", "none", "--fail-on-warning"),
            *("--path", folder / "openapi.json", "--config", folder / "config.json", "--output-path", package),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return package


def _for_python(part: Any) -> Any:
    """Without the properties `@id` and `@type`: in Python they would have the names of `id` and `type`. Their values are
    among a model's `additional_properties`."""
    match part:
        case {"properties": dict(properties)}:
            kept = {name: _for_python(value) for name, value in properties.items() if name not in LINKED}
            rest = {name: _for_python(value) for name, value in part.items() if name != "properties"}
            needed = [name for name in part.get("required", ()) if name not in LINKED]
            return {**rest, "properties": kept, "required": needed}
        case dict():
            return {name: _for_python(value) for name, value in part.items()}
        case list():
            return [_for_python(each) for each in part]
    return part


if __name__ == "__main__":
    import django

    django.setup()
    from wagtail.api.v3.api import api

    from plan_pages.api.document import document

    made = make_client(document(api.get_root_path({})), Path(sys.argv[1]))
    sys.stdout.write(f"{made}\n")
