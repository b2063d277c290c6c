"""Entries of the improvement activities section."""

from typing import Any

from lxml import etree

from converter.model.document import Activity, Document, Section
from converter.parsers.qrda3.elements import EXTERNAL_DOCUMENT, list_count, referenced_ids


def ia_measure(document: Document, parent: Any, element: etree._Element, node: etree._Element) -> Any:
    """Read an improvement activity (27.3.33, in 2019 also 3.249.20.3.1)."""
    if type(parent) is not Section:
        return None
    activity = Activity(node, referenced_ids(element, EXTERNAL_DOCUMENT))
    parent.entries.append(activity)
    list_count(document, element, activity)
    return activity
