"""What a laptop may lack and CI must have: a test that needs it skips with a reason, and fails with REQUIRE_ALL=1."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parents[1]
# Real plans and schemas that strangers wrote lie beside the project, never in it.
SHARED = ROOT.parent / "shared"


def lacking(reason: str) -> NoReturn:
    """The test skips with the reason, or fails in CI."""
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def need_program(name: str, package: str) -> str:
    """The path of a program; where it is missing the test skips, or fails in CI."""
    path = shutil.which(name)
    if path is None:
        lacking(f"{name} is not installed (Debian package {package})")
    return path


def need_shared(name: str) -> Path:
    """A file of real data; where there is none the test skips: it is no part of the project."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{path} is not there: real data is not part of the project")
    return path
