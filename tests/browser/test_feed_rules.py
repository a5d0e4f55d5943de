"""The feed and the sitemap of the demonstration keep the rules that their standards set down, a rule a check:
rssboard.org/rss-specification, sitemaps.org/protocol.html."""

import re
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from urllib.request import urlopen
from xml.etree import ElementTree

import pytest

from tests.browser.site import LANGUAGES, Site

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
SELF = "{http://www.w3.org/2005/Atom}link"
MOST_ADDRESSES, MOST_BYTES = 50_000, 50 * 1024 * 1024
OF_URL = [f"{MAP}loc", f"{MAP}lastmod", LINK]
OF_ITEM = {"title", "link", "description", "guid", "pubDate", "category", "author", "enclosure", "comments", "source"}


def read(url: str) -> tuple[bytes, str]:
    with urlopen(url) as answer:
        return answer.read(), answer.headers["Content-Type"]


def faults_of_map(written: bytes, url: str) -> list[str]:
    tree = ElementTree.fromstring(written)
    found = [] if tree.tag == f"{MAP}urlset" else ["the root is no urlset"]
    if len(tree) > MOST_ADDRESSES or len(written) > MOST_BYTES:
        found.append("it is too big")
    seen = set()
    for entry in tree:
        address = entry.findtext(f"{MAP}loc") or ""
        if entry.tag != f"{MAP}url" or any(each.tag not in OF_URL for each in entry):
            found.append(f"{address}: an element that the standard has not")
        if urlsplit(address)[:2] != urlsplit(url)[:2] or len(address) >= 2048:
            found.append(f"{address}: not an address of this site")
        if address in seen:
            found.append(f"{address}: named twice")
        seen.add(address)
        changed = entry.findtext(f"{MAP}lastmod")
        if changed is not None and not re.fullmatch(r"\d{4}-\d\d-\d\d", changed):
            found.append(f"{address}: {changed} is no date")
        others = {link.get("hreflang"): link.get("href") for link in entry.findall(LINK)}
        if others and address not in others.values():
            found.append(f"{address}: does not name itself among its languages")
    return found


def faults_of_feed(written: bytes, url: str) -> list[str]:
    tree = ElementTree.fromstring(written)
    channel = tree.find("channel")
    if tree.tag != "rss" or tree.get("version") != "2.0" or channel is None:
        return ["it is no RSS 2.0"]
    found = [f"the channel has no {each}" for each in ("title", "link", "description") if not channel.findtext(each)]
    links = [each.get("href") for each in channel.findall(SELF) if each.get("rel") == "self"]
    if links != [url]:
        found.append(f"it says that it lies at {links}")
    for item in channel.findall("item"):
        title = item.findtext("title") or ""
        if not title and not item.findtext("description"):
            found.append("an item without title and description")
        found += [f"{title}: an unknown element {each.tag}" for each in item if each.tag not in OF_ITEM]
        if parsedate_to_datetime(item.findtext("pubDate") or "").tzinfo is None:
            found.append(f"{title}: its date has no zone")
    identities = [each.text for each in channel.iter("guid")]
    if len(set(identities)) != len(channel.findall("item")):
        found.append("items without an identity of their own")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sitemap_keeps_its_rules(site: Site, language: str) -> None:
    url = site.url + site.path("/sitemap.xml", language)
    written, kind = read(url)
    assert kind.startswith("application/xml")
    assert written.count(b"<loc>") > 100
    assert faults_of_map(written, url) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_feed_keeps_its_rules(site: Site, language: str) -> None:
    url = site.url + site.path("/naujienos/feed/", language)
    written, kind = read(url)
    assert kind.startswith("application/rss+xml")
    assert written.count(b"<item>") > 3
    assert faults_of_feed(written, url) == []


def test_planted_faults_are_found() -> None:
    url = "http://city.example/sitemap.xml"
    broken = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://other.example/</loc>'
        "<lastmod>22.11.2026</lastmod><priority>9</priority></url></urlset>"
    )
    assert len(faults_of_map(broken.encode(), url)) == 3
    assert len(faults_of_feed(b"<rss version='2.0'><channel><title>A</title></channel></rss>", url)) == 3
