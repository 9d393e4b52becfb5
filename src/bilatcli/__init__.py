"""Dated, cited facts on the relations between two countries, offline.

>>> import bilatcli
>>> bilatcli.__version__
'0.1.0'
"""

__version__ = "0.1.0"
