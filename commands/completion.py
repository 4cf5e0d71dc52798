"""What may stand in place of a word that is being typed, and how a shell gets to ask for it."""

from typing import TYPE_CHECKING

import click

from console import Japanese

if TYPE_CHECKING:
    from search import Searcher


@click.command("completion", cls=Japanese)
@click.argument("shell", metavar="シェル", type=click.Choice(("bash", "zsh", "fish")))
@click.pass_context
def completion_command(ctx: click.Context, shell: str) -> None:
    """シェル（bash、zsh、fish）の補完の設定を出力する。項目名と値も補完する。

    \b
    eval "$(seisaku completion bash)"
    """
    from click.shell_completion import get_completion_class

    completion = get_completion_class(shell)
    assert completion is not None
    if shell == "bash":  # which would take 「段階:補正」 for three words
        click.echo("COMP_WORDBREAKS=${COMP_WORDBREAKS//:}")
    click.echo(completion(ctx.find_root().command, {}, "seisaku", "_SEISAKU_COMPLETE").source())


def complete_query(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Return the fields, and behind a colon the values, that begin with what was typed."""
    from index.schema import SPELLINGS

    name, colon, value = incomplete.partition(":")
    if not colon:
        return [f"{each}:" for each in SPELLINGS if each.startswith(incomplete)]
    return [f"{name}:{each}" for each in _values(SPELLINGS.get(name, ""), ctx) if each.startswith(value)]


def complete_stage(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Return the stages that begin with what was typed."""
    return [each for each in _values("stage", ctx) if each.startswith(incomplete)]


def complete_document(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Return the documents of the store that begin with what was typed."""
    return [each for each in _documents(ctx) if each.startswith(incomplete)]


def _values(field: str, ctx: click.Context) -> list[str]:
    """Return the values that a field may have, as far as they can be listed."""
    from index.schema import FIELDS

    match field:
        case "":
            return []
        case "document":
            return _documents(ctx)
        case "account":
            return _accounts(ctx)
        case _:
            return [each for key, spellings in FIELDS[field].values.items() for each in (key, *spellings)]


def _documents(ctx: click.Context) -> list[str]:
    """Return the ids of the documents; none where there is no store yet."""
    searcher = _at_hand(ctx)
    return [each.id for each in searcher.documents()] if searcher else []


def _accounts(ctx: click.Context) -> list[str]:
    """Return the accounts that amounts of the store bear; all known ones where there is no store yet."""
    from index.accounts import accounts

    searcher = _at_hand(ctx)
    return list(filter(None, searcher.catalog.accounts())) if searcher else list(dict.fromkeys(accounts().values()))


def _at_hand(ctx: click.Context) -> "Searcher | None":
    """Return a searcher of the store, None where there is none, or none that can be read: completion stays silent."""
    from index.errors import Failure
    from search import Searcher

    try:
        return Searcher.open(ctx.params.get("store"))
    except Failure:
        return None
