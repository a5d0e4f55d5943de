"""A real browser: Debian's Chromium, driven by Playwright. A machine without it skips these tests, CI fails."""

import fcntl
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.site import Site, make, served
from tests.tools import lacking, need_program

# Nothing that a browser does of its own accord may leave the machine.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
Opened = Callable[..., Any]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    path = need_program("chromium", "chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        lacking("playwright is not installed (extra “test”)")
    with pytest.MonkeyPatch.context() as patch:
        # Playwright keeps an event loop in this thread; Django would take the tests for asynchronous.
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with sync_playwright() as found:
            launched = found.chromium.launch(executable_path=path, args=ARGUMENTS)
            yield launched
            launched.close()


@pytest.fixture
def open_page(browser: Any, django_db_serialized_rollback: None, live_server: Any) -> Iterator[Opened]:
    """A new window at the live server. Emptying the tables after each test would lose Wagtail's locale, root and site:
    they are put back."""
    contexts = []

    def opened(**options: Any) -> Any:
        context = browser.new_context(base_url=live_server.url, locale="lt-LT", **options)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    until_answered()


def until_answered(seconds: float = 30) -> None:
    """Wait for the live server's last answers: a window that closes sends what was not saved yet, and a row that is
    written while the tables are being emptied would be left over for the next test."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(seconds)
            assert not thread.is_alive(), "The live server still answers a window that has been closed."


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration as readers meet it, in a process and a database of its own. The first of the tests' processes that
    needs it makes it, the others copy it."""
    folder = tmp_path_factory.mktemp("site") / "site"
    common = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        common = common.parent
    made = common / "site-made"
    with (common / "site-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            make(making := Path(tempfile.mkdtemp(dir=common)))
            making.rename(made)
    shutil.copytree(made, folder)
    with served(folder) as found:
        yield found
