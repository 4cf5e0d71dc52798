"""What the commands have in common: Japanese help, a command that needs no name, faults as one sentence."""

import os
import re
import sys
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from index.errors import Failure, reason

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

NAME = "seisaku"
DEFAULT = "search"


class Japanese(click.Command):
    """A command whose help, and whose complaint of too many words, is Japanese throughout."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        strict, ctx.allow_extra_args = not ctx.allow_extra_args, True
        rest = super().parse_args(ctx, ["--help" if each == "-h" else each for each in args])
        if strict and rest and not ctx.resilient_parsing:
            raise click.UsageError(f"「{' '.join(rest)}」は要りません。", ctx)
        return rest

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "この説明を表示する"
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        japanese = {"[OPTIONS]": "[オプション]", "COMMAND [ARGS]...": "コマンド …"}
        pieces = [japanese.get(each, each) for each in self.collect_usage_pieces(ctx)]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="使い方: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [each for each in self.get_params(ctx) if isinstance(each, click.Option)]
        rows = [row for each in options if (row := each.get_help_record(ctx)) is not None]
        if rows:
            with formatter.section("オプション"):
                formatter.write_dl(
                    [(name, re.sub(r"\[default: (.*?)(?:; .*)?\]$", r"[省略時: \1]", help)) for name, help in rows]
                )
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)


class JapaneseGroup(Japanese, click.Group):
    """A group of such commands. What names no command is words to search for.

    A Failure becomes its one sentence and exit status 2, here and nowhere else.
    """

    command_class = Japanese

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {"-h"}.union(*(each.opts for each in self.get_params(ctx)))
        if ctx.parent is None and args and args[0] not in own and args[0] not in self.commands:
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.commands and not ctx.resilient_parsing:
            raise click.UsageError(
                f"「{args[0]}」というコマンドはありません。あるのは {'、'.join(self.commands)} です。", ctx
            )
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """Return the commands, and at the top the words that may stand without one."""
        found = super().shell_complete(ctx, incomplete)
        if ctx.parent is None:
            command = self.commands[DEFAULT]
            with command.make_context(DEFAULT, [], parent=ctx, resilient_parsing=True) as inner:
                found += command.params[0].shell_complete(inner, incomplete)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, each.get_short_help_str(60)) for name, each in self.commands.items()]
        with formatter.section("コマンド"):
            formatter.write_dl(rows)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command; faults of use are told in Japanese."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")
        if not args:
            kwargs.setdefault("prog_name", NAME)
        if kwargs.get("standalone_mode", True) is False:
            return super().main(*args, **kwargs)
        try:
            status = super().main(*args, **{**kwargs, "standalone_mode": False})
            if sys.stdout is not None:  # 「>&-」 leaves none
                sys.stdout.flush()
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message())
            status = 0
        except click.UsageError as error:
            _tell(_usage(error), error.ctx)
            status = 2
        except click.ClickException as error:
            _tell(error.format_message())
            status = 2
        except Failure as failure:
            _tell(str(failure))
            status = 2
        except (click.Abort, KeyboardInterrupt):
            _tell("中断しました。")
            status = 130
        except (BrokenPipeError, SystemExit):  # click leaves so when the reader of a pipe has gone
            _let_go()
            status = 0
        except OSError as error:
            _let_go()
            _tell(f"読み書きができません（{reason(error)}）。空き容量と権限を確かめてください。")
            status = 2
        except RecursionError:
            _tell("入れ子が深すぎて処理できません。短くしてやり直してください。")
            status = 2
        sys.exit(status if isinstance(status, int) else 0)


class LazyCommands(MutableMapping[str, click.Command]):
    """The commands of a group by name; a module that has one, as ``<name>_command``, is imported when it is needed."""

    def __init__(self, modules: Mapping[str, str]) -> None:
        self._commands: dict[str, str | click.Command] = dict(modules)

    def __getitem__(self, name: str) -> click.Command:
        command = self._commands[name]
        if isinstance(command, str):
            command = self._commands[name] = getattr(import_module(command), f"{name}_command")
        return command

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._commands[name] = command

    def __delitem__(self, name: str) -> None:
        del self._commands[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._commands)

    def __len__(self) -> int:
        return len(self._commands)


def _let_go() -> None:
    """Send what is left of the output nowhere, so that Python does not complain of it at its end."""
    with suppress(OSError, ValueError):  # a stream in memory has no number
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tell(sentence: str, ctx: click.Context | None = None) -> None:
    """Print a fault to the standard error stream."""
    click.echo(f"Error: {sentence}", err=True)
    if ctx is not None:
        click.echo(f"使い方は {ctx.command_path} --help で表示します。", err=True)


def _usage(error: click.UsageError) -> str:
    """Return in Japanese what is wrong with the words of a command."""
    match error:
        case click.NoSuchOption():
            near = f"（{'、'.join(sorted(error.possibilities))} でしょうか）" if error.possibilities else ""
            return f"「{error.option_name}」というオプションはありません{near}。"
        case click.MissingParameter():
            return f"「{_written(error.param, error.ctx)}」を書いてください。"
        case click.BadOptionUsage():
            return f"「{error.option_name}」には値を一つ書いてください。"
        case click.BadParameter():
            name = _written(error.param, error.ctx)
            return f"「{name}」の値が正しくありません: {_choices(error)}"
    return error.format_message()


def _written(param: click.Parameter | None, ctx: click.Context | None) -> str:
    """Return what the help calls an option or an argument."""
    if isinstance(param, click.Argument) and ctx:
        return param.make_metavar(ctx)
    return param.opts[0] if param else "引数"


def _choices(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return f"{'、'.join(map(str, kind.choices))} のどれかにしてください。"
    if isinstance(kind, click.types.IntParamType):
        return "0 以上の整数にしてください。"
    return error.message
