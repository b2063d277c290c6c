"""Documents whose structure is broken in one place, each beside a similar one that is right.

A row changes a correct document with a few words on its tree: what is found, at which place, and a phrase that the
message must have. The twin of a row is as near to it as possible, and nothing at all may be found in it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from lxml import etree

from tests.documents import document
from tests.findings.pages import namespaced

HL7 = "urn:hl7-org:v3"
XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"

Change: TypeAlias = Callable[[etree._Element], object]

ROOT = "/ClinicalDocument"
RECIPIENT = ROOT + "/informationRecipient/intendedRecipient"
PARTICIPANT = ROOT + "/participant"
PERFORMER = ROOT + "/documentationOf/serviceEvent/performer"
ENTITY = PERFORMER + "/assignedEntity"
SECTION = ROOT + "/component/structuredBody/component[1]/section"
PERIOD = SECTION + "/entry[1]/act"
MEASURE = SECTION + "/entry[2]/organizer"
RATE = MEASURE + "/component[1]/observation"
POPULATION = MEASURE + "/component[2]/observation"
COUNT = POPULATION + "/entryRelationship/observation"


@dataclass(frozen=True)
class Case:
    """A broken document and its twin.

    Attributes:
        finding: id of the finding.
        path: short path of its place.
        phrase: what the message says.
        change: what breaks the document.
        twin: what does not.
        attribute: the attribute that the place names.
    """

    finding: str
    path: str
    phrase: str
    change: Change
    twin: Change = lambda _: None
    attribute: str | None = None

    def __str__(self) -> str:
        return f"{self.finding} {self.phrase}"


# --- changes -----------------------------------------------------------------------------------------------------


def find(root: etree._Element, path: str) -> etree._Element:
    """Return the one element at a path without prefixes."""
    found: Any = root.getroottree().xpath(namespaced(path), namespaces={"h": HL7})
    assert len(found) == 1, f"{path} matches {len(found)} elements"
    element: etree._Element = found[0]
    return element


def parsed(text: str) -> etree._Element:
    """Return the element of a snippet."""
    names = f'xmlns="{HL7}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:sdtc="urn:hl7-org:sdtc"'
    return etree.fromstring(f"<root {names}>{text}</root>")[0]


def remove(path: str) -> Change:
    """Remove an element."""

    def change(root: etree._Element) -> None:
        element = find(root, path)
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)

    return change


def empty(path: str) -> Change:
    """Remove the children of an element."""

    def change(root: etree._Element) -> None:
        for child in list(find(root, path)):
            find(root, path).remove(child)

    return change


def before(path: str, moved: str) -> Change:
    """Put one element before another."""
    return lambda root: find(root, path).addprevious(find(root, moved))


def after(path: str, moved: str) -> Change:
    """Put one element after another."""
    return lambda root: find(root, path).addnext(find(root, moved))


def add_before(path: str, text: str, times: int = 1) -> Change:
    """Put a snippet before an element, once or more often."""

    def change(root: etree._Element) -> None:
        for _ in range(times):
            find(root, path).addprevious(parsed(text))

    return change


def add_after(path: str, text: str) -> Change:
    """Put a snippet after an element."""
    return lambda root: find(root, path).addnext(parsed(text))


def append(path: str, text: str) -> Change:
    """Put a snippet at the end of an element."""
    return lambda root: find(root, path).append(parsed(text))


def put(path: str, name: str, value: str | None) -> Change:
    """Set an attribute of an element, or remove it."""

    def change(root: etree._Element) -> None:
        if value is None:
            del find(root, path).attrib[name]
        else:
            find(root, path).set(name, value)

    return change


def replace(path: str, text: str) -> Change:
    """Put a snippet in the place of an element."""

    def change(root: etree._Element) -> None:
        element = find(root, path)
        element.addnext(parsed(text))
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)

    return change


def rename(path: str, name: str) -> Change:
    """Give an element another name."""

    def change(root: etree._Element) -> None:
        find(root, path).tag = f"{{{HL7}}}{name}"

    return change


def write(path: str, text: str) -> Change:
    """Write a text into an element."""

    def change(root: etree._Element) -> None:
        find(root, path).text = text

    return change


def data(change: Change, *, indent: int | None = 2, year: int = 2025, program: str = "MIPS_GROUP") -> bytes:
    """Return a correct document with a change."""
    root = etree.fromstring(document(year, program).bytes(indent=indent))
    change(root)
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)


# --- the table ---------------------------------------------------------------------------------------------------

DEVICE = PARTICIPANT + "/associatedEntity"
EXTERNAL = MEASURE + "/reference/externalDocument"
PERSON = "<assignedPerson><name><given>A</given><family>B</family></name></assignedPerson>"
TELECOM = '<telecom value="tel:+1-555-0100"/>'
ENCOUNTER = '<encounter classCode="ENC" moodCode="EVN"><effectiveTime value="20250101"/></encounter>'

CASES: tuple[Case, ...] = (
    # unknown elements
    Case("IG001", ROOT + "/custodian/assignedCustodian/organization", "The element organization is not allowed",
         append(ROOT + "/custodian/assignedCustodian", "<organization/>"),
         append(ROOT + "/custodian/assignedCustodian", "<sdtc:organization/>")),
    Case("IG001", POPULATION + "/statuscode", "statusCode may be meant",
         rename(POPULATION + "/statusCode", "statuscode")),
    Case("IG001", MEASURE + "/entry", "it belongs in section",
         append(MEASURE, "<entry><act classCode='ACT' moodCode='EVN'><code code='1'/></act></entry>"),
         append(SECTION, "<entry><act classCode='ACT' moodCode='EVN'><code code='1'/></act></entry>")),
    Case("IG001", ROOT + "/title", "not in the namespace", replace(ROOT + "/title", '<title xmlns="">One</title>'),
         replace(ROOT + "/title", "<title>One</title>")),
    Case("IG001", ROOT + "/languagecode", "languageCode may be meant",
         rename(ROOT + "/languageCode", "languagecode")),
    Case("IG001", COUNT + "/value/value", "The element value is not allowed in value",
         append(COUNT + "/value", "<value/>"), append(COUNT + "/value", "<v:value xmlns:v='urn:vendor'/>")),
    # order
    Case("IG002", ROOT + "/title", "the element title comes before code, but it must come after it",
         before(ROOT + "/code", ROOT + "/title")),
    Case("IG002", ROOT + "/informationRecipient", "comes before custodian, but it must come after it",
         before(ROOT + "/custodian", ROOT + "/informationRecipient")),
    Case("IG002", ROOT + "/documentationOf", "comes before participant, but it must come after it",
         after(ROOT + "/documentationOf", ROOT + "/participant")),
    Case("IG002", ENTITY + "/representedOrganization", "comes before id, but it must come after it",
         after(ENTITY + "/representedOrganization", ENTITY + "/id")),
    Case("IG002", ENTITY + "/representedOrganization/name", "comes before id, but it must come after it",
         before(ENTITY + "/representedOrganization/id", ENTITY + "/representedOrganization/name")),
    Case("IG002", POPULATION + "/reference", "comes before entryRelationship, but it must come after it",
         before(POPULATION + "/entryRelationship", POPULATION + "/reference")),
    Case("IG002", COUNT + "/methodCode", "comes before value, but it must come after it",
         before(COUNT + "/value", COUNT + "/methodCode"), add_before(COUNT + "/methodCode",
         "<value xsi:type='INT' value='1'/>")),
    Case("IG002", EXTERNAL + "/id", "comes after code, but it must come before it",
         after(EXTERNAL + "/setId", EXTERNAL + "/id")),
    Case("IG002", PERIOD + "/effectiveTime/high", "comes before low, but it must come after it",
         after(PERIOD + "/effectiveTime/high", PERIOD + "/effectiveTime/low")),
    Case("IG002", SECTION + "/text", "In section, the element text comes before title, but it must come after it",
         after(SECTION + "/text", SECTION + "/title")),
    # missing
    Case("IG003", ROOT, "is missing the element custodian (the organization that keeps the document)",
         remove(ROOT + "/custodian")),
    Case("IG003", ROOT, "is missing the element author (who or what made the document)", remove(ROOT + "/author"),
         add_after(ROOT + "/author", "<sdtc:author/>")),
    Case("IG003", ROOT, "is missing the element component", remove(ROOT + "/component")),
    Case("IG003", ENTITY, "is missing the element id", remove(ENTITY + "/id"), put(ENTITY + "/id", "root", "1.2.3")),
    Case("IG003", ENTITY, "is missing the element representedOrganization", remove(ENTITY + "/representedOrganization"),
         empty(ENTITY + "/representedOrganization")),
    Case("IG003", ROOT + "/informationRecipient", "is missing the element intendedRecipient", remove(RECIPIENT)),
    Case("IG003", MEASURE, "is missing the element statusCode", remove(MEASURE + "/statusCode"),
         remove(POPULATION + "/statusCode")),
    Case("IG003", POPULATION, "is missing the element code", remove(POPULATION + "/code")),
    Case("IG003", SECTION + "/entry[2]", "is missing one of the elements observation, organizer, act", remove(MEASURE),
         add_before(SECTION + "/entry[2]", f"<entry>{ENCOUNTER}</entry>")),
    Case("IG003", ROOT + "/author/assignedAuthor", "assignedPerson or assignedAuthoringDevice",
         remove(ROOT + "/author/assignedAuthor/assignedAuthoringDevice"),
         lambda root: find(root,
         ROOT + "/author/assignedAuthor/assignedAuthoringDevice").getparent().replace(  # type: ignore[union-attr]
             find(root, ROOT + "/author/assignedAuthor/assignedAuthoringDevice"), parsed(PERSON))),
    Case("IG003", ROOT + "/component/structuredBody", "is missing the element component (a section)",
         empty(ROOT + "/component/structuredBody")),
    # too many
    Case("IG004", PERIOD + "/effectiveTime[2]",
         "The element act has 2 effectiveTime elements, but only one is allowed",
         append(PERIOD, '<effectiveTime><low value="20250101"/><high value="20251231"/></effectiveTime>')),
    Case("IG004", PERIOD + "/effectiveTime/low[2]", "has 2 low elements",
         add_after(PERIOD + "/effectiveTime/low", '<low value="20250201"/>')),
    Case("IG004", SECTION + "/entry[2]/encounter", "has 2 elements (organizer or encounter)",
         append(SECTION + "/entry[2]", ENCOUNTER)),
    Case("IG004", ROOT + "/title[2]", "has 2 title elements", add_after(ROOT + "/title", "<title>Two</title>"),
         add_after(ENTITY + "/representedOrganization/name", "<name>Two</name>")),
    Case("IG004", COUNT + "/statusCode[2]", "has 2 statusCode elements",
         add_after(COUNT + "/statusCode", '<statusCode code="completed"/>'),
         add_after(COUNT + "/methodCode", '<methodCode code="COUNT"/>')),
    # attributes
    Case("IG005", MEASURE, "is missing the attribute classCode", put(MEASURE, "classCode", None)),
    Case("IG005", COUNT, "is missing the attribute moodCode", put(COUNT, "moodCode", None)),
    Case("IG005", PARTICIPANT, "is missing the attribute typeCode", put(PARTICIPANT, "typeCode", None)),
    Case("IG005", DEVICE, "is missing the attribute classCode", put(DEVICE, "classCode", None)),
    Case("IG005", POPULATION + "/reference", "is missing the attribute typeCode",
         put(POPULATION + "/reference", "typeCode", None)),
    Case("IG005", ROOT + "/typeId", "is missing the attribute extension", put(ROOT + "/typeId", "extension", None)),
    Case("IG006", COUNT + "/value", "the attribute unit, which is not allowed there", put(COUNT + "/value", "unit",
        "1"),
         put(COUNT + "/value", "{urn:vendor}unit", "1"), "unit"),
    Case("IG006", ENTITY + "/id", "extension may be meant", put(ENTITY + "/id", "Extension", "1"),
         attribute="Extension"),
    Case("IG006", POPULATION + "/statusCode", "the attribute codeSystem",
         put(POPULATION + "/statusCode", "codeSystem", "1.2"),
         put(POPULATION + "/code", "codeSystem", "1.2"), "codeSystem"),
    # values
    Case("IG007", COUNT + "/value", "is not a whole number", put(COUNT + "/value", "value", "12.5"),
         put(COUNT + "/value", "value", "12"), "value"),
    Case("IG007", COUNT + "/value", "is empty instead of a whole number", put(COUNT + "/value", "value", ""),
         attribute="value"),
    Case("IG007", RATE + "/value", "is not a number such as 0.85", put(RATE + "/value", "value", "85%"),
         put(RATE + "/value", "value", "0.850000"), "value"),
    Case("IG007", PERIOD + "/effectiveTime/low", "is not a date as YYYYMMDD",
         put(PERIOD + "/effectiveTime/low", "value", "2025-01-01"),
         put(PERIOD + "/effectiveTime/low", "value", "20250101000000-0500"), "value"),
    Case("IG007", MEASURE, "is not CLUSTER (a group) or BATTERY", put(MEASURE, "classCode", "CLUSTR"),
         put(MEASURE, "classCode", "BATTERY"), "classCode"),
    Case("IG007", POPULATION, "is not EVN", put(POPULATION, "moodCode", "event"), attribute="moodCode"),
    Case("IG007", ROOT + "/typeId", 'is not "2.16.840.1.113883.1.3"', put(ROOT + "/typeId", "root", "1.2.3"),
         attribute="root"),
    Case("IG007", ROOT + "/id", "is not an OID", put(ROOT + "/id", "root", "{5B6F1C0E}"),
         put(ROOT + "/id", "root", "5B6F1C0E-9D0A-4D53-8F43-2C8F4F0E7A11"), "root"),
    Case("IG007", ENTITY + "/id", "is not a reason for which there is no value",
         put(ENTITY + "/id", "nullFlavor", "none"),
         put(ENTITY + "/id", "nullFlavor", "UNK"), "nullFlavor"),
    Case("IG007", POPULATION + "/entryRelationship", "is not true or false",
         put(POPULATION + "/entryRelationship", "inversionInd", "yes"),
         put(POPULATION + "/entryRelationship", "inversionInd", "false"), "inversionInd"),
    # data types
    Case("IG008", COUNT + "/value", "does not give its data type", put(COUNT + "/value", XSI_TYPE, None)),
    Case("IG008", COUNT + "/value", "the data type INTEGER, which does not exist",
         put(COUNT + "/value", XSI_TYPE, "INTEGER"),
         put(COUNT + "/value", XSI_TYPE, "REAL"), "xsi:type"),
    Case("IG008", POPULATION + "/code", "the data type INT, which is not allowed there",
         put(POPULATION + "/code", XSI_TYPE, "INT"),
         put(POPULATION + "/code", XSI_TYPE, "CE"), "xsi:type"),
    # texts
    Case("IG009", POPULATION, "contains text, but none is allowed there", write(POPULATION, "IPOP"),
         write(ROOT + "/title", "IPOP")),
    Case("IG009", ENTITY + "/id", "contains text", write(ENTITY + "/id", "none"),
         write(ENTITY + "/representedOrganization/name", "none")),
)  # fmt: skip
