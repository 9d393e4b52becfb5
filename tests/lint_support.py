"""Edits of a good pack: for each rule of `check`, one that breaks it and one that does not."""

from __future__ import annotations

from support import DATA

GOOD = (DATA / "lint.toml").read_text("utf-8")
TODAY = "2026-11-25"

ANOTHER = """
[[relation.fact]]
id = "another"
topic = "{topic}"
{headline}text = "{text}"
{more}
actors = ["{actors}"]
sources = ["gazette"]
verification = "cited"
{figure}"""


def another(
    more: str = 'status = "current"', text: str = "It did.", **other: str
) -> tuple[str, str]:
    """Return the edit that adds a fact to the pack."""
    defaults = {"topic": "diplomacy", "headline": "", "actors": 'FJ", "IS', "figure": ""}
    return r"\Z", ANOTHER.format(more=more, text=text, **defaults | other)


def another_figure(dollars: int) -> tuple[str, str]:
    """Return the edit that adds a figure for the year and parties of the one in the pack."""
    figure = f'measure = "trade turnover"\nvalue_usd = {dollars}\n'
    return another('as_of = "2025"\nstatus = "current"', topic="trade", figure=figure)


OLD = 'date = "2026-01"\nstatus = "superseded"\nsuperseded_by = "fish-2026"'

CITED = 'verification = "cited"\n'
UPDATED = "updated = 2026-11-23\n"
LONG_QUOTE = " ".join(["yak"] * 26)

OFFICE = "Anna is ambassador in Suva."
SOURCE = 'type = "article-newspaper"\ntitle = "Boats"\n'
SOURCE_SWAPPED = 'title = "Boats"\ntype = "article-newspaper"\n'


def stance(holder: str) -> tuple[str, str]:
    """Return the edit that adds a stance of Iceland with this holder."""
    where, text = another(topic="stance", actors="IS")
    return where, f'{text}issue = "fish"\nholder = "{holder}"\nposition = "for them"\n'


def passage(quote: str) -> tuple[str, str]:
    """Return the edit that adds a passage to the last fact."""
    given = f'passages = [\n    {{quote = "{quote}", source = "gazette"}},\n]\n'
    return CITED, f"{given}{CITED}"


def transfer(parties: str) -> tuple[str, str]:
    """Return the edit that adds an arms transfer; its actors end within `parties`."""
    return another(topic="military", actors=parties, figure='kind = "arms-transfer"\n')


def expect_floor(floor: str) -> tuple[str, str]:
    """Return the edit that expects a floor, of which there is this, and gaps in all but trade."""
    head = GOOD[GOOD.index(UPDATED) : GOOD.index("\n[[relation.fact]]")]
    head = head.replace(UPDATED, f"{UPDATED}\n[pack.expect]\nfloor = true\n")
    keys = ("relations", "embassies", "status", "agreement", "stances", "contact")
    gaps = ", ".join(f'{key} = "Not found."' for key in keys)
    return rf"(?s){UPDATED}.*?(?=\n\[\[relation\.fact)", (
        f"{head}floor = {{{floor}}}\ngaps = {{{gaps}}}\n"
    )


def arms_value(note: str) -> tuple[str, str]:
    """Return the edit that adds an arms fact with an amount and this note."""
    figure = f'note = "{note}"\nkind = "production"\nvalue_usd = 5000000\n'
    return another('date = "2026-01"\nstatus = "historical"', topic="military", figure=figure)


COPY = 'archive_url = "https://example.net/copy"'

HERALD = r'title = "Boats"(?s:.*?)\naccessed = "2026-11-23"\n'
HERALD_UNREAD = GOOD[GOOD.index('title = "Boats"') : GOOD.index("\n[[relation]]")].replace(
    'accessed = "2026-11-23"\n', ""
)

