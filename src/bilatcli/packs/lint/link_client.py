"""Ask web addresses whether they answer. The only module that imports httpx (the extra `links`).

It is imported by `check --links` and by nothing else.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import date
from ipaddress import ip_address
from tomllib import loads
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from bilatcli.errors import EnvironmentFault
from bilatcli.packs.lint.base import LinkAnswer
from bilatcli.packs.lint.links import GONE, MOVED, NO_ANSWER, OK, REFUSED, SKIPPED
from bilatcli.packs.lint.sources import normalize_url
from bilatcli.resources import read_text
from bilatcli.urls import to_link
from bilatcli.version import __version__

if TYPE_CHECKING:
    import httpx

TIMEOUT_S = 20
"""Seconds to wait for a connection, and for each part of an answer."""
PAUSE_S = 0.5
"""Seconds between two addresses of a host, which are asked one after the other."""
MAX_HOSTS_AT_ONCE = 16
MAX_REDIRECTS = 10
MAX_FAILURES = 3
"""Refusals or missing answers in a row, after which a host is asked no more."""
MAX_DETAIL_LENGTH = 120
USER_AGENT = f"bilatcli/{__version__} (check --links)"

PERMANENT_REDIRECTS = (301, 308)
GONE_STATUSES = (404, 410)
TOO_MANY_REQUESTS = 429
LOCAL_DOMAINS = ("internal", "lan", "local", "localhost")


class _Step(NamedTuple):
    """A request: its address, and the status of its response."""

    address: str
    status: int


def open_client() -> httpx.Client:
    """Return an HTTP client; raises EnvironmentFault if httpx is not installed."""
    try:
        import httpx
    except ImportError:
        hint = "install it with `pip install 'bilatcli[links]'`"
        raise EnvironmentFault("--links needs httpx", hint=hint) from None
    return httpx.Client(headers={"User-Agent": USER_AGENT}, timeout=TIMEOUT_S)


def read_refusing_hosts() -> dict[str, date]:
    """Return the hosts that refuse robots, each with the day on which that was seen."""
    ledger = loads(read_text("packs", "lint", "refusing-hosts.toml"))
    return {host["name"]: host["seen"] for host in ledger["host"]}


def ask_links(
    addresses: Sequence[str], on_progress: Callable[..., None] | None = None
) -> dict[str, LinkAnswer]:
    """Return what each address answers. Hosts are asked side by side, one address at a time.

    Raises EnvironmentFault if httpx is not installed.
    """
    client = open_client()
    refusing = read_refusing_hosts()
    answers: dict[str, LinkAnswer] = {}
    by_host: dict[str, list[str]] = {}
    for address in addresses:
        host = _get_host(address)
        if (skipped := _find_in_ledger(host, refusing)) is not None:
            answers[address] = skipped
        else:
            by_host.setdefault(host, []).append(address)
    stop = threading.Event()
    pool = ThreadPoolExecutor(MAX_HOSTS_AT_ONCE)
    try:
        asked = [pool.submit(_ask_host, client, each, stop) for each in by_host.values()]
        for future in as_completed(asked):
            answers.update(future.result())
            if on_progress is not None:
                on_progress(len(answers), len(addresses), "asking addresses")
    finally:
        # After Ctrl-C, no thread may go on asking.
        stop.set()
        pool.shutdown(wait=False, cancel_futures=True)
    client.close()
    return answers


def _get_host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _find_in_ledger(host: str, refusing: Mapping[str, date]) -> LinkAnswer | None:
    for name, seen in refusing.items():
        if host == name or host.endswith(f".{name}"):
            return LinkAnswer(SKIPPED, f"{name}, seen {seen}")
    return None


def _ask_host(
    client: httpx.Client, addresses: Sequence[str], stop: threading.Event
) -> dict[str, LinkAnswer]:
    """Return what the addresses of one host answer. A host that keeps failing is left alone."""
    answers: dict[str, LinkAnswer] = {}
    failures = 0
    for address in addresses:
        if answers and stop.wait(PAUSE_S):
            break
        answer = answers[address] = _ask_address(client, address)
        failures = failures + 1 if answer.kind in (REFUSED, NO_ANSWER) else 0
        if failures == MAX_FAILURES or answer.detail == str(TOO_MANY_REQUESTS):
            rest = LinkAnswer(answer.kind, f"not asked after {answer.detail}")
            return dict.fromkeys(addresses, rest) | answers
    return answers


def _ask_address(client: httpx.Client, address: str) -> LinkAnswer:
    """Return what an address answers to HEAD, or to GET if that fails: many hosts know only GET."""
    import httpx

    link = to_link(address.partition("#")[0])
    if link is None:
        return LinkAnswer(NO_ANSWER, "not a plain web address")
    answer = LinkAnswer(NO_ANSWER)
    for method in ("HEAD", "GET"):
        try:
            answer = _judge(_follow(client, method, link))
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.InvalidURL) as error:
            return LinkAnswer(NO_ANSWER, _describe(error))
        except httpx.HTTPError as error:
            answer = LinkAnswer(NO_ANSWER, _describe(error))
        if answer.kind in (OK, MOVED) or answer.detail == str(TOO_MANY_REQUESTS):
            break
    return answer


def _describe(error: Exception) -> str:
    text = str(error) or type(error).__name__
    return text if len(text) <= MAX_DETAIL_LENGTH else text[:MAX_DETAIL_LENGTH] + "…"


def _follow(client: httpx.Client, method: str, link: str) -> list[_Step]:
    """Send a request, follow its redirects, and return all steps. No body is read.

    Raises httpx.HTTPError if there is no answer, or if an address is not public.
    """
    import httpx

    steps: list[_Step] = []
    request: httpx.Request | None = client.build_request(method, link)
    while request is not None:
        if len(steps) > MAX_REDIRECTS:
            raise httpx.TooManyRedirects(f"more than {MAX_REDIRECTS} redirects")
        if not is_public_host(request.url.host):
            raise httpx.ConnectError(f"`{request.url.host}` is not a public host")
        response = client.send(request, stream=True)
        response.close()
        steps.append(_Step(str(request.url), response.status_code))
        request = response.next_request
    return steps


def is_public_host(host: str) -> bool:
    """Return True unless a name or number of a host stands for this machine or network.

    >>> is_public_host("example.org"), is_public_host("localhost"), is_public_host("10.0.0.1")
    (True, False, False)
    """
    try:
        return ip_address(host.strip("[]")).is_global
    except ValueError:
        labels = host.rstrip(".").lower().split(".")
    # A last label that begins with a digit makes a number of the whole, as in `127.1`.
    is_number = labels[-1][:1].isdigit()
    return len(labels) > 1 and not is_number and labels[-1] not in LOCAL_DOMAINS


def _judge(steps: Sequence[_Step]) -> LinkAnswer:
    """Return the meaning of the steps of a request."""
    asked, last = steps[0].address, steps[-1]
    if last.status in GONE_STATUSES:
        return LinkAnswer(GONE, str(last.status))
    if 200 <= last.status < 300:
        if _is_front_page(last.address) and not _is_front_page(asked):
            return LinkAnswer(GONE, "leads to the front page")
        new = _find_new_address(steps)
        is_moved = normalize_url(new.partition("#")[0]) != normalize_url(asked)
        return LinkAnswer(MOVED, new) if is_moved else LinkAnswer(OK)
    # 999 is how LinkedIn refuses programs.
    is_refusal = 400 <= last.status < 500 or last.status >= 600
    return LinkAnswer(REFUSED if is_refusal else NO_ANSWER, str(last.status))


def _is_front_page(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path in ("", "/") and not parts.query


def _find_new_address(steps: Iterable[_Step]) -> str:
    """Return the address to which permanent redirects lead, before any temporary one."""
    new = ""
    for step in steps:
        new = step.address
        if step.status not in PERMANENT_REDIRECTS:
            break
    return new
