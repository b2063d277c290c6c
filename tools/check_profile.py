"""Compare `schemas/profiles/<year>.json` with the Schematron of CMS' implementation guide.

    python -m tools.check_profile YEAR EP_CAT_III.sch voc.xml

Both files come from the package of the year at the eCQI Resource Center, or from projectcypress/cypress,
resources/schematron/<version>/EP; `origin` in the profile names version and folder. Shown is what the profile says and
the files do not: templates with their extensions, roots of identifiers, and names of programs. Names that the converter
of CMS takes although the guide does not list them are shown as well; they come from its releases.

Types, output, special measures, and which names are accepted follow from no file: CMSgov/qpp-conversion-tool
shows them.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.data_files import Facts, load

_TEMPLATE = re.compile(r"@root\s*=\s*['\"]([\d.]+)['\"]\s*(?:\]\s*\[|and)\s*@extension\s*=\s*['\"]([\d-]+)['\"]")
_ROOT = re.compile(r"@root\s*=\s*['\"]([\d.]+)['\"]")
_SYSTEM = re.compile(r"<system\b.*?</system>", re.DOTALL)
_CODE = re.compile(r"<code\b[^>]*\bvalue=\"([^\"]+)\"")
_PROGRAM = "MIPS_GROUP"
"""A name that the value set of programs has in every year."""


def differences(profile: Facts, schematron: str, vocabulary: str) -> Iterator[str]:
    """Say what a profile has and the files of its guide do not, and which programs it lacks."""
    pairs, roots = set(_TEMPLATE.findall(schematron)), set(_ROOT.findall(schematron))
    for name, row in profile["templates"].items():
        root, extension = row["root"], row["extension"]
        if root not in roots if extension is None else (root, extension) not in pairs:
            yield f"template {name} {root}:{extension}"
    for name, root in profile["identifiers"].items():
        if root not in roots:
            yield f"identifier {name} {root}"
    sets = [set(_CODE.findall(one)) for one in _SYSTEM.findall(vocabulary)]
    names: set[str] = next((one for one in sets if _PROGRAM in one), set())
    for name in sorted(names - profile["programs"].keys()):
        yield f"program {name} of the guide"
    for name in sorted(key for key, row in profile["programs"].items() if row["accepted"] and key not in names):
        yield f"program {name}, accepted without being in the guide"


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 1 where the profile says something else."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("year", type=int, help="performance year of the profile")
    parser.add_argument("schematron", type=Path, help="EP_CAT_III.sch of the year")
    parser.add_argument("vocabulary", type=Path, help="voc.xml beside it")
    options = parser.parse_args(arguments)
    texts = [path.read_text(encoding="utf-8-sig") for path in (options.schematron, options.vocabulary)]
    found = list(differences(load(f"profiles/{options.year}.json"), *texts))
    print("\n".join([*found, f"{len(found)} differences"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
