"""What an imported catalog has to do with what was known before, in sentences."""

from collections.abc import Iterator, Mapping
from typing import Any

from converter.language.english import count_of, listed

_COMPARED = ("eMeasureId", "guid", "setId", "isInverse")


def differences(made: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each measure in which a catalog differs from another one of the same or an earlier year.

    Between years only what stays the same over the years is compared: GUIDs and population ids are new in each.
    """
    of_year = made["performanceYear"] == known["performanceYear"]
    before = {row["measureId"]: row for row in known["measures"]}
    for row in made["measures"]:
        other = before.get(row["measureId"])
        if other is None:
            yield f"{_name(row)} is new"
        elif of_year:
            if words := _identifiers(row, other):
                yield f"{_name(row)} has {words}"
        elif row["isInverse"] != other["isInverse"]:
            yield f"{_name(row)} was better {_better(other)} and is better {_better(row)} now"


def _identifiers(row: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """What of a measure's identifiers is another one than known."""
    parts = [_NAMES[name] for name in _COMPARED if name in other and _same(row.get(name)) != _same(other[name])]
    sets = [one for one in other.get("strata", ()) if "populations" in one]
    ours = [one for one in row["strata"] if "populations" in one]
    for place, (one, known) in enumerate(zip(ours, sets, strict=False), 1):
        which = f" of population set {place}" if len(ours) > 1 else ""
        codes = [
            code
            for code in {**known["populations"], **one["populations"]}
            if _same(one["populations"].get(code)) != _same(known["populations"].get(code))
        ]
        if codes:
            parts.append(f"another id of {listed(codes, 'and')}{which}")
        if {_same(id_) for id_ in one.get("stratumIds", ())} != {_same(id_) for id_ in known.get("stratumIds", ())}:
            parts.append(f"other stratum ids{which}")
    return listed(parts, "and") if parts else ""


_NAMES: Mapping[str, str] = {
    "eMeasureId": "another version",
    "guid": "another GUID",
    "setId": "another set id",
    "isInverse": "another direction (whether a lower rate is better)",
}


def _same(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _better(row: Mapping[str, Any]) -> str:
    return "when lower" if row["isInverse"] else "when higher"


def _name(row: Mapping[str, Any]) -> str:
    return f"{row['eMeasureId']} (measure {row['measureId']})"


def summary(made: Mapping[str, Any], known: Mapping[str, Any]) -> list[str]:
    """Return the comparison as lines: how many measures, then each that differs."""
    lines = list(differences(made, known))
    year, of_year = known["performanceYear"], made["performanceYear"] == known["performanceYear"]
    what = "identifiers" if of_year else "direction (whether a lower rate is better)"
    total = count_of(len(made["measures"]), "measure")
    if not lines:
        return [f"Compared with the data of {year}: all {total} have the same {what}."]
    return [f"Compared with the data of {year}, {len(lines)} of {total} differ:", *(f"  {one}" for one in lines)]
