"""Measure the verdicts of `bilatcli verify` on sentences written in other people's manner.

python benchmarks/claims.py            print the table of the sentences that are not tuned with
python benchmarks/claims.py --tuning   print that of the others, and each wrong verdict

`claims/sentences.tsv` has a kind, the right verdicts and a sentence a line. The hash of a sentence
decides whether it is unseen, so that no choice is made.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from hashlib import sha256
from pathlib import Path

SENTENCES = Path(__file__).parent / "claims" / "sentences.tsv"
TODAY_S = 1795910400
"""The day for which the sentences are labelled, 29 November 2026, in seconds."""
FALSIFIED = ("date", "number", "party", "direction", "stage")
"""The kinds of sentences that say something false."""


def is_unseen(sentence: str) -> bool:
    """Return True for a third of all sentences, which nothing is tuned with."""
    return sha256(sentence.encode()).digest()[0] % 3 == 0


def read_cases(*, unseen: bool) -> list[dict[str, str]]:
    """Return the sentences of one part with their kinds and right verdicts."""
    with SENTENCES.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [row for row in rows if is_unseen(row["sentence"]) == unseen]


def judge_all(cases: list[dict[str, str]]) -> list[str]:
    """Return the verdict on each sentence."""
    import os

    import bilatcli

    # The day of the sentences, in seconds.
    os.environ["SOURCE_DATE_EPOCH"] = str(TODAY_S)
    with bilatcli.open() as corpus:
        return [corpus.verify(case["sentence"])["claims"][0]["verdict"] for case in cases]


def percent(part: int, whole: int) -> str:
    """Return a share as text, with both numbers."""
    return f"{100 * part / whole:.1f} % ({part} of {whole})" if whole else "none"


def print_table(cases: list[dict[str, str]], verdicts: list[str]) -> None:
    """Print how often each kind of sentence gets each verdict, and the three goals."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for case, verdict in zip(cases, verdicts, strict=True):
        counts[case["kind"]][verdict] += 1
    columns = ("supported", "differs", "outdated", "disputed", "not recorded", "not checkable")
    print(f"| sentences | {' | '.join(columns)} |")
    print("| --- |" + " ---: |" * len(columns))
    for kind, found in counts.items():
        cells = " | ".join(str(found[column] or "") for column in columns)
        print(f"| {kind} ({found.total()}) | {cells} |")
    pairs = list(zip(cases, verdicts, strict=True))
    decided = [(c, v) for c, v in pairs if v in ("differs", "supported")]
    right = [v in c["verdict"].split("/") for c, v in decided]
    caught = [v == "differs" for c, v in pairs if c["kind"] in ("date", "number")]
    false = [v == "supported" for c, v in pairs if c["kind"] in FALSIFIED]
    true = [v == "supported" for c, v in pairs if c["kind"] == "restated"]
    print()
    print("`supported` or `differs` is right:", percent(sum(right), len(right)))
    print("a wrong date or number is caught:", percent(sum(caught), len(caught)))
    print("`supported` for a falsified sentence:", percent(sum(false), len(false)))
    print("a true sentence is supported:", percent(sum(true), len(true)))


def main() -> None:
    """Print the table of the part that the command line names."""
    is_tuning = "--tuning" in sys.argv[1:]
    cases = read_cases(unseen=not is_tuning)
    verdicts = judge_all(cases)
    if is_tuning:
        for case, verdict in zip(cases, verdicts, strict=True):
            if verdict not in case["verdict"].split("/"):
                print(f"{verdict:>13} for {case['kind']}: {case['sentence']}")
    print_table(cases, verdicts)


if __name__ == "__main__":
    main()
