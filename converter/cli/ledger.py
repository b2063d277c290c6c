"""`qrda2qpp ledger`: what was refused or interrupted, and never sent again."""

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from converter.cli.delivering import folder_of, needs_extra, receipts_option
from converter.cli.words import echo
from converter.language.english import number_of

if TYPE_CHECKING:
    from converter.delivery.ledger import Row

_EXIT_LEFT = 1


@click.command("ledger")
@receipts_option
@click.option("--all", "every", is_flag=True, help="List every line, not only what is left.")
def command(**values: Any) -> int:
    """List the measurement sets that are left to send, to verify or to delete, and were not sent again since.

    The ledger itself is the file ledger.csv in the folder of the receipts, with one line for each set.

    \b
    Examples:
      qrda2qpp ledger
      qrda2qpp ledger --all

    Exit codes: 0 nothing is left; 1 something is; 2 wrong usage.
    """
    needs_extra()
    from converter.delivery.ledger import left_over, read_ledger
    from converter.delivery.receipts import SENDING, open_receipts

    folder = folder_of(values)
    rows = read_ledger(folder)
    left, open_ones = left_over(rows), list(open_receipts(folder))
    for row in rows if values["every"] else left:
        key = f"{row.category}, {row.submission_method}, {row.program}"
        echo(f"{row.time}  {row.entity_type} {row.identity} {row.year}  {key}")
        what = f"to be deleted, {row.outcome}" if row.withdraws else row.outcome
        echo(f"    {what}{f': {row.said}' if row.said else ''}; {row.source}, receipt {row.receipt}, {row.host}")
    for one in open_ones:
        what = "at work or interrupted" if one.members["state"] == SENDING else "not in the ledger yet"
        echo(f"{one.members['begun']}  {what}: {one.members['source']['name']}, receipt {one.id}")
    echo(f"{number_of(len(rows), 'line')} in the ledger; {_left_words(left)}.")
    if doubtful := sum(row.uncertain for row in left):
        echo(f"For {number_of(doubtful, 'set')} it is not known what CMS has done: see `qrda2qpp stored FILE`.")
    if open_ones:
        echo("Run the command for these files again: the new plan shows what is stored.")
    return _EXIT_LEFT if left or open_ones else 0


def _left_words(left: "list[Row]") -> str:
    counted = Counter("verify" if row.answered else "delete" if row.withdraws else "send" for row in left)
    more = [f"{number_of(counted[what], 'set')} left to {what}" for what in ("verify", "delete") if counted[what]]
    return ", ".join([f"{number_of(counted['send'], 'set')} left to send", *more])
