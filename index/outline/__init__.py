"""The outline of a paper: pages, blocks, numbering, tables, sections."""
