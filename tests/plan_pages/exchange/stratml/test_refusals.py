"""What is no StratML, or no plain XML, is refused in words."""

import pytest

from plan_pages.exchange.stratml import tree
from tests.plan_pages.exchange.stratml.files import a_file, refused

DOCTYPE = b"<!DOCTYPE PerformancePlanOrReport %s>\n<PerformancePlanOrReport"


def declaring(declaration: bytes) -> bytes:
    return a_file().replace(b"<PerformancePlanOrReport", DOCTYPE % declaration, 1)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (b" \n", "the file is empty"),
        (a_file().replace(b"Planas", b"A & B"), "Line 2: the file is not well-formed XML, column 122: a character"),
        (a_file().replace(b"</Goal>", b"</Gaol>"), "Line 4: the file is not well-formed XML, column 3: an element is"),
        (a_file()[:-40], "the file ends too early"),
        (a_file().replace(b"Planas", b"A&nbsp;B"), "the file uses an entity (&name;) that XML does not have"),
        (a_file().replace(b'"1.0"', b'"1.0" encoding="klingon"'), "encoding that the file names is unknown"),
        (a_file().replace(b"Planas", b"\xc4\x3c"), "the file is not well-formed XML"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "this is a page of the web (HTML), not StratML"),
        (b"<html><body><p>404<br></body></html>", "this is a page of the web (HTML), not StratML"),
        (b"<HTML><body/></HTML>", "this is a page of the web (HTML), not StratML"),
        (declaring(b'[<!ENTITY x SYSTEM "file:///etc/passwd">]'), "refers to another file (external entity “x”)"),
        (declaring(b'[<!ENTITY % x SYSTEM "http://127.0.0.1/x"> %x;]'), "refers to another file (external entity “x”)"),
        (declaring(b'SYSTEM "http://127.0.0.1/x.dtd"'), "has a document type declaration"),
        (declaring(b'[<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]'), "declares entities of its own (“a”)"),
        (b"<rss><channel/></rss>", "the first element is “rss”; StrategicPlan or PerformancePlanOrReport must stand"),
        (a_file().replace(b"Goal>", b"Gaol>"), "Line 2: there is no goal in the file"),
        (a_file(after=""), "the file does not say for which years the plan is"),
        (b"<a>" * 50 + b"</a>" * 50, "the file has too many elements"),
    ],
)  # fmt: skip
def test_a_file_is_refused_in_words(data: bytes, said: str) -> None:
    assert said in refused(data)


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "FILE_LIMIT", 100)
    assert "the file is too large" in refused(a_file())


def test_a_file_of_too_many_elements_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "ELEMENT_LIMIT", 5)
    assert "the file has too many elements; at most 5" in refused(a_file())
