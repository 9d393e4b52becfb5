"""Dated, cited facts on the relations between two countries, offline.

>>> import bilatcli
>>> bilatcli.open().military("az pk")["relation"]["name"]
'Azerbaijan–Pakistan'
"""

from bilatcli.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.api import Corpus, open  # noqa: A004 -- it is said with the package's name before it
    from bilatcli.errors import (
        Ambiguous,
        BilatcliError,
        Candidate,
        EnvironmentFault,
        NoSuchCountry,
        NoSuchRecord,
        NothingRecorded,
        PackError,
        Problem,
        UsageError,
    )

__all__ = [
    "Ambiguous",
    "BilatcliError",
    "Candidate",
    "Corpus",
    "EnvironmentFault",
    "NoSuchCountry",
    "NoSuchRecord",
    "NothingRecorded",
    "PackError",
    "Problem",
    "UsageError",
    "__version__",
    "open",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Import what the package offers once it is asked for: the command line needs little of it."""
        if name not in __all__:
            raise AttributeError(f"module `bilatcli` has no attribute `{name}`")
        from importlib import import_module

        found: object = getattr(
            import_module("bilatcli.api" if name in ("Corpus", "open") else "bilatcli.errors"),
            name,
        )
        globals()[name] = found
        return found
