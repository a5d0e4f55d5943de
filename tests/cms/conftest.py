"""What tests of the site share."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from plan_pages.pages.chapter import ChapterPage
from tests.cms.programs import Program
from tests.roles import City


@pytest.fixture
def empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def city() -> City:
    return City()


@pytest.fixture
def page(city: City) -> ChapterPage:
    return city.chapter_a


@pytest.fixture
def editor(city: City) -> Program:
    return Program(city, "editor of A")


@pytest.fixture
def approver(city: City) -> Program:
    return Program(city, "approver")
