"""Commands that are not views: their declaration, and their words and options."""

from __future__ import annotations

from bilatcli.errors import UsageError
from bilatcli.query.options import CORPUS_OPTIONS, INDEX, Option
from bilatcli.query.request import Request
from bilatcli.views import REPORT_OPTIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from bilatcli.cli import CommandResult
    from bilatcli.environment import Environment

_SHARED_OPTIONS = (*[option.key for option in CORPUS_OPTIONS], *REPORT_OPTIONS)
"""Keys of options that a command shares with views."""

COUNTRIES_HELP = "Names or codes of countries in any order; other words filter the facts."


class Command:
    """The declaration of a command: name, help, words, options, and the function that runs it.

    `group` is its heading in the general help, `words` the placeholder of its words (empty if it
    takes none), `max_words` their maximum number. Words are completed as countries if
    `takes_countries`, else from `word_choices`. `examples` are command lines for the help.
    """

    def __init__(  # noqa: PLR0913 -- a declaration with named lines
        self,
        name: str,
        help: str,
        *,
        run: Callable[[Invocation, Environment], CommandResult],
        group: str,
        words: str = "",
        words_help: str = "",
        max_words: int | None = None,
        options: Sequence[Option] = (),
        examples: Sequence[str] = (),
        takes_countries: bool = False,
        word_choices: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        self.name = name
        self.help = help
        self.run = run
        self.group = group
        self.words = words
        self.words_help = words_help
        self.max_words = max_words
        self.options = options
        self.examples = examples
        self.takes_countries = takes_countries
        self.word_choices = word_choices


class Invocation(Request):
    """A request to a command: its words, and the values of its options by their keys.

    Raises UsageError for more words than the command takes.
    """

    def __init__(
        self,
        declaration: Command,
        words: Sequence[str],
        given: Mapping[str, object],
        *,
        environment: Environment | None = None,
    ) -> None:
        limit = declaration.max_words
        if limit is not None and len(words) > limit:
            from bilatcli.urls import remove_password

            raise UsageError(
                f"unexpected word `{remove_password(words[limit])}`",
                hint=f"see `bilatcli {declaration.name} --help`",
            )
        shared = {key: given[key] for key in _SHARED_OPTIONS if key in given}
        super().__init__(declaration.name, words, environment, **shared)
        self.declaration = declaration
        self.given = given

    def value(self, option: Option) -> str | None:
        """Return the value of an option, or None."""
        value = self.given.get(option.key)
        return value if isinstance(value, str) else None

    def has(self, option: Option) -> bool:
        """Return True if a flag was given."""
        return bool(self.given.get(option.key))

    def command(
        self,
        words: Sequence[str],
        **changes: str | None,
    ) -> str:
        """Return the command line that does the same for other words, with `changes` of options.

        A change to None leaves an option out.
        """
        from shlex import join

        from bilatcli.urls import remove_password

        arguments: list[str] = []
        for option in self.declaration.options:
            value = changes.get(option.key, self.value(option))
            if option.is_flag:
                arguments += [option.flag] if self.has(option) else []
            elif option.is_repeatable:
                arguments += [part for path in self.data for part in (option.flag, path)]
            elif value is not None:
                arguments += [option.flag, remove_password(value) if option is INDEX else value]
        return join(["bilatcli", self.view, *filter(None, words), *arguments])


def run_command(request: Request, environment: Environment) -> CommandResult:
    """Run the command of an invocation; raises TypeError for the request of a view."""
    if not isinstance(request, Invocation):
        raise TypeError(request.view)
    return request.declaration.run(request, environment)
