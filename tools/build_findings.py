"""Write docs/findings.md, the index of all findings, from the table in converter/findings/kinds/.

python -m tools.build_findings [--check]
"""

import argparse
import sys
from pathlib import Path

from converter.findings.kinds import TABLE

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "findings.md"

HEAD = """# Findings

Made by `python -m tools.build_findings` from the table of findings. `qrda2qpp explain ID` prints the page of a finding.
The official code is the one that CMS' converter emits for the same matter. Errors of the stages `xml`, `convert` and
`tool` block a conversion; errors of the stage `submission` block `check` and `--strict`.

| id | name | severity | stage | official code |
|---|---|---|---|---|
"""


def content() -> str:
    """Return the document."""
    rows = (
        f"| [{kind.id}](../converter/findings/pages/{kind.id}.md) | {kind.slug} | {kind.severity.value} "
        f"| {kind.stage.value} | {kind.official_code or ''} |\n"
        for kind in TABLE.values()
    )
    return HEAD + "".join(rows)


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
