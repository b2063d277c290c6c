"""Build the data files under `schemas/` from two files of facts.

The facts are a measure catalog (measures, identifiers and MVPs of each performance year, from the public QPP measures
data) and the year profiles (templates, programs, identifier places and JSON habits of each year, from the public
Schematrons and the releases of the official converter). What both of them lack stands in `additions.json` beside this
script. Run:

    python tools/build_catalog.py --catalog CATALOG.json --profiles PROFILES.json --out schemas [--check]

The same input always gives the same bytes. `--check` writes nothing and fails if a file on disk differs.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

Facts = dict[str, Any]

# QRDA population codes, in the order in which a measure lists them, by their name in the facts.
ROLES = {"ipop": "IPOP", "denom": "DENOM", "denex": "DENEX", "numer": "NUMER", "numex": "NUMEX", "denexcep": "DENEXCEP"}

# Promoting interoperability measures that replace others (official rule 102, in every release that defines the code).
PI_ALTERNATIVES = [{"measure": "PI_HIE_5", "replaces": ["PI_HIE_1", "PI_HIE_4", "PI_LVOTC_1", "PI_LVITC_2"]}]

# Lists of a catalog year, with the field that identifies a row.
CATALOG_LISTS = {
    "measures": "measureId",
    "otherQuality": "measureId",
    "pi": "measureId",
    "ia": "measureId",
    "cost": "measureId",
    "mvps": "mvpId",
}

# The template keys that give an element its type, preferred one first. In 2019 the CMS templates of improvement
# activities come before those of HL7, because the official converter of that year reads only them.
TYPES = {
    "document": ["document_cms"],
    "quality_section": ["measure_section_cms"],
    "ia_section": ["ia_section_cms", "ia_section"],
    "pi_section": ["pi_section"],
    "reporting_parameters": ["reporting_parameters_act"],
    "quality_measure": ["measure_reference_results_cms"],
    "population": ["measure_data_cms"],
    "performance_rate": ["performance_rate_proportion_cms"],
    "aggregate_count": ["aggregate_count"],
    "pi_numerator_denominator": ["pi_numerator_denominator"],
    "pi_measure_performed": ["pi_measure_performed"],
    "pi_numerator": ["pi_numerator"],
    "pi_denominator": ["pi_denominator"],
    "ia_measure": ["ia_measure_cms", "ia_measure"],
    "measure_performed": ["measure_performed"],
    "supplemental": [
        *("sex_cms", "sex", "race_cms", "race", "ethnicity_cms", "ethnicity", "payer_cms", "payer", "postal_code"),
    ],
    "reporting_stratum": ["reporting_stratum_cms", "reporting_stratum"],
}

# Parts of the standard that no submission takes, by their template keys.
NOT_SUBMITTED = {
    "continuous_variable": "a continuous variable",
    "continuous_variable_cms": "a continuous variable",
    "reporting_rate_proportion": "a reporting rate",
}

ENTITY_TYPES = ("individual", "group", "virtualGroup", "apm", "subgroup")
ENTITY_OF_SUFFIX = {"INDIV": "individual", "GROUP": "group", "APMENTITY": "apm"}

# A note that the branch with the identifiers of 2026 has overtaken.
OVERTAKEN_NOTE = "qpp-measures-data 2026 has 49 eCQMs but no eMeasureUuid"

# Lengths at which the facts cut titles of measures outside the catalogs.
CUT_TITLES = (70, 90)

LINE_WIDTH = 100


# What the files of facts lack, each row with its origin.
ADDITIONS: Facts = json.loads((Path(__file__).parent / "additions.json").read_text(encoding="utf-8"))


def one_line(text: str) -> str:
    """Return a title on one line: the sources break some titles and leave blanks at their ends."""
    return " ".join(text.split())


def uncut(title: str) -> str:
    """Return a title that ends at a word, with dots where the source cut it, so that nobody reads half a word."""
    return f"{title.rpartition(' ')[0]} ..." if len(title) in CUT_TITLES else title


def without_empty(row: Facts) -> Facts:
    """Drop nulls, empty lists and private fields: an absent field means that the source says nothing."""
    return {key: value for key, value in row.items() if value not in (None, [], {}) and not key.startswith("_")}


def years_of(facts: Facts) -> list[str]:
    """Return the performance years of a file of facts, oldest first."""
    return sorted(key for key in facts if key.isdigit())


# ------------------------------------------------------------------------------------------------ catalog/<year>.json


def stratum(facts: Facts) -> Facts:
    """Convert one population set: role names become QRDA codes, the stratifier ids a list of their own."""
    identifiers = facts.get("uuids") or {}
    populations = {code: identifiers[name] for name, code in ROLES.items() if identifiers.get(name)}
    row = {"name": facts.get("name"), "populations": populations, "stratumIds": identifiers.get("strata")}
    rest = {key: value for key, value in facts.items() if key not in ("name", "uuids")}
    return without_empty({**row, **rest})


def ecqm(facts: Facts) -> Facts:
    """Convert one eCQM: `guid` is the version-specific id; its source is named only where CMS has not released it."""
    row: Facts = {}
    for key, value in facts.items():
        if key == "eMeasureUuid":
            row["guid"] = value
        elif key == "uuidSource":
            row["guidSource"] = None if value == "measures-data" else value
        elif key != "strata":
            row[key] = value
    row["title"] = one_line(facts["title"])
    row["strata"] = [stratum(entry) for entry in facts.get("strata") or []]
    return without_empty(row)


def other_row(facts: Facts) -> Facts:
    """Convert a row without identifiers: other quality measures, PI, IA, cost and MVPs."""
    return without_empty({**facts, "title": one_line(facts["title"])})


def identifier_status(measures: list[Facts]) -> str:
    """Say how far the identifiers of a year can be trusted: released by CMS, not yet released, or not known."""
    if not all("guid" in measure and "strata" in measure for measure in measures):
        return "none"
    return "preliminary" if any("guidSource" in measure for measure in measures) else "final"


def catalog_origin(sources: list[str], year: int, status: str) -> list[str]:
    """Return the sources that serve a year: FHIR content serves no year, a branch only the year it was made for."""
    fitting = [source for source in sources if "cqframework" not in source]
    if status != "preliminary":
        fitting = [source for source in fitting if " branch " not in source]
    return [f"{fitting[0]}: measures/{year}/measures-data.json", *fitting[1:]]


def catalog_note(catalog: Facts, year: int, status: str, measures: list[Facts]) -> str | None:
    """Say why identifiers are not final, and which errors earlier publications of the year had."""
    if status == "preliminary":
        branch = next(source for source in catalog["_meta"]["sources"] if " branch " in source)
        return (
            "Version GUIDs, population ids and stratum ids are preliminary: CMS has not released them. "
            f"They come from a branch that is not merged, {branch}."
        )
    if status == "none":
        known = [f"{row['eMeasureId']} ({row['guidSource']})" for row in measures if "guid" in row]
        return f"CMS has published no population ids, and only these version GUIDs are known: {', '.join(known)}."
    rows = [row for row in catalog["_swapsAndTypos"] if row["year"] == year]
    errors = [f"{row['eMeasureId'].replace('*', 'all measures')}: {row['what']}" for row in rows]
    return "Errors in earlier publications of this year. " + "; ".join(errors) if errors else None


def catalog_year(catalog: Facts, year: int) -> Facts:
    """Build `catalog/<year>.json`."""
    facts = catalog[str(year)]
    lists = {
        name: sorted(
            [ecqm(row) if name == "measures" else other_row(row) for row in facts.get(name, [])],
            key=lambda row, field=identifier: str(row[field]),  # type: ignore[misc]
        )
        for name, identifier in CATALOG_LISTS.items()
    }
    status = identifier_status(lists["measures"])
    sources = catalog["_meta"]["sources"]
    head = {
        "performanceYear": year,
        "origin": catalog_origin(sources, year, status),
        "date": date_in(sources[0]),
        "identifiers": status,
        "note": catalog_note(catalog, year, status, lists["measures"]),
    }
    return {**without_empty(head), **lists}


def date_in(text: str) -> str:
    """Return the first date in a source line such as `... develop 100b25f9 (2026-08-20)`."""
    found = re.search(r"\d{4}-\d{2}-\d{2}", text)
    if not found:
        raise ValueError(f"no date in {text!r}")
    return found.group()


# --------------------------------------------------------------------------------------------------------- guids.json


def measure_index(catalogs: list[Facts]) -> Facts:
    """Index version GUIDs: a version GUID is never used again, so one row is enough."""
    return {
        row["guid"].lower(): [row["eMeasureId"], row["measureId"], catalog["performanceYear"]]
        for catalog in catalogs
        for row in catalog["measures"]
        if "guid" in row
    }


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


def set_index(sets: Facts) -> Facts:
    """Index setIds, which name a measure in all its versions and are often sent in place of the version GUID."""
    return {
        facts["setId"].lower(): [base, facts.get("measureId"), set_title(facts)]
        for base, facts in sets.items()
        if facts.get("setId")
    }


def set_title(facts: Facts) -> str:
    """Return the title of a measure in all its versions, empty where the source has none."""
    title = one_line(facts.get("title") or "")
    return title if facts.get("measureId") else uncut(title)


def title_index(catalogs: list[Facts]) -> Facts:
    """Index titles of eCQMs of all years, in small letters and without signs; those of two measures are left out."""
    owners: dict[str, set[tuple[str, str]]] = {}
    for catalog in catalogs:
        for row in catalog["measures"]:
            title = " ".join(re.findall(r"[a-z0-9]+", row["title"].lower()))
            owners.setdefault(title, set()).add((row["eMeasureId"].partition("v")[0], row["measureId"]))
    return {title: list(*found) for title, found in owners.items() if len(found) == 1}


def other_label(facts: Facts) -> str | None:
    """Return `CMS55v4` for a GUID outside the catalogs; the CMS version is the integer part of the HQMF version."""
    if facts.get("eMeasureId"):
        return str(facts["eMeasureId"])
    version = str(facts.get("hqmfVersion") or "0").split(".")[0]
    return f"{facts['cms']}v{version}" if facts.get("cms") and version != "0" else facts.get("cms")


def other_index(rows: list[Facts], measures: Facts) -> Facts:
    """Index GUIDs of measures that no MIPS year has; those that a catalog has are in the index of measures."""
    index: Facts = {}
    for facts in rows:
        guid = facts["uuid"].lower()
        if guid in measures:
            continue
        index[guid] = [facts["kind"], other_label(facts)]
        if facts.get("title"):
            index[guid].append(one_line(uncut(facts["title"])))
    return index


def fhir_version(facts: Facts) -> tuple[bool, list[int]]:
    """Return a key by which the newest version of a FHIR measure is the greatest; drafts come before releases."""
    return (not facts["version"].startswith("Draft"), [int(part) for part in re.findall(r"\d+", facts["version"])])


def fhir_index(rows: list[Facts]) -> Facts:
    """Index the ids of FHIR versions of measures; an id of all versions is shown with its newest one."""
    index: Facts = {}
    for facts in sorted(rows, key=fhir_version):
        # The source glues the word FHIR to the end of most titles.
        title = one_line(one_line(facts["title"]).removesuffix("FHIR"))
        for kind, field in (("version", "versionSpecific"), ("set", "versionIndependent")):
            index[facts[field].lower()] = [facts["cmsId"], facts["version"], kind, title]
    return index


def guid_index(catalog: Facts, catalogs: list[Facts]) -> Facts:
    """Build `guids.json`: everything that a GUID of any year can be."""
    measures = measure_index(catalogs)
    superseded = {
        row["uuid"].lower(): [row["eMeasureId"], ROLES[row["role"]]] for row in catalog["_supersededPopulationIds"]
    }
    parts = {
        "measures": measures,
        "sets": set_index(catalog["_sets"]),
        "populations": population_index(catalogs),
        "other": other_index([*catalog["_otherGuids"], *ADDITIONS["guids"]], measures),
        "fhir": fhir_index(catalog["_fhirLineage"]),
        "superseded": superseded,
        "titles": title_index(catalogs),
    }
    sources = catalog["_meta"]["sources"]
    added = f"{len(ADDITIONS['guids'])} ids of eCQMs for hospitals, added by the maintainers ({ADDITIONS['date']})"
    head = {"origin": [*sources, added], "date": date_in(sources[0])}
    return head | {name: dict(sorted(part.items())) for name, part in parts.items()}


# ----------------------------------------------------------------------------------------------- profiles/<year>.json


def released_year(profiles: Facts, year: str) -> str:
    """Return the year whose official release stands for a year: itself, or the last one before it that has one."""
    return max(candidate for candidate in years_of(profiles) if candidate <= year and released(profiles[candidate]))


def released(facts: Facts) -> bool:
    """Say whether a release of the official converter handles the year."""
    return bool(facts["programNames"]["officialTool"])


def accepted_names(profiles: Facts, year: str) -> list[str]:
    """Return the program names that the official converter accepts in a year."""
    release = released_year(profiles, year)
    names: list[str] = profiles[release]["programNames"]["officialTool"]
    return list(dict.fromkeys([*names, *(row["name"] for row in added_programs(release))]))


def added_programs(year: str) -> list[Facts]:
    """Return the programs that are accepted in a year although its list of names lacks them."""
    return [row for row in ADDITIONS["programs"] if int(year) in row["years"]]


def program_names(profiles: Facts, year: str) -> list[str]:
    """Return every name worth knowing in a year: valid ones first, then those of the value set, then other years'."""
    facts = profiles[year]
    names = [*accepted_names(profiles, year), *facts["programNames"]["schematronVoc"], *facts["programMapping"]]
    for other in years_of(profiles):
        names += accepted_names(profiles, other)
    return list(dict.fromkeys(names))


