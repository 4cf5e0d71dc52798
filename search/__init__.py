"""Queries in, a page of results out."""

from search.searcher import Searcher

__all__ = ["Searcher"]
