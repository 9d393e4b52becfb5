"""Measure every performance budget, compared with installed peers; print a Markdown table.

    python benchmarks/run.py [--small] [--out FILE]

Measures the `bilatcli` of the current environment, with a temporary cache. `--small` takes seconds
and does not judge; it shows that the benchmark runs.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import cycle, islice
from pathlib import Path

from bench import BILATCLI, EXACT, Bench, Row, Timing
from corpus import Plan, country_names, write
from peers import BUNDLED, SHIPPED, pack_records, peer_commands, peer_rows

RECORDS = 20_000
INCREMENTAL = 0.1
"""Maximum cost of compiling one changed pack of 200, as a share of compiling all."""
COMPILED_FACTS_PER_S = 12_000
COMPILING_MB = 400
"""Maximum memory of all processes that compile, together."""
OWN_PACK_MS = 500
"""Maximum time of the first question with a small pack."""
NAMES_PER_S = 50_000
DOCUMENTS_PER_S = 5_000
"""Minimum number of documents of one fact that `batch` prints in a second."""
BATCH_MB_PER_S = 30
"""Minimum size of the documents on the shipped packs that `batch` prints in a second."""
BATCH_VIEWS = ("summary", "facts", "timeline", "military", "stances", "cite")
BATCH_QUESTIONS = 2_000
LARGEST_PAIR = "az pk"
"""The pair of the shipped packs with the most facts: the views of its documents are apart."""
LARGE_VIEWS = ("summary", "military", "stances", "cite")
LINES = 200_000
"""Number of names to resolve, and of documents of one fact."""
SMALL_LINES = 100

PYTHON = "`python -c pass`"
TYPER_APP = "import typer\napp = typer.Typer()\n@app.command()\ndef main() -> None: pass\napp()\n"


def rows(bench: Bench) -> Iterator[Row]:
    """Yield the rows of the table: the budgets, then the peers."""
    big, some = bench.folder / "big", bench.folder / "some"
    plan = Plan(200, 4000, 4) if bench.is_small else Plan()
    write(big, plan)
    size = 1000 if bench.is_small else RECORDS
    facts = size - len(pack_records(BUNDLED))
    write(some, Plan(relations=size // 50, facts=facts, packs=size // 5000 or 1))
    compiling = list(_compiling(bench, big, plan))
    bench.output([BILATCLI, *EXACT, "--data", str(some)])
    peers = peer_commands(bench, some)
    times = bench.time({**_lookups(bench, big, some), **peers})
    yield from _lookup_rows(times, plan)
    yield _own_pack(bench)
    yield from _throughput(bench)
    yield from compiling
    yield from peer_rows(times, size)


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
        "completion": [BILATCLI, "--complete", "military", "azer"],
    }


def _lookup_rows(times: Mapping[str, Timing], plan: Plan) -> Iterator[Row]:
    python, typer = times["python"], times["typer"]
    yield Row(f"{PYTHON}, the same interpreter", took=str(python))
    yield Row("an empty Typer app", measured=f"{typer.over(python):.2f} ×", took=str(typer))
    yield _ratio("exact lookup, `--json`", times["exact"], python, 1.7, PYTHON)
    size = f"{plan.relations:,} relations, {plan.facts:,} facts"
    yield _ratio(f"the same with {size}", times["big"], times["exact"], 1.3, "one pair")
    yield _ratio("lookup with fuzzy matching", times["fuzzy"], python, 4, PYTHON)
    yield _ratio("table", times["table"], typer, 0.5, "an empty Typer app")
    yield _ratio("shell completion of a word", times["completion"], python, 2, PYTHON)


def _ratio(what: str, timing: Timing, base: Timing, budget: float, base_name: str) -> Row:
    ratio = timing.over(base)
    return Row(what, f"≤ {budget:g} × {base_name}", f"{ratio:.2f} ×", str(timing), ratio <= budget)


def _own_pack(bench: Bench) -> Row:
    """Return the row on the first question with a small pack; each run has another pack."""
    milliseconds = []
    for seed in range(3):
        folder = bench.folder / f"own-{seed}"
        write(folder, Plan(relations=2, facts=40, packs=1, seed=seed))
        seconds = bench.cost([BILATCLI, *EXACT, "--data", str(folder)])
        milliseconds.append(seconds * 1e3)
    best = min(milliseconds)
    what = "first question with a small pack"
    return Row(what, f"≤ {OWN_PACK_MS} ms", f"{best:,.0f} ms", f"{best:,.0f}", best <= OWN_PACK_MS)


def _throughput(bench: Bench) -> Iterator[Row]:
    """Yield the rows on commands that answer many questions, about the shipped packs."""
    records = [record for pack in SHIPPED for record in pack_records(pack)]
    pairs = sorted({record["relation"].replace("-", " ") for record in records})
    ids = [f"show {record['id']}" for record in records]
    questions = [f"{view} {pair}" for view in BATCH_VIEWS for pair in pairs]
    count = SMALL_LINES if bench.is_small else LINES
    names = country_names().values()
    yield _lines_a_second(bench, "resolve -", "exact names", names, count, NAMES_PER_S)
    count = SMALL_LINES if bench.is_small else LINES // 10
    yield _lines_a_second(bench, "batch", "documents of one fact", ids, count, DOCUMENTS_PER_S)
    yield _batch_size(bench, f"{len(questions)} questions on the shipped packs", questions)
    for view in LARGE_VIEWS:
        question = f"{view} {LARGEST_PAIR}"
        yield _batch_size(bench, f"`{question}` on the shipped packs", [question])


def _lines_a_second(
    bench: Bench, command: str, what: str, lines: Iterable[str], count: int, budget: int
) -> Row:
    seconds = _time_lines(bench, command, list(islice(cycle(lines), count)))
    rate, took = count / seconds, f"{seconds * 1e3:,.0f}"
    name = command.split(maxsplit=1)[0]
    return Row(f"`{name}`, {what}", f"≥ {budget:,}/s", f"{rate:,.0f}/s", took, rate >= budget)


def _time_lines(bench: Bench, command: str, lines: Sequence[str]) -> float:
    """Return the seconds of the fastest of three runs of a command that reads lines."""
    stdin = bench.folder / "lines.txt"
    stdin.write_text("\n".join(lines) + "\n", "utf-8")
    return min(bench.cost([BILATCLI, *command.split()], stdin) for _ in range(3))


def _batch_size(bench: Bench, what: str, questions: Sequence[str]) -> Row:
    """Return the row on the documents that `batch` prints in a second: their size and number."""
    count = SMALL_LINES if bench.is_small else BATCH_QUESTIONS
    lines = list(islice(cycle(questions), count))
    seconds = _time_lines(bench, "batch", lines)
    size = len(bench.output([BILATCLI, "batch"], "\n".join(lines)).encode())
    rate, took = size / seconds / 1e6, f"{seconds * 1e3:,.0f}"
    measured = f"{rate:,.0f} MB/s, {count / seconds:,.0f}/s"
    is_met = rate >= BATCH_MB_PER_S
    return Row(f"`batch`, {what}", f"≥ {BATCH_MB_PER_S} MB/s", measured, took, is_met)


def _compiling(bench: Bench, folder: Path, plan: Plan) -> Iterator[Row]:
    """Yield the rows on compiling. Leaves the index of the folder in the cache."""
    lookup = [BILATCLI, *EXACT, "--data", str(folder)]
    seconds, megabytes = bench.cost_of_all(lookup)
    rate = plan.facts / seconds
    took = f"{seconds * 1e3:,.0f}"
    what = f"compiling {plan.packs} packs"
    budget, is_met = f"≥ {COMPILED_FACTS_PER_S:,} facts/s", rate >= COMPILED_FACTS_PER_S
    yield Row(what, budget, f"{rate:,.0f} facts/s", took, is_met)
    budget, is_met = f"≤ {COMPILING_MB} MB", megabytes <= COMPILING_MB
    yield Row("peak memory of that, all processes", budget, f"{megabytes:,.0f} MB", is_met=is_met)
    with min(folder.iterdir()).open("a", encoding="utf-8") as pack:
        pack.write("# changed\n")
    again = bench.cost(lookup)
    share = again / seconds
    budget, took = f"≤ {INCREMENTAL:g} × all of them", f"{again * 1e3:,.0f}"
    what = "compiling one changed pack"
    yield Row(what, budget, f"{share:.2f} ×", took, share <= INCREMENTAL)


def table(bench: Bench) -> str:
    """Return the Markdown table, with a note on the method."""
    lines = ["| what | budget | measured | milliseconds | |", "| --- | --- | --- | ---: | --- |"]
    verdicts = {None: "", True: "met", False: "**missed**"}
    for row in rows(bench):
        is_judged = row.is_met is not None and not bench.is_small
        verdict = verdicts[row.is_met] if is_judged or row.is_met is None else "not judged"
        lines.append(f"| {row.what} | {row.budget} | {row.measured} | {row.took} | {verdict} |")
    rounds, runs, _ = bench.rounds
    by = "hyperfine" if shutil.which("hyperfine") else "perf_counter"
    python = ".".join(map(str, sys.version_info[:3]))
    note = (
        "Milliseconds are medians, with the fastest run in brackets; "
        f"{rounds * runs} runs of each command, {runs} a round, by {by}; "
        f"Python {python}, {os.cpu_count()} processors."
    )
    return "\n".join((*lines, "", note, ""))


def main() -> None:
    """Read the command line, measure, and print."""
    parser = argparse.ArgumentParser(description="Measure every budget; print a Markdown table.")
    parser.add_argument("--small", action="store_true", help="a tiny corpus, not judged")
    parser.add_argument("--out", type=Path, metavar="FILE", help="also write the table to FILE")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bilatcli-bench-") as folder:
        text = table(Bench(Path(folder), arguments.small))
    sys.stdout.write(text)
    if arguments.out:
        arguments.out.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
