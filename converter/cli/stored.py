"""`qrda2qpp stored`: what CMS has stored for the identity of a file, as our report."""

from typing import TYPE_CHECKING, Any

import click

from converter.cli.delivering import (
    EXIT_DONE,
    EXIT_NOT_STORED,
    combined,
    file_options,
    needs_extra,
    read_files,
    say,
    say_failure,
    session,
)
from converter.cli.words import echo

if TYPE_CHECKING:
    from converter.delivery.run import Prepared, Session
    from converter.delivery.set_values import Held


@click.command("stored")
@file_options
@click.option(
    "--json", "as_json", is_flag=True, help="Print your sets as QPP JSON instead; identifiers are not masked."
)
def command(sources: tuple[str, ...], **values: Any) -> int:
    """Show what CMS has stored for the clinician, group or entity of a file; nothing is changed.

    \b
    Examples:
      qrda2qpp stored export.xml
      qrda2qpp stored export.xml --json

    Exit codes: 0 shown; 1 nothing is stored, or it could not be read; 2 wrong usage; 4 both, for several files.
    """
    needs_extra()
    with session(values) as opened:
        files, refused = read_files(sources, values, opened.client.target, strict=False)
        if values["as_json"] and len(files) > 1:
            raise click.UsageError("--json is for one SOURCE.")
        codes = [EXIT_NOT_STORED] * refused
        codes += [_one(opened, file, values) for file in files]
    return combined(codes)


def _one(opened: "Session", file: "Prepared", values: dict[str, Any]) -> int:
    from converter.delivery.answers import Failure
    from converter.delivery.plan_words import identity_words

    held = opened.held(file)
    if isinstance(held, Failure):
        say_failure(held, file, show_ids=values["show_ids"])
        return EXIT_NOT_STORED
    whose = identity_words(file.wanted.identity, show_ids=values["show_ids"])
    if not held.sets:
        say(f"Nothing is stored at {opened.client.target.name} for {whose}.")
        return EXIT_NOT_STORED
    text = _as_submission(file, held, opened.submitter)
    if values["as_json"]:
        echo(text)
        return EXIT_DONE
    echo("\n".join(_lines(held, opened.client.target.name, whose, opened.submitter)))
    if any(_is_ours(one.submitter, opened.submitter) for one in held.sets):
        echo(_report(text, values), nl=False)
    return EXIT_DONE


def _as_submission(file: "Prepared", held: "Held", submitter: str | None) -> str:
    from converter.delivery.set_values import original
    from converter.emitters.qpp_json import qpp_json

    sets = [original(one.members) for one in held.sets if _is_ours(one.submitter, submitter)]
    return qpp_json({**file.wanted.identity.members(), "measurementSets": sets}, 2)


def _lines(held: "Held", where: str, whose: str, submitter: str | None) -> list[str]:
    lines = [f"Stored at {where} for {whose}: submission {held.submission_id}"]
    for one in held.sets:
        by = "" if _is_ours(one.submitter, submitter) else f", by another submitter ({one.submitter})"
        changed = f", last changed {one.updated}" if one.updated else ""
        lines.append(f"  {one.key}: id {one.id}{changed}{by}")
    return lines


def _is_ours(submitter: str | None, ours: str | None) -> bool:
    return ours is None or submitter == ours


def _report(text: str, values: dict[str, Any]) -> str:
    from converter.facts.files import data_folders
    from converter.pipeline import Options, convert_bytes

    options = Options(year=values["year"], strict=True, submissions=True)
    result = convert_bytes(text.encode("utf-8"), "what is stored", data_folders(values["catalog"]), options)
    return result.to_text(show_ids=values["show_ids"])
