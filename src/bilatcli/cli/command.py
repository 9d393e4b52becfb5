"""One command that is no view: what it takes, what it was asked (`Order`) and what it answers (`Reply`)."""

from __future__ import annotations

from bilatcli.errors import UsageError
from bilatcli.query.request import Request

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bilatcli.environment import Environment
    from bilatcli.query.options import Option


class Order(Request):
    """What a command was asked: its words, and its options by their keys in `given`."""

    __slots__ = ("given",)

    def __init__(self, command: str, words: Sequence[str] = (), **options: object) -> None:
        super().__init__(command, words, data=options.get("data"), index=options.get("index"))
        self.given = options

    def value(self, option: Option) -> str | None:
        """The value of an option, or None."""
        value = self.given.get(option.key)
        return value if isinstance(value, str) else None

    def has(self, option: Option) -> bool:
        """Whether a flag was given."""
        return bool(self.given.get(option.key))


class Reply:
    """An answer in pieces, each of which is printed as it comes.

    `notes` are said and `code` is taken once all are printed, so that the pieces may still add to them; `is_json` says
    how to write what the encoding of a stream lacks.
    """

    __slots__ = ("code", "is_json", "notes", "pieces")

    def __init__(
        self,
        pieces: Iterable[str] = (),
        *,
        notes: Iterable[str] = (),
        code: int = 0,
        is_json: bool = False,
    ) -> None:
        self.pieces = pieces
        self.notes = list(notes)
        self.code = code
        self.is_json = is_json


class Command:
    """A command: its name and help, the words and options that it takes, and who answers.

    `words` is what the help calls its words, none where it takes none, `about` what it says of them, and `most` how
    many they may be. Words are completed as countries (`takes_countries`), or by what `offers` returns.
    """

    def __init__(  # noqa: PLR0913 -- a declaration, whose lines the catalogue gives by name
        self,
        name: str,
        help: str,
        *,
        answer: Callable[[Order, Environment], Reply],
        words: str = "",
        about: str = "",
        most: int | None = None,
        options: Sequence[Option] = (),
        takes_countries: bool = False,
        offers: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        self.name = name
        self.help = help
        self.answer = answer
        self.words = words
        self.about = about
        self.most = most
        self.options = options
        self.takes_countries = takes_countries
        self.offers = offers

    def order(self, words: Sequence[str] | None, **options: object) -> Order:
        """Return what was asked; raises UsageError for more words than the command takes."""
        given = list(words or ())
        if self.most is not None and len(given) > self.most:
            raise UsageError(
                f"`{given[self.most]}` is a word too many: see `bilatcli {self.name} --help`"
            )
        return Order(self.name, given, **options)
