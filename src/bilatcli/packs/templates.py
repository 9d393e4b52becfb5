"""Templates of tables: what the values of a row make of a text in Python's format syntax.

`{year}` stands for the value of a column. After a colon comes a named form (`{a:the}`,
`{n:refugee|refugees}`, `{date:long}`, `{date:to {until}}`, `{usd:money}`), or a format of Python's
(`{percent:.1f}`).
Lookups import this module: it loads no other one than the dates.
"""

from __future__ import annotations

from bilatcli.packs.edtf import split_calendar_date

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import TypeAlias

    Value: TypeAlias = str | int | float

COLUMN_TYPES = ("text", "integer", "number", "year", "date", "source", "country", "usd")
"""The types of columns. A `?` after the type allows empty cells."""
OPTIONAL_MARK = "?"

COUNTRY_FORMS = ("", "the", "The", "poss", "Poss")
"""The forms of a country's name: plain, with its article, possessive; capitalized for a start."""

WITH_ARTICLE = frozenset(
    """
    AE AX BQ BS CC CD CF CG CK DO FK FO GB GM IM IO KM KY MH MP MV NL PH PN SB TC TF UM US VG VI
    """.split()
)
"""The countries whose names take an article."""

PERIOD_FORM = "to "
"""How the form of a date begins that is a period; after it comes the end of the period."""

_MONTHS = """
    January February March April May June July August September October November December
    """.split()
_ABOUT, _UNCERTAIN = "~%", "?%"
_OPEN_ENDS = ("", "..")
_MONEY_UNITS = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))


class Integer(int):
    """A whole number in a row, which may choose a word: `{n:refugee|refugees}`."""

    __slots__ = ()

    def __format__(self, form: str) -> str:
        one, bar, many = form.partition("|")
        if bar:
            return one if self == 1 else many
        return super().__format__(form)


class Money(int):
    """An amount of US dollars in a row, which may be in words: `{usd:money}`."""

    __slots__ = ()

    def __format__(self, form: str) -> str:
        return format_money(self) if form == "money" else super().__format__(form)


class DateText(str):
    """A date in EDTF in a row, which may be in words: `{date:long}`.

    With the column of its end it is a period: `{date:to {until}}`.
    """

    __slots__ = ()

    def __format__(self, form: str) -> str:
        if form.startswith(PERIOD_FORM):
            return format_long_date(f"{self}/{form.removeprefix(PERIOD_FORM)}")
        return format_long_date(self) if form == "long" else super().__format__(form)


class Country(str):
    """The code of a country in a row, and its name, which stands in texts."""

    __slots__ = ("name",)

    name: str

    def __format__(self, form: str) -> str:
        if form not in COUNTRY_FORMS:
            raise ValueError(f"a country has no form `{form}`")
        name = self.name
        if form and self in WITH_ARTICLE:
            name = f"{'The' if form in ('The', 'Poss') else 'the'} {name}"
        if form.lower() != "poss":
            return name
        return name + ("'" if name.endswith("s") else "'s")


def make_country(code: str, names: Mapping[str, str]) -> Country:
    """Return a country as the value of a row; `names` has the names by their codes."""
    country = Country(code)
    country.name = names.get(code, code)
    return country


_TYPES = {"integer": Integer, "year": DateText, "date": DateText, "usd": Money}
"""What the values of columns become. Those of other types are in texts as they are."""


def to_value(kind: str, value: Value, names: Mapping[str, str]) -> Value:
    """Return a value of a column of a type, as it stands in templates."""
    if kind == "country":
        return make_country(str(value), names)
    convert = _TYPES.get(kind)
    return convert(value) if convert else value


def fill_template(template: str, values: Mapping[str, Value]) -> str | None:
    """Return a template with its columns filled in, or None if one of them is empty.

    Empty columns are not in `values`.

    >>> fill_template("In {year} {n} {n:visit|visits}", {"year": "2001", "n": Integer(1)})
    'In 2001 1 visit'
    """
    try:
        return template.format_map(values)
    except KeyError:
        return None


