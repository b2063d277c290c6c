"""Names of the CDA elements that are read, and the small readers that several parsers share."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from converter.model.document import Count, Document, Identifier
from converter.source.xml.tree import CDA

ANY_VALUE = "{*}value"
ACT = CDA + "act"
ASSIGNED_ENTITY = CDA + "assignedEntity"
ASSOCIATED_ENTITY = CDA + "associatedEntity"
CODE = CDA + "code"
COMPONENT = CDA + "component"
DOCUMENTATION_OF = CDA + "documentationOf"
EFFECTIVE_TIME = CDA + "effectiveTime"
ENTRY = CDA + "entry"
ENTRY_RELATIONSHIP = CDA + "entryRelationship"
EXTERNAL_DOCUMENT = CDA + "externalDocument"
EXTERNAL_OBSERVATION = CDA + "externalObservation"
HIGH = CDA + "high"
ID = CDA + "id"
INFORMATION_RECIPIENT = CDA + "informationRecipient"
INTENDED_RECIPIENT = CDA + "intendedRecipient"
LOW = CDA + "low"
OBSERVATION = CDA + "observation"
ORGANIZER = CDA + "organizer"
PARTICIPANT = CDA + "participant"
PERFORMER = CDA + "performer"
RECORD_TARGET = CDA + "recordTarget"
REFERENCE = CDA + "reference"
REPRESENTED_ORGANIZATION = CDA + "representedOrganization"
SECTION = CDA + "section"
SERVICE_EVENT = CDA + "serviceEvent"
SET_ID = CDA + "setId"
TEMPLATE_ID = CDA + "templateId"
TEXT = CDA + "text"
TITLE = CDA + "title"
VALUE = CDA + "value"

COUNT_CODE = "MSRAGG"
"""Code of an aggregate count."""


def descend(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """All elements reached by following child names, in document order."""
    if len(names) == 1:
        yield from element.iterchildren(names[0])
        return
    for child in element.iterchildren(names[0]):
        yield from descend(child, *names[1:])


def identifier(element: etree._Element) -> Identifier:
    """Read an `id` or `templateId` element."""
    return Identifier(element.get("root"), element.get("extension"), element)


def null_flavor(one: Identifier) -> str | None:
    """The reason that an id gives for having no value, or None."""
    found: str | None = one.node.get("nullFlavor")
    return found


def referenced_ids(element: etree._Element, external: str) -> list[Identifier]:
    """Ids of what an entry refers to: `reference/externalDocument/id` or `reference/externalObservation/id`."""
    found: list[Identifier] = []
    for reference in element.iterchildren(REFERENCE):
        read_ids(reference, external, found)
    return found


def read_ids(reference: etree._Element, external: str, found: list[Identifier]) -> None:
    """Add the ids of one `reference` to those found."""
    for child in reference.iter(ID):
        around = child.getparent()
        if around is not None and around.tag == external:
            found.append(Identifier(child.get("root"), child.get("extension"), child))


def code_of(element: etree._Element) -> str | None:
    """Code of an entry: what its `code` says."""
    return next((one.get("code") for one in element.iterchildren(CODE)), None)


def list_count(document: Document, element: etree._Element, entry: Any) -> None:
    """List an entry of another type that is a count by its code, so that its number is not lost in silence.

    Args:
        document: the document.
        element: the element of the entry.
        entry: what was read of it.
    """
    if any(one.get("code") == COUNT_CODE for one in element.iterchildren(CODE)):
        value = next((one for one in element.iterchildren(VALUE) if one.get("value") is not None), None)
        if value is not None:
            document.unread_counts.append(Count(element, value.get("value"), value, entry))
