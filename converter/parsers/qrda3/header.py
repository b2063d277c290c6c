"""The header of a document: templates, intended recipients, performers, participants."""

import re
from typing import NamedTuple

from lxml import etree

from converter.language.identifiers import LOOK_ALIKE
from converter.model.document import Document, Identifier, Node, Performer
from converter.parsers.qrda3.elements import (
    ASSIGNED_ENTITY,
    ASSOCIATED_ENTITY,
    COMPONENT,
    DOCUMENTATION_OF,
    ID,
    INFORMATION_RECIPIENT,
    INTENDED_RECIPIENT,
    PARTICIPANT,
    PERFORMER,
    RECORD_TARGET,
    REPRESENTED_ORGANIZATION,
    SERVICE_EVENT,
    TEMPLATE_ID,
    descend,
    identifier,
)
from converter.source.xml.tree import local_name

OID = re.compile(r"\d+(?:\.\d+)+")
_PARTS = re.compile(r"[-\s]")
_PRIVATE = range(8, 11)
"""How many digits a TIN or NPI has, one that has lost a zero included."""


class HeaderId(NamedTuple):
    """An `id` of the header, wherever it stands.

    Attributes:
        root, extension, null_flavor: as written, or None.
        node: the element.
        steps: names of the elements around it, from below the root to its parent.
    """

    root: str | None
    extension: str | None
    null_flavor: str | None
    node: Node
    steps: tuple[str, ...]

    @property
    def value(self) -> str:
        """The extension, or the root where that is no OID and stands in place of the value."""
        return self.extension or ("" if OID.fullmatch(self.root or "") else self.root or "")

    @property
    def number(self) -> str:
        """The value as a number without dashes and blanks; empty where it is none."""
        number = _PARTS.sub("", self.value)
        return number if number.isascii() and number.isdecimal() else ""

    @property
    def private(self) -> bool:
        """Whether the value may be a TIN or NPI, letters in place of digits included."""
        number = _PARTS.sub("", self.value).translate(LOOK_ALIKE)
        return number.isascii() and number.isdecimal() and len(number) in _PRIVATE


def header_ids(root: etree._Element) -> list[HeaderId]:
    """All ids of the header but those of the patient, in document order; asked for only where one is missing."""
    # The recordTarget is the patient, whose ids are no business of a report on measures.
    parts = (part for part in root.iterchildren("{*}*") if part.tag not in (COMPONENT, RECORD_TARGET))
    return [_header_id(one, root) for part in parts for one in part.iter(ID)]


def _header_id(element: etree._Element, root: etree._Element) -> HeaderId:
    steps = [local_name(around) for around in element.iterancestors() if around is not root]
    return HeaderId(
        element.get("root"), element.get("extension"), element.get("nullFlavor"), element, tuple(reversed(steps))
    )


def document_templates(root: etree._Element) -> list[Identifier]:
    """All `templateId` that are children of the root."""
    return [identifier(element) for element in root.iterchildren(TEMPLATE_ID)]


def read_header(root: etree._Element) -> Document:
    """Read the header into a new document; its sections are filled by the walk."""
    return Document(
        node=root,
        templates=document_templates(root),
        recipients=_ids(root, INFORMATION_RECIPIENT, INTENDED_RECIPIENT, ID),
        performers=[_performer(item) for item in descend(root, DOCUMENTATION_OF, SERVICE_EVENT, PERFORMER)],
        participant_ids=_ids(root, PARTICIPANT, ASSOCIATED_ENTITY, ID),
    )


def _ids(element: etree._Element, *names: str) -> list[Identifier]:
    return [identifier(child) for child in descend(element, *names)]


def _performer(element: etree._Element) -> Performer:
    return Performer(
        element,
        _ids(element, ASSIGNED_ENTITY, ID),
        _ids(element, ASSIGNED_ENTITY, REPRESENTED_ORGANIZATION, ID),
    )
