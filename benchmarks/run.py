"""Measures every budget of the design in one run, with the peers that are installed, and prints one Markdown table.

    python benchmarks/run.py [--small] [--out FILE]

It measures the `bilatcli` that is installed beside the interpreter that runs it, in a temporary folder of its own; what
is compared is run in turn, with hyperfine where that is installed, else with a loop of our own. `--small` takes seconds
and judges nothing: it shows that the benchmark still runs.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from corpus import Plan, country_names, write

BIN = Path(sys.executable).parent
BILATCLI = str(BIN / "bilatcli")
BUNDLED = Path(__file__).resolve().parent.parent / "data" / "relations.toml"
EXACT = ("military", "az", "pk", "--json")
RECORDS = 20_000
INCREMENTAL = 0.1
"""What one changed pack of 200 may cost of compiling all of them: itself, and writing the index anew."""
WANTED = ("relation = 'az-pk'", "topic = 'military'", "status != 'superseded'")
"""The question `EXACT` to a peer, condition by condition."""

TYPER_APP = "import typer\napp = typer.Typer()\n@app.command()\ndef main() -> None: pass\napp()\n"


@dataclass(frozen=True)
class Timing:
    """How long each run of a command took, in seconds."""

    runs: Sequence[float]

    def over(self, other: Timing) -> float:
        """Return how many times as long as another one this took: the medians' ratio."""
        return median(self.runs) / median(other.runs)

    def __str__(self) -> str:
        return f"{median(self.runs) * 1e3:.1f} ({min(self.runs) * 1e3:.1f})"


@dataclass(frozen=True)
class Row:
    """One line of the table; `is_met` is None where there is nothing to judge."""

    what: str
    budget: str = "–"
    measured: str = "–"
    took: str = "–"
    is_met: bool | None = None


@dataclass
class Bench:
    """Where it is measured, and how thoroughly."""

    folder: Path
    is_small: bool
    env: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        own = {
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "XDG_DATA_HOME": str(self.folder / "none"),
        }
        kept = {key: value for key, value in os.environ.items() if key != "BILATCLI_DATA"}
        self.env = {**kept, **own, "COLUMNS": "100", "TERM": "dumb"}

    @property
    def rounds(self) -> tuple[int, int, int]:
        """How often the commands take turns; how many runs a turn has, and before them how many that do not count."""
        return (1, 3, 1) if self.is_small else (6, 10, 5)

    def time(self, commands: Mapping[str, Sequence[str]]) -> dict[str, Timing]:
        """Return how long each command took by its name."""
        rounds, runs, warmup = self.rounds
        measure = _hyperfine if shutil.which("hyperfine") else _loop
        turns = [measure(list(commands.values()), runs, warmup, self.env) for _ in range(rounds)]
        return {
            name: Timing([each for turn in turns for each in turn[i]])
            for i, name in enumerate(commands)
        }

    def output(self, command: Sequence[str]) -> str:
        """Return what a command prints; raises CalledProcessError where it fails."""
        return subprocess.run(
            command, env=self.env, check=True, capture_output=True, encoding="utf-8"
        ).stdout

    def cost(self, command: Sequence[str], stdin: Path | None = None) -> tuple[float, float]:
        """Run a command once and return the seconds it took and its peak memory in megabytes."""
        with (stdin or Path(os.devnull)).open("rb") as given:
            start = time.perf_counter()
            process = subprocess.Popen(
                command, stdin=given, stdout=subprocess.DEVNULL, env=self.env
            )
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
        return time.perf_counter() - start, usage.ru_maxrss / unit


