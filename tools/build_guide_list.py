"""Write docs/guide.md, the list of all assertions of the implementation guides, from the data in schemas/guide/.

python -m tools.build_guide_list [--check]
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from converter.facts.files import data_folders, load_year, years
from converter.findings.finding import Severity
from converter.guide.collected import Collected, collected
from converter.language.english import years_listed

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "guide.md"

HEAD = """# The implementation guide's assertions

Built by `python -m tools.build_guide_list` from `schemas/guide/`. `check` compares a document with the
assertions of its year, `qrda2qpp explain CONF:4484-17208` shows one of them. Ids are those of CMS' Schematron files
without the words around them; a name such as CMS_41 can mean something else in another year. The sentences are ours.

"""
_LONGEST = 400


def content() -> str:
    """Return the document."""
    folders = data_folders(())
    ones = collected(folders)
    return HEAD + "".join(_versions(ones)) + "".join(_rows(ones))


def _versions(ones: tuple[Collected, ...]) -> Iterator[str]:
    folders = data_folders(())
    yield "| year | version | required | recommended | HL7 base |\n|---|---|---|---|---|\n"
    for year in years(folders, "guide"):
        data = load_year(folders, "guide", "guide/year.schema.json", year)
        of_year = [one.severity for one in ones if year in one.years]
        errors, warnings = of_year.count(Severity.ERROR), of_year.count(Severity.WARNING)
        yield f"| {year} | {data['version']} | {errors} | {warnings} | {data['basedOn']} |\n"


def _rows(ones: tuple[Collected, ...]) -> Iterator[str]:
    yield "\n| id | years | HL7 base | where | what |\n|---|---|---|---|---|\n"
    for one in ones:
        when = years_listed(one.years) if one.years else ""
        what = one.says if one.severity is Severity.ERROR else f"{one.says} (recommended)"
        cells = (f"`{one.id}`", when, ", ".join(one.base), *(_cell(words) for words in (one.place, what)))
        yield f"| {' | '.join(cells)} |\n"


def _cell(words: str) -> str:
    return (words if len(words) <= _LONGEST else f"{words[:_LONGEST]}...").replace("|", "\\|")


def main(arguments: list[str] | None = None) -> int:
    """Write the document, or say whether it is as it would be written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    text = content()
    if parser.parse_args(arguments).check:
        return int(DOCUMENT.read_text(encoding="utf-8") != text)
    DOCUMENT.write_text(text, encoding="utf-8")
    print(f"{DOCUMENT.name}: {text.count(chr(10))} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main())
