"""Documents that hold all that CMS asks for, so that nothing at all is found in them.

    from tests.complete import complete_document

    complete_document(2025, "APP_PLUS_GROUP")

The only remarks are those that a year or program always has: `DOC028` in 2026, `SUB026` for a virtual group, and
`SUB061` for the APP of 2022, two of whose measures were suppressed.
"""

from typing import Any

from tests.documents import Doc, catalog, document, profile, submission_rules

ALWAYS = frozenset({"DOC028", "SUB026", "SUB061"})
_ELECTRONIC = "electronicHealthRecord"
_WANTED = {"mips": 6, "MVP": 4}


def complete_document(year: int, program: str = "MIPS_GROUP") -> Doc:
    """Return a document with as many quality measures as its program asks for, and complete in its other categories."""
    facts = profile(year)["programs"][program]
    if facts["entityType"] == "subgroup":
        name, wanted = _pathway(year)
        return document(
            year, program, measures=wanted[: _WANTED["MVP"]], pi=complete_pi(year), ia=["IA_PCMH"], mvp=name
        )
    wanted = quality_of(year, facts["programName"])
    if facts["programName"] == "mips":
        wanted = wanted[: _WANTED["mips"]]
    refused = document(year, program, measures=()).sections[0].category != "pi"
    activities = False if facts["programName"] in ("app1", "appPlus") else complete_ia(year)
    return document(year, program, measures=wanted, pi=False if refused else complete_pi(year), ia=activities)


def quality_of(year: int, program: str) -> list[str]:
    """Return the eCQMs of a program that are scored and converted without a remark, 236 and high priorities first."""
    special = profile(year)["specialMeasures"]
    found = [
        item
        for item in catalog(year)["measures"]
        if program in item.get("allowedPrograms", [program])
        and (program == "app1" or _ELECTRONIC not in item.get("clinicalGuidelineChanged", ()))
        and item["measureId"] not in (*special["multiToSingle"], special["singleToMulti"])
        and not any("NUMEX" in stratum.get("populations", ()) for stratum in item["strata"])
    ]
    found.sort(key=lambda item: (item["measureId"] != "236", not item.get("isHighPriority"), item["measureId"]))
    return [item["measureId"] for item in found]


def complete_pi(year: int) -> list[str] | bool:
    """Return the ids of all promoting interoperability measures that a year needs; True where it needs none."""
    rows: dict[str, dict[str, Any]] = {item["measureId"]: item for item in catalog(year)["pi"]}
    needed = []
    for row in submission_rules(year, "piRequirements"):
        groups = row.get("groups", [row.get("oneOf")])[: row.get("number", 1)]
        needed += [next(name for name in group if name in rows) for group in groups]
    levels = [rows[name]["preprod"][-1] for name in needed if "preprod" in rows[name]]
    return [*needed, *levels] or True


def complete_ia(year: int) -> list[str]:
    """Return the ids of as many improvement activities as a year needs for full credit; IA_BE_4 first."""
    (row,) = submission_rules(year, "activities")
    found = sorted(catalog(year)["ia"], key=lambda item: (item["measureId"] != "IA_BE_4", item["measureId"]))
    open_to_mips = [
        one for one in found if "mips" in one.get("allowedPrograms", ["mips"]) and one["measureId"] not in row["full"]
    ]
    points = row.get("weights", {})
    needed: list[str] = []
    total = 0
    for one in open_to_mips:
        if total < row["wanted"]:
            needed.append(one["measureId"])
            total += points[one["weight"]] if points else 1
    return needed


def _pathway(year: int) -> tuple[str, list[str]]:
    names: list[str] = [item["mvpId"] for item in catalog(year)["mvps"]]
    offered = ((name, quality_of(year, name)) for name in names)
    return max(offered, key=lambda item: ("236" in item[1], len(item[1])))  # 236 is an outcome measure
