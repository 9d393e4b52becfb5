"""Every key and value of a generated TOML text, in any form, is located where it was written."""

from __future__ import annotations

import json

import tomli
from hypothesis import given
from hypothesis import strategies as st

from bilatcli.packs.positions import Path, Positions

PARTS = ("a", "b", "key", "é", "a b", 'q"', "x.y", "\t", "")
PLAIN_VALUES = ("1", '"é # ["', "'''x\ny'''", '"""\n"\\x41" \\\n  """', "07:32", "1979-05-27 07:32")


class Writer:
    """Writes a text piece by piece, and remembers the places of its keys and values."""

    def __init__(self) -> None:
        self.text = ""
        self.keys: dict[Path, tuple[int, int]] = {}
        self.values: dict[Path, tuple[int, int]] = {}

    @property
    def place(self) -> tuple[int, int]:
        """The line and column of what is written next."""
        return self.text.count("\n") + 1, len(self.text) - self.text.rfind("\n")

    def write_key(self, draw: st.DrawFn, path: Path) -> None:
        """Write a bare, quoted, escaped or dotted key, whose parts are the last ones of a path."""
        self.keys[path] = self.place
        self.text += draw(st.sampled_from((".", " . "))).join(
            write_part(draw, str(part)) for part in path if isinstance(part, str)
        )

    def write_value(self, draw: st.DrawFn, path: Path, depth: int) -> None:
        """Write a value: plain, a list or an inline table, over several lines or in one."""
        self.values[path] = self.place
        kind = draw(st.sampled_from(("plain", "list", "table"))) if depth else "plain"
        if kind == "plain":
            self.text += draw(st.sampled_from(PLAIN_VALUES))
            return
        gap = st.sampled_from(("", " ", "\n", " # é } ]\n  "))
        self.text += "[" if kind == "list" else "{"
        parts = draw(st.lists(st.sampled_from(PARTS), max_size=3, unique=True))
        for number, part in enumerate(parts):
            self.text += ("," if number else "") + draw(gap)
            if kind == "list":
                self.write_value(draw, (*path, number), depth - 1)
            else:
                self.keys[*path, part] = self.place
                self.text += write_part(draw, part) + " = "
                self.write_value(draw, (*path, part), depth - 1)
            self.text += draw(gap)
        self.text += draw(st.sampled_from(("", ","))) if parts else ""
        self.text += draw(gap) + ("]" if kind == "list" else "}")


def write_part(draw: st.DrawFn, part: str) -> str:
    """Return a part of a key in one of its forms."""
    forms = [json.dumps(part), json.dumps(part, ensure_ascii=False)]
    forms += [part] if part.isascii() and part.isalnum() else []
    forms += [f"'{part}'"] if part != "\t" else []
    forms += ["".join(['"', *(f"\\x{ord(each):02x}" for each in part), '"'])]
    return draw(st.sampled_from(forms))


@st.composite
def documents(draw: st.DrawFn) -> Writer:
    """Generate a text with tables, arrays of tables, and dotted keys."""
    writer = Writer()
    counts: dict[str, int] = {}
    for number, name in enumerate(draw(st.lists(st.sampled_from("xyz"), max_size=5))):
        writer.text += draw(st.sampled_from(("", "\n", "# é\n")))
        header = f"[[{name}]]" if name != "z" else f"[z.{number}]"
        writer.text += header + draw(st.sampled_from(("\n", " # [\n", "\n\n")))
        counts[name] = counts.get(name, -1) + 1
        table: Path = ("z", str(number)) if name == "z" else (name, counts[name])
        for first in draw(st.lists(st.sampled_from(PARTS), max_size=3, unique=True)):
            path = (first, *draw(st.lists(st.sampled_from(PARTS), max_size=2)))
            writer.text += draw(st.sampled_from(("", "  ", "\t")))
            place = writer.place
            writer.write_key(draw, path)
            writer.keys.pop(path)
            writer.keys[*table, *path] = place
            writer.text += draw(st.sampled_from((" = ", "=")))
            writer.write_value(draw, (*table, *path), 2)
            writer.text += draw(st.sampled_from(("\n", " # é\n", "\r\n")))
    return writer


@given(documents())
def test_places(writer: Writer) -> None:
    """Keys and values are found at the line and column where they begin."""
    tomli.loads(writer.text)
    positions = Positions(writer.text)
    found = {path: positions.locate(path, key=True) for path in writer.keys}
    assert found == writer.keys
    assert {path: positions.locate(path) for path in writer.values} == writer.values
