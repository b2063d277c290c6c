"""Marks: what of an element or value a finding is about, and what is said above the code frames that show it.

A rule reports an element; the fault is often inside of it, or beside it. The table says where, for each kind of finding
that needs it, and is asked only when somebody looks at a finding. XPaths start at the reported element, members at the
reported value of JSON. `$found` and the data of the finding (`$role`; `$roots1` for the first of several) may be used
in XPaths, and `$own` is the value of the attribute that is marked already.
"""

from converter.findings.mark import Mark, second
from converter.findings.site_marks import SITE_MARKS

_REFERENCE = "h:reference/h:externalDocument"
_ID = f"{_REFERENCE}/h:id/@extension"
_ANSWER = "h:component/h:observation/h:value"
_COUNT = "h:entryRelationship/h:observation[h:code/@code='MSRAGG']"
_POPULATION_ID = "h:reference/h:externalObservation/h:id"
_CODES = "h:value/@code"
_EMPTY = ("h:value/@nullFlavor", "h:value")
_PI_COUNTS = {
    root: f"h:component/h:observation[h:templateId/@root='{root}']"
    for root in ("2.16.840.1.113883.10.20.27.3.31", "2.16.840.1.113883.10.20.27.3.32")
}
_MISSING = "is missing in here"
_ENTITY = "h:documentationOf/h:serviceEvent/h:performer/h:assignedEntity"
_ORGANIZATION = (
    f"{_ENTITY}/h:representedOrganization",
    _ENTITY,
    "h:documentationOf/h:serviceEvent/h:performer",
    "h:documentationOf/h:serviceEvent",
)
"""Where the ids of who reports belong, or as much of the way to there as the document has."""


def _counts(role: str) -> str:
    """The one count of a population of the measure that a place is in."""
    code = f"h:component/h:observation/h:value[@code='{role}']"
    return f"ancestor::h:organizer[1][count({code})=1]/{code}/../{_COUNT}/h:value/@value"


_ONE_ID = second(f"{_REFERENCE}/h:id[@extension]", "/@extension", "id")._replace(
    missing=f"the id {_MISSING}", holder=(_REFERENCE,)
)
_ONE_ANSWER = second(_ANSWER, "/@code", "answer")._replace(missing=f"the answer {_MISSING}")
_ONE_COUNT = second(_COUNT, "/h:value/@value", "count")._replace(missing=f"the aggregate count {_MISSING}")
_ONE_SECTION = Mark(words="the first of these sections", other_words="the next one", between=True)
_TOGETHER = Mark((_ID,), "measureId", "one of the two", other_words="the other one")
_PERIOD = Mark(
    ("(h:entry/h:act[h:effectiveTime])[2]",),
    words="the performance period is stated again here",
    missing=f"the performance period {_MISSING}",
    other_words="it is stated here",
)
_START = ("h:effectiveTime/h:low",)
_END = ("h:effectiveTime/h:high",)

