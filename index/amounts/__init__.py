"""Amounts: the words of an entry, of a cell or of a sentence into sums with their meaning."""
