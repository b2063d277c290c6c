"""`qrda2qpp submit`: shows what would change at CMS, sends it, reads it back and keeps a receipt."""

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from converter.cli.delivering import (
    EXIT_DONE,
    EXIT_NOT_STORED,
    combined,
    file_options,
    named_of,
    needs_answer,
    needs_extra,
    read_files,
    say,
    say_failure,
    session,
    show_ended,
    shown_name,
    with_one,
)
from converter.cli.words import echo

if TYPE_CHECKING:
    from converter.delivery.plan import Plan
    from converter.delivery.plan_words import Named
    from converter.delivery.run import Prepared, Session


@click.command("submit")
@file_options
@click.option("--dry-run", is_flag=True, help="Stop after the plan; nothing is sent but to be validated.")
@click.option("--score", is_flag=True, help="With --dry-run: ask CMS what the submission would score.")
@click.option("--yes", is_flag=True, help="Send without a question.")
@click.option(
    "--allow-removal", is_flag=True, help="Send although stored measures that the file does not have disappear."
)
@click.option(
    "--certify", metavar="NAME", help="For production: who certifies that the data is true, accurate and complete."
)
def command(sources: tuple[str, ...], **values: Any) -> int:
    """Send QRDA III documents or QPP JSON to the submission API of CMS: first the plan, then the data, then a receipt.

    This was tested with a stand-in of the API only, never with CMS' own systems. Start with --to preview and invented
    data.

    A file is checked here and by CMS. Then the plan shows for each measurement set what would change. What is stored
    is read back and compared number by number.

    \b
    Examples:
      qrda2qpp submit export.xml --dry-run
      qrda2qpp submit export.xml
      qrda2qpp submit exports/ --to production --certify "Ada Example" --yes

    Exit codes: 0 everything is stored and verified; 1 nothing was stored; 2 wrong usage; 4 only a part is stored, or it
    is not known; 130 interrupted.
    """
    needs_extra()
    needs_answer(values)
    if values["score"] and not values["dry_run"]:
        raise click.UsageError("--score is for --dry-run: after sending, the score is shown anyway.")
    with session(values) as opened:
        files, refused = read_files(sources, values, opened.client.target, strict=True)
        _refuse_twice(files, values)
        codes = [EXIT_NOT_STORED] * refused
        codes += [with_one(opened, file, values, _planned) for file in files]
    return combined(codes)


def _refuse_twice(files: "list[Prepared]", values: dict[str, Any]) -> None:
    """Refuse files of which a later one would replace what an earlier one has stored."""
    times = Counter((file.wanted.identity, one.key) for file in files for one in file.wanted.sets)
    twice = [file.name for file in files if any(times[file.wanted.identity, one.key] > 1 for one in file.wanted.sets)]
    if twice:
        names = ", ".join(shown_name(name, values) for name in twice[:4])
        raise click.UsageError(f"Several files have the same measurement set, so one would replace the other: {names}.")


def _planned(opened: "Session", file: "Prepared", values: dict[str, Any]) -> int:
    from converter.delivery.answers import Failure
    from converter.delivery.plan_words import plan_words

    plan, show_ids = opened.plan(file), values["show_ids"]
    if isinstance(plan, Failure):
        say_failure(plan, file, show_ids=show_ids)
        if not values["dry_run"]:
            ended = opened.record_refusal(file, plan)
            say(f"Nothing was sent. {ended.problem or f'Receipt: {ended.receipt}'}")
        return EXIT_NOT_STORED
    named = named_of(values, file.wanted.identity.year)
    echo("\n".join(plan_words(plan, file.name, opened.client.target, named, show_ids=show_ids)))
    if values["dry_run"]:
        return _dry(opened, file, values)
    if plan.removes and not values["allow_removal"]:
        say("Nothing was sent: the file would remove stored measures. Check the file, or use --allow-removal.")
        return EXIT_NOT_STORED
    return _sent(opened, file, plan, named, values)


def _dry(opened: "Session", file: "Prepared", values: dict[str, Any]) -> int:
    from converter.delivery.answers import Failure
    from converter.delivery.result_words import score_words

    if values["score"]:
        score = opened.score_preview(file)
        if isinstance(score, Failure):
            say_failure(score, file, show_ids=values["show_ids"])
        else:
            echo(f"Score of the file by itself: {score_words(score)}")
    say("Nothing was sent (--dry-run).")
    return EXIT_DONE


def _sent(opened: "Session", file: "Prepared", plan: "Plan", named: "Named", values: dict[str, Any]) -> int:
    from converter.delivery.result_words import result_lines
    from converter.delivery.run import certified
    from converter.delivery.target import Place

    certification = None
    if plan.changes:
        if opened.client.target.place is Place.PRODUCTION:
            name = _certifier(values)
            if not name:
                say("Nothing was sent: nobody certified the data.")
                return EXIT_NOT_STORED
            certification = certified(name, opened.client.clock.now())
        if not values["yes"] and not click.confirm(f"Send this to {opened.client.target.name}?", err=True):
            say("Nothing was sent.")
            return EXIT_NOT_STORED
    ended = opened.carry_out(file, plan, certification)
    return show_ended(ended, result_lines(ended, file, named, show_ids=values["show_ids"]))


def _certifier(values: dict[str, Any]) -> str:
    from converter.delivery.run import STATEMENT

    if values["certify"] is not None:
        return str(values["certify"]).strip()
    if values["yes"]:
        return ""
    say(f"You certify: {STATEMENT}")
    return str(click.prompt("Your name, or nothing to stop", default="", show_default=False, err=True)).strip()
