"""Write docs/findings.md, the index of all findings and of their data, from the table in converter/findings/kinds/.

python -m tools.build_findings [--check]
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from converter.findings.fields import FIELDS, Field
from converter.findings.finding import Kind
from converter.findings.kinds import TABLE

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "findings.md"

HEAD = """# Findings

Built by `python -m tools.build_findings` from the table of findings. `qrda2qpp explain ID` prints the page of a
finding. The official code is the one that CMS' converter emits for the same problem. Errors of the stages `xml`,
`convert` and `tool` block a conversion; errors of the stage `submission` block `check` and `--strict`. The data of a
finding is in `Finding.data`, in the JSON report and in the properties of SARIF; the fields are [below](#data).
A field in brackets is null if it does not apply or is not known.

| id | name | severity | stage | official code | data |
|---|---|---|---|---|---|
"""

DATA = """
## Data

A field has the same meaning in every finding. The text found in the document is in `found` and the measure in
`measure`; both are members of the finding itself. No field contains a TIN, an NPI or the name of a file.

| field | type | meaning |
|---|---|---|
"""

_TYPES = {str: "text", int: "whole number", float: "number", bool: "true or false"}


def content() -> str:
    """Return the document."""
    return (
        HEAD
        + "".join(map(_row, TABLE.values()))
        + DATA
        + "".join(map(_field, (FIELDS[name] for name in sorted(FIELDS))))
    )


def _row(kind: Kind) -> str:
    return (
        f"| [{kind.id}](../converter/findings/pages/{kind.id}.md) | {kind.slug} | {kind.severity.value} "
        f"| {kind.stage.value} | {kind.official_code or ''} | {', '.join(_names(kind))} |\n"
    )


def _names(kind: Kind) -> Iterator[str]:
    yield from (f"`{name}`" for name in kind.data)
    yield from (f"[`{name}`]" for name in kind.optional)


def _field(field: Field) -> str:
    return f"| `{field.name}` | {'list: ' if field.several else ''}{_TYPES[field.type]} | {field.meaning} |\n"


def main() -> int:
    """Write the document, or with --check say whether it is stale."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if the document is stale")
    if parser.parse_args().check:
        return 0 if DOCUMENT.read_text(encoding="utf-8") == content() else 1
    DOCUMENT.write_text(content(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
