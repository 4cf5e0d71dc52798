"""The least that a command with click and SudachiPy costs: alone (the floor), or with a peer behind it.

    python lookup.py QUERY [PEER FOLDER TERMS YEN]

The words of the query come analysed as well, parted by spaces, so that nothing of seisaku is loaded.
"""

import os
import sys

import click
from sudachipy import Dictionary, SplitMode


def main(query: str, peer: str = "", folder: str = "", terms: str = "", yen: str = "") -> None:
    """Print the words of a query, or the first ten items that a peer finds with them at `yen` or more."""
    words = [each.normalized_form() for each in Dictionary(dict="core").tokenizer(mode=SplitMode.C).tokenize(query)]
    if not peer:
        click.echo(" ".join(words))
        return
    sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    from benchmarks.peers import PEERS, Query

    index = PEERS[peer](folder)
    index.open()
    count, names = index.search(Query(query, (tuple(terms.split()),), low=int(yen)))
    click.echo("\n".join([f"{count}件", *names]))


if __name__ == "__main__":
    main(*sys.argv[1:])
