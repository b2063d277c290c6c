"""`qrda2qpp score`: what data is worth, as far as files can say."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from converter.cli.console import is_terminal
from converter.cli.options import catalog_option, complete_file, words_of, year_option
from converter.cli.output import write_file
from converter.cli.overwrites import refuse_overwriting
from converter.cli.report_choices import STDOUT
from converter.cli.streams import write_stdout
from converter.cli.texts import text_of
from converter.cli.words import echo
from converter.errors import UsageError
from converter.source.limits import DEFAULT_LIMITS

if TYPE_CHECKING:
    from converter.facts.files import Folders
    from converter.result import Result
    from converter.scoring.comparison import Difference
    from converter.scoring.roster import Roster
    from converter.scoring.values import Scores
    from converter.source.inputs import Input

FORMATS = ("text", "html", "csv", "json")
_ENDINGS = (".xml", ".json")
_FORMS = {".txt": "text", ".html": "html", ".htm": "html", ".csv": "csv", ".json": "json"}
_NOT_SCORED = 1
_FLAGS = {
    "small_practice": "smallPractice",
    "rural": "rural",
    "hpsa": "hpsa",
    "non_patient_facing": "nonPatientFacing",
    "ia_pcmh": "iaPcmh",
    "apm_participant": "apmParticipant",
}
"""Option -> member of a profile."""


@click.command("score")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...", shell_complete=complete_file)
@click.option(
    "--profile",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Special status and weights of the practice (JSON), like the options below.",
)
@click.option(
    "--roster",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The same for many, by TIN and NPI (CSV).",
)
@click.option("--small-practice", is_flag=True, help="15 clinicians or fewer.")
@click.option("--rural", is_flag=True, help="In a rural area.")
@click.option("--hpsa", is_flag=True, help="In a health professional shortage area.")
@click.option("--non-patient-facing", is_flag=True, help="A non-patient-facing clinician or group.")
@click.option("--ia-pcmh", is_flag=True, help="A certified patient-centered medical home.")
@click.option("--apm-participant", is_flag=True, help="A participant of an APM.")
@click.option(
    "--available-measures",
    type=click.IntRange(1, 6),
    metavar="N",
    help="How many quality measures apply, if CMS found fewer than six.",
)
@click.option(
    "--reweight",
    "weights",
    multiple=True,
    metavar="CATEGORY=WEIGHT",
    help="Weight of a category that CMS has approved, such as pi=0. May be repeated.",
)
@click.option("--program", metavar="NAME", help="Score only the data for this program, such as mips or app1.")
@click.option(
    "--compare",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Show where this score of CMS differs, and why it may.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    metavar="FORMAT",
    help="text, html, csv or json; by default the one that the name of the output says, or text.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write to FILE instead of standard output.",
)
@click.option("--show-ids", is_flag=True, help="Do not mask TIN and NPI.")
@click.option(
    "--from-file",
    "lists",
    multiple=True,
    metavar="LIST",
    shell_complete=complete_file,
    help="Read further sources from LIST, one on a line; - is standard input. May be repeated.",
)
@year_option("it is found from the document")
@catalog_option
def command(sources: tuple[str, ...], **values: Any) -> int:
    """Compute what QRDA III documents and QPP JSON are worth: points of each measure and category, and how to get more.

    Files of one clinician, group or APM entity and year are put together. What only CMS has (cost, claims measures,
    surveys, approved reweighting) is shown as --, with the reason. It is not a score of CMS.

    \\b
    Examples:
      qrda2qpp score export.xml
      qrda2qpp score export.xml --small-practice
      qrda2qpp score quality.json registry.json --reweight pi=0 -o points.html
      qrda2qpp score exports/ --roster roster.csv --format csv
      qrda2qpp score export.xml --compare answer.json

    Exit codes: 0 scored; 1 at least one file was not scored, or could not be read; 2 wrong usage.
    """
    from converter.door import known_year
    from converter.facts.files import data_folders
    from converter.scoring.comparison import differences
    from converter.scoring.door import scores_of
    from converter.source.input_list import InputList
    from converter.source.inputs import expand

    if not sources and not values["lists"] and is_terminal(sys.stdin):
        raise click.UsageError("Give a SOURCE, or pipe a document in.")
    if values["output"] is not None and str(values["output"]) == STDOUT:
        values["output"] = None
    folders = data_folders(values["catalog"])
    roster = _roster(values)
    known_year(values["year"], folders)
    inputs = InputList(expand(words_of(sources, values["lists"]) or ("-",), DEFAULT_LIMITS, _ENDINGS))
    read = (str(values[name]) for name in ("profile", "roster", "compare") if values[name] is not None)
    refuse_overwriting(inputs, (), values["output"], others=(*values["lists"], *read))
    results = _results(inputs, folders, values["year"])
    scores = scores_of(results, roster, folders, values["program"], show_ids=values["show_ids"])
    found = None
    if values["compare"] is not None:
        if len(scores.scores) != 1:
            number = len(scores.scores)
            raise click.UsageError(f"--compare needs one score; these files give {number}. --program may choose one.")
        found = differences(scores.scores[0], _json(values["compare"], "answer of CMS"))
    _write(_written(scores, found, values), values["output"], values["show_ids"])
    return _NOT_SCORED if scores.not_scored else 0


def _results(inputs: "Iterable[Input]", folders: "Folders", year: int | None) -> "Iterator[Result]":
    """The results of all inputs, one after the other."""
    from converter.pipeline import Options, convert_source

    options = Options(year=year, strict=True, submissions=True)
    for one in inputs:
        yield convert_source(one.name, one.read, folders, options)


def _roster(values: dict[str, Any]) -> "Roster":
    """What is said of who reports, of the file and the options together."""
    from converter.scoring.profile import NOTHING_SAID, combined, profile_of
    from converter.scoring.roster import Roster, read_roster, weights_in

    said: dict[str, Any] = {member: True for name, member in _FLAGS.items() if values[name]}
    if values["available_measures"] is not None:
        said["availableMeasures"] = values["available_measures"]
    if values["weights"]:
        said["reweight"] = weights_in(word for one in values["weights"] for word in one.split())
    profile = NOTHING_SAID
    if values["profile"] is not None:
        profile = profile_of(_json(values["profile"], "profile"))
    profile = combined(profile, profile_of(said))
    if values["roster"] is None:
        return Roster(profile)
    return read_roster(text_of(values["roster"], "roster").splitlines(), profile)


def _json(path: Path, what: str) -> Any:
    try:
        return json.loads(text_of(path, what))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"The {what} is not JSON: {error}.") from error


def _written(scores: "Scores", found: "Sequence[Difference] | None", values: dict[str, Any]) -> str:
    """The scores in the format that is asked for."""
    from converter.scoring.shown import show

    output: Path | None = values["output"]
    form = values["form"] or (_FORMS.get(output.suffix.lower(), "text") if output else "text")
    return show(scores, form, found, show_ids=values["show_ids"])


def _write(text: str, output: Path | None, show_ids: bool) -> None:
    from converter.findings.mask import masked_text

    if output is None:
        write_stdout(text)
    else:
        write_file(output, [text])
        echo(f"Written to {output.name if show_ids else masked_text(output.name)}.", err=True)
