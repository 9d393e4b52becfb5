"""`bilatcli check --links` asks the addresses of sources. A stand-in for the web answers here."""

from __future__ import annotations

import json
import re
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from jsonschema import Draft202012Validator

from bilatcli.packs.lint import link_client
from bilatcli.packs.lint.base import LinkAnswer
from support import DATA, ROOT, Result, Run

GOOD = (DATA / "lint.toml").read_text("utf-8")
TODAY = ("--today", "2026-11-25")

PAGES: dict[str, int | tuple[int, str]] = {
    "/1": 200,
    "/gone": 404,
    "/removed": 410,
    "/forbidden": 403,
    "/linkedin": 999,
    "/failing": 503,
    "/moved": (301, "https://example.org/new"),
    "/twice": (308, "/moved"),
    "/elsewhere": (302, "https://example.net/consent"),
    "/then-elsewhere": (301, "/elsewhere"),
    "/closed": (301, "https://example.net/"),
    "/to-www": (301, "https://www.example.org/to-www/"),
    "/to-gone": (301, "/gone"),
    "/circle": (302, "/circle"),
    "/inward": (302, "http://127.0.0.1:8080/reboot"),
}
"""The paths of a site, each with a status, and the new address of a redirect."""
FAILURES = {
    "/silent": httpx.ReadTimeout("timed out"),
    "/unknown": httpx.ConnectError("Name or service not known"),
}

Requests = list[tuple[str, str]]


@pytest.fixture
def requests(monkeypatch: pytest.MonkeyPatch) -> Requests:
    """Put the site in place of the web; return the list to which it adds each request."""
    made: Requests = []

    def answer(request: httpx.Request) -> httpx.Response:
        made.append((request.method, str(request.url)))
        path = request.url.path
        if path in FAILURES:
            raise FAILURES[path]
        if request.method == "HEAD" and path.startswith("/get-only"):
            return httpx.Response(405)
        page = PAGES.get(path, 200)
        if isinstance(page, int):
            return httpx.Response(page)
        return httpx.Response(page[0], headers={"Location": page[1]})

    transport = httpx.MockTransport(answer)
    monkeypatch.setattr(link_client, "open_client", lambda: httpx.Client(transport=transport))
    monkeypatch.setattr(link_client, "PAUSE_S", 0)
    return made


def ask(path: str) -> LinkAnswer:
    """Return what an address of the site answers."""
    address = path if "://" in path else f"https://example.org{path}"
    return link_client.ask_links([address])[address]


@pytest.mark.parametrize(
    ("path", "kind", "detail"),
    [
        ("/1", "ok", ""),
        ("/1#part", "ok", ""),
        ("/get-only", "ok", ""),
        ("/elsewhere", "ok", ""),
        ("/to-www", "ok", ""),
        ("/gone", "gone", "404"),
        ("/removed", "gone", "410"),
        ("/to-gone", "gone", "404"),
        ("/closed", "gone", "leads to the front page"),
        ("https://example.org", "ok", ""),
        ("/moved", "moved", "https://example.org/new"),
        ("/twice", "moved", "https://example.org/new"),
        ("/then-elsewhere", "moved", "https://example.org/elsewhere"),
        ("/forbidden", "refused", "403"),
        ("/linkedin", "refused", "999"),
        ("/failing", "no_answer", "503"),
        ("/silent", "no_answer", "timed out"),
        ("/unknown", "no_answer", "Name or service not known"),
        ("/circle", "no_answer", "more than 10 redirects"),
        ("/inward", "no_answer", "`127.0.0.1` is not a public host"),
        ("http://localhost/1", "no_answer", "`localhost` is not a public host"),
        ("https://example.org\\@example.net/", "no_answer", "not a plain web address"),
        ("https://news.reuters.com/1", "skipped", "reuters.com, seen 2025-10-02"),
    ],
)
@pytest.mark.usefixtures("requests")
def test_answers(path: str, kind: str, detail: str) -> None:
    """The answer of an address is judged by its statuses and redirects."""
    assert ask(path) == LinkAnswer(kind, detail)


def test_head_then_get(requests: Requests) -> None:
    """HEAD is enough if it succeeds; GET follows if it fails, but not if no host is there."""
    for path in ("/1", "/get-only", "/unknown"):
        ask(path)
    assert [(method, url.rpartition("/")[2]) for method, url in requests] == [
        ("HEAD", "1"),
        ("HEAD", "get-only"),
        ("GET", "get-only"),
        ("HEAD", "unknown"),
    ]


def test_hosts_that_are_not_public(requests: Requests) -> None:
    """Nothing is sent to this machine or its network, whatever form its number has."""
    for host in ("127.0.0.1", "127.1", "2130706433", "0x7f.1", "[::1]", "10.1.2.3", "a.local"):
        assert ask(f"http://{host}/x").kind == "no_answer"
    assert requests == []


def test_a_host_that_fails_is_left_alone(requests: Requests) -> None:
    """After three failures in a row a host gets no more requests; after `429` at once."""
    addresses = [f"https://example.org/{page}" for page in ("forbidden", "failing", "silent", "1")]
    answers = link_client.ask_links(addresses)
    assert answers[addresses[3]] == LinkAnswer("no_answer", "not asked after timed out")
    assert ("HEAD", addresses[3]) not in requests


