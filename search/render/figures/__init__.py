"""Answers about sums as sheets and as JSON, one module a class of `search.figures`.

Each module has ``sheets``, what is shown to the eye, all of it where `full`; ``flat``, the one table for programs;
``whole``, the page as one object; ``lines``, the same as objects to be read one by one.
"""
