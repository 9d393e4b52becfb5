"""Bibliographic formats: CSL-JSON, BibTeX, RIS, citation keys and styles."""
