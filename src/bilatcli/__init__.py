"""Dated, cited facts on the relations between two countries, offline.

>>> import bilatcli
>>> bilatcli.open().military("az pk")["relation"]["name"]
'Azerbaijan–Pakistan'
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bilatcli.api import Corpus, open  # noqa: A004 -- used as bilatcli.open
    from bilatcli.error_details import Candidate, PackError, Problem
    from bilatcli.errors import BilatcliError, EnvironmentFault, UsageError
    from bilatcli.query.errors import Ambiguous, NoSuchCountry, NoSuchRecord, NothingRecorded
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

_MODULES = {
    "Ambiguous": "query.errors",
    "Candidate": "error_details",
    "Corpus": "api",
    "NoSuchCountry": "query.errors",
    "NoSuchRecord": "query.errors",
    "NothingRecorded": "query.errors",
    "PackError": "error_details",
    "Problem": "error_details",
    "__version__": "version",
    "open": "api",
}
"""The modules of public names that are not in `bilatcli.errors`."""

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Import a public name on first use: the command line needs few of them."""
        if name not in __all__:
            raise AttributeError(f"module `bilatcli` has no attribute `{name}`")
        from importlib import import_module

        module = import_module(f"bilatcli.{_MODULES.get(name, 'errors')}")
        found: object = getattr(module, name)
        globals()[name] = found
        return found
