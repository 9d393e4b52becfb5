"""The configuration file of a user: the defaults of a terminal.

It has no effect on pipes and files, so that a script gives the same for every user.
"""

from __future__ import annotations

import os

from bilatcli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from bilatcli.environment import Environment
    from bilatcli.query.request import Request

FILE_NAME = "config.toml"
KEYS = ("format", "style", "pager", "color")
"""The keys of the file; all values are texts."""
MAX_BYTES = 65_536
"""Maximum size of the file."""


def apply_config(request: Request, environment: Environment) -> None:
    """Set the options that a request on a terminal leaves open from the configuration file, if any.

    Raises UsageError, with the file and the line, for a file that is not valid.
    """
    path = os.path.join(environment.config_folder, FILE_NAME)
    if request.writes_file or not environment.is_terminal or not _exists(path):
        return
    config = read_config(path)
    environment.pager = config.get("pager")
    if request.view == "cite" and request.style is None and not (request.format or request.fields):
        request.style = config.get("style")
    if request.style is None and request.format is None:
        request.format = config.get("format")
    if request.color == "auto":
        request.color = config.get("color", "auto")


def _exists(path: str) -> bool:
    """Return False if there is nothing at a path. A link that leads nowhere is something."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        # Links of folders in a circle, or a folder that may not be entered: reading tells.
        return True
    return True


def read_config(path: str) -> dict[str, str]:
    """Return the settings in a file. Raises UsageError for errors, each with its line."""
    text = _read_text(path)
    config = _parse_toml(text, path)
    for key, value in config.items():
        _check(key, value, f"{path}:{_find_line(key, text)}")
    return config


def _read_text(path: str) -> str:
    from stat import S_ISREG

    from bilatcli.files import os_error_message

    try:
        # Opening a named pipe would wait for ever.
        if not S_ISREG(os.stat(path).st_mode):
            raise UsageError(f"{path} is not a file", hint="move it away")
        with open(path, "rb") as file:
            content = file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise UsageError(f"{path} has more than {MAX_BYTES:,} bytes", hint="correct the file")
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read ({os_error_message(error)})") from None


def _parse_toml(text: str, path: str) -> dict[str, Any]:
    from tomllib import TOMLDecodeError, loads

    try:
        return loads(text)
    except TOMLDecodeError as error:
        place, problem = _split_place(str(error), text)
    except RecursionError:
        place, problem = _find_excess(text), "values are nested too deeply"
    except ValueError:
        place, problem = _find_excess(text), "a number has too many digits"
    raise UsageError(f"{path}:{place}: {problem}", hint="correct the file")


def _find_excess(text: str) -> str:
    """Return the place of a number or of values that Python does not parse."""
    from bilatcli.packs.positions import Positions
    from bilatcli.packs.syntax import MAX_DEPTH, MAX_DIGITS

    line, column = Positions(text).find_excess(MAX_DIGITS, MAX_DEPTH)
    return f"{line}:{column}"


def _split_place(message: str, text: str) -> tuple[str, str]:
    """Return the place in a message of tomllib, and the message without it.

    The place is `line:column`, or the last line with text for an error at the end of the document.
    """
    import re

    problem, _, where = message.rpartition(" (at ")
    numbers = re.findall("[0-9]+", where)
    place = ":".join(numbers) or str(text.rstrip().count("\n") + 1)
    return place, problem[:1].lower() + problem[1:]


def _check(key: str, value: object, place: str) -> None:
    from bilatcli.fuzzy import did_you_mean
    from bilatcli.query.options import COLOR_MODES, FORMATS

    if key not in KEYS:
        raise UsageError(f"{place}: unknown key `{key}`", hint=did_you_mean(key, KEYS))
    choices = {"format": FORMATS, "color": COLOR_MODES}.get(key)
    if not isinstance(value, str):
        raise UsageError(f"{place}: `{key}` must be text")
    if choices is not None and value not in choices:
        raise UsageError(f"{place}: unknown {key} `{value}`", hint=did_you_mean(value, choices))


def _find_line(key: str, text: str) -> int:
    """Return the number of the first line that sets a key, or 1 if there is none."""
    import re

    sets_key = re.compile(rf"[\s\[]*([\"']?){re.escape(key)}\1\s*[=.\]]")
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if sets_key.match(line)), 1)
