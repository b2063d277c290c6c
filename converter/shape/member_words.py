"""Words for the members and values of a submission as JSON: how sentences about its shape name them."""

import json
from collections.abc import Mapping
from typing import Any

from converter.language.english import small
from converter.language.terms import CATEGORY_NAMES
from converter.parsers.qpp_json.parts import Part
from converter.source.json.pointers import split


def member_name(part: Part, pointer: str) -> str:
    """How a sentence names a member, or an item of one."""
    *_, before, member = ("", "", *split(pointer[len(part.pointer) :]))
    return f"{before}[{member}]" if member.isdecimal() else member or part.name


def parent_words(part: Part, pointer: str, lower: bool = False) -> str:
    """How a sentence names an object of the submission."""
    steps = split(pointer[len(part.pointer) :])
    words = "The measurement set" if part.alone else "The submission"
    value: Any = part.members
    for number, step in enumerate(steps):
        value = value[int(step)] if isinstance(value, list) else value.get(step)
        before = steps[number - 1] if number else ""
        if not isinstance(value, Mapping):
            continue
        if before == "measurementSets":
            name = CATEGORY_NAMES.get(str(value.get("category")), "unnamed")
            words = f"Measurement set {int(step) + 1} ({name})"
        elif before == "measurements":
            words = f"Measurement {int(step) + 1} ({value.get('measureId') or 'without measureId'})"
        elif step == "value":
            words = f"The value of {small(words)}"
        elif before == "strata":
            words = f"Stratum {int(step) + 1} of {small(words)}"
        else:
            words = f"The member {step} of {small(words)}"
    return small(words) if lower else words


def example(name: str, year: int) -> str:
    """Return what a member that is missing may be, to be put after its name; empty where that needs no words."""
    examples = {
        "performanceYear": f", such as {year}",
        "entityType": ": individual, group, virtualGroup, apm or subgroup",
        "performanceStart": f", such as {year}-01-01",
        "performanceEnd": f", such as {year}-12-31",
        "category": ": quality, pi or ia",
        "submissionMethod": ": electronicHealthRecord or registry",
        "isEndToEndReported": ": true if the data came from the EHR without being entered again, otherwise false",
        "eligiblePopulation": ": the denominator",
        "performanceMet": ": the numerator",
        "submission": ": an object with performanceYear, entityType and the identifiers of who reports; or, instead "
        "of it, submissionId",
    }
    return examples.get(name, "")


def given_words(value: object) -> str:
    """Return the kind of a value in words."""
    if isinstance(value, str):
        return "a text"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, float) and not value.is_integer():
        return "a number with a fraction"
    return {dict: "an object", list: "a list", type(None): "null"}.get(type(value), "a number")


def shown(value: object) -> str:
    """Return a value as a sentence shows it."""
    if isinstance(value, Mapping | list):
        return given_words(value)
    return value if isinstance(value, str) else json.dumps(value)
