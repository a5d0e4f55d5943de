"""`python -m tests.browser.screenshots FOLDER`: pictures of every kind of public page, wide, narrow, in both languages."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from tqdm import tqdm

from tests.browser.conftest import ARGUMENTS
from tests.browser.kinds import kinds
from tests.browser.site import LANGUAGES, Site, make, served
from tests.tools import need_program

WIDTHS = (1280, 320)


def take(site: Site, browser: Any, folder: Path, cookie: str = "") -> None:
    """Whole pages, named by kind, language and width. `cookie`: the reader's settings, like "3-high"."""
    for language in LANGUAGES:
        pages = kinds(site, language)
        for width in WIDTHS:
            context = browser.new_context(viewport={"width": width, "height": 900})
            if cookie:
                context.add_cookies([{"name": "reader", "value": cookie, "url": site.url}])
            window = context.new_page()
            for name, path in tqdm(pages.items(), desc=f"{language} {width}", leave=False):
                window.goto(site.url + path)
                file = "-".join([*name.replace("'", "").split(), language, str(width)])
                window.screenshot(path=folder / f"{file}.png", full_page=True)
            context.close()


@contextmanager
def _site(folder: Path) -> Iterator[Site]:
    make(folder)
    with served(folder) as found:
        yield found


def main(folder: Path, cookie: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as files,
        _site(Path(files)) as site,
        sync_playwright() as playwright,
    ):
        path = need_program("chromium", "chromium")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        take(site, browser, folder, cookie)
        browser.close()
    print(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
