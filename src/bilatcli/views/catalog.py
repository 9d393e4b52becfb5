"""The list of views, and `run`, which puts a request to one of them."""

from __future__ import annotations

# From the module where it is defined: `collections.abc` imports all of `collections`.
from _collections_abc import Mapping

from bilatcli.errors import IndexDamaged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilatcli.index.store import Index
    from bilatcli.query.request import Request
    from bilatcli.views.base import View
    from bilatcli.views.document import Document

NAMES = (
    "summary",
    "facts",
    "timeline",
    "diff",
    "military",
    "stances",
    "search",
    "cite",
    "show",
    "resolve",
    "list",
)
"""The views in the order of the help. Each is `VIEW` in the module of its name in this package."""


class _Catalog(Mapping[str, "View"]):
    """The views by name. The module of a view is imported when the view is asked for."""

    def __getitem__(self, name: str) -> View:
        if name not in NAMES:
            raise KeyError(name)
        module = __import__(f"bilatcli.views.{name}", fromlist=("VIEW",))
        view: View = module.VIEW
        return view

    def __contains__(self, name: object) -> bool:
        return name in NAMES

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)


VIEWS = _Catalog()


def run(view: View, request: Request, index: Index) -> Document:
    """Return the document that answers a request.

    If rows of the index do not fit together, the index is compiled again, and asked once more.
    Raises a BilatcliError if there is no answer.
    """
    try:
        return _build(view, request, index)
    except IndexDamaged:
        index.rebuild()
        return _build(view, request, index)


def _build(view: View, request: Request, index: Index) -> Document:
    index.begin()
    try:
        return view.build(request, index)
    finally:
        index.end()