_DOCUMENT = {
    "DOC001": Mark(("h:templateId[starts-with(@root, '2.16.840.1.113883.10.20.24')]/@root",)),
    "DOC002": Mark(missing=f"the document template of CMS {_MISSING}"),
    "DOC006": Mark(words="one program", other_words="another program"),
    "DOC010": Mark(
        missing="there is no section in here that can be submitted",
        holder=("h:component/h:structuredBody", "h:component"),
    ),
    "DOC011": _ONE_SECTION,
    "DOC012": _ONE_SECTION,
    "DOC013": _ONE_SECTION,
    "DOC014": Mark(missing=f"the id of the virtual group {_MISSING}", holder=_ORGANIZATION),
    "DOC015": _PERIOD,
    "DOC016": _PERIOD,
    "DOC017": _PERIOD,
    "DOC018": second(f"{_START[0]}[@value]", "/@value", "start")._replace(
        missing=f"the start {_MISSING}", holder=(f"{_START[0]}/@nullFlavor", *_START, "h:effectiveTime")
    ),
    "DOC019": second(f"{_END[0]}[@value]", "/@value", "end")._replace(
        missing=f"the end {_MISSING}", holder=(f"{_END[0]}/@nullFlavor", *_END, "h:effectiveTime")
    ),
    "DOC021": Mark(missing="there is no measure in here"),
    "DOC022": Mark(("h:entry/h:organizer",), missing="there is nothing in here that can be submitted"),
    "DOC024": Mark(
        tuple(
            f"h:entry/h:organizer[not(h:templateId/@root='2.16.840.1.113883.10.20.27.3.33')]{one}"
            for one in (f"/{_ID}", "")
        )
    ),
    "DOC025": Mark(missing="there is no activity in here"),
    "DOC026": Mark((f"{_START[0]}/@value",)),
    "DOC027": Mark((f"{_START[0]}/@value",)),
    "DOC029": Mark(
        ("h:templateId[@root=$roots2]/@root",),
        words="another template",
        other=("h:templateId[@root=$roots1]/@root",),
        other_words="one template",
    ),
    "DOC030": Mark((_ID,)),
    "DOC031": Mark((_ID,)),
    "DOC034": Mark(("h:code/@code",)),
}
_GUID = {
    "GUID004": second(f"{_REFERENCE}/h:id[@extension][contains($found, @extension)]", "/@extension", "GUID"),
    "GUID005": Mark(
        (f"{_REFERENCE}/h:id[@extension=$found]/@extension", _ID),
        words="reported here",
        other_words="and again here",
        between=True,
    ),
    "GUID019": Mark(missing="this text names another measure", holder=(f"{_REFERENCE}/h:text",)),
    "GUID017": Mark((f"{_REFERENCE}//@*[.=$found]", f"{_REFERENCE}//*[normalize-space(text())=$found]")),
}
_ENTRIES = {
    "IA001": _ONE_ANSWER,
    "IA002": Mark((_CODES, *_EMPTY), missing=f"the answer {_MISSING}"),
    "IA003": _ONE_ID,
    "IG003": Mark(missing=f"the element {_MISSING}"),
    "IG004": Mark(
        words="another one", other=("preceding-sibling::*[local-name()=$found][1]",), other_words="one of them"
    ),
    "IG005": Mark(missing=f"the attribute {_MISSING}"),
    "IG008": Mark(("@xsi:type",), missing=f"the data type (xsi:type) {_MISSING}"),
    "IG012": Mark(missing=f"a part {_MISSING}"),
    "IG013": Mark(words="a part of this is there too often"),
    "IG014": Mark(words="a part of this is not allowed"),
    "IG015": Mark(missing=f"the templateId {_MISSING}"),
    "IG017": Mark(missing=f"the attribute {_MISSING}"),
    "IG022": Mark(missing=f"the text {_MISSING}"),
    "IG025": Mark(words="the program has rules for this part"),
    "IG026": Mark(missing=f"one of several parts {_MISSING}"),
    "PI001": _ONE_ID,
    "PI002": _ONE_ID,
    "PI003": Mark(missing="the numerator and the denominator are missing in here"),
    "PI004": Mark(
        tuple(f"({one})[2]/h:templateId[@root='{root}']/@root" for root, one in _PI_COUNTS.items()),
        words="another count of this kind",
        missing=f"a count {_MISSING}",
        other=tuple(f"({one}[../following-sibling::{one}])[1]/h:templateId[@root='{root}']/@root"
                    for root, one in _PI_COUNTS.items()),
        other_words="one count of this kind",
    ),
    "PI005": Mark((_ID,)),
    "PI006": _ONE_ANSWER,
    "PI007": Mark((_CODES, *_EMPTY), missing=f"the answer {_MISSING}"),
    "PI008": _ONE_COUNT,
    "PI009": Mark(("h:value/@value", *_EMPTY), missing=f"the number {_MISSING}"),
    "PI011": _TOGETHER._replace(between=True),
    "PI012": Mark((_CODES,)),
    "PI013": Mark((_CODES,)),
    "POP001": Mark(("self::*[$count > $expected_count]",), missing=f"the population {_MISSING}"),
    "POP002": Mark(
        (f"h:component/h:observation[h:value/@code]/{_POPULATION_ID}[@root=$found]/@root",),
        missing=f"the population {_MISSING}",
    ),
    "POP003": Mark(missing="there is no population in here"),
    "POP004": second(_POPULATION_ID, "/@root", "id")._replace(missing=f"the population id {_MISSING}"),
    "POP005": second("h:value[@code]", "/@code", "code")._replace(missing=f"the code {_MISSING}"),
    "POP006": _ONE_COUNT,
    "POP007": Mark(_EMPTY, missing=f"the value {_MISSING}"),
    "POP008": Mark(("h:value/@value",)),
    "POP010": Mark(words="the denominator", other=(_counts("IPOP"), _counts("IPP")),
                   other_words="the initial population"),
    "POP014": Mark((_CODES,)),
    "POP015": Mark(
        (f"h:component/h:observation[h:value[@code='IPOP' or @code='IPP']]/{_POPULATION_ID}/@root",),
        missing=f"the initial population {_MISSING}",
    ),
    "POP016": Mark(missing=f"the population id {_MISSING}"),
    "POP017": Mark(
        (f"h:component/h:observation[h:value/@code]/{_POPULATION_ID}[@root=$first_id]/@root",),
        words="one of the two ids",
        other=(f"h:component/h:observation[h:value/@code]/{_POPULATION_ID}[@root=$second_id]/@root",),
        other_words="the other one",
    ),
    "POP018": Mark((_ID,)),
    "POP020": second("h:value", "/@value", "value"),
    "RATE002": Mark(_EMPTY, missing=f"the value {_MISSING}"),
    "RATE003": second(_POPULATION_ID, "/@root", "population")._replace(missing=f"the population id {_MISSING}"),
    "RATE004": Mark((f"h:component/h:observation[not(h:value/@code)]/{_POPULATION_ID}[@root=$found]/@root",)),
}  # fmt: skip
_SUBMISSION = {
    "SUB002": Mark(missing=f"the id of the entity {_MISSING}", holder=_ORGANIZATION),
    "SUB003": Mark(missing=f"the NPI {_MISSING}", holder=_ORGANIZATION[1:]),
    "SUB004": Mark(missing=f"the TIN {_MISSING}", holder=_ORGANIZATION),
    "SUB005": _TOGETHER,
    "SUB007": Mark(
        words="one of the two",
        other=("../../h:id[@root='2.16.840.1.113883.4.6']/@extension",
               "../h:representedOrganization/h:id[@root='2.16.840.1.113883.4.2']/@extension"),
        other_words="the other one",
    ),
    "SUB011": Mark(words="another performer", other=("preceding-sibling::h:performer[1]",),
                   other_words="the first performer"),
    "SUB014": Mark(words="given again here", other_words="given here first"),
    "SUB019": Mark(missing=f"the member {_MISSING}"),
    "SUB028": Mark(
        missing=f"the id of the certified EHR {_MISSING}",
        holder=("//h:participant[@typeCode='DEV']/h:associatedEntity", "/*"),
    ),
    "SUB031": Mark(
        words="one id",
        other=("//h:id[@root='2.16.840.1.113883.3.2074.1'][@extension != $own]/@extension",),
        other_words="another id",
    ),
    "SUB032": Mark(
        words="the end", other=("../h:low/@value",), other_member="../performanceStart", other_words="the start"
    ),
    "SUB041": Mark(member="category", words="another set", other_words="one set"),
    "SUB042": Mark(member="category"),
    "SUB043": Mark(missing=f"the id of the practice site {_MISSING}"),
    "SUB048": Mark((f"{_ANSWER}/@code",), "value"),
    "SUB049": Mark((_ID,), "measureId", "reported again here", other_words="reported here first"),
    "SUB053": Mark(missing=f"the stratum {_MISSING}"),
    "SUB054": Mark(
        words="the numerator",
        other=(_counts("DENOM"),),
        other_member="../eligiblePopulation",
        other_words="the denominator",
    ),
    "SUB057": Mark(member="{member}"),
    "SUB059": Mark(
        words="the numerator", other=(_counts("DENOM"),), other_member="../denominator", other_words="the denominator"
    ),
    "SUB062": Mark(missing=f"the measure {_MISSING}"),
    "SUB063": _TOGETHER,
    "SUB064": _TOGETHER,
    "SUB065": _TOGETHER,
    "SUB066": Mark((_ID,), "measureId"),
    "SUB067": Mark(missing="what the category needs is missing in here"),
    "SUB068": Mark((f"{_ANSWER}/@code",), "value"),
    "SUB070": Mark((f"{_ANSWER}/@code",), "value", "one value", other_words="another value"),
    "SUB071": Mark(missing="measures are missing in here"),
    "SUB072": Mark(missing="an outcome or high-priority measure is missing in here"),
    "SUB077": Mark(_EMPTY),
    "SUB078": Mark(missing="measures are missing in here"),
    "SUB079": Mark(
        (f"h:entry/h:organizer/{_ANSWER}[@code='N']/@code",),
        "measurements/0/value",
        missing="there is no activity in here that is answered with yes",
    ),
    "SUB081": Mark(missing="activities are missing in here"),
    "SUB083": Mark((_ID,), "measureId"),
    "SUB088": Mark(member="measurements"),
}  # fmt: skip

MARKS: dict[str, Mark] = {**_DOCUMENT, **_GUID, **_ENTRIES, **_SUBMISSION, **SITE_MARKS}
"""Id of a kind of finding -> where its fault is."""
