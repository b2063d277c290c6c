"""The header of a document: templates, intended recipients, performers, participants."""

from lxml import etree

from converter.model.document import Document, Identifier, Performer
from converter.parsers.elements import (
    ASSIGNED_ENTITY,
    ASSOCIATED_ENTITY,
    DOCUMENTATION_OF,
    ID,
    INFORMATION_RECIPIENT,
    INTENDED_RECIPIENT,
    PARTICIPANT,
    PERFORMER,
    REPRESENTED_ORGANIZATION,
    SERVICE_EVENT,
    TEMPLATE_ID,
    descend,
    identifier,
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
