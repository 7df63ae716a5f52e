"""The commands under one roof: help in the user's language, errors as one clear line, exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from kehoach import __version__
from kehoach.errors import Exit, KehoachError
from kehoach.messages import N_, _

INTERRUPTED = 128 + 2  # what a shell reports after Ctrl-C (SIGINT is 2)

# Words of typer's own that our catalogue translates.
TYPER_WORDS = (
    N_("Arguments"),
    N_("Options"),
    N_("Commands"),
    N_("Error"),
    N_("[default: {}]"),
    N_("[required]"),
    N_("(dynamic)"),
    N_("Missing command."),
    N_("No such command {name!r}."),
)
# Commands in the order in which a user meets them.
ORDER = (
    "demo",
    "ingest",
    "show",
    "explain",
    "check",
    "compare",
    "waive",
    "link",
    "letter",
    "search",
    "schema",
    "ask",
    "roster",
    "round",
    "export",
    "serve",
    "chart",
    "evaluate",
    "bench",
    "doctor",
)
_USAGE_ERRORS = {
    "MissingParameter": N_("Something is missing: {what}."),
    "NoSuchOption": N_("There is no option {what}."),
    "BadParameter": N_("The value for {what} does not fit."),
    "BadOptionUsage": N_("The option {what} needs a value."),
}


class _Translated:
    """Mixed into typer's classes: the words that typer has no translation for."""

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = _("Show this help.")
        return option

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=_("Usage: "))


class Command(_Translated, TyperCommand):
    pass


class Group(_Translated, TyperGroup):
    def list_commands(self, ctx: Any) -> list[str]:
        """In the order in which a user meets them."""
        return sorted(super().list_commands(ctx), key=ORDER.index)


app = typer.Typer(
    cls=Group,
    help=_("Reads administrative plans (kế hoạch) into a database that can be queried."),
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)

DatabasePath = Annotated[
    Path | None, typer.Option("--db", help=_("The database (default: output/kehoach.db)."), metavar="FILE")
]


def command(name: str, help_text: str) -> Callable[[Any], Any]:
    """Registers a command under `name`; `help_text` is translated here."""
    return app.command(name, cls=Command, help=_(help_text))


@app.callback(invoke_without_command=True)
def _start(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help=_("Show the version."))] = False,
) -> None:
    if version:
        typer.echo(f"kehoach {__version__}")
    elif ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


def run(arguments: list[str] | None = None) -> None:
    """Runs a command and ends the process with its exit status."""
    try:
        status = _status(arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read our output has seen enough (`| head`)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = Exit.ALL_READ
    sys.exit(status)


def _status(arguments: list[str] | None) -> int:
    try:
        status = app(arguments, prog_name=_program(), standalone_mode=False)
        if status == INTERRUPTED:  # typer turns Ctrl-C into this status
            complain(_("Interrupted. What has landed in the database stays; run the command again to go on."))
        return status if isinstance(status, int) else Exit.ALL_READ
    except TyperException as error:
        complain(_usage_error(error), _("“{program} --help” shows what there is.").format(program=_program()))
        return Exit.USAGE
    except KehoachError as error:
        complain(str(error), error.advice)
        return Exit.NOTHING_DONE
    except BrokenPipeError:
        raise
    except OSError as error:
        complain(_("{path}: {reason}.").format(path=error.filename or "–", reason=error.strerror))
        return Exit.NOTHING_DONE


def complain(message: str, advice: str = "") -> None:
    """One line on standard error: what, why, what to do."""
    typer.echo(" ".join(printable(part) for part in (message, advice) if part), err=True)


def printable(text: str) -> str:
    """On one line and harmless: a sender's words may hold control characters, which drive a terminal."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def _usage_error(error: TyperException) -> str:
    """In our words where typer says what is wrong by a class, else in typer's."""
    template = _USAGE_ERRORS.get(type(error).__name__)
    param = getattr(error, "param", None)
    words = (*getattr(param, "opts", ())[:1], getattr(param, "metavar", None))
    what = getattr(error, "option_name", None) or " ".join(word for word in words if word)
    return _(template).format(what=what) if template and what else str(error)


def _program() -> str:
    return "./kehoach" if "KEHOACH_HOME" in os.environ else "kehoach"