def _hyperfine(
    commands: Sequence[Sequence[str]], runs: int, warmup: int, env: Mapping[str, str]
) -> list[list[float]]:
    """The seconds of each run of each command, by hyperfine, without a shell between."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        how = [
            "-N",
            "--warmup",
            str(warmup),
            "--runs",
            str(runs),
            "--style",
            "none",
            "--export-json",
            file.name,
        ]
        asked = ["hyperfine", *how, *(shlex.join(command) for command in commands)]
        subprocess.run(
            asked, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        return [
            result["times"] for result in json.loads(Path(file.name).read_text("utf-8"))["results"]
        ]


def _loop(
    commands: Sequence[Sequence[str]], runs: int, warmup: int, env: Mapping[str, str]
) -> list[list[float]]:
    """The same without hyperfine, one run of each command in turn."""
    times: list[list[float]] = [[] for _ in commands]
    for _ in range(warmup + runs):
        for place, command in enumerate(commands):
            start = time.perf_counter()
            subprocess.run(
                command, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            times[place].append(time.perf_counter() - start)
    return [each[warmup:] for each in times]


def rows(bench: Bench) -> Iterator[Row]:
    """Yield the lines of the table: what is budgeted, then the peers."""
    big, some = bench.folder / "big", bench.folder / "some"
    plan = Plan(200, 4000, 4) if bench.is_small else Plan()
    write(big, plan)
    own = len(_records(BUNDLED))
    wanted = 1000 if bench.is_small else RECORDS
    records = Plan(relations=wanted // 50, facts=wanted - own, packs=wanted // 5000 or 1)
    write(some, records)
    compiling = list(_compiling(bench, big, plan))
    bench.output([BILATCLI, *EXACT, "--data", str(some)])
    peers = _peers(bench, some)
    times = bench.time({**_lookups(bench, big, some), **peers})
    yield from _lookup_rows(times, plan)
    yield from _throughput(bench, some, records)
    yield from compiling
    yield from _peer_rows(times, wanted)


def _lookups(bench: Bench, big: Path, some: Path) -> dict[str, Sequence[str]]:
    app = bench.folder / "empty_app.py"
    app.write_text(TYPER_APP, "utf-8")
    return {
        "python": [sys.executable, "-c", "pass"],
        "typer": [sys.executable, str(app)],
        "exact": [BILATCLI, *EXACT],
        "big": [BILATCLI, *EXACT, "--data", str(big)],
        "some": [BILATCLI, *EXACT, "--data", str(some)],
        "fuzzy": [BILATCLI, "military", "azerbaijn", "pak", "--json"],
        "table": [BILATCLI, *"military az pk jf-17 --format table --color never".split()],
        **(
            {"completion": [BILATCLI, "--complete", "military", "azer"]}
            if _offers(bench, "completion")
            else {}
        ),
    }


def _lookup_rows(times: Mapping[str, Timing], plan: Plan) -> Iterator[Row]:
    yield Row("`python -c pass`, the same interpreter", took=str(times["python"]))
    yield Row(
        "an empty Typer app",
        measured=f"{times['typer'].over(times['python']):.2f} ×",
        took=str(times["typer"]),
    )
    yield _ratio("exact lookup, `--json`", times["exact"], times["python"], 1.7, "`python -c pass`")
    size = f"{plan.relations:,} relations, {plan.facts:,} facts"
    yield _ratio(f"the same with {size}", times["big"], times["exact"], 1.3, "one pair")
    yield _ratio(
        "lookup that needs fuzzy matching", times["fuzzy"], times["python"], 4, "`python -c pass`"
    )
    yield _ratio("table", times["table"], times["typer"], 1, "an empty Typer app")
    if "completion" in times:
        yield _ratio(
            "shell completion of a word",
            times["completion"],
            times["python"],
            2,
            "`python -c pass`",
        )


def _ratio(what: str, timing: Timing, base: Timing, budget: float, named: str) -> Row:
    found = timing.over(base)
    return Row(what, f"≤ {budget:g} × {named}", f"{found:.2f} ×", str(timing), found <= budget)


def _throughput(bench: Bench, packs: Path, plan: Plan) -> Iterator[Row]:
    """The lines on the commands that answer many questions at once, where they exist yet."""
    many = 100 if bench.is_small else 200_000
    names = country_names()
    resolve = [BILATCLI, "resolve", "-"], list(islice(cycle(names.values()), many))
    questions = [f"military {names[one]} {names[other]}" for one, other in plan.pairs()]
    batch = [BILATCLI, "batch", "--data", str(packs)], list(islice(cycle(questions), many // 10))
    for (command, lines), budget, unit in ((resolve, 50_000, "names"), (batch, 5_000, "documents")):
        if _offers(bench, command[1]):
            given = bench.folder / f"{command[1]}.txt"
            given.write_text("\n".join(lines) + "\n", "utf-8")
            seconds = min(bench.cost(command, given)[0] for _ in range(3))
            rate = len(lines) / seconds
            what = f"`{command[1]}`, exact names"
            yield Row(
                what,
                f"≥ {budget:,} {unit}/s",
                f"{rate:,.0f} {unit}/s",
                f"{seconds * 1e3:,.0f}",
                rate >= budget,
            )


def _offers(bench: Bench, command: str) -> bool:
    return (
        re.search(rf"^\W*{command}\s", bench.output([BILATCLI, "--help"]), re.MULTILINE) is not None
    )


def _compiling(bench: Bench, folder: Path, plan: Plan) -> Iterator[Row]:
    """The lines on compiling; leaves the index of the folder in the cache."""
    lookup = [BILATCLI, *EXACT, "--data", str(folder)]
    seconds, megabytes = bench.cost(lookup)
    rate = plan.facts / seconds
    what = f"compiling {plan.packs} packs"
    yield Row(
        what, "≥ 20,000 facts/s", f"{rate:,.0f} facts/s", f"{seconds * 1e3:,.0f}", rate >= 20_000
    )
    yield Row(
        "memory at the peak of that", "≤ 300 MB", f"{megabytes:,.0f} MB", is_met=megabytes <= 300
    )
    with min(folder.iterdir()).open("a", encoding="utf-8") as pack:
        pack.write("# changed\n")
    again, _ = bench.cost(lookup)
    budget, share = f"≤ {INCREMENTAL:g} × all of them", again / seconds
    yield Row(
        "compiling one changed pack",
        budget,
        f"{share:.2f} ×",
        f"{again * 1e3:,.0f}",
        share <= INCREMENTAL,
    )


def _records(pack: Path) -> list[dict[str, str]]:
    """The facts of a pack, flat: the form in which peers get them."""
    found = []
    for relation in tomllib.loads(pack.read_text("utf-8")).get("relation", []):
        for fact in relation["fact"]:
            first = {"id": f"{relation['id']}/{fact['id']}", "relation": relation["id"]}
            flat = {
                key: " ".join(each) if isinstance(each, list) else str(each)
                for key, each in fact.items()
            }
            found.append(first | {"topic": flat["topic"], "status": flat["status"]} | flat | first)
    return found


def _peers(bench: Bench, packs: Path) -> dict[str, Sequence[str]]:
    """The commands by which installed peers answer the question `EXACT` from the facts that `bilatcli` has."""
    records = [record for pack in (BUNDLED, *sorted(packs.iterdir())) for record in _records(pack)]
    lines, rec, database = (
        str(bench.folder / f"records.{ending}") for ending in ("jsonl", "rec", "sqlite")
    )
    _export(records, lines, rec, database)
    pattern = (
        '"relation":"az-pk","topic":"military","status":"(current|historical|planned|disputed)"'
    )
    sql = f"SELECT * FROM fact WHERE {' AND '.join(WANTED)}"  # noqa: S608 -- words of this file alone
    query = '.relation == "az-pk" and .topic == "military" and .status != "superseded"'
    commands = {
        "rg": ["--no-config", pattern, lines],
        "jq": ["-c", f"select({query})", lines],
        "sqlite3": ["-readonly", "-json", database, sql],
        "recsel": ["-e", " && ".join(WANTED), rec],
        "sqlite-utils": ["query", database, sql],
    }
    path = os.pathsep.join((str(BIN), os.environ.get("PATH", "")))
    found = {
        name: [at, *rest]
        for name, rest in commands.items()
        if (at := shutil.which(name, path=path))
    }
    answer = json.loads(bench.output([BILATCLI, *EXACT, "--data", str(packs)]))
    ids = {fact["id"] for fact in answer["facts"]}
    for name, command in found.items():
        if set(re.findall(r'\bid"?: ?"?(az-pk/[a-z0-9-]+)', bench.output(command))) != ids:
            sys.exit(
                f"{name} does not find the facts that bilatcli finds: the comparison would be none"
            )
    tldr = shutil.which("tldr", path=path)
    return {**found, **({"tldr": [tldr, "--version"]} if tldr else {})}


def _export(records: Sequence[Mapping[str, str]], lines: str, rec: str, database: str) -> None:
    """Write records as JSON lines, as a rec file and as a SQLite table with the index that the question calls for."""
    compact = (json.dumps(record, ensure_ascii=False, separators=(",", ":")) for record in records)
    Path(lines).write_text("".join(f"{line}\n" for line in compact), "utf-8")
    paragraphs = (
        "".join(f"{key}: {value}\n" for key, value in record.items()) for record in records
    )
    Path(rec).write_text("\n".join(paragraphs), "utf-8")
    keys = list(dict.fromkeys(key for record in records for key in record))
    with sqlite3.connect(database) as connection:
        connection.execute(f"CREATE TABLE fact ({', '.join(keys)})")
        marks = ", ".join("?" * len(keys))
        values = ([record.get(key) for key in keys] for record in records)
        connection.executemany(f"INSERT INTO fact VALUES ({marks})", values)  # noqa: S608 -- question marks alone
        connection.execute("CREATE INDEX fact_relation ON fact (relation, topic)")
    connection.close()


def _peer_rows(times: Mapping[str, Timing], size: int) -> Iterator[Row]:
    own = times["some"]
    yield Row(f"`bilatcli` on {size:,} records", took=str(own))
    for name in ("rg", "jq", "sqlite3", "recsel", "sqlite-utils", "tldr"):
        what = (
            "`tldr --version` (offline it answers no question)"
            if name == "tldr"
            else f"`{name}` on the same"
        )
        is_raced = name in ("jq", "recsel", "sqlite-utils", "tldr")
        budget = "slower than `bilatcli`" if is_raced else "–"
        if name not in times:
            yield Row(what, budget, "not installed")
            continue
        ratio = times[name].over(own)
        yield Row(
            what,
            budget,
            f"{ratio:.2f} × `bilatcli`",
            str(times[name]),
            ratio > 1 if is_raced else None,
        )


def table(bench: Bench) -> str:
    """Return the Markdown table, and under it how it was measured."""
    lines = ["| what | budget | measured | milliseconds | |", "| --- | --- | --- | ---: | --- |"]
    for row in rows(bench):
        verdict = (
            ""
            if row.is_met is None
            else "not judged"
            if bench.is_small
            else "met"
            if row.is_met
            else "**missed**"
        )
        lines.append(f"| {row.what} | {row.budget} | {row.measured} | {row.took} | {verdict} |")
    rounds, runs, _ = bench.rounds
    by = "hyperfine" if shutil.which("hyperfine") else "perf_counter"
    python = ".".join(map(str, sys.version_info[:3]))
    how = f"{rounds * runs} runs of each command in {rounds} turns by {by}; Python {python}, {os.cpu_count()} processors"
    return "\n".join(
        (*lines, "", f"Milliseconds are medians, with the fastest run in brackets; {how}.", "")
    )


def main() -> None:
    """Read the command line, measure, and print."""
    parser = argparse.ArgumentParser(
        description="Measure every budget of the design and print a Markdown table."
    )
    parser.add_argument(
        "--small", action="store_true", help="a tiny corpus and three runs; judges nothing"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the table to this file too")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bilatcli-bench-") as folder:
        text = table(Bench(Path(folder), arguments.small))
    sys.stdout.write(text)
    if arguments.out:
        arguments.out.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