def program_mapping(profiles: Facts, year: str, name: str) -> Facts:
    """Return programName and entityType of a name, from its year, else the nearest earlier, else the nearest later."""
    years = years_of(profiles)
    before = [other for other in years if other <= year]
    after = [other for other in years if other > year]
    for other in [*reversed(before), *after]:
        if name in profiles[other]["programMapping"]:
            return dict(profiles[other]["programMapping"][name])
    prefix, _, suffix = name.rpartition("_")
    if prefix == "SSP_PI":
        return {"programName": "ssp", "entityType": ENTITY_OF_SUFFIX[suffix]}
    if prefix == "MCP":
        return {"programName": "mcp", "entityType": "apm"}
    raise ValueError(f"no mapping for program {name}")


def program(profiles: Facts, year: str, name: str) -> Facts:
    """Build one program: how it is written to JSON, whether it is accepted, and the rule texts of the Schematron."""
    mapping = program_mapping(profiles, year, name)
    accepted = name in accepted_names(profiles, year)
    row = {**mapping, "family": mapping["programName"], "accepted": accepted}
    if not accepted:
        row["years"] = [int(other) for other in years_of(profiles) if name in accepted_names(profiles, other)]
    json_facts = profiles[released_year(profiles, year)]["json"]
    if accepted and name in json_facts["entityIdSource"]:
        row["entityIdFrom"] = json_facts["entityIdSource"][name]
    if accepted and f"practiceId ({name} only)" in json_facts["measurementSetOrder"]:
        row["practiceIdOnSets"] = True
    return row | without_empty(profiles[year]["programs"].get(name, {}))


