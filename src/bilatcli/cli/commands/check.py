"""`check`: report errors and likely mistakes in packs, and fix what needs no decision."""

from __future__ import annotations

from bilatcli.cli import CommandResult
from bilatcli.cli.command import Command
from bilatcli.cli.pack_paths import find_packs
from bilatcli.errors import EXIT_EMPTY, EXIT_ERROR, UsageError
from bilatcli.query.options import DATA, JSON, Option, parse_day, parse_format

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bilatcli.cli.command import Invocation
    from bilatcli.environment import Environment
    from bilatcli.packs.lint.base import LinkAnswers
    from bilatcli.packs.lint.runner import LintReport

    AskLinks = Callable[[Sequence[str]], LinkAnswers]

FORMATS = ("text", "json", "github", "sarif")

SELECT = Option("select", "Run only these rules: codes, prefixes of codes, names.", metavar="CODES")
IGNORE = Option("ignore", "Do not run these rules.", metavar="CODES")
FORMAT = Option(
    "format", "Format of the findings (default: text).", metavar="FORMAT", choices=FORMATS
)
TODAY = Option(
    "today", "Check figures and plans against this date instead of today.", metavar="DATE"
)
EXPLAIN = Option("explain", "Explain a rule: what it finds, why, and what to do.", metavar="CODE")
LIST = Option("list", "List all rules.")
LINKS = Option("links", "Ask the addresses of sources over the network (needs the extra `links`).")
PACKS_ONLY = Option("packs_only", "Pass over TOML files that are not packs, as in a hook.")
FIX = Option("fix", "Fix the order of keys, the spacing and the format of dates, nothing else.")


def run(invocation: Invocation, environment: Environment) -> CommandResult:
    """Return the findings in packs.

    The exit code is 1 if a finding is a warning or an error, 2 if a file cannot be read.
    Raises UsageError for invalid files, rules or dates, EnvironmentFault if a file cannot be fixed
    or if httpx, which `--links` needs, is not installed.
    """
    from bilatcli.packs.lint import fixes, output
    from bilatcli.packs.lint.base import RULES

    if invocation.has(LIST):
        return CommandResult([output.list_rules()])
    if (codes := invocation.value(EXPLAIN)) is not None:
        explained = (output.explain_rule(RULES[code]) for code in _find_rules(EXPLAIN, codes))
        return CommandResult(["\n".join(explained)])
    format = parse_format(FORMAT, invocation.given) or "text"
    today = parse_day(TODAY, invocation.given, last=True) or environment.today
    rules = _select_rules(invocation)
    files = find_packs([*invocation.words, *invocation.data], "bilatcli check notes.toml")
    if invocation.has(PACKS_ONLY):
        from bilatcli.packs.loader import is_pack

        files = [file for file in files if is_pack(file)]
    if invocation.has(FIX):
        fixed = fixes.fix_dates(files)
        fixed += fixes.fix_layout(_lint(files, today, rules).findings)
        notes = [output.describe_fixes(fixed)]
    else:
        notes = []
    report = _lint(files, today, rules, _prepare_links(invocation, environment))
    notes.append(output.summarize(report))
    if report.links is not None:
        notes.append(output.summarize_links(report.links))
    return CommandResult(
        [output.FORMATTERS[format](report)],
        notes=notes,
        code=_exit_code(report),
        is_json=format in ("json", "sarif"),
    )


def _exit_code(report: LintReport) -> int:
    from bilatcli.packs.lint import output

    if report.has_unreadable_file:
        return EXIT_ERROR
    return 0 if output.is_clean(report) else EXIT_EMPTY


def _prepare_links(invocation: Invocation, environment: Environment) -> AskLinks | None:
    """Return the function that asks addresses, or None without `--links`."""
    if not invocation.has(LINKS):
        return None
    from functools import partial

    from bilatcli.packs.lint.link_client import ask_links

    return partial(ask_links, on_progress=environment.on_progress)


def _lint(
    files: Sequence[str], today: str, rules: set[str], ask_links: AskLinks | None = None
) -> LintReport:
    """Return the findings of the given rules, and always those of packs that do not load."""
    from bilatcli.packs.lint.runner import LOAD_ERROR, lint

    report = lint(files, today, ask_links)
    report.findings = [each for each in report.findings if each.rule.code in {*rules, LOAD_ERROR}]
    return report


def _select_rules(invocation: Invocation) -> set[str]:
    """Return the codes of the rules to run."""
    from bilatcli.packs.lint.base import RULES
    from bilatcli.packs.lint.links import LINK_CODES

    select, ignore = invocation.value(SELECT), invocation.value(IGNORE)
    selected = set(RULES if select is None else _find_rules(SELECT, select))
    if selected <= LINK_CODES and not invocation.has(LINKS):
        raise UsageError(
            f"{SELECT.flag} names only rules on links",
            hint=f"add {LINKS.flag} to ask the addresses",
        )
    return selected.difference(() if ignore is None else _find_rules(IGNORE, ignore))


def _find_rules(option: Option, text: str) -> list[str]:
    """Return the codes of the rules that an option names; raises UsageError for an unknown one."""
    from bilatcli.packs.lint.base import RULES

    words = text.replace(",", " ").split()
    if not words:
        raise UsageError(
            f"{option.flag} is empty", hint="give a code such as BL203, or a prefix such as BL2"
        )
    found: set[str] = set()
    for word in words:
        codes = [
            rule.code
            for rule in RULES.values()
            if rule.code.startswith(word.upper()) or rule.name == word.lower()
        ]
        if not codes:
            raise UsageError(f"unknown rule `{word}`", hint=_suggest_rule(word))
        found.update(codes)
    return sorted(found)


def _suggest_rule(word: str) -> str:
    from bilatcli.fuzzy import find_nearest
    from bilatcli.packs.lint.base import RULES

    names = [rule.name for rule in RULES.values()]
    near = find_nearest(word.upper(), RULES) or find_nearest(word.lower(), names)
    return f"did you mean `{near}`?" if near else "`bilatcli check --list` lists the codes"


COMMAND = Command(
    "check",
    "Check packs for errors and likely mistakes.",
    run=run,
    group="Author",
    words="FILE...",
    words_help="Packs, or folders of packs.",
    options=(SELECT, IGNORE, FORMAT, JSON, TODAY, FIX, LINKS, PACKS_ONLY, DATA, EXPLAIN, LIST),
    examples=("bilatcli check notes.toml", "bilatcli check packs --select BL2 --format github"),
)
