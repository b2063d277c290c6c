"""What the converter says of each document of `fixtures/`: writes it beside the document.

    python -m tests.goldens.update

Beside `NAME.xml` stand `NAME.qpp.json` or `NAME.error.json`, as `qrda2qpp NAME.xml --out DIR` writes them, and
`NAME.txt`, the text report. After this, `git diff fixtures` shows what has changed: look at every line of it.
"""

import sys
from pathlib import Path

from converter.emitters.reports.formats import emitter
from converter.facts.files import shipped_folder
from converter.pipeline import convert_bytes

FOLDER = Path(__file__).resolve().parent.parent.parent / "fixtures"
ENDINGS = (".qpp.json", ".error.json", ".txt")


def inputs() -> list[Path]:
    """All documents: those of the years and the hostile ones."""
    return sorted(
        path for path in FOLDER.glob("*/*.xml") if path.parent.name.isdecimal() or path.parent.name == "hostile"
    )


def goldens(path: Path) -> dict[Path, str]:
    """What belongs beside a document: path -> text. The document is named by its file name only."""
    conversion = convert_bytes(path.read_bytes(), path.name, (shipped_folder(),))
    report = conversion.report()
    if conversion.ok:
        ending, result = ".qpp.json", conversion.to_json(indent=2) + "\n"
    else:
        ending, result = ".error.json", emitter("error-json")([report])
    return {path.with_suffix(ending): result, path.with_suffix(".txt"): emitter("text")([report])}


def present() -> set[Path]:
    """All goldens that are there."""
    folders = {path.parent for path in inputs()}
    return {path for folder in folders for path in folder.iterdir() if path.name.endswith(ENDINGS)}


def main() -> int:
    """Write all goldens and remove those without a document."""
    wanted = {path: words for document in inputs() for path, words in goldens(document).items()}
    for path in present() - wanted.keys():
        path.unlink()
    changed = 0
    for path, words in wanted.items():
        data = words.encode()
        if not path.is_file() or path.read_bytes() != data:
            path.write_bytes(data)
            changed += 1
    sys.stdout.write(f"{len(wanted)} goldens, {changed} changed\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