def identifier(facts: Facts) -> Facts:
    """Build the place of one identifier; `root` is null where the id is the root itself, or has none."""
    root = facts["root"] if re.fullmatch(r"[\d.]+", facts["root"] or "") else None
    return {**facts, "root": root}


def output(facts: Facts) -> Facts:
    """Build what a year writes to JSON, from the `json` facts of its official release."""
    tin_excluded = re.findall(r"not (\w+)", facts["tinEmittedWhen"])
    entity_ids = {key.split(" ")[0]: value.split(" ")[0] for key, value in facts["entityIdSource"].items()}
    order = ("quality", "pi", "ia")
    mvp = {"programs": ["mips"], "entityTypes": ["individual", "group", "subgroup", "apm"]}
    return {
        "categories": {name: facts["categories"][name] for name in order},
        "submissionMethod": facts["submissionMethod"],
        "source": facts["source"],
        "npiFor": ["individual"],
        "tinFor": [entity for entity in ENTITY_TYPES if entity not in tin_excluded],
        # Programs with an id of their own (CPC+ and PCF practice sites) say so in their own row.
        "entityIdFrom": {key: value for key, value in entity_ids.items() if key in ENTITY_TYPES},
        "cehrtId": facts.get("cehrtIdOn") or {"programs": [], "categories": []},
        "mvp": mvp if facts.get("mvpProgramName") else None,
    }


