"""`qrda2qpp sandbox`: a stand-in for CMS' auth service and submissions API, on this machine."""

from datetime import UTC, datetime
from typing import Any

import click

from converter.cli.options import catalog_option
from converter.cli.words import echo
from converter.errors import UsageError

_EXTRA = 'The sandbox needs more than the plain installation: pip install "qrda2qpp[server]"'


@click.command("sandbox")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Address of this machine.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=3002,
    show_default=True,
    metavar="N",
    help="Port to listen on; 0 for any that is free.",
)
@click.option(
    "--clock", "start", metavar="TIME", help="Time at which its clock starts, such as 2026-02-01T12:00:00Z; else now."
)
@click.option(
    "--open-year",
    "open_years",
    type=click.IntRange(2000, 2100),
    multiple=True,
    metavar="YEAR",
    help="Performance year that data is taken for; the others are closed. May be repeated; without it all are open.",
)
@click.option("--any-tin", is_flag=True, help="Accept every TIN, not only invented ones that begin with 000.")
@click.option(
    "--strict",
    "strict_members",
    is_flag=True,
    help="Refuse null, and members that CMS fills in, which CMS probably refuses.",
)
@click.option(
    "--duplicate-status",
    type=click.Choice(["409", "422"]),
    default="409",
    show_default=True,
    help="Status for a set that exists already; that of CMS is not known.",
)
@click.option("--fault", metavar="NAME", help="What goes wrong with every call, such as 503 or timeout.")
@click.option("--no-rate-limit", is_flag=True, help="Accept any number of calls.")
@click.option("--approve", is_flag=True, help="Let applications act for a user without asking on a page.")
@click.option(
    "--redirect-uri",
    "redirect_uris",
    multiple=True,
    metavar="URI",
    help="Address that users may be sent back to, exactly. May be repeated; without it any of this machine.",
)
@catalog_option
def command(**values: Any) -> int:
    """Practise on a stand-in for CMS' submissions API and sign-in. It is not CMS.

    It can be reached from this machine only, keeps everything in memory, and accepts invented TINs (000...). Its first
    page lists tokens, applications and faults. The log goes to standard error, without names and content.

    \b
    Examples:
      qrda2qpp sandbox
      qrda2qpp sandbox --clock 2026-02-01T12:00:00Z --open-year 2025
      qrda2qpp sandbox --fault 503

    Exit codes: 0 ended by an interrupt or termination; 1 the address cannot be used; 2 wrong usage.
    """
    from converter.emitters.reports.spool import keep_in_memory
    from converter.facts.files import data_folders

    folders = data_folders(values.pop("catalog"))
    try:
        from converter.service.sandbox.app import create_sandbox
        from converter.service.sandbox.faults import fault_of
        from converter.service.sandbox.settings import SandboxSettings
        from converter.service.server import serve
    except ImportError as error:
        raise UsageError(_EXTRA) from error
    fault = values.pop("fault")
    try:
        chosen = fault_of(fault) if fault is not None else None
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--fault") from error
    settings = SandboxSettings(
        start=_time(values.pop("start")),
        open_years=frozenset(values.pop("open_years")),
        preview=not values.pop("any_tin"),
        duplicate_status=int(values.pop("duplicate_status")),
        fault=chosen,
        rate_limit=not values.pop("no_rate_limit"),
        folders=folders,
        **values,
    )
    keep_in_memory()
    serve(
        create_sandbox(settings),
        settings,
        lambda address: echo(f"The sandbox, which is not CMS, is at {address} (ends with Ctrl+C).", err=True),
    )
    return 0


def _time(text: str | None) -> datetime | None:
    """Return a time; one without a time zone is in UTC."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter("write a time such as 2026-02-01T12:00:00Z.", param_hint="--clock") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)
