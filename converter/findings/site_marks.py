"""Marks of the findings about practice sites (CPC+, Primary Care First)."""

from converter.findings.mark import Mark, second

_PLACE = "h:participant[@typeCode='LOC']"
_PARTICIPANT = (f"{_PLACE}/h:associatedEntity", _PLACE, "h:participant")
_DEVICE = "h:participant[@typeCode='DEV']"
_PERFORMERS = "h:documentationOf/h:serviceEvent/h:performer"
_IN_PERFORMER = (f"{_PERFORMERS}/h:assignedEntity", _PERFORMERS, "h:documentationOf/h:serviceEvent")
_SECTION = "h:component/h:structuredBody/h:component/h:section"
_UNUSED = (
    "2.16.840.1.113883.10.20.27.2.5",
    "2.16.840.1.113883.10.20.27.2.4",
    "2.16.840.1.113883.3.249.20.2.1",
)
"""Templates of the sections for promoting interoperability and improvement activities."""
_COUNT = "h:entryRelationship/h:observation[h:code/@code='MSRAGG']"
_RATE = "h:component/h:observation[h:templateId/@root='2.16.840.1.113883.10.20.27.3.25']"
_PROGRAM = "h:informationRecipient/h:intendedRecipient/h:id/@extension"
_START, _END = "h:effectiveTime/h:low", "h:effectiveTime/h:high"


def _of_section(*roots: str) -> Mark:
    one_of = " or ".join(f"@root='{root}'" for root in roots)
    return Mark((f"{_SECTION}/h:templateId[{one_of}]/@root",))


def _count_of(role: str) -> str:
    """The one count of a measure in a role."""
    code = f"h:component/h:observation/h:value[@code='{role}']"
    return f"self::*[count({code})=1]/{code}/../{_COUNT}/h:value/@value"


def _initial(code: str) -> str:
    """The one initial population of the measure that a place is in."""
    value = f"h:component/h:observation/h:value[@code='{code}']"
    return f"ancestor::h:organizer[1][count({value})=1]/{value}/../{_COUNT}/h:value/@value"


_ID = Mark(words="one practice site id", missing="the practice site id is missing in here", holder=_PARTICIPANT,
           other_words="another practice site id")  # fmt: skip
_PERFORMER_LIST = Mark(missing="the performers are in here", holder=(_PERFORMERS.rpartition("/")[0],))
_MEASURES = Mark(missing="measures are missing in here")
_RATES = second(_RATE, "", "performance rate")._replace(missing="a performance rate is missing in here")
_ONE_RATE = Mark(
    (f"self::*[count({_RATE})=1]/{_RATE}/h:value/@nullFlavor", f"self::*[count({_RATE})=1]/{_RATE}/h:value/@value"),
    missing="the performance rate is in here",
)

SITE_MARKS: dict[str, Mark] = {
    "SITE001": _ID,
    "SITE002": Mark(missing="the practice site id is missing in here", holder=_PARTICIPANT),
    "SITE004": Mark(
        ("h:participant/h:associatedEntity/h:addr",),
        missing="the address of the practice site is missing in here",
        holder=_PARTICIPANT,
    ),
    "SITE005": Mark(missing="there is no quality section in here", holder=(_SECTION.rpartition("/h:component")[0],)),
    "SITE006": Mark(missing="a TIN is missing in here", holder=(f"{_IN_PERFORMER[0]}/h:representedOrganization",
                                                                *_IN_PERFORMER)),
    "SITE008": Mark(missing="an NPI is missing in here", holder=_IN_PERFORMER),
    "SITE010": _PERFORMER_LIST,
    "SITE011": _PERFORMER_LIST,
    "SITE012": second(f"({_PERFORMERS})[number($count)]/h:assignedEntity", "", "clinician"),
    "SITE013": Mark(missing="the CEHRT id is missing in here", holder=(_DEVICE, "h:participant")),
    "SITE014": Mark(words="another CEHRT id"),
    "SITE015": _of_section(_UNUSED[0]),
    "SITE016": _of_section(_UNUSED[0]),
    "SITE017": _of_section(*_UNUSED),
    "SITE018": Mark((_PROGRAM,)),
    "SITE019": Mark((_PROGRAM,)),
    "SITE021": Mark((f"{_START}/@value",), missing="the start is missing in here",
                    holder=(f"{_START}/@nullFlavor", _START, "h:effectiveTime")),
    "SITE022": Mark((f"{_END}/@value",), missing="the end is missing in here",
                    holder=(f"{_END}/@nullFlavor", _END, "h:effectiveTime")),
    "SITE023": _MEASURES,
    "SITE024": _MEASURES,
    "SITE025": _MEASURES,
    "SITE026": _RATES,
    "SITE027": Mark(missing="a performance rate is missing in here"),
    "SITE028": Mark(missing="the stratum is missing in here"),
    "SITE029": Mark(missing="the strata belong in here"),
    "SITE030": Mark(
        ("h:reference/h:externalObservation/h:id/@nullFlavor", "h:reference/h:externalObservation/h:id"),
        missing="the id of the stratum is missing in here",
    ),
    "SITE031": Mark(missing="supplemental data is missing in here"),
    "SITE032": second(_COUNT, "", "count")._replace(missing="the aggregate count is missing in here"),
    "SITE033": Mark(("h:value/@value", "h:value"), words="the denominator", missing="the denominator is in here",
                    other=(_initial("IPOP"), _initial("IPP")), other_words="the initial population"),
    "SITE034": Mark((_count_of("DENOM"),), words="the denominator", missing="the counts are in here"),
    "SITE035": Mark((_count_of("NUMER"),), words="the numerator", missing="the counts are in here",
                    other=(_count_of("DENOM"),), other_words="the denominator"),
    "SITE036": Mark((_count_of("DENEX"),), words="the exclusions", missing="the counts are in here",
                    other=(_count_of("DENOM"),), other_words="the denominator"),
    "SITE037": _ONE_RATE,
    "SITE038": _ONE_RATE,
}  # fmt: skip
"""Id of a kind of finding -> where its fault is."""
