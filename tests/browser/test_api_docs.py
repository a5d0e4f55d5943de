"""The API's own page of documentation, in a browser."""

from typing import Any

from tests.browser.conftest import Opened


def test_it_lists_the_operations_and_asks_nothing_of_other_servers(open_page: Opened, live_server: Any) -> None:
    page = open_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto("/api/v3/docs/")
    page.get_by_text("/api/v3/plans/{slug}/tree/").wait_for()
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
    assert said == []
