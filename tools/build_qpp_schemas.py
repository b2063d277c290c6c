"""Put what all years share into the QPP JSON Schema of each year, so that each file can be used by itself.

The definitions are written in `schemas/qpp/common.schema.json`; in the file of a year they stand in one line, as the
last of its own definitions.

python -m tools.build_qpp_schemas [--check]
"""

import argparse
import json
import re
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "schemas" / "qpp"
_SHARED = re.compile(r',\n    "common": \{.*\}(?=\n  \}\n\}\n\Z)')
_END = re.compile(r"(?<=\n    \})(?=\n  \}\n\}\n\Z)")


def contents() -> dict[Path, str]:
    """Return path -> text of the schema of each year."""
    common = json.loads((FOLDER / "common.schema.json").read_text(encoding="utf-8"))
    line = f',\n    "common": {json.dumps(common, ensure_ascii=False)}'
    files = sorted(FOLDER.glob("[0-9]*.schema.json"))
    return {path: _with(path.read_text(encoding="utf-8"), line) for path in files}


def _with(text: str, line: str) -> str:
    alone = _SHARED.sub("", text)
    found, number = _END.subn(lambda _: line, alone)
    if number != 1:
        raise ValueError("the definitions of a year do not end as they should")
    return found


def main() -> int:
    """Write the files, or with --check only say whether they are up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a file is not up to date")
    only_check = parser.parse_args().check
    changed = {path: text for path, text in contents().items() if path.read_text(encoding="utf-8") != text}
    for path, text in changed.items():
        print(path.name)
        if not only_check:
            path.write_text(text, encoding="utf-8", newline="\n")
    return 1 if changed and only_check else 0


if __name__ == "__main__":
    sys.exit(main())
