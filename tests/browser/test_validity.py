"""The HTML of every kind of public page and the style are valid, by the checker of the standard's own authors (vnu)."""

import json
import subprocess
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.browser.kinds import kinds
from tests.browser.site import LANGUAGES, Site
from tests.tools import ROOT, lacking, need_program

CHECKER = ROOT / ".venv/vnu/node_modules/vnu-jar/build/dist/vnu.jar"


def faults(folder: Path) -> list[str]:
    """What the checker says of the pages and styles in the folder, warnings too."""
    java = need_program("java", "default-jdk-headless")
    if not CHECKER.exists():
        lacking("vnu is not installed: make vnu")
    command = [java, "-jar", str(CHECKER), "--format", "json", "--also-check-css", "--stdout", "--exit-zero-always"]
    done = subprocess.run([*command, str(folder)], capture_output=True, text=True, check=True)
    return [
        f"{Path(each['url']).name}: {each.get('subType', each['type'])}: {each['message']} … {each.get('extract', '')}"
        for each in json.loads(done.stdout)["messages"]
    ]


def test_pages_and_style_are_valid(site: Site, tmp_path: Path) -> None:
    count = 0
    for language in LANGUAGES:
        for name, path in kinds(site, language).items():
            (tmp_path / f"{name} {language}.html").write_bytes(body(site.url + path))
            count += 1
    for style in (site.folder / "static").glob("plan_pages/*.css"):
        (tmp_path / style.name).write_bytes(style.read_bytes())
    assert count > 40
    found = faults(tmp_path)
    assert not found, "\n".join(found)


def test_a_planted_fault_is_found(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<!DOCTYPE html><html lang=lt><title>A</title><p><table></p></table>")
    (tmp_path / "style.css").write_text("p { colour: red }")
    found = faults(tmp_path)
    assert any(each.startswith("page.html: error") for each in found)
    assert any(each.startswith("style.css: error") for each in found)


def body(url: str) -> bytes:
    """Of the page, that it was not found included."""
    try:
        with urlopen(url) as answer:
            return bytes(answer.read())
    except HTTPError as error:
        with error:
            return error.read()
