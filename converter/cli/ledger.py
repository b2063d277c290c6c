"""`qrda2qpp ledger`: what was refused or interrupted, and never sent again."""

from typing import Any

import click

from converter.cli.delivering import folder_of, needs_extra, receipts_option
from converter.cli.words import echo
from converter.language.english import number_of

_EXIT_LEFT = 1


@click.command("ledger")
@receipts_option
@click.option("--all", "every", is_flag=True, help="List every line, not only what is left.")
def command(**values: Any) -> int:
    """List the measurement sets that were refused, not sent or not verified, and never sent again since.

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
        echo(f"    {row.outcome}{f': {row.said}' if row.said else ''}; {row.source}, receipt {row.receipt}, {row.host}")
    for one in open_ones:
        what = "at work or interrupted" if one.members["state"] == SENDING else "not in the ledger yet"
        echo(f"{one.members['begun']}  {what}: {one.members['source']['name']}, receipt {one.id}")
    echo(f"{number_of(len(rows), 'line')} in the ledger; {number_of(len(left), 'set')} left to send.")
    if open_ones:
        echo("Submit these files again: the new plan shows what is stored.")
    return _EXIT_LEFT if left or open_ones else 0
