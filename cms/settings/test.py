"""Settings of the tests."""

from cms.settings.base import *  # noqa: F403

SECRET_KEY = "only for tests"
