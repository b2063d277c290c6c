"""`qrda2qpp withdraw`: deletes our measurement sets at CMS, after a plan."""

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
    with_one,
)
from converter.cli.words import echo

if TYPE_CHECKING:
    from converter.delivery.run import Prepared, Session


@click.command("withdraw")
@file_options
@click.option(
    "--all", "every", is_flag=True, help="Delete all of your sets for the identity, not only those of the file."
)
@click.option("--dry-run", is_flag=True, help="Stop after the plan.")
@click.option("--yes", is_flag=True, help="Delete without a question.")
def command(sources: tuple[str, ...], **values: Any) -> int:
    """Delete your measurement sets at CMS that a file has: first the plan, then the calls, then a receipt.

    Only sets of your own are deleted. What other submitters have sent stays.

    \b
    Examples:
      qrda2qpp withdraw export.xml --dry-run
      qrda2qpp withdraw export.xml --all

    Exit codes: 0 everything of the plan is deleted; 1 nothing was deleted; 2 wrong usage; 4 only a part is deleted, or
    it is not known; 130 interrupted.
    """
    needs_extra()
    needs_answer(values)
    with session(values) as opened:
        files, refused = read_files(sources, values, opened.client.target, strict=False)
        codes = [EXIT_NOT_STORED] * refused
        codes += [with_one(opened, file, values, _planned) for file in files]
    return combined(codes)


def _planned(opened: "Session", file: "Prepared", values: dict[str, Any]) -> int:
    from converter.delivery.answers import Failure
    from converter.delivery.plan_words import plan_words
    from converter.delivery.result_words import result_lines

    plan, show_ids = opened.plan_to_withdraw(file, every=values["every"]), values["show_ids"]
    if isinstance(plan, Failure):
        say_failure(plan, file, show_ids=show_ids)
        say("Nothing was deleted.")
        return EXIT_NOT_STORED
    named = named_of(values, file.wanted.identity.year)
    echo("\n".join(plan_words(plan, file.name, opened.client.target, named, show_ids=show_ids)))
    if values["dry_run"] or not plan.changes:
        say("Nothing was deleted.")
        return EXIT_DONE
    if not values["yes"] and not click.confirm(f"Delete this at {opened.client.target.name}?", err=True):
        say("Nothing was deleted.")
        return EXIT_NOT_STORED
    ended = opened.carry_out(file, plan)
    return show_ended(ended, result_lines(ended, file, named, show_ids=show_ids))