def test_too_many_requests(requests: Requests, monkeypatch: pytest.MonkeyPatch) -> None:
    """A host that answers `429` gets no more requests."""
    monkeypatch.setitem(PAGES, "/busy", 429)
    answers = link_client.ask_links(["https://example.org/busy", "https://www.example.org/1"])
    assert [answer.kind for answer in answers.values()] == ["refused", "refused"]
    assert requests == [("HEAD", "https://example.org/busy")]


def test_one_request_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Addresses of one host wait for each other, while another host is asked at the same time."""
    both = threading.Barrier(2, timeout=60)
    busy: set[str] = set()

    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.host not in busy
        busy.add(request.url.host)
        both.wait()
        busy.discard(request.url.host)
        return httpx.Response(200)

    transport = httpx.MockTransport(answer)
    monkeypatch.setattr(link_client, "open_client", lambda: httpx.Client(transport=transport))
    monkeypatch.setattr(link_client, "PAUSE_S", 0)
    addresses = [f"https://example.{end}/{page}" for end in ("org", "net") for page in range(3)]
    answers = link_client.ask_links(addresses)
    assert [answers[each].kind for each in addresses] == ["ok"] * 6


@pytest.fixture
def check(run: Run, tmp_path: Path, requests: Requests) -> Callable[..., Result]:
    """Return a function that checks the links of a pack whose second source has this address."""

    def call(address: str, *options: str) -> Result:
        path = tmp_path / "own.toml"
        path.write_text(GOOD.replace("https://example.org/2", address), "utf-8")
        requests.clear()
        return run("check", str(path), *TODAY, *options)

    return call


def test_findings(check: Callable[..., Result], tmp_path: Path) -> None:
    """A page that is gone is a warning at the place of its address, and the answers are counted."""
    result = check("https://example.org/gone", "--links")
    what = "the `url` of `herald` is gone (404)"
    remedy = "find the new address of the page, or an archived copy"
    assert result.out == f"{tmp_path}/own.toml:21:7: warning BL401: {what}: {remedy}\n"
    assert result.err == (
        "bilatcli: 1 pack checked: 1 warning\nbilatcli: 2 links asked: 1 ok, 1 gone\n"
    )
    assert result.code == 1


@pytest.mark.parametrize(
    ("address", "code", "exit_code"),
    [
        ("https://example.org/2", None, 0),
        ("https://example.org/moved", "BL402", 0),
        ("https://example.org/forbidden", "BL403", 0),
        ("https://example.org/silent", "BL404", 1),
    ],
)
def test_exit_codes(
    check: Callable[..., Result], address: str, code: str | None, exit_code: int
) -> None:
    """Only a page that is gone or does not answer fails a check."""
    result = check(address, "--links")
    assert re.findall("BL[0-9]{3}", result.out) == [code] * (code is not None)
    assert result.code == exit_code


def test_skipped_hosts_are_counted(check: Callable[..., Result]) -> None:
    """Addresses of hosts that refuse robots are not asked, but named and counted."""
    result = check("https://www.reuters.com/world/", "--links")
    summary = "1 link asked: 1 ok; 1 not asked: the hosts refuse robots"
    assert f"{summary} (reuters.com, seen 2025-10-02)\n" in result.err
    assert (result.code, result.out) == (0, "")


def test_json(check: Callable[..., Result]) -> None:
    """A document has the number of addresses by answer, only if they were asked."""
    schema = json.loads((ROOT / "schema" / "check.json").read_text("utf-8"))
    documents = [
        json.loads(check("https://example.org/gone", "--json", *options).out)
        for options in ((), ("--links",))
    ]
    for document in documents:
        assert list(Draft202012Validator(schema).iter_errors(document)) == []
    counts = {"ok": 1, "moved": 0, "gone": 1, "refused": 0, "no_answer": 0, "skipped": 0}
    assert [document.get("links") for document in documents] == [None, counts]


def test_nothing_is_asked_without_the_option(
    check: Callable[..., Result], requests: Requests
) -> None:
    """Without --links nothing is asked, and rules on links alone are refused."""
    assert check("https://example.org/gone").code == 0
    result = check("https://example.org/gone", "--select", "BL4")
    assert (result.code, result.err) == (
        2,
        "bilatcli: --select names only rules on links; add --links to ask the addresses\n",
    )
    assert requests == []


def test_ignore_comments(check: Callable[..., Result]) -> None:
    """A comment suppresses a finding, and is not reported while the page answers."""
    for page in ("gone", "1?page=2"):
        result = check(f'https://example.org/{page}"  # bilatcli: ignore[BL401]#', "--links")
        assert (result.code, result.out) == (0, ""), page


def test_without_httpx(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, --links says how to install it; a check without it works."""
    monkeypatch.setitem(sys.modules, "httpx", None)
    path = tmp_path / "own.toml"
    path.write_text(GOOD, "utf-8")
    result = run("check", str(path), "--links")
    hint = "install it with `pip install 'bilatcli[links]'`"
    assert (result.code, result.out, result.err) == (
        2,
        "",
        f"bilatcli: --links needs httpx; {hint}\n",
    )
    assert run("check", str(path), *TODAY).code == 0


def test_the_ledger() -> None:
    """Each host that refuses robots has the day, the answer, and the place of the report."""
    text = (ROOT / "src/bilatcli/packs/lint/refusing-hosts.toml").read_text("utf-8")
    hosts = link_client.read_refusing_hosts()
    assert len(hosts) == text.count("[[host]]") == text.count('\nreported = "https://')
    assert list(hosts) == sorted(hosts)
