"""What the build adds to the wheel: QPP JSON Schemas that can be used by themselves.

In `schemas/qpp/`, what all years share stands once, in `common.schema.json`, and the schema of a year refers to it. For
whoever wants one file that works alone, the wheel also has `_schemas/qpp/bundled/<year>.schema.json`: the schema of the
year with the shared definitions in it. From a checkout:

    python -m tools.hatch_build FOLDER
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent.parent
PLACE = "converter/_schemas/qpp/bundled"


def bundled(folder: Path) -> dict[str, str]:
    """Return name -> text of the bundled schema of each year, of the schemas in a folder."""
    common = _load(folder / "common.schema.json")
    found = {}
    for path in sorted(folder.glob("[0-9]*.schema.json")):
        schema = _load(path)
        # With its own $id inside, the references of the year lead to the shared definitions as they stand.
        schema["$defs"]["common"] = common
        found[path.name] = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
    return found


def write(folder: Path) -> dict[str, Path]:
    """Write the bundled schemas into a folder; return their paths by name."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {}
    for name, text in bundled(ROOT / "schemas" / "qpp").items():
        paths[name] = folder / name
        paths[name].write_text(text, encoding="utf-8", newline="\n")
    return paths


def _load(path: Path) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


class BundledSchemas(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the bundled schemas to a wheel; an editable install reads the checkout, and needs none."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the files, and tell the builder where they go."""
        if version == "editable":
            return
        self._folder = Path(tempfile.mkdtemp(prefix="qrda2qpp-schemas-"))
        for name, path in write(self._folder).items():
            build_data["force_include"][str(path)] = f"{PLACE}/{name}"

    def finalize(self, version: str, *_: Any) -> None:
        """Remove what was made."""
        if version != "editable":
            shutil.rmtree(self._folder, ignore_errors=True)


if __name__ == "__main__":
    print("\n".join(str(path) for path in write(Path(sys.argv[1])).values()))