CASES: dict[str, tuple[tuple[str, str], str, tuple[str, str]]] = {
    # code: an edit that causes a finding, a part of its line, a similar edit that causes none
    "BL001": (('"historical"', '"historic"'), "status", ("Suva", "Nadi")),
    "BL101": (
        (r'\["gazette", "herald"\]', '["gazette"]'),
        'id = "herald"',
        (r'\["gazette", "herald"\]', '["herald"]'),
    ),
    "BL102": (
        (HERALD, HERALD_UNREAD.replace('issued = "2026-04"\n', "")),
        'id = "herald"',
        (r'issued = "2026-04"\n', ""),
    ),
    "BL103": (
        (f'article-newspaper"\n{HERALD}', f'webpage"\n{HERALD_UNREAD}'),
        "/2",
        (HERALD, HERALD_UNREAD),
    ),
    "BL104": (
        ("https://example.org/2", "http://www.Example.org/1/"),
        "Example",
        ("org/2", "org/1?page=2"),
    ),
    "BL105": (
        (r'\["gazette", "herald"\]', '["herald"]'),
        '["herald"]',
        (r'\["gazette", "herald"\]', '["gazette"]'),
    ),
    "BL106": (
        (r'"weak"\naccessed.*\n', '"weak"\naccessed = "2026"\norigin = "agency"\n'),
        "origin",
        ('"Boats"', '"Yaks"'),
    ),
    "BL201": (
        (r'\["gazette"\]', '["herald"]'),
        "verification",
        (r'\["gazette"\]', '["gazette", "herald"]'),
    ),
    "BL202": (("note = .*\n", ""), "conflicting", ("note = .*", 'note = "They differ."')),
    "BL203": ((r'as_of = "2025"\n', ""), "value_usd", ('as_of = "2025"', 'date = "2025"')),
    "BL204": (
        ('as_of = "2025"', 'as_of = "2024"'),
        "as_of",
        ('as_of = "2025"', 'as_of = "2025-06"'),
    ),
    "BL205": (
        (
            r'"2026-02"\nevent = "suva-talks"\nstatus = "current"',
            '"2026-02"\nevent = "suva-talks"\nstatus = "planned"',
        ),
        "date",
        another('date = "2026-12"\nstatus = "planned"'),
    ),
    "BL206": (
        another('date = "2026-04"\nstatus = "current"'),
        "date",
        another('date = "2026-03-31"\nstatus = "current"'),
    ),
    "BL207": (another('status = "superseded"'), "status", another(OLD)),
    "BL208": (
        another(OLD.replace("-01", "-03")),
        "superseded_by",
        another(OLD.replace("-01", "-02")),
    ),
    "BL209": (
        another(
            'date = "2026"\nstatus = "current"',
            "Iceland asked for a fisheries commision.",
            actors="IS",
        ),
        "text",
        another(
            'date = "2025"\nstatus = "current"',
            "Iceland asked for a fisheries commision.",
            actors="IS",
        ),
    ),
    "BL210": (another_figure(13000000), "value_usd", another_figure(12050000)),
    "BL211": (
        another('date = "2026-01"\nevent = "suva-talks"\nstatus = "current"'),
        "date",
        another('date = "2026"\nevent = "suva-talks"\nstatus = "current"'),
    ),
    "BL213": (
        another(OLD, headline="headline = true\n"),
        "headline",
        another('date = "2026-01"\nstatus = "historical"', headline="headline = true\n"),
    ),
    "BL224": (passage(LONG_QUOTE), "quote", passage(LONG_QUOTE.removesuffix(" yak"))),
    "BL225": (
        (CITED, f"{CITED}checked = 2026-11-24\n"),
        "checked",
        (CITED, f"{CITED}checked = 2026-11-23\n"),
    ),
    "BL226": (
        (CITED, f'{CITED}retracted = "It was Nauru."\n{another(OLD)[1]}'),
        "superseded_by",
        (CITED, f"{CITED}{another(OLD)[1]}"),
    ),
    "BL227": (
        (UPDATED, f"{UPDATED}\n[pack.expect]\nfacts = 4\n"),
        "facts",
        (UPDATED, f"{UPDATED}\n[pack.expect]\nfacts = 3\ncited = 66\n"),
    ),
    "BL228": (
        expect_floor('relations = ["talks-2026"]'),
        "fj-is",
        expect_floor('trade = ["trade-2025"]'),
    ),
    "BL229": (
        (r"\A(?s:.*)", f"{GOOD[: GOOD.index(UPDATED)]}{UPDATED}"),
        "name",
        (r"\Z", ""),
    ),
    "BL214": ((r"in Suva\.", "in Suva"), "text", ("in Suva\\.", "in “Suva.”")),
    "BL215": (
        ("met in Suva", "met in occupied Suva"),
        "text",
        ("ministers met", "ministers said it was occupied and met"),
    ),
    "BL216": (
        ("met in Suva", "met and “sang of boats on the sea and of the fish in it”"),
        "text",
        ("met in Suva", "met and “sang of boats on the sea and of fish”, they said, “in it”"),
    ),
    "BL217": (
        (r'\["IS"\]', '["Nordic Council"]'),
        "actors",
        (r'\["IS"\]', '["Nordic Council"]\ntoward = ["IS"]'),
    ),
    "BL218": (
        (r'\["IS"\]', '["IS", "NO"]'),
        "actors",
        another('status = "current"', "Norway went between the two.", actors='FJ", "NO'),
    ),
    "BL219": (stance("FJ"), "holder", stance("IS")),
    "BL220": (
        another('as_of = "2026-03"\nstatus = "current"', OFFICE),
        "as_of",
        another('as_of = "2026-06"\nstatus = "current"', OFFICE),
    ),
    "BL221": (transfer('FJ", "IS'), "actors", transfer('FJ"]\ntoward = ["IS')),
    "BL222": (
        another('as_of = "2024-10"\nstatus = "current"'),
        "as_of",
        another('as_of = "2024"\nstatus = "current"'),
    ),
    "BL223": (arms_value("SIPRI counts volumes."), "value_usd", arms_value("By a ministry.")),
    "BL401": (
        ("https://example.org/2", "https://example.org/gone"),
        "/gone",
        (r'"https://example.org/2"', f'"https://example.org/gone"\n{COPY}'),
    ),
    "BL402": (("org/2", "org/moved"), "/moved", ("org/2", "org/ok")),
    "BL403": (("org/2", "org/refused"), "/refused", ("org/2", "org/skipped")),
    "BL404": (("org/2", "org/no_answer"), "/no_answer", ("org/2", "org/2?no_answer")),
    "BL301": ((SOURCE, SOURCE_SWAPPED), "type", (SOURCE, f"# why\n\n{SOURCE}")),
    "BL302": (('met in Suva\\."', 'met in Suva." '), "text", ("met in", "met  in")),
    "BL901": (
        (r"Suva\.\"", 'Suva."  # bilatcli: ignore[BL214]'),
        "ignore",
        ('Suva\\."', 'Suva# bilatcli: ignore[BL214]."'),
    ),
}
