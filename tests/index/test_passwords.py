"""No password of a database is in any line, wherever and in whatever form its address is given."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from bilatcli import urls
from bilatcli.errors import UsageError
from support import Result, Run

pytest.importorskip("psycopg")

ONE, OTHER = "hunterQ", "Zsecret"
"""The halves of the password: what is between them may split it."""

PASSWORDS = {
    "plain": f"{ONE}{OTHER}",
    "encoded": f"{ONE}%40{OTHER}",
    "wrongly encoded": f"{ONE}%zz{OTHER}",
    **{each: f"{ONE}{each}{OTHER}" for each in "@/:#?&=,;'\"[]$\\ü"},
    "blank": f"{ONE} {OTHER}",
    "slashes": f"{ONE}://{OTHER}",
    "key": f"{ONE}password={OTHER}",
}
FORMS = (
    "postgresql://u:{}@127.0.0.1:1/db",
    "postgres://:{}@[::1]:1/db?sslmode=disable",
    "POSTGRESQL://u:{}@127.0.0.1:1,127.0.0.2:2/db",
    "postgresql://u:{}@127.0.0.1:port/db",
    "postgresql://u:{}@127.0.0.1/db?x=1",
    "postgresql://127.0.0.1:1/db?user=u&password={}",
    "postgresql://127.0.0.1:1/db?sslpassword={}&user=u",
    "postgresql://u@127.0.0.1:1/db?pass%77ord={}",
    "postgress://u:{}@127.0.0.1:1/db",
    "mysql://u:{}@h/d",
    "jdbc:postgresql://127.0.0.1:1/db?user=u&password={}",
    "postgresql:/u:{}@h/db",
    "//u:{}@h/db",
    "u:{}@h:1/db",
    " postgresql://u:{}@127.0.0.1:1/db",
    "<postgresql://u:{}@127.0.0.1:1/db>",
    "psql postgresql://u:{}@127.0.0.1:1/db",
    "host=127.0.0.1 port=1 user=u password={} dbname=d",
    "host=127.0.0.1 port=1 password = '{}'",
    "PASSWORD={} host=127.0.0.1",
    "host=127.0.0.1 pwd={}",
    "Server=h;User Id=u;Password={};",
    "https://u:{}@127.0.0.1:1/db",
)


def require_silence(result: Result, address: str) -> None:
    """Require one line that has no part of the password."""
    assert result.code == 2, address
    assert ONE not in result.out + result.err, address
    assert OTHER not in result.out + result.err, address
    assert result.err.count("\n") == 1, address


@pytest.mark.parametrize("form", FORMS)
def test_address_of_the_index(run: Run, form: str) -> None:
    """The address is in an option, a variable, or the word of `publish`."""
    for address in map(form.format, PASSWORDS.values()):
        require_silence(run("facts", "az", "pk", "--json", "--index", address), address)
        require_silence(run("facts", "az", "pk", env={"BILATCLI_INDEX": address}), address)
        require_silence(run("publish", address), address)


COMMANDS = (
    ("--version", "--index", "{}"),
    ("--version", "--json", "--index={}"),
    ("batch", "--index", "{}"),
    ("mcp", "--index", "{}"),
    ("export", "out", "--index", "{}"),
    ("facts", "az", "pk", "--receipt", "--index", "{}"),
    ("facts", "az", "pk", "--index", "{}", "--data", "none.toml"),
    ("facts", "az", "pk", "--index", "{}", "--index", "{}"),
    ("facts", "az", "pk", "--idnex", "{}"),
    ("facts", "az", "pk", "--data", "{}"),
    ("facts", "az", "pk", "--as-of", "{}"),
    ("facts", "az", "pk", "{}", "--json"),
    ("{}",),
    ("publish", "postgresql://127.0.0.1:1/db", "{}"),
    ("show", "{}"),
    ("check", "{}"),
    ("compare", "{}", "other.toml"),
    ("refresh", "{}"),
    ("help", "{}"),
    ("new", "{}"),
)


@pytest.mark.parametrize("command", COMMANDS)
def test_address_elsewhere(run: Run, command: tuple[str, ...]) -> None:
    """The address is in another command, or in the place of something else."""
    passwords = (PASSWORDS["plain"], PASSWORDS["@"])
    for form, password in product(FORMS, passwords):
        address = form.format(password)
        require_silence(run(*(part.format(address) for part in command)), address)


def test_other_places_of_a_password(run: Run, home: Path) -> None:
    """The password is in a variable, in a file of passwords or in a service."""
    address = "postgresql://u@127.0.0.1:1/db"
    password = PASSWORDS["plain"]
    file = home / "file"
    file.write_text(f"127.0.0.1:1:*:u:{password}\n", "utf-8")
    service = home / "service"
    service.write_text(f"[s]\nhost=127.0.0.1\nport=1\npassword={password}\n", "utf-8")
    broken = home / "broken"
    broken.write_text(f"[s]\nhost\npasswd={password}\n", "utf-8")
    data = f"postgresql://u:{password}@127.0.0.1:1/db"
    require_silence(run("facts", "az", env={"BILATCLI_DATA": data}), data)
    for env in ({"PGPASSWORD": password}, {"PGPASSFILE": str(file)}):
        require_silence(run("facts", "az", "--index", address, env=env), address)
    for path in (service, broken):
        env = {"PGSERVICEFILE": str(path)}
        require_silence(run("facts", "az", "--index", "postgresql://?service=s", env=env), address)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://desk@db.example:5432/facts", "postgresql://desk@db.example:5432/facts"),
        ("postgresql://desk:a%2Fb@[::1]/facts", "postgresql://desk@[::1]/facts"),
        (
            "postgres://h1:1,h2:2/facts?sslmode=require",
            "postgres://h1:1,h2:2/facts?sslmode=require",
        ),
        (
            "postgresql:///facts?host=/run&password=a&b",
            "postgresql:///facts?host=/run&password=…&…",
        ),
        ("postgresql://h/d?password=a@b", "postgresql://…"),
        ("postgresql://h/d#a", "postgresql://h/d…"),
        ("host=h user=u password='a b' port=1", "host=h user=u password=… port=1"),
        ("host=h dbname=postgresql://u:a@h", "host=h dbname=…"),
        ("host=h pass word", "…"),
        ("nonsense", "nonsense"),
        ("a@b", "…"),
        ("", ""),
    ],
)
def test_what_is_shown(address: str, shown: str) -> None:
    """A message names the server, the user and the database, if they are surely no secret."""
    assert urls.remove_password(address) == shown


@pytest.mark.parametrize(
    "text",
    [
        "no country is called `atlantis`; give a name",
        "write postgresql://USER@HOST/DATABASE",
        "`https://example.org:8080/a@b` does not answer",
        "12:30 at a@b.example",
        'passages = [{source = "a", quote = "b"}]',
        "facts.toml:3:1: unknown key `a`: remove it",
        "cite it as [@key]: it has one",
    ],
)
def test_other_messages_stay(text: str) -> None:
    """A message without a password is as it was."""
    assert urls.hide_passwords(text) == text
    assert UsageError(text).message == text