def parse_template(template: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the form of each column in a template.

    A column in a form follows the one with the form, which lacks it. Raises ValueError if it is not
    a template.
    """
    from string import Formatter

    for _, name, form, conversion in Formatter().parse(template):
        if name is None:
            continue
        if conversion:
            raise ValueError(f"`!{conversion}` is not a form of a column")
        bare = "".join(parse_literals(form)) if form else ""
        if bare not in (form, PERIOD_FORM):
            raise ValueError(f"`:{form}` is not a form of a column")
        yield name, bare
        yield from parse_template(form) if form and bare == PERIOD_FORM else ()


def parse_literals(template: str) -> list[str]:
    """Return the texts between the columns of a template.

    >>> parse_literals("In {year} {n:visit|visits} took place.")
    ['In ', ' ', ' took place.']
    """
    from string import Formatter

    return [literal for literal, _, _, _ in Formatter().parse(template)]


def is_constant(template: str) -> bool:
    """Return True if a text has no braces, so that it is the same for all rows."""
    return "{" not in template and "}" not in template


def find_whole_column(template: str) -> str | None:
    """Return the column that is all of a template, so that its type stays; else None.

    >>> find_whole_column("{usd}"), find_whole_column("{usd:money}")
    ('usd', None)
    """
    name = template[1:-1]
    return name if template == f"{{{name}}}" and name.replace("_", "").isalnum() else None


def check_form(kind: str, form: str) -> str | None:
    """Return why a column of a type has no such form, or None if it has."""
    if kind == "country":
        known = ", ".join(filter(None, COUNTRY_FORMS))
        return None if form in COUNTRY_FORMS else f"forms of a country are {known}"
    samples: Mapping[str, Value] = {
        "integer": Integer(2),
        "number": 2.5,
        "usd": Money(2),
        "year": DateText("2001"),
        "date": DateText("2001-02"),
    }
    try:
        format(samples.get(kind, ""), form)
    except ValueError as error:
        return str(error)[:1].lower() + str(error)[1:]
    return None


# --- forms


def format_long_date(date: str) -> str:
    """Return a date in EDTF in words. Rare forms stay as they are.

    >>> format_long_date("1991-12-25"), format_long_date("2012-06~")
    ('25 December 1991', 'about June 2012')
    >>> format_long_date("1991/1995"), format_long_date("2001-05/..")
    ('1991–1995', 'since May 2001')
    >>> format_long_date("1960-06-14/1960-06-16"), format_long_date("1960-06-30/1960-07-02")
    ('14–16 June 1960', '30 June–2 July 1960')
    """
    start, slash, end = date.partition("/")
    if not slash:
        return _format_day(date)
    if start in _OPEN_ENDS:
        return f"until {_format_day(end)}"
    if end in _OPEN_ENDS:
        return f"since {_format_day(start)}"
    return _format_period(start, end)


def _format_period(start: str, end: str) -> str:
    """Return a closed period without what both its days share."""
    one, other = split_calendar_date(start) or [start], split_calendar_date(end) or [end]
    first, last = _format_day(start), _format_day(end)
    is_sure = start[-1].isdigit() and end[-1].isdigit()
    if not is_sure or len(one) != len(other):
        return f"{first} – {last}"
    if one == other:
        return last
    if len(one) == 1:
        return f"{first}–{last}"
    if one[0] != other[0]:
        return f"{first} – {last}"
    if len(one) == 3 and one[1] == other[1]:
        return f"{int(one[2])}–{last}"
    return f"{first.removesuffix(f' {one[0]}')}–{last}"


def _format_day(date: str) -> str:
    parts = split_calendar_date(date)
    if not parts:
        return date
    year, *rest = parts
    month = [_MONTHS[int(rest[0]) - 1]] if rest else []
    day = [str(int(rest[1]))] if len(rest) > 1 else []
    about = ["about"] if date[-1] in _ABOUT else []
    return " ".join([*about, *day, *month, year]) + ("?" if date[-1] in _UNCERTAIN else "")


def format_money(dollars: int) -> str:
    """Return an amount of US dollars in words, to two figures after the point at most.

    >>> format_money(3_500_000_000), format_money(12_345), format_money(1)
    ('3.5 billion dollars', '12,345 dollars', '1 dollar')
    """
    for unit, name in _MONEY_UNITS:
        if round(abs(dollars) / unit, 4) >= 1:
            amount = f"{dollars / unit:,.2f}".rstrip("0").rstrip(".")
            return f"{amount} {name} dollars"
    return f"{dollars:,d} {'dollar' if abs(dollars) == 1 else 'dollars'}"
