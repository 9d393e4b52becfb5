"""`verify` as a tool: its declaration, like that of a view."""

from __future__ import annotations

from bilatcli.errors import UsageError
from bilatcli.views import View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.index.store import Index
    from bilatcli.query.request import Request
    from bilatcli.views.document import Document


def check_text(request: Request, index: Index) -> Document:
    """Return a verdict on each sentence of the words; raises UsageError if there are none."""
    from bilatcli.claims.document import Draft, verify

    if not request.text.strip():
        raise UsageError("there is no text to check", hint="give it as `words`")
    return verify([Draft(request.text)], request, index)


VERIFY = View(
    "verify",
    "Check each sentence of a text against the recorded facts.",
    build=check_text,
    tool_hint="`not recorded` is never `false`.",
    examples=(),
    words="SENTENCES",
    options=("as_of",),
)
