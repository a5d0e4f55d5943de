"""The demonstration site as readers meet it: loaded into a file of its own, with the settings of a public site, served by
another process on loopback."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

from tests.tools import ROOT

LANGUAGES = ("lt", "en")
ADDRESS = re.compile(r"<loc>([^<]+)</loc>")


def run(environment: dict[str, str], *command: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"


@dataclass(frozen=True)
class Site:
    """`url` without a slash at its end; `folder`: its database and files; `environment` of its commands."""

    url: str
    folder: Path
    environment: dict[str, str] = field(repr=False)

    def path(self, name: str, language: str) -> str:
        """The address of a page of the demonstration in a language, from its address in the default one."""
        return name if language == LANGUAGES[0] else f"/{language}{name}"

    def addresses(self, language: str) -> list[str]:
        """The paths that the sitemap of the language names."""
        with urlopen(self.url + self.path("/sitemap.xml", language)) as answer:
            written = answer.read().decode()
        return [each.removeprefix(self.url) for each in ADDRESS.findall(written)]


def make(folder: Path) -> None:
    """The demonstration, with its reports, in a folder that may be copied."""
    environment = _environment(folder)
    run(environment, "migrate", "--verbosity", "0")
    run(environment, "demo", "--force", "--reports", str(folder / "demo"))
    run(environment, "run_due")
    run(environment, "collectstatic", "--noinput", "--verbosity", "0")


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """What was made in the folder, at a port that the system chooses."""
    environment = _environment(folder)
    command = [sys.executable, "-m", "tests.browser.serve"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        try:
            port = server.stdout.readline().strip()
            assert port, "The demonstration site could not be served."
            yield Site(f"http://127.0.0.1:{port}", folder, environment)
        finally:
            server.terminate()


def _environment(folder: Path) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "cms.settings.production",
        "SECRET_KEY": "of a site that lives as long as a test",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "http://127.0.0.1",
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "REPORTS_ROOT": str(folder / "reports"),
        "STATIC_ROOT": str(folder / "static"),
        "EMAIL_URL": "dummymail://",
        "SECURE_SSL_REDIRECT": "false",  # there is no encryption on loopback
        "SECURE_HSTS_SECONDS": "0",
    }
