"""A person at the admin in a real browser, in Lithuanian, logged in."""

from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

from plan_pages.monitoring import ChapterReturn
from tests.roles import City

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 700}


def person(city: City, name: str) -> Any:
    user = city.user(name)
    user.wagtail_userprofile.preferred_language = "lt"
    user.wagtail_userprofile.save()
    return user


class Desk:
    """`window`: the browser's page, at the return's grid."""

    def __init__(self, open_page: Any, live: Any, city: City, name: str, viewport: dict[str, int] = WIDE) -> None:
        from playwright.sync_api import expect

        # A busy machine answers late: what is awaited comes, only not at once.
        expect.set_options(timeout=20_000)
        self.user = person(city, name)
        self.window = open_page(viewport=viewport)
        self.live = live
        self.let_in()

    def let_in(self) -> None:
        client = Client()
        client.force_login(self.user)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": self.live.url}
        self.window.context.add_cookies([cookie])

    def open(self, chapter_return: ChapterReturn) -> Any:
        self.window.goto(reverse("plan_pages_return", args=[chapter_return.pk]))
        return self.window

    def field(self, key: str, name: str) -> Any:
        return self.window.locator(f"[name='{key}-{name}']")

    def row(self, key: str) -> Any:
        return self.window.locator(f"[data-row='{key}']")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.window.keyboard.press(key)

    def type(self, text: str) -> None:
        self.window.keyboard.type(text)
