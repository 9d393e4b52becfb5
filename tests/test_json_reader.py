"""Reading JSON without the standard module."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from bilatcli.json_reader import parse_json

BROKEN = ["", "x", '{"a":', '{"a" 1}', '["a"', '{"a":1}}', '"a', "[1,]"]


@pytest.mark.parametrize(
    "text", ['{"a":[1,2.5,null,true,"\\u00e9\\ud83d\\ude00"]}', "[]", '"a"', "12", "{}"]
)
def test_same_as_the_standard_module(text: str) -> None:
    """A text is read as `json.loads` reads it."""
    assert parse_json(text) == json.loads(text)


@pytest.mark.parametrize("text", BROKEN)
def test_broken_texts(text: str) -> None:
    """What is not JSON is a ValueError."""
    with pytest.raises(ValueError, match=r"."):
        parse_json(text)


def test_broken_texts_without_the_standard_module() -> None:
    """The error is the same where nothing has imported the standard module."""
    code = (
        "import sys; from bilatcli.json_reader import parse_json\n"
        f"for text in {BROKEN!r}:\n"
        "    sys.modules.pop('json.decoder', None)\n"
        "    try: parse_json(text)\n"
        "    except ValueError: continue\n"
        "    sys.exit(text or 'empty')\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
