"""What all tests share."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Each test begins in English and names another language where it means one."""
    with translation.override("en"):
        yield
