"""Sheets as text or as a workbook, one module a format."""
