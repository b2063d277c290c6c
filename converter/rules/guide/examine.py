"""The structure check of one document, round by round.

libxml2 leaves the content of an element at the first child that it does not expect, so that the rest, and all that is
below it, would stay unseen. So what is found is explained, mended on a copy, and the copy is checked again, until
nothing new is found. The document itself is never changed.
"""

import re
from collections import Counter
from copy import deepcopy
from typing import Any

from lxml import etree

from converter.findings import kinds
from converter.findings.collector import Collector
from converter.findings.finding import Finding
from converter.rules.context import failure_of
from converter.rules.guide.explain import Issue, explain_children, explain_element, filling_of, otherwise
from converter.rules.guide.reader import Reader, read_schema
from converter.rules.guide.schema import Structure
from converter.rules.guide.slots import Filling
from converter.source.tree import CDA, XmlTree, local_name

_MOST_ROUNDS = 20
_MOST_ERRORS = 1000
"""Of one round; a document with more is mended and checked again."""
_MOST_LISTED, _MOST_ALIKE = 50, 5
_STEP = re.compile(r"/(?:([^/:\[\]@]+):)?([^/:\[\]@()]+)(?:\[(\d+)\])?(?=/|$)")
_CONTENT = "SCHEMAV_ELEMENT_CONTENT"


def examine_structure(tree: XmlTree, structure: Structure) -> list[Finding]:
    """Check a document against a schema; a failure of the check becomes a warning, so that nothing else is lost.

    Args:
        tree: the document.
        structure: the schema.

    Returns:
        A finding for every error, in the order of the document: at most 50, and 5 that say the same; then one that
        says how many more there are.
    """
    try:
        return _examine(tree, structure)
    except Exception as error:
        findings = Collector()
        findings.add(kinds.STRUCTURE_CHECK_FAILED, problem=failure_of(error))
        return list(findings)


def _examine(tree: XmlTree, structure: Structure) -> list[Finding]:
    with structure.lock:
        if structure.compiled.validate(tree.root.getroottree()):
            return []
    copy = deepcopy(tree.root)
    originals = dict(zip(copy.iter(), tree.root.iter(), strict=True))
    order = {element: ordinal for ordinal, element in enumerate(originals)}
    if structure.own:
        _leave_out_extensions(copy)
    found, complete = _issues(copy, structure)
    issues = sorted((issue for issue in found if issue.element in order), key=lambda issue: order[issue.element])
    findings = Collector()
    listed = _listed(issues)
    for issue in listed:
        place = tree.place(originals[issue.element], issue.attribute)
        findings.add(issue.kind, place, found=issue.found, **issue.words)
    if more := len(issues) - len(listed):
        count = "is 1 more error" if more == 1 else f"are {more} more errors"
        findings.add(kinds.MORE_STRUCTURE_ERRORS, more=count if complete else count.replace(" ", " at least ", 1))
    return list(findings)


def _leave_out_extensions(root: etree._Element) -> None:
    """Take out elements of other namespaces: HL7 (sdtc) and vendors extend CDA with them; they may stand anywhere."""
    for element in list(root.iter()):
        parent, name = element.getparent(), str(element.tag)
        if parent is not None and name.startswith("{") and not name.startswith(CDA):
            parent.remove(element)


def _issues(root: etree._Element, structure: Structure) -> tuple[list[Issue], bool]:
    """Return the errors of a copy of a document, which is mended on the way, and whether these are all."""
    schema = read_schema(structure)
    issues: list[Issue] = []
    seen: set[tuple[etree._Element, bool]] = set()
    for _ in range(_MOST_ROUNDS):
        log = _errors(root, structure)
        flawed = [one for one in dict.fromkeys(log[:_MOST_ERRORS]) if one not in seen]
        if not flawed:
            return issues, len(log) <= _MOST_ERRORS
        seen.update(flawed)
        # What the schema says of an element is asked anew, because mending moves elements.
        reader = Reader(schema) if schema is not None else None
        for element, children in flawed:
            if reader is None:
                issues.append(Issue(kinds.STRUCTURE_OTHERWISE, element, {"name": local_name(element), "allowed": "-"}))
            else:
                issues += (not children and explain_element(reader, element)) or _explain_and_mend(reader, element)
    return issues, False


def _explain_and_mend(reader: Reader, parent: etree._Element) -> list[Issue]:
    filling = filling_of(reader, parent)
    issues = explain_children(reader, parent, filling) if filling else []
    if filling is None or not issues:
        return [otherwise(reader, parent)]
    _mend(parent, filling)
    return issues


def _mend(parent: etree._Element, filling: Filling) -> None:
    """Put the children of an element into order, drop those that are too many, and add empty ones for the missing."""
    held: dict[int, list[etree._Element]] = {}
    for child, place in zip(parent, filling.places, strict=True):
        if place is not None:
            held.setdefault(place, []).append(child)
    order: list[etree._Element] = []
    for number, slot in enumerate(filling.slots):
        nodes = held.get(number, [])[: slot.most]
        missing = slot.least - len(nodes) if slot.elements else 0
        order += nodes + [etree.Element(slot.names[0]) for _ in range(missing)]
    for child in list(parent):
        parent.remove(child)
    parent.extend(order)


def _errors(root: etree._Element, structure: Structure) -> list[tuple[etree._Element, bool]]:
    """Return the elements that break the schema, each with whether its children do, or it itself; some too many."""
    with structure.lock:
        structure.compiled.validate(root)
        entries: Any = structure.compiled.error_log
        log = [(one.path or "", one.type_name, one.message) for one in entries]
    errors = []
    for path, rule, message in list(dict.fromkeys(log))[: _MOST_ERRORS + 1]:
        element = _at(root, path)
        parent = element.getparent()
        # That children are missing is said of the element, that one is not expected of the child.
        of_parent = rule == _CONTENT and parent is not None and "Missing child" not in message
        errors.append((parent if of_parent and parent is not None else element, rule == _CONTENT))
    return errors


def _at(root: etree._Element, path: str) -> etree._Element:
    """Return the element at a path of libxml2, such as `/*/*[3]` or `/cda:ClinicalDocument/cda:code`."""
    element = root
    for prefix, name, number in list(_STEP.findall(path))[1:]:
        alike = [
            child
            for child in element
            if name == "*" or (local_name(child) == name and (child.prefix or "") == prefix)
        ]  # fmt: skip
        position = int(number or 1) - 1
        if position >= len(alike):
            break
        element = alike[position]
    return element


def _listed(issues: list[Issue]) -> list[Issue]:
    """Return the issues that are listed: not many that say the same."""
    alike: Counter[tuple[str, str]] = Counter()
    listed = []
    for issue in issues:
        key = (issue.kind.id, str(sorted(issue.words.items())))
        alike[key] += 1
        if alike[key] <= _MOST_ALIKE:
            listed.append(issue)
    return listed[:_MOST_LISTED]
