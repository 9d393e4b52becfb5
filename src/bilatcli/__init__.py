"""Dated, cited facts on the relations between two countries, offline.

>>> import bilatcli
>>> bilatcli.open().military("az pk")["relation"]["name"]
'Azerbaijan–Pakistan'
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.api import Corpus, open  # noqa: A004 -- used as bilatcli.open
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
    from bilatcli.version import __version__

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
        """Import a public name on first use: the command line needs few of them."""
        if name not in __all__:
            raise AttributeError(f"module `bilatcli` has no attribute `{name}`")
        from importlib import import_module

        modules = {"Corpus": "api", "open": "api", "__version__": "version"}
        found: object = getattr(import_module(f"bilatcli.{modules.get(name, 'errors')}"), name)
        globals()[name] = found
        return found
