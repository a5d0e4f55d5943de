"""The few lines that the README shows: the whole plan is read with nothing but Python."""

import io
import re
from contextlib import redirect_stdout
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.roles import City
from tests.tools import ROOT

pytestmark = pytest.mark.django_db

LINES = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.S)[0]


def test_they_print_every_measure_with_where_it_stands(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    City(measures=3)

    def opened(address: str) -> Any:
        answer = client.get(address.removeprefix("http://127.0.0.1:8000").removeprefix("http://testserver"))
        assert answer.status_code == 200, answer.content
        return io.BytesIO(answer.content)

    monkeypatch.setattr("urllib.request.urlopen", opened)
    with redirect_stdout(io.StringIO()) as printed:
        exec(LINES, {})
    lines = printed.getvalue().splitlines()
    assert [line.split()[0] for line in lines][:3] == ["1.1.0", "1.1.1", "1.1.2"]
    assert "Title 1.1.0" in lines[0]
