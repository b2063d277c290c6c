"""`qrda2qpp serve`: the service, on this machine."""

from pathlib import Path
from typing import Any

import click

from converter.cli.options import catalog_option
from converter.cli.texts import text_of
from converter.cli.words import echo
from converter.errors import UsageError
from converter.source.limits import MEGABYTE

_EXTRA = 'The service needs more than the plain installation: pip install "qrda2qpp[server]"'


@click.command("serve")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Address to listen on; one that other machines can reach needs a token.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=3000,
    show_default=True,
    metavar="N",
    help="Port to listen on; 0 for any that is free.",
)
@click.option(
    "--workers", type=click.IntRange(1), metavar="N", help="Processes that convert; by default one for each processor."
)
@click.option(
    "--queue",
    "waiting",
    type=click.IntRange(0),
    default=32,
    show_default=True,
    metavar="N",
    help="Requests that may wait for a process; further ones are answered with 503.",
)
@click.option(
    "--token",
    envvar="QRDA2QPP_SERVE_TOKEN",
    metavar="TOKEN",
    help="What callers must send as Authorization: Bearer; other users of the machine may see it, so rather "
    "use --token-file, or set QRDA2QPP_SERVE_TOKEN.",
)
@click.option(
    "--token-file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="File with the token."
)
@click.option(
    "--allowed-host",
    "allowed_hosts",
    multiple=True,
    metavar="NAME",
    help="Name by which the service may be called, such as that of a proxy. May be repeated.",
)
@click.option(
    "--max-upload", type=click.IntRange(1), default=50, show_default=True, metavar="MB", help="Largest request."
)
@click.option(
    "--max-memory",
    type=click.IntRange(1),
    default=200,
    show_default=True,
    metavar="MB",
    help="Largest size of all requests together, and of what is unpacked from one archive.",
)
@click.option(
    "--max-members",
    "zip_members",
    type=click.IntRange(1),
    default=1000,
    show_default=True,
    help="Most members in a zip archive.",
)
@click.option(
    "--timeout",
    "seconds",
    type=click.FloatRange(0, min_open=True),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="Longest time for the documents of one request.",
)
@click.option(
    "--idle",
    "idle_seconds",
    type=click.FloatRange(0, min_open=True),
    default=10,
    show_default=True,
    metavar="SECONDS",
    help="Longest time that a client may send nothing in the middle of a request.",
)
@click.option(
    "--convert-only", is_flag=True, help="In place of the official API, answer 201 also for what CMS would reject."
)
@catalog_option
def command(**values: Any) -> int:  # fmt: skip
    """Serve a page for people, the official conversion API and our own.

    No document leaves the machine, and none is written to disk. The log goes to standard error: a line of JSON for each
    request, without names and content.

    \b
    Examples:
      qrda2qpp serve
      qrda2qpp serve --port 8080 --workers 4
      qrda2qpp serve --host 0.0.0.0 --token-file token.txt --allowed-host qpp.example.org

    Exit codes: 0 ended by an interrupt or termination; 1 the address cannot be used; 2 wrong usage.
    """
    from converter.facts.files import data_folders

    token = _token(values.pop("token"), values.pop("token_file"))
    catalog, strict = values.pop("catalog"), not values.pop("convert_only")
    upload, memory = (values.pop(name) * MEGABYTE for name in ("max_upload", "max_memory"))
    given = {name: value for name, value in values.items() if value is not None}
    try:
        from converter.service.app import create_app
        from converter.service.server import serve
        from converter.service.settings import Settings
    except ImportError as error:
        raise UsageError(_EXTRA) from error
    settings = Settings(
        token=token, folders=data_folders(catalog), strict=strict, upload_bytes=upload, memory_bytes=memory, **given
    )
    serve(create_app(settings), settings, lambda address: echo(f"Serving on {address} (ends with Ctrl+C).", err=True))
    return 0


def _token(given: str | None, path: Path | None) -> str | None:
    return given if path is None else text_of(path, f"token file {path}").strip()
