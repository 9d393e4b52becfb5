"""The JSON of relations, of which the index lacks what follows from their ids and names."""

from __future__ import annotations

from bilatcli.text import json_object, to_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.index import Row


def get_relation_json(relation: Row) -> str:
    """Return the JSON of a relation."""
    json: str = relation["json"]
    return json or f"{_name_relation(relation)[:-1]}{header_json()}"


def get_line_json(relation: Row) -> str:
    """Return the JSON of a relation as it is listed. If it `is_bare`, its names are added."""
    json: str = relation["list_json"]
    if not relation["is_bare"]:
        return json
    return f'{_name_relation(relation)[:-1]},"status":null,{json[1:]}'


def _name_relation(relation: Row) -> str:
    """Return the JSON of the id and the names of a relation."""
    id, name = relation["id"], relation["name"]
    # No name of a country has a dash of this length.
    pairs = zip(id.upper().split("-"), name.split("–"), strict=True)
    countries = [{"code": code, "name": name} for code, name in pairs]
    return json_object(id=id, name=name, countries=countries)


def header_json(established: str | None = None, sources: list[str] | None = None) -> str:
    """Return the end of a relation's JSON if at most the date of its establishment is known."""
    header = {
        "established": established,
        "status": None,
        "overview": None,
        "established_sources": sources or [],
        "status_sources": [],
        "sources": [],
    }
    return f",{to_json(header)[1:]}"