def profile_notes(profiles: Facts, year: str) -> list[str]:
    """Return the notes of a year, with those on program names and on what is copied from another year."""
    facts = profiles[year]
    names = facts["programNames"]
    notes = [note for note in facts["notes"] if not note.startswith(OVERTAKEN_NOTE)]
    notes += [f"Program names: {names[key]}." for key in ("vocNote", "toolNote") if names.get(key)]
    notes += [f"Program names: {row['note']} ({row['origin']})." for row in added_programs(year)]
    if not released(facts):
        source = released_year(profiles, year)
        notes.append(
            f"Nothing of its own is published for {year}: accepted programs, output, special measures and official "
            f"codes are those of {source}. The catalog says where measure identifiers come from."
        )
    return notes


def profile_origin(facts: Facts) -> list[str]:
    """Return the sources of a year's profile, each with its version where it has one."""
    sources = facts["sources"]
    origin = [f"{sources['schematron']} {sources['schematronVersion']}", sources["voc"]]
    origin += [sources[key] for key in ("schematronAlso", "officialTool", "officialToolLastWithPcf") if key in sources]
    return origin


def profile_types(templates: Facts) -> Facts:
    """Return the template roots that give an element its type, of the templates that the year has."""
    return {name: [templates[key]["root"] for key in keys if key in templates] for name, keys in TYPES.items()}


