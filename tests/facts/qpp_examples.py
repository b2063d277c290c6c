"""QPP JSON documents with the errors that the schemas of schemas/qpp/ must find in them, and no others.

    from tests.facts.qpp_examples import EXAMPLES, VALUES, changed, submission

Each row is a correct document of a year with few changes. An error is the JSON pointer of its place and its reason:
the finding that the schema names (x-finding), else the keyword that fails.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
Change: TypeAlias = tuple[str, Any]
Errors: TypeAlias = tuple[tuple[str, str], ...]

YEARS = range(2017, 2028)
NPI = "0777777777"
TIN = "000777777"
ANY_SET_ID = "8b4f3a0e-5d0c-4f7e-9a53-0d3f5b1f7f10"
QUALITY = "/measurementSets/0"
PI = "/measurementSets/1"
IA = "/measurementSets/2"
QUALITY_MEASURE = f"{QUALITY}/measurements/0"
QUALITY_VALUE = f"{QUALITY_MEASURE}/value"
PI_VALUE = f"{PI}/measurements/0/value"
IA_VALUE = f"{IA}/measurements/0/value"

SINGLE: Json = {
    "isEndToEndReported": True,
    "performanceMet": 800,
    "performanceNotMet": 100,
    "eligiblePopulation": 1000,
    "eligiblePopulationExclusion": 100,
}
SINGLE_COUNTS: Json = {"performanceMet": 4, "performanceNotMet": 6, "eligiblePopulation": 10}
MULTI: Json = {
    "isEndToEndReported": True,
    "strata": [{**SINGLE_COUNTS, "stratum": "adolescents"}, {**SINGLE_COUNTS, "stratum": "adults"}],
}
NON_PROPORTION: Json = {
    "isEndToEndReported": True,
    "numerator": 12.5,
    "denominator": 3.0,
    "observationInstances": 3,
    "numeratorExclusion": 0.0,
    "denominatorException": 0.5,
}
COMPUTED: Json = {
    "performanceRate": 88.9,
    "reportingRate": 100.0,
    "caseCount": 900,
    "performanceRateNumerator": 800,
    "performanceRateDenominator": 900,
}
READ_ONLY: Json = {"id": ANY_SET_ID, "createdAt": "2025-01-02T10:00:00.000Z", "updatedAt": "2025-01-02T10:00:00.000Z"}
IDENTITY = ("performanceYear", "entityType", "taxpayerIdentificationNumber", "nationalProviderIdentifier")


class _Gone:
    """Stands for a member that is taken away."""


GONE = _Gone()


@dataclass(frozen=True)
class Example:
    """A document of a year. `alone` means that it is one measurement set, as for POST /measurement-sets."""

    name: str
    year: int
    data: Any
    errors: Errors = ()
    alone: bool = False


@dataclass(frozen=True)
class ValueExample:
    """A value of a measure whose metric type is known."""

    name: str
    metric_type: str
    value: Any
    errors: Errors = ()


def pi_category(year: int) -> str:
    return "aci" if year == 2017 else "pi"


def cehrt_id(year: int) -> str:
    """Give an id in the format of the year, as far as there is one."""
    return "2025C1234567890" if year >= 2025 else "AB15C1234567890" if year >= 2023 else "AB15E1234567890"


def submission(year: int, *changes: Change) -> Json:
    """Make a correct submission of an individual: quality by eCQM, promoting interoperability, activities."""
    period = {"performanceStart": f"{year}-01-01", "performanceEnd": f"{year}-12-31"}
    common = {"submissionMethod": "electronicHealthRecord", "programName": "mips", **period}
    with_id = {"cehrtId": cehrt_id(year)}
    quality = [{"measureId": "236", "value": SINGLE}, {"measureId": "370", "value": MULTI}]
    pi = [
        {"measureId": "PI_PEA_1", "value": {"numerator": 600, "denominator": 800}},
        {"measureId": "PI_PPHI_1", "value": True},
    ]
    data = {
        "performanceYear": year,
        "entityType": "individual",
        "nationalProviderIdentifier": NPI,
        "taxpayerIdentificationNumber": TIN,
        "measurementSets": [
            {"category": "quality", **common, **(with_id if year >= 2025 else {}), "measurements": quality},
            {"category": pi_category(year), **common, **(with_id if year >= 2019 else {}), "measurements": pi},
            {"category": "ia", **common, "measurements": [{"measureId": "IA_EPA_3", "value": True}]},
        ],
    }
    return changed(data, *changes)


def entity(year: int, entity_type: str, *changes: Change) -> Json:
    """Make a submission of a group (TIN), or of an APM entity, virtual group or subgroup (entityId)."""
    npi = ("/nationalProviderIdentifier", GONE)
    if entity_type == "group":
        return submission(year, ("/entityType", entity_type), npi, *changes)
    tin = ("/taxpayerIdentificationNumber", GONE)
    return submission(year, ("/entityType", entity_type), npi, tin, ("/entityId", "X0001"), *changes)


def set_alone(year: int, *changes: Change) -> Json:
    """Make a quality set alone that names its submission by identity."""
    whole = submission(year)
    identity = {name: whole[name] for name in IDENTITY}
    return changed({**whole["measurementSets"][0], "submission": identity}, *changes)


def changed(data: Json, *changes: Change) -> Json:
    """Copy a document with other values at some JSON pointers; a value of GONE takes the member away."""
    result = copy.deepcopy(data)
    for pointer, value in changes:
        *way, last = pointer.split("/")[1:]
        parent: Any = result
        for step in way:
            parent = parent[int(step) if isinstance(parent, list) else step]
        key: Any = int(last) if isinstance(parent, list) else last
        if isinstance(value, _Gone):
            del parent[key]
        else:
            parent[key] = copy.deepcopy(value)
    return result


def without(value: Json, *names: str) -> Json:
    return {name: member for name, member in value.items() if name not in names}


def only_set(year: int, number: int) -> Json:
    """Make a submission with one of the three sets, for what would be wrong in the others, too."""
    whole = submission(year)
    return {**whole, "measurementSets": [whole["measurementSets"][number]]}


def values(year: int, value: Any, *, method: str = "electronicHealthRecord") -> Json:
    """Make a submission whose first quality measure has this value."""
    return submission(year, (QUALITY_VALUE, value), (f"{QUALITY}/submissionMethod", method))


# Written out, with members in the order of a conversion: eCQMs, promoting interoperability and an activity.
FULL_2025: Json = {
    "performanceYear": 2025,
    "entityType": "individual",
    "nationalProviderIdentifier": "0777777777",
    "taxpayerIdentificationNumber": "000777777",
    "measurementSets": [
        {
            "category": "quality",
            "submissionMethod": "electronicHealthRecord",
            "cehrtId": "XX15CXXXXXXXXXX",
            "measurements": [
                {
                    "measureId": "236",
                    "value": {
                        "isEndToEndReported": True,
                        "performanceMet": 800,
                        "eligiblePopulationExclusion": 100,
                        "performanceNotMet": 100,
                        "eligiblePopulation": 1000,
                    },
                },
                {
                    "measureId": "370",
                    "value": {
                        "isEndToEndReported": True,
                        "strata": [
                            {
                                "performanceMet": 4,
                                "performanceNotMet": 6,
                                "eligiblePopulation": 10,
                                "stratum": "adolescents",
                            },
                            {
                                "performanceMet": 5,
                                "performanceNotMet": 5,
                                "eligiblePopulation": 10,
                                "stratum": "adults",
                            },
                        ],
                    },
                },
            ],
            "programName": "mips",
            "performanceStart": "2025-01-01",
            "performanceEnd": "2025-12-31",
            "source": "qrda3",
        },
        {
            "category": "pi",
            "submissionMethod": "electronicHealthRecord",
            "cehrtId": "2025C12345678XX",
            "measurements": [
                {"measureId": "PI_PEA_1", "value": {"numerator": 600, "denominator": 800}},
                {"measureId": "PI_PPHI_1", "value": True},
            ],
            "programName": "mips",
            "performanceStart": "2025-02-01",
            "performanceEnd": "2025-08-31",
            "source": "qrda3",
        },
        {
            "category": "ia",
            "submissionMethod": "electronicHealthRecord",
            "measurements": [{"measureId": "IA_EPA_3", "value": True}],
            "programName": "mips",
            "performanceStart": "2025-01-01",
            "performanceEnd": "2025-04-30",
            "source": "qrda3",
        },
    ],
}

ROOT = [
    Example("every category", 2025, FULL_2025),
    *(Example("base of the examples", year, submission(year)) for year in YEARS),
    Example(
        "wrapped as in an answer",
        2025,
        {"data": {"submission": submission(2025)}},
        (("", "additionalProperties"), ("", "required"), ("", "required"), ("", "required")),
    ),
    Example("array of submissions", 2025, [submission(2025)], (("", "type"),)),
    Example("null for a document", 2025, None, (("", "type"),)),
    Example("performanceYear missing", 2025, submission(2025, ("/performanceYear", GONE)), (("", "required"),)),
    Example(
        "performanceYear as text",
        2025,
        submission(2025, ("/performanceYear", "2025")),
        (("/performanceYear", "type"),),
    ),
    Example(
        "performanceYear null", 2025, submission(2025, ("/performanceYear", None)), (("/performanceYear", "type"),)
    ),
    Example("performanceYear with zeros", 2025, submission(2025, ("/performanceYear", 2025.0))),
    Example(
        "performanceYear with a fraction",
        2025,
        submission(2025, ("/performanceYear", 2025.5)),
        (("/performanceYear", "type"),),
    ),
    Example(
        "year before the program",
        2025,
        submission(2025, ("/performanceYear", 2016)),
        (("/performanceYear", "SUB016"),),
    ),
    Example("measurementSets missing", 2025, submission(2025, ("/measurementSets", GONE)), (("", "required"),)),
    Example(
        "measurementSets null", 2025, submission(2025, ("/measurementSets", None)), (("/measurementSets", "type"),)
    ),
    Example(
        "measurementSets empty", 2025, submission(2025, ("/measurementSets", [])), (("/measurementSets", "minItems"),)
    ),
    Example(
        "one set in place of an array",
        2025,
        submission(2025, ("/measurementSets", submission(2025)["measurementSets"][0])),
        (("/measurementSets", "type"),),
    ),
    Example("set that is text", 2025, submission(2025, (QUALITY, "quality")), ((QUALITY, "type"),)),
    Example("unknown member", 2025, submission(2025, ("/performanceyear", 2025)), (("", "additionalProperties"),)),
    Example("programName in its place of 2017", 2017, submission(2017, ("/programName", "mips"))),
    Example("programName is not text", 2017, submission(2017, ("/programName", 1)), (("/programName", "type"),)),
    Example(
        "read-only members",
        2025,
        {**submission(2025), **READ_ONLY, "version": 3},
    ),
    Example(
        "null members",
        2025,
        submission(2025, ("/entityId", None), ("/programName", None), ("/id", None), ("/createdAt", None)),
    ),
]

IDENTITIES = [
    Example("group", 2025, entity(2025, "group")),
    Example("virtual group", 2025, entity(2025, "virtualGroup")),
    Example("APM entity", 2025, entity(2025, "apm")),
    *(Example("subgroup", year, entity(year, "subgroup")) for year in YEARS if year >= 2023),
    *(
        Example("subgroup before 2023", year, entity(year, "subgroup"), (("/entityType", "enum"),))
        for year in YEARS
        if year < 2023
    ),
    Example("entityType missing", 2025, submission(2025, ("/entityType", GONE)), (("", "required"),)),
    Example("entityType of the XML", 2025, submission(2025, ("/entityType", "MIPS_INDIV")), (("/entityType", "enum"),)),
    Example("entityType in capitals", 2025, submission(2025, ("/entityType", "Group")), (("/entityType", "enum"),)),
    Example("individual without NPI", 2025, submission(2025, ("/nationalProviderIdentifier", GONE)), (("", "SUB003"),)),
    *(
        Example(
            f"individual, NPI {value!r}",
            2025,
            submission(2025, ("/nationalProviderIdentifier", value)),
            (("/nationalProviderIdentifier", "SUB003"),),
        )
        for value in (None, "")
    ),
    *(
        Example(f"{kind} without TIN", 2025, changed(data, ("/taxpayerIdentificationNumber", GONE)), (("", "SUB004"),))
        for kind, data in (("individual", submission(2025)), ("group", entity(2025, "group")))
    ),
    *(
        Example(
            f"group, TIN {value!r}",
            2025,
            entity(2025, "group", ("/taxpayerIdentificationNumber", value)),
            (("/taxpayerIdentificationNumber", "SUB004"),),
        )
        for value in (None, "")
    ),
    *(
        Example(f"{kind} without entityId", 2025, entity(2025, kind, ("/entityId", GONE)), (("", "SUB002"),))
        for kind in ("apm", "virtualGroup", "subgroup")
    ),
    *(
        Example(
            f"APM entity, entityId {value!r}",
            2025,
            entity(2025, "apm", ("/entityId", value)),
            (("/entityId", "SUB002"),),
        )
        for value in (None, "")
    ),
    Example("entityId as number", 2025, entity(2025, "apm", ("/entityId", 7)), (("/entityId", "type"),)),
    Example(
        "individual without NPI and TIN",
        2025,
        submission(2025, ("/nationalProviderIdentifier", GONE), ("/taxpayerIdentificationNumber", GONE)),
        (("", "SUB003"), ("", "SUB004")),
    ),
    *(
        Example(
            f"NPI {value!r}",
            2025,
            submission(2025, ("/nationalProviderIdentifier", value)),
            (("/nationalProviderIdentifier", "SUB008"),),
        )
        for value in ("77", "07777777771", "077777777X", " 0777777777", "0777777777\n", "٠٧٧٧٧٧٧٧٧٧")
    ),
    *(
        Example(
            f"TIN {value!r}",
            2025,
            submission(2025, ("/taxpayerIdentificationNumber", value)),
            (("/taxpayerIdentificationNumber", "SUB010"),),
        )
        for value in ("00-0777777", "12AB", "0007777777", "000 77777", "000777777\n")
    ),
    Example(
        "TIN as number",
        2025,
        submission(2025, ("/taxpayerIdentificationNumber", 777777)),
        (("/taxpayerIdentificationNumber", "type"),),
    ),
    Example(
        "NPI as number",
        2025,
        submission(2025, ("/nationalProviderIdentifier", 1777777777)),
        (("/nationalProviderIdentifier", "type"),),
    ),
    *(
        Example(
            f"group with NPI {value!r}",
            2025,
            entity(2025, "group", ("/nationalProviderIdentifier", value)),
            (("/nationalProviderIdentifier", "SUB025"),),
        )
        for value in (NPI, "77")
    ),
    *(
        Example(f"group, NPI {value!r}", 2025, entity(2025, "group", ("/nationalProviderIdentifier", value)))
        for value in (None, "")
    ),
    *(
        Example(
            f"{kind} with TIN and NPI: no matter of the schema",
            2025,
            entity(2025, kind, ("/taxpayerIdentificationNumber", TIN), ("/nationalProviderIdentifier", NPI)),
        )
        for kind in ("apm", "virtualGroup", "subgroup")
    ),
    Example(
        "APM entity with TIN and NPI null",
        2025,
        entity(2025, "apm", ("/taxpayerIdentificationNumber", None), ("/nationalProviderIdentifier", None)),
    ),
]

SETS = [
    *(
        Example(f"{name} missing", 2025, submission(2025, (f"{IA}/{name}", GONE)), ((IA, "required"),))
        for name in ("category", "submissionMethod", "performanceStart", "performanceEnd")
    ),
    Example("aci in 2017", 2017, submission(2017, (f"{PI}/category", "aci"))),
    *(
        Example("aci after 2017", year, submission(year, (f"{PI}/category", "aci")), ((f"{PI}/category", "enum"),))
        for year in (2018, 2019, 2025)
    ),
    Example("pi in 2017", 2017, submission(2017, (f"{PI}/category", "pi")), ((f"{PI}/category", "enum"),)),
    Example("unknown category", 2025, submission(2025, (f"{IA}/category", "IA")), ((f"{IA}/category", "enum"),)),
    Example("category null", 2025, submission(2025, (f"{IA}/category", None)), ((f"{IA}/category", "enum"),)),
    *(
        Example(
            "cost",
            year,
            submission(year, (f"{IA}/category", "cost"), (IA_VALUE, {"score": 5.0, "details": {"ratio": 1.1}})),
            ((f"{IA}/category", "SUB058"),),
        )
        for year in (2017, 2025)
    ),
    Example("registry", 2025, submission(2025, (f"{IA}/submissionMethod", "registry"))),
    *(
        Example(
            f"submissionMethod {method}",
            year,
            submission(year, (f"{IA}/submissionMethod", method)),
            ((f"{IA}/submissionMethod", "SUB022"),),
        )
        for year, method in (
            (2017, "ehr"),
            (2017, "csv"),
            (2018, "cmsWebInterface"),
            (2025, "cmsWebInterface"),
            (2019, "claims"),
            (2019, "administrativeClaims"),
            (2023, "certifiedSurveyVendor"),
            (2024, "webAttestation"),
            (2026, "electronichealthrecord"),
            (2027, None),
        )
    ),
    *(
        Example(
            f"date {day!r}",
            2025,
            submission(2025, (f"{IA}/performanceStart", day)),
            ((f"{IA}/performanceStart", "pattern"),),
        )
        for day in ("2025-1-1", "01/01/2025", "20250101", "2025-13-01", "2025-01-01T00:00:00Z", "2025-01-01\n", "")
    ),
    Example("day that the month has not", 2025, submission(2025, (f"{IA}/performanceStart", "2025-02-30"))),
    Example(
        "date null",
        2025,
        submission(2025, (f"{IA}/performanceEnd", None)),
        ((f"{IA}/performanceEnd", "type"),),
    ),
    Example("measurements missing", 2025, submission(2025, (f"{IA}/measurements", GONE))),
    Example("measurements null", 2025, submission(2025, (f"{IA}/measurements", None))),
    Example("measurements empty", 2025, submission(2025, (f"{IA}/measurements", []))),
    Example(
        "measurements is an object",
        2025,
        submission(2025, (f"{IA}/measurements", {"IA_EPA_3": True})),
        ((f"{IA}/measurements", "type"),),
    ),
    Example(
        "null members",
        2025,
        submission(
            2025, *((f"{IA}/{name}", None) for name in ("cehrtId", "source", "programName", "submissionId", "id"))
        ),
    ),
    Example(
        "null members of their time",
        2021,
        submission(2021, *((f"{IA}/{name}", None) for name in ("measureSet", "practiceId", "practiceDetails"))),
    ),
    Example(
        "read-only members",
        2025,
        submission(
            2025,
            (
                IA,
                {
                    **submission(2025)["measurementSets"][2],
                    **READ_ONLY,
                    "submissionId": ANY_SET_ID,
                    "submitterId": "securityOfficial",
                    "submitterType": "organization",
                    "suppressed": False,
                    "version": "1",
                },
            ),
        ),
    ),
    Example(
        "submission in a set of a submission",
        2025,
        submission(2025, (f"{IA}/submission", {"performanceYear": 2025, "entityType": "individual"})),
        ((IA, "additionalProperties"),),
    ),
    Example("unknown member", 2025, submission(2025, (f"{IA}/program", "mips")), ((IA, "additionalProperties"),)),
    *(Example("measureSet", year, submission(year, (f"{QUALITY}/measureSet", "cardiology"))) for year in (2017, 2024)),
    *(
        Example(
            f"measureSet {value!r}",
            year,
            submission(year, (f"{QUALITY}/measureSet", value)),
            ((QUALITY, "additionalProperties"),),
        )
        for year, value in ((2025, "cardiology"), (2027, "cardiology"), (2025, None))
    ),
]

CEHRT = [
    Example("aci without cehrtId", 2017, only_set(2017, 1)),
    Example("pi without cehrtId", 2018, only_set(2018, 1)),
    *(
        Example("pi without cehrtId", year, submission(year, (f"{PI}/cehrtId", GONE)), ((PI, "SUB028"),))
        for year in YEARS
        if year >= 2019
    ),
    *(
        Example(
            f"pi, cehrtId {value!r}",
            year,
            submission(year, (f"{PI}/cehrtId", value)),
            ((f"{PI}/cehrtId", "SUB028"),),
        )
        for year in (2019, 2024, 2025)
        for value in (None, "")
    ),
    Example(
        "chertId, as the documentation once had it",
        2019,
        submission(2019, (f"{PI}/cehrtId", GONE), (f"{PI}/chertId", cehrt_id(2019))),
        ((PI, "SUB028"), (PI, "additionalProperties")),
    ),
    Example(
        "cehrtId as number", 2020, submission(2020, (f"{PI}/cehrtId", 150000000000000)), ((f"{PI}/cehrtId", "type"),)
    ),
    Example("eCQM without cehrtId", 2024, only_set(2024, 0)),
    *(
        Example("eCQM without cehrtId", year, submission(year, (f"{QUALITY}/cehrtId", GONE)), ((QUALITY, "SUB028"),))
        for year in (2025, 2026, 2027)
    ),
    *(
        Example(
            f"eCQM, cehrtId {value!r}",
            2025,
            submission(2025, (f"{QUALITY}/cehrtId", value)),
            ((f"{QUALITY}/cehrtId", "SUB028"),),
        )
        for value in (None, "")
    ),
    Example(
        "CQM without cehrtId",
        2025,
        submission(2025, (f"{QUALITY}/cehrtId", GONE), (f"{QUALITY}/submissionMethod", "registry")),
    ),
    *(
        Example(f"cehrtId {value}", year, submission(year, (f"{PI}/cehrtId", value)))
        for year, value in (
            (2024, "XX15CXXXXXXXXXX"),
            (2024, "0a15c1b2c3d4e5f"),
            (2025, "XX15CXXXXXXXXXX"),
            (2025, "2025CXXXXXXXXXX"),
            # No format of these years is certain.
            (2019, "AB15C1234567890"),
            (2023, "NOTACEHRT"),
            (2026, "2026C1234567890"),
            (2027, "AB15E1234567890"),
        )
    ),
    *(
        Example(f"cehrtId {value!r}", year, submission(year, (f"{PI}/cehrtId", value)), ((f"{PI}/cehrtId", "SUB029"),))
        for year, value in (
            (2024, "2025C1234567890"),
            (2024, "AB15E1234567890"),
            (2025, "AB15E1234567890"),
            (2025, "NOTACEHRT"),
            (2025, "2025C123456789"),
            (2025, "2025C12345678901"),
            (2025, "2025C1234-67890"),
            (2025, "2025C1234567890\n"),
        )
    ),
]

PRACTICE = {"taxpayerIdentificationNumber": TIN, "nationalProviderIdentifiers": [NPI]}

PROGRAMS = [
    Example("programName missing", 2025, submission(2025, (f"{IA}/programName", GONE))),
    Example("programName null", 2022, submission(2022, (f"{IA}/programName", None))),
    *(
        Example(
            f"programName {value!r}",
            year,
            submission(year, (f"{IA}/programName", value)),
            ((f"{IA}/programName", "SUB036"),),
        )
        for year, value in (
            (2018, "app1"),
            (2020, "pcf"),
            (2022, "cpcPlus"),
            (2022, "M0001"),
            (2024, "appPlus"),
            (2025, "pcf"),
            (2025, "MIPS"),
            (2025, "MVP01123"),
            (2025, "ssp"),
            (2025, "M0003"),
            (2025, "hvbp"),
            (2025, ""),
            (2026, 1),
        )
    ),
    *(
        Example(f"programName {value}", year, submission(year, (f"{IA}/programName", value)))
        for year, value in (
            (2021, "app1"),
            (2023, "G0056"),
            (2024, "M0003"),
            (2025, "appPlus"),
            (2025, "M1425"),
            (2026, "ssp"),
            (2027, "M1503"),
        )
    ),
    *(
        Example(
            f"{program} of a virtual group",
            year,
            entity(year, "virtualGroup", (f"{IA}/programName", program)),
            ((f"{IA}/programName", "SUB037"),),
        )
        for year, program in ((2021, "app1"), (2025, "app1"), (2023, "M0001"), (2025, "G0053"), (2027, "M1503"))
    ),
    Example("appPlus of a virtual group", 2025, entity(2025, "virtualGroup", (f"{IA}/programName", "appPlus"))),
    Example("mips of a virtual group", 2025, entity(2025, "virtualGroup", (f"{IA}/programName", "mips"))),
    Example("no program of a virtual group", 2025, entity(2025, "virtualGroup", (f"{IA}/programName", None))),
    *(
        Example(f"{program} of an APM entity", year, entity(year, "apm", (f"{IA}/programName", program)))
        for year, program in ((2023, "pcf"), (2023, "Pcf"), (2024, "PCF"), (2025, "app1"))
    ),
    *(
        Example(
            f"{program} of {kind}",
            year,
            changed(data, (f"{IA}/programName", program)),
            ((f"{IA}/programName", "SUB037"),),
        )
        for year, program, kind, data in (
            (2021, "pcf", "an individual", submission(2021)),
            (2022, "PCF", "a group", entity(2022, "group")),
            (2023, "pcf", "a virtual group", entity(2023, "virtualGroup")),
            (2024, "pcf", "a subgroup", entity(2024, "subgroup")),
        )
    ),
    *(
        Example("pi of an APM entity", year, entity(year, "apm"), ((f"{PI}/category", "SUB040"),))
        for year in (2020, 2021, 2022)
    ),
    *(Example("pi of an APM entity", year, entity(year, "apm")) for year in (2017, 2019, 2023, 2027)),
    *(
        Example(
            "cpcPlus",
            year,
            submission(year, (f"{QUALITY}/programName", "cpcPlus"), (f"{QUALITY}/practiceId", "T1AZ0001")),
        )
        for year in (2017, 2021)
    ),
    Example(
        "cpcPlus without practiceId",
        2017,
        submission(2017, (f"{QUALITY}/programName", "cpcPlus")),
        ((QUALITY, "SUB043"),),
    ),
    *(
        Example(
            f"cpcPlus, practiceId {value!r}",
            2021,
            submission(2021, (f"{QUALITY}/programName", "cpcPlus"), (f"{QUALITY}/practiceId", value)),
            ((f"{QUALITY}/practiceId", "SUB043"),),
        )
        for value in (None, "")
    ),
    *(
        Example(
            f"practiceId without cpcPlus, programName {program!r}",
            2019,
            submission(2019, (f"{QUALITY}/programName", program), (f"{QUALITY}/practiceId", "T1AZ0001")),
            ((f"{QUALITY}/practiceId", "SUB044"),),
        )
        for program in ("mips", None)
    ),
    Example("practiceId empty", 2019, submission(2019, (f"{QUALITY}/practiceId", ""))),
    *(
        Example(
            "practiceId after 2021",
            year,
            submission(year, (f"{QUALITY}/practiceId", value)),
            ((QUALITY, "additionalProperties"),),
        )
        for year, value in ((2022, "T1AZ0001"), (2025, None))
    ),
    *(
        Example(
            "pcf with practiceDetails",
            year,
            entity(
                year, "apm", (PI, GONE), (f"{QUALITY}/programName", program), (f"{QUALITY}/practiceDetails", PRACTICE)
            ),
        )
        for year, program in ((2021, "pcf"), (2022, "PCF"), (2023, "pCF"), (2024, "pcf"))
    ),
    Example(
        "practiceDetails without pcf",
        2023,
        submission(2023, (f"{QUALITY}/practiceDetails", PRACTICE)),
        ((f"{QUALITY}/practiceDetails", "SUB044"),),
    ),
    *(
        Example(
            "practiceDetails out of its years",
            year,
            submission(year, (f"{QUALITY}/practiceDetails", PRACTICE)),
            ((QUALITY, "additionalProperties"),),
        )
        for year in (2020, 2025)
    ),
    *(
        Example(
            f"practiceDetails: {name}",
            2024,
            entity(2024, "apm", (f"{QUALITY}/programName", "pcf"), (f"{QUALITY}/practiceDetails", details)),
            ((f"{QUALITY}/practiceDetails{place}", reason),),
        )
        for name, details, place, reason in (
            (
                "TIN with dash",
                {"taxpayerIdentificationNumber": "00-0777777"},
                "/taxpayerIdentificationNumber",
                "SUB010",
            ),
            ("short NPI", {"nationalProviderIdentifiers": [NPI, "77"]}, "/nationalProviderIdentifiers/1", "SUB008"),
            ("one NPI", {"nationalProviderIdentifiers": NPI}, "/nationalProviderIdentifiers", "type"),
            ("unknown member", {**PRACTICE, "name": "x"}, "", "additionalProperties"),
            ("text", "T1AZ0001", "", "type"),
        )
    ),
]

MEASUREMENTS = [
    Example(
        "measureId missing",
        2025,
        submission(2025, (f"{IA}/measurements/0/measureId", GONE)),
        ((f"{IA}/measurements/0", "required"),),
    ),
    Example(
        "measureId as number",
        2025,
        submission(2025, (f"{QUALITY_MEASURE}/measureId", 236)),
        ((f"{QUALITY_MEASURE}/measureId", "type"),),
    ),
    Example(
        "measureId empty",
        2025,
        submission(2025, (f"{QUALITY_MEASURE}/measureId", "")),
        ((f"{QUALITY_MEASURE}/measureId", "minLength"),),
    ),
    Example("value missing", 2025, submission(2025, (QUALITY_VALUE, GONE)), ((QUALITY_MEASURE, "required"),)),
    Example("measurement that is text", 2025, submission(2025, (QUALITY_MEASURE, "236")), ((QUALITY_MEASURE, "type"),)),
    Example(
        "unknown member",
        2025,
        submission(2025, (f"{QUALITY_MEASURE}/measure", "236")),
        ((QUALITY_MEASURE, "additionalProperties"),),
    ),
    Example(
        "read-only members",
        2025,
        submission(
            2025,
            (
                f"{IA}/measurements/0",
                {
                    "measureId": "IA_EPA_3",
                    "value": True,
                    "id": ANY_SET_ID,
                    "measurementSetId": ANY_SET_ID,
                    "performanceStart": None,
                    "performanceEnd": None,
                },
            ),
        ),
    ),
    Example("ia false", 2025, submission(2025, (IA_VALUE, False))),
    *(
        Example(f"ia {value!r}", 2025, submission(2025, (IA_VALUE, value)), ((IA_VALUE, "type"),))
        for value in ("true", 1, None, {"numerator": 1, "denominator": 1}, [True])
    ),
    Example("pi false", 2025, submission(2025, (PI_VALUE, False))),
    *(
        Example(f"pi {value!r}", 2025, submission(2025, (PI_VALUE, value)), ((PI_VALUE, "type"),))
        for value in ("true", "Y", 600, None, [600, 800])
    ),
    Example("aci value as text", 2017, submission(2017, (PI_VALUE, "true")), ((PI_VALUE, "type"),)),
    Example(
        "numerator over denominator: no matter of the schema", 2025, submission(2025, (f"{PI_VALUE}/numerator", 999))
    ),
    Example(
        "pi without denominator", 2025, submission(2025, (f"{PI_VALUE}/denominator", GONE)), ((PI_VALUE, "required"),)
    ),
    Example(
        "pi with unknown member",
        2025,
        submission(2025, (f"{PI_VALUE}/rate", 75)),
        ((PI_VALUE, "additionalProperties"),),
    ),
    *(
        Example(
            f"pi numerator {value!r}",
            2025,
            submission(2025, (f"{PI_VALUE}/numerator", value)),
            ((f"{PI_VALUE}/numerator", reason),),
        )
        for value, reason in ((-1, "minimum"), ("600", "type"), (600.5, "type"), (None, "type"), (True, "type"))
    ),
    Example(
        "pi with the value of a quality measure",
        2025,
        submission(2025, (PI_VALUE, SINGLE)),
        ((PI_VALUE, "additionalProperties"), (PI_VALUE, "required"), (PI_VALUE, "required")),
    ),
]

QUALITY_VALUES = [
    *(
        Example(f"quality {value!r}", 2025, values(2025, value), ((QUALITY_VALUE, "type"),))
        for value in (True, "800/1000", None, 88.9, [SINGLE])
    ),
    *(
        Example(f"{name} missing", 2025, values(2025, without(SINGLE, name)), ((QUALITY_VALUE, "required"),))
        for name in ("isEndToEndReported", "performanceMet", "eligiblePopulation")
    ),
    Example(
        "only the members that must be",
        2025,
        values(2025, without(SINGLE, "performanceNotMet", "eligiblePopulationExclusion")),
    ),
    *(
        Example(
            f"{name} {value!r}", 2025, values(2025, {**SINGLE, name: value}), ((f"{QUALITY_VALUE}/{name}", reason),)
        )
        for name, value, reason in (
            ("isEndToEndReported", "true", "type"),
            ("isEndToEndReported", 1, "type"),
            ("isEndToEndReported", None, "type"),
            ("performanceMet", "800", "type"),
            ("performanceMet", 800.5, "type"),
            ("performanceMet", None, "type"),
            ("performanceMet", -1, "minimum"),
            ("performanceNotMet", -300, "minimum"),
            ("performanceNotMet", None, "type"),
            ("eligiblePopulation", True, "type"),
            ("eligiblePopulation", -1, "minimum"),
            ("eligiblePopulationExclusion", -1, "minimum"),
            ("eligiblePopulationException", "0", "type"),
            ("numeratorExclusion", -1, "minimum"),
            ("performanceRate", 100.5, "maximum"),
            ("performanceRate", -0.5, "minimum"),
            ("performanceRate", "88.9", "type"),
            ("caseCount", "900", "type"),
        )
    ),
    Example(
        "null where counts may be absent",
        2025,
        values(
            2025,
            {
                **SINGLE,
                "eligiblePopulationExclusion": None,
                "eligiblePopulationException": None,
                "numeratorExclusion": None,
            },
        ),
    ),
    Example("met over eligible: no matter of the schema", 2025, values(2025, {**SINGLE, "performanceMet": 1200})),
    Example(
        "counts of nothing",
        2025,
        values(2025, {"isEndToEndReported": True, "performanceMet": 0, "eligiblePopulation": 0}),
    ),
    Example("members that the API computes", 2025, values(2025, {**SINGLE, **COMPUTED})),
    Example("members that the API computes, null", 2025, values(2025, {**SINGLE, **dict.fromkeys(COMPUTED)})),
    Example(
        "value of a QCDR measure",
        2025,
        values(2025, {**SINGLE, "performanceRate": 88.9, "numeratorExclusion": 0}, method="registry"),
    ),
    Example(
        "draft name populationTotal",
        2017,
        values(2017, {**without(SINGLE, "eligiblePopulation"), "populationTotal": 1000}),
        ((QUALITY_VALUE, "additionalProperties"), (QUALITY_VALUE, "required")),
    ),
    Example(
        "draft name performanceExclusion",
        2017,
        values(2017, {**without(SINGLE, "eligiblePopulationExclusion"), "performanceExclusion": 100}),
        ((QUALITY_VALUE, "additionalProperties"),),
    ),
    Example(
        "stratum of a value without strata",
        2025,
        values(2025, {**SINGLE, "stratum": "adults"}),
        ((QUALITY_VALUE, "additionalProperties"),),
    ),
    # values with strata
    Example("strata empty", 2025, values(2025, {**MULTI, "strata": []}), ((f"{QUALITY_VALUE}/strata", "minItems"),)),
    Example(
        "strata an object",
        2025,
        values(2025, {**MULTI, "strata": MULTI["strata"][0]}),
        ((f"{QUALITY_VALUE}/strata", "type"),),
    ),
    Example("strata null", 2025, values(2025, {**MULTI, "strata": None}), ((f"{QUALITY_VALUE}/strata", "type"),)),
    Example(
        "isEndToEndReported beside value, as in a sample of the documentation",
        2025,
        submission(
            2025, (QUALITY_VALUE, without(MULTI, "isEndToEndReported")), (f"{QUALITY_MEASURE}/isEndToEndReported", True)
        ),
        ((QUALITY_MEASURE, "additionalProperties"), (QUALITY_VALUE, "required")),
    ),
    Example(
        "isEndToEndReported in a stratum",
        2025,
        values(2025, {**MULTI, "strata": [{**MULTI["strata"][0], "isEndToEndReported": True}]}),
        ((f"{QUALITY_VALUE}/strata/0", "additionalProperties"),),
    ),
    *(
        Example(
            f"stratum without {name}",
            2025,
            values(2025, {**MULTI, "strata": [without(MULTI["strata"][0], name)]}),
            ((f"{QUALITY_VALUE}/strata/0", "required"),),
        )
        for name in ("stratum", "performanceMet", "eligiblePopulation")
    ),
    *(
        Example(
            f"stratum, {name} {value!r}",
            2025,
            values(2025, {**MULTI, "strata": [MULTI["strata"][0], {**MULTI["strata"][1], name: value}]}),
            ((f"{QUALITY_VALUE}/strata/1/{name}", reason),),
        )
        for name, value, reason in (
            ("stratum", 1, "type"),
            ("stratum", "", "minLength"),
            ("performanceMet", -1, "minimum"),
            ("performanceNotMet", "6", "type"),
            ("performanceRate", 101, "maximum"),
        )
    ),
    Example(
        "stratum that is text",
        2025,
        values(2025, {**MULTI, "strata": ["adults"]}),
        ((f"{QUALITY_VALUE}/strata/0", "type"),),
    ),
    Example(
        "unknown stratum name: no matter of the schema",
        2025,
        values(2025, {**MULTI, "strata": [{**SINGLE_COUNTS, "stratum": "?"}]}),
    ),
    Example(
        "members of answers in strata",
        2025,
        values(
            2025,
            {
                **MULTI,
                **COMPUTED,
                "strata": [{**MULTI["strata"][0], **COMPUTED, "measurementId": ANY_SET_ID, "numeratorExclusion": None}],
            },
        ),
    ),
    Example(
        "counts beside strata",
        2025,
        values(2025, {**MULTI, **SINGLE_COUNTS}),
        ((QUALITY_VALUE, "additionalProperties"),),
    ),
    # values without proportion
    Example("nonProportion", 2025, values(2025, NON_PROPORTION, method="registry")),
    Example(
        "nonProportion with members of answers", 2025, values(2025, {**NON_PROPORTION, **COMPUTED}, method="registry")
    ),
    *(
        Example(
            "nonProportion without observationInstances",
            year,
            values(year, without(NON_PROPORTION, "observationInstances"), method="registry"),
        )
        for year in (2017, 2018)
    ),
    Example(
        "nonProportion with reportingRate, as in samples of 2018",
        2018,
        values(2018, {**without(NON_PROPORTION, "observationInstances"), "reportingRate": 95.5}, method="registry"),
    ),
    Example("nonProportion with observationInstances", 2018, values(2018, NON_PROPORTION, method="registry")),
    *(
        Example(
            "nonProportion without observationInstances",
            year,
            values(year, without(NON_PROPORTION, "observationInstances"), method="registry"),
            ((QUALITY_VALUE, "required"),),
        )
        for year in YEARS
        if year >= 2019
    ),
    *(
        Example(
            f"nonProportion without {name}",
            2025,
            values(2025, without(NON_PROPORTION, name), method="registry"),
            ((QUALITY_VALUE, "required"),),
        )
        for name in ("numerator", "denominator", "isEndToEndReported")
    ),
    *(
        Example(
            f"nonProportion, {name} {value!r}",
            2025,
            values(2025, {**NON_PROPORTION, name: value}, method="registry"),
            ((f"{QUALITY_VALUE}/{name}", reason),),
        )
        for name, value, reason in (
            ("numerator", "12.5", "type"),
            ("denominator", None, "type"),
            ("observationInstances", 2.5, "type"),
            ("observationInstances", -1, "minimum"),
            ("observationInstances", None, "type"),
            ("numeratorExclusion", None, "type"),
        )
    ),
    Example(
        "nonProportion with unknown member",
        2025,
        values(2025, {**NON_PROPORTION, "performanceMet": 1}),
        ((QUALITY_VALUE, "additionalProperties"),),
    ),
    # values that third parties cannot send
    *(
        Example(f"value with score: {name}", 2025, values(2025, value, method="registry"), ((QUALITY_VALUE, "SUB058"),))
        for name, value in (
            ("CAHPS", {"score": 88.1, "reliability": "high", "mask": False, "isBelowMinimum": False}),
            ("readmission", {"score": 15.2, "details": {"numberOfIndexAdmissions": 200, "numberOfReadmissions": 30}}),
            ("with other members", {**SINGLE, "score": 88.1}),
            ("nonProportion", {"score": 88.1, "numerator": 1, "denominator": 2, "isEndToEndReported": True}),
        )
    ),
]

BY_ID = (("/submission", GONE), ("/submissionId", ANY_SET_ID))

ALONE = [
    *(Example("set with submission", year, set_alone(year), alone=True) for year in YEARS),
    *(Example("set with submissionId", year, set_alone(year, *BY_ID), alone=True) for year in YEARS),
    Example("set with neither", 2025, set_alone(2025, ("/submission", GONE)), (("", "required"),), alone=True),
    Example("set with both", 2025, set_alone(2025, ("/submissionId", ANY_SET_ID)), (("", "not"),), alone=True),
    Example("set with submission, submissionId null", 2025, set_alone(2025, ("/submissionId", None)), alone=True),
    Example(
        "set with submissionId null only",
        2025,
        set_alone(2025, ("/submission", GONE), ("/submissionId", None)),
        (("", "required"),),
        alone=True,
    ),
    Example("submission is text", 2025, set_alone(2025, ("/submission", "x")), (("/submission", "type"),), alone=True),
    Example(
        "submission with sets",
        2025,
        set_alone(2025, ("/submission/measurementSets", [])),
        (("/submission", "additionalProperties"),),
        alone=True,
    ),
    Example(
        "submission of another year",
        2025,
        set_alone(2025, ("/submission/performanceYear", 2024)),
        (("/submission/performanceYear", "SUB016"),),
        alone=True,
    ),
    Example(
        "submission without TIN",
        2025,
        set_alone(2025, ("/submission/taxpayerIdentificationNumber", GONE)),
        (("/submission", "SUB004"),),
        alone=True,
    ),
    Example(
        "submission with short NPI",
        2025,
        set_alone(2025, ("/submission/nationalProviderIdentifier", "77")),
        (("/submission/nationalProviderIdentifier", "SUB008"),),
        alone=True,
    ),
    Example(
        "error in a value",
        2025,
        set_alone(2025, *BY_ID, ("/measurements/0/value/performanceMet", -1)),
        (("/measurements/0/value/performanceMet", "minimum"),),
        alone=True,
    ),
    Example("set without cehrtId", 2025, set_alone(2025, ("/cehrtId", GONE)), (("", "SUB028"),), alone=True),
    Example("measureSet", 2025, set_alone(2025, ("/measureSet", "x")), (("", "additionalProperties"),), alone=True),
    Example("measureSet", 2024, set_alone(2024, ("/measureSet", "x")), alone=True),
    *(
        Example(
            f"{program} of {kind}",
            year,
            set_alone(
                year,
                ("/submission", {name: entity(year, kind).get(name) for name in (*IDENTITY, "entityId")}),
                ("/programName", program),
            ),
            (("/programName", "SUB037"),),
            alone=True,
        )
        for year, program, kind in (
            (2021, "app1", "virtualGroup"),
            (2025, "M0001", "virtualGroup"),
            (2024, "pcf", "group"),
        )
    ),
    Example(
        "pi of an APM entity",
        2021,
        changed(
            {**submission(2021)["measurementSets"][1]},
            ("/submission", {"performanceYear": 2021, "entityType": "apm", "entityId": "X1"}),
        ),
        (("/category", "SUB040"),),
        alone=True,
    ),
    Example(
        "whole submission",
        2025,
        submission(2025),
        (("", "additionalProperties"), *((("", "required"),) * 5)),
        alone=True,
    ),
]

EXAMPLES = [
    *ROOT,
    *IDENTITIES,
    *SETS,
    *CEHRT,
    *PROGRAMS,
    *MEASUREMENTS,
    *QUALITY_VALUES,
    *ALONE,
]

REGISTRY_SINGLE: Json = {**SINGLE, "performanceRate": 88.9}
REGISTRY_MULTI: Json = {**MULTI, "performanceRate": 40.0}
STRATUM_WITH_EXCLUSION: Json = {**MULTI["strata"][0], "numeratorExclusion": 1}

VALUES = [
    ValueExample("true", "boolean", True),
    ValueExample("text", "boolean", "true", (("", "type"),)),
    ValueExample("proportion", "boolean", {"numerator": 1, "denominator": 2}, (("", "type"),)),
    ValueExample("counts", "proportion", {"numerator": 1, "denominator": 2}),
    ValueExample("true", "proportion", True, (("", "type"),)),
    ValueExample("negative", "proportion", {"numerator": 1, "denominator": -2}, (("/denominator", "minimum"),)),
    ValueExample("counts", "singlePerformanceRate", SINGLE),
    ValueExample("computed members", "singlePerformanceRate", {**SINGLE, **COMPUTED}),
    ValueExample("true", "singlePerformanceRate", True, (("", "type"),)),
    ValueExample(
        "numeratorExclusion",
        "singlePerformanceRate",
        {**SINGLE, "numeratorExclusion": 0},
        (("", "additionalProperties"),),
    ),
    ValueExample(
        "strata",
        "singlePerformanceRate",
        MULTI,
        (("", "additionalProperties"), ("", "required"), ("", "required")),
    ),
    ValueExample("with rate", "registrySinglePerformanceRate", REGISTRY_SINGLE),
    ValueExample("rate null", "registrySinglePerformanceRate", {**SINGLE, "performanceRate": None}),
    ValueExample("numeratorExclusion", "registrySinglePerformanceRate", {**REGISTRY_SINGLE, "numeratorExclusion": 3}),
    ValueExample("without rate", "registrySinglePerformanceRate", SINGLE, (("", "required"),)),
    ValueExample(
        "rate over 100",
        "registrySinglePerformanceRate",
        {**SINGLE, "performanceRate": 101},
        (("/performanceRate", "maximum"),),
    ),
    ValueExample("strata", "multiPerformanceRate", MULTI),
    ValueExample("computed members", "multiPerformanceRate", {**MULTI, **COMPUTED}),
    ValueExample(
        "numeratorExclusion in a stratum",
        "multiPerformanceRate",
        {**MULTI, "strata": [STRATUM_WITH_EXCLUSION]},
        (("/strata/0", "additionalProperties"),),
    ),
    ValueExample(
        "unknown member of a stratum",
        "multiPerformanceRate",
        {**MULTI, "strata": [{**MULTI["strata"][0], "name": "x"}]},
        (("/strata/0", "additionalProperties"),),
    ),
    ValueExample(
        "no strata",
        "multiPerformanceRate",
        SINGLE,
        (("", "additionalProperties"), ("", "required")),
    ),
    ValueExample("with rate", "registryMultiPerformanceRate", REGISTRY_MULTI),
    ValueExample(
        "numeratorExclusion in a stratum",
        "registryMultiPerformanceRate",
        {**REGISTRY_MULTI, "strata": [STRATUM_WITH_EXCLUSION]},
    ),
    ValueExample("without rate", "registryMultiPerformanceRate", MULTI, (("", "required"),)),
    ValueExample("numbers", "nonProportion", NON_PROPORTION),
    ValueExample("negative numbers", "nonProportion", {**NON_PROPORTION, "numerator": -2.5}),
    ValueExample("as in 2018", "nonProportion", without(NON_PROPORTION, "observationInstances")),
    ValueExample(
        "counts",
        "nonProportion",
        SINGLE,
        (("", "additionalProperties"), ("", "required"), ("", "required")),
    ),
    ValueExample("score", "cahps", {"score": 88.1}, (("", "SUB058"),)),
    ValueExample("counts", "cahps", SINGLE, (("", "SUB058"),)),
    ValueExample("score", "costScore", {"score": 5.0, "details": {"ratio": 1.1}}, (("", "SUB058"),)),
    ValueExample("true", "costScore", True, (("", "SUB058"),)),
]
