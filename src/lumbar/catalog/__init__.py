"""Exercises, programmes, screening, sources and words: files that people can read and correct."""

from lumbar.catalog.load import Catalogue, Source, load_catalogue, shipped_catalogue

__all__ = ["Catalogue", "Source", "load_catalogue", "shipped_catalogue"]