def profile_templates(facts: Facts) -> Facts:
    """Return the parts of a year's profile that are read from templates."""
    templates, document = facts["templates"], facts["documentTemplate"]
    category = templates["measure_section_category"]
    return {
        "documentTemplate": {
            "root": document["root"],
            "extension": document["extension"],
            "otherExtensions": [row["extension"] for row in document.get("earlierPublishedExtensions", [])],
        },
        "baseDocumentTemplate": facts["baseDocumentTemplate"],
        "templates": {
            name: {key: row[key] for key in ("root", "extension", "element")} for name, row in templates.items()
        },
        "types": profile_types(templates),
        "notSubmitted": {templates[key]["root"]: what for key, what in NOT_SUBMITTED.items() if key in templates},
        "categorySection": {
            "root": category["root"],
            "extension": category["extension"],
            "required": facts["qualitySectionCategoryCheck"] is not None,
        },
    }


def profile_year(profiles: Facts, year: str) -> Facts:
    """Build `profiles/<year>.json`."""
    facts, release = profiles[year], profiles[released_year(profiles, year)]
    special, guide = release["specialMeasures"], facts["igReference"]
    head = {
        "performanceYear": int(year),
        "origin": profile_origin(facts),
        "date": date_in(facts["sources"]["schematronVersion"]),
        "status": "final" if released(facts) else "preliminary",
        "notes": profile_notes(profiles, year),
    }
    rest = {
        "programs": {name: program(profiles, year, name) for name in program_names(profiles, year)},
        "identifiers": {name: identifier(row) for name, row in facts["identifiers"].items()},
        "output": output(release["json"]),
        "specialMeasures": {
            "multiToSingle": special["multiToSingleRateMeasureIds"],
            "singleToMulti": special["singleToMultiRateMeasureId"],
        },
        "piAlternatives": PI_ALTERNATIVES if "102" in release["errorCodes"]["codes"] else [],
        "supplementalData": facts["supplementalData"],
        "officialCodes": release["errorCodes"]["codes"],
        "guide": {"base": guide["base"], "pages": guide["pages"]} if guide else None,
    }
    return head | profile_templates(facts) | rest


# -------------------------------------------------------------------------------------------------------------- files

# Templates that exports mistake for that of the document, the likeliest first: key in the facts -> its name in words.
OTHER_TEMPLATES = {
    "document_hl7": "HL7's document template",
    "measure_section_cms": "CMS' quality section template",
    "measure_reference_results_cms": "CMS' measure template",
    "measure_reference_results": "HL7's measure template",
    "pi_section": "the promoting interoperability section template",
    "payer": "the payer template",
}

# Document templates of guides that are published, but for whose year there are no facts to convert with (2027: its
# Schematron v1.0 of 2026-05-14).
AHEAD = {"2026-07-01": [2027]}


