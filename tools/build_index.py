"""Build what follows from the files of the years: the index of GUIDs and the table of editions.

    python -m tools.build_index [--check]

`schemas/guids.json`: measures, populations and titles are taken from `schemas/catalog/*.json`. `schemas/editions.json`:
extensions and date are taken from `schemas/profiles/*.json`. The other members of both files are facts that stand
nowhere else (docs/data.md says where they come from); they stay as they are. `--check` writes nothing and fails where a
file differs.
"""

from __future__ import annotations

import argparse
import re
import sys
from typing import Any

from converter.packages.rendering import rendered
from tools.data_files import SCHEMAS, Facts, load, settle, years_of

# Templates that exports mistake for that of the document, the likeliest first: key in the profile -> name in words.
OTHER_TEMPLATES = {
    "document_hl7": "HL7's document template",
    "measure_section_cms": "CMS' quality section template",
    "measure_reference_results_cms": "CMS' measure template",
    "measure_reference_results": "HL7's measure template",
    "pi_section": "the promoting interoperability section template",
    "payer": "the payer template",
}


def guid_index(known: Facts, catalogs: list[Facts]) -> Facts:
    """Return `guids.json`: its own facts, and what the catalogs say of measures, populations and titles."""
    measures = measure_index(catalogs)
    own = {name: known[name] for name in ("sets", "other", "fhir", "superseded")}
    # A GUID that a catalog has learned is no longer one of measures that no year has.
    own["other"] = {guid: row for guid, row in own["other"].items() if guid not in measures}
    parts = own | {
        "measures": measures,
        "populations": population_index(catalogs),
        "titles": title_index(catalogs),
    }
    made = {name: dict(sorted(parts[name].items())) if name in parts else value for name, value in known.items()}
    return made | {"withoutGuid": measures_without_guid(catalogs)}


def measure_index(catalogs: list[Facts]) -> Facts:
    """Index version GUIDs: a version GUID is never used again, so one row is enough."""
    return {
        row["guid"].lower(): [row["eMeasureId"], row["measureId"], catalog["performanceYear"]]
        for catalog in catalogs
        for row in catalog["measures"]
        if "guid" in row
    }


def measures_without_guid(catalogs: list[Facts]) -> list[list[Any]]:
    """List the measures whose GUID is not published yet, so that a list of all versions needs no catalog."""
    return [
        [row["eMeasureId"], row["measureId"], catalog["performanceYear"]]
        for catalog in catalogs
        for row in catalog["measures"]
        if "guid" not in row
    ]


def population_index(catalogs: list[Facts]) -> Facts:
    """Index population and stratum ids: from 2026 on CMS keeps many ids over years, so each has one row per year."""
    index: dict[str, list[list[Any]]] = {}
    for catalog in catalogs:
        for measure in catalog["measures"]:
            for number, entry in enumerate(measure.get("strata", []), start=1):
                roles = list(entry.get("populations", {}).items())
                roles += [("STRAT", identifier) for identifier in entry.get("stratumIds", [])]
                for role, identifier in roles:
                    place = [measure["eMeasureId"], measure["measureId"], role, number, catalog["performanceYear"]]
                    index.setdefault(identifier.lower(), []).append(place)
    return index


def title_index(catalogs: list[Facts]) -> Facts:
    """Index titles of eCQMs of all years, in small letters and without signs; those of two measures are left out."""
    owners: dict[str, set[tuple[str, str]]] = {}
    for catalog in catalogs:
        for row in catalog["measures"]:
            title = " ".join(re.findall(r"[a-z0-9]+", row["title"].lower()))
            owners.setdefault(title, set()).add((row["eMeasureId"].partition("v")[0], row["measureId"]))
    return {title: list(*found) for title, found in owners.items() if len(found) == 1}


def editions(known: Facts, profiles: list[Facts]) -> Facts:
    """Return `editions.json`: which years ask for an extension of the CMS document template.

    With it, a reader of one document need not open every profile.
    """
    current: dict[str, list[int]] = {}
    for profile in profiles:
        current.setdefault(profile["templates"]["document_cms"]["extension"], []).append(profile["performanceYear"])
    taken = {*current, *known["superseded"]}
    others = {key: row for key, row in sorted(other_extensions(profiles).items()) if key not in taken}
    last = profiles[-1]
    return known | {
        "origin": [f"profiles of the years {profiles[0]['performanceYear']} to {last['performanceYear']}"],
        "date": max(profile["date"] for profile in profiles),
        "root": last["templates"]["document_cms"]["root"],
        "baseRoot": last["templates"]["document_hl7"]["root"],
        "extensions": current,
        "ahead": {extension: years for extension, years in known["ahead"].items() if extension not in current},
        "others": others,
    }


def other_extensions(profiles: list[Facts]) -> Facts:
    """Extensions of templates other than the document's: which template, and the years whose guide asks for it."""
    found: Facts = {}
    for key, words in OTHER_TEMPLATES.items():
        years: dict[str, list[int]] = {}
        for profile in profiles:
            extension = profile["templates"].get(key, {}).get("extension")
            if extension:
                years.setdefault(extension, []).append(profile["performanceYear"])
        for extension, of in years.items():
            found.setdefault(extension, {"template": words, "years": of})
    return found


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 1 if `--check` found a difference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file differs")
    options = parser.parse_args(arguments)
    catalogs = [load(f"catalog/{year}.json") for year in years_of("catalog")]
    profiles = [load(f"profiles/{year}.json") for year in years_of("profiles")]
    files = {
        "guids.json": guid_index(load("guids.json"), catalogs),
        "editions.json": editions(load("editions.json"), profiles),
    }
    return settle({SCHEMAS / name: rendered(facts).encode() for name, facts in files.items()}, check=options.check)


if __name__ == "__main__":
    sys.exit(main())