def other_extensions(profiles: Facts) -> Facts:
    """Extensions of templates other than the document's: which template, and the years whose guide asks for it."""
    found: Facts = {}
    for key, words in OTHER_TEMPLATES.items():
        years: dict[str, list[int]] = {}
        for year in years_of(profiles):
            extension = profiles[year]["templates"].get(key, {}).get("extension")
            if extension:
                years.setdefault(extension, []).append(int(year))
        for extension, of in years.items():
            found.setdefault(extension, {"template": words, "years": of})
    return dict(sorted(found.items()))


def edition_index(profiles: Facts) -> Facts:
    """Build `editions.json`: which years ask for an extension of the CMS document template.

    With it, a reader of one document need not open every profile.
    """
    current: dict[str, list[int]] = {}
    superseded: dict[str, list[int]] = {}
    for year in years_of(profiles):
        document = profiles[year]["documentTemplate"]
        current.setdefault(document["extension"], []).append(int(year))
        for earlier in document.get("earlierPublishedExtensions", []):
            superseded.setdefault(earlier["extension"], []).append(int(year))
    known = {*current, *superseded}
    last = profiles[years_of(profiles)[-1]]
    return {
        "origin": [f"profiles of the years {years_of(profiles)[0]} to {years_of(profiles)[-1]}"],
        "date": max(date_in(profiles[year]["sources"]["schematronVersion"]) for year in years_of(profiles)),
        "root": last["documentTemplate"]["root"],
        "baseRoot": last["templates"]["document_hl7"]["root"],
        "extensions": current,
        "superseded": superseded,
        "ahead": AHEAD,
        "others": {key: row for key, row in other_extensions(profiles).items() if key not in known},
    }


def compact(value: object) -> str:
    """Return JSON on one line, without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def render(document: Facts) -> bytes:
    """Return a file with one record per line, so that a difference between two versions can be read."""
    parts = []
    for key, value in document.items():
        text = compact(value)
        if len(text) > LINE_WIDTH and isinstance(value, dict):
            rows = [f"{compact(name)}:{compact(row)}" for name, row in value.items()]
            text = "{\n" + ",\n".join(rows) + "\n}"
        elif len(text) > LINE_WIDTH and isinstance(value, list):
            text = "[\n" + ",\n".join(compact(row) for row in value) + "\n]"
        parts.append(f"{compact(key)}:{text}")
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode("utf-8")


def build(catalog: Facts, profiles: Facts) -> dict[str, bytes]:
    """Return every data file by its path under the output folder."""
    catalogs = [catalog_year(catalog, int(year)) for year in years_of(catalog)]
    documents = {f"catalog/{row['performanceYear']}.json": row for row in catalogs}
    documents["guids.json"] = guid_index(catalog, catalogs)
    documents["editions.json"] = edition_index(profiles)
    for year in years_of(profiles):
        documents[f"profiles/{year}.json"] = profile_year(profiles, year)
    return {path: render(document) for path, document in documents.items()}


def differing(files: dict[str, bytes], folder: Path) -> list[str]:
    """Return the paths that are missing on disk or have other content."""
    return [path for path, content in files.items() if not_equal(folder / path, content)]


def not_equal(path: Path, content: bytes) -> bool:
    """Say whether a file is missing or has other bytes."""
    return not path.is_file() or path.read_bytes() != content


def write(path: Path, content: bytes) -> None:
    """Write a file in one step, so that nobody reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        # mkstemp makes private files; these are for everybody.
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 1 if `--check` found a difference."""
    parser = argparse.ArgumentParser(description="Build the data files under schemas/.")
    parser.add_argument("--catalog", type=Path, required=True, help="facts about measures, by performance year")
    parser.add_argument("--profiles", type=Path, required=True, help="facts about templates and programs, by year")
    parser.add_argument("--out", type=Path, required=True, help="the folder of the data files: schemas")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file on disk differs")
    options = parser.parse_args(arguments)
    catalog = json.loads(options.catalog.read_text(encoding="utf-8"))
    profiles = json.loads(options.profiles.read_text(encoding="utf-8"))
    files = build(catalog, profiles)
    changed = differing(files, options.out)
    for path in changed:
        print(f"differs: {path}" if options.check else f"written: {path}")
        if not options.check:
            write(options.out / path, files[path])
    return 1 if options.check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
