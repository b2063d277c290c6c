"""The structure check of one document, round by round.

libxml2 leaves the content of an element at the first child that it does not expect, so that the rest, and all that is
below it, would stay unseen. So what is found is explained and fixed, and the document is checked again, until nothing
new is found. Elements that are missing are added for as long as that takes; anything else is fixed on a copy.
"""

import re
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from converter.deadline import look
from converter.findings import kinds
from converter.findings.collector import Collector
from converter.findings.failures import failure_of
from converter.findings.finding import Finding
from converter.source.xml.frames import names_somebody
from converter.source.xml.tree import CDA, XmlTree, local_name
from converter.structure.causes import Issue, explain_children, explain_element, filling_of, otherwise
from converter.structure.reader import Reader, read_schema
from converter.structure.slots import Filling
from converter.structure.xsd import Structure

_MOST_ROUNDS = 20
"""Each round validates the whole document once more."""
_MOST_ERRORS = 20_000
"""Of all rounds; fewer in each round would mean more rounds over a large document."""
_MOST_LISTED, _MOST_ALIKE = 50, 5
_STEP = re.compile(r"(?:([^/:\[\]@]+):)?([^/:\[\]@()]+)(?:\[(\d+)\])?")
_CONTENT = "SCHEMAV_ELEMENT_CONTENT"
_FOREIGN = etree.XPath(f"//*[namespace-uri() != '' and namespace-uri() != '{CDA[1:-1]}']")


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
    # A document that only lacks elements need not be copied, which is slow.
    try:
        found = _on_the_document(tree.root, structure)
    except _NeedsCopyError:
        found = _on_a_copy(tree.root, structure)
    findings = Collector()
    listed = _listed(found.issues)
    for issue in listed:
        text = None if names_somebody(issue.element) else issue.found
        findings.add(issue.kind, tree.place_itself(issue.element, issue.attribute), found=text, **issue.words)
    if more := len(found.issues) - len(listed) + found.unexplained:
        count = "is 1 more structure error" if more == 1 else f"are {more} more structure errors"
        words = count if found.complete else count.replace(" ", " at least ", 1)
        findings.add(kinds.MORE_STRUCTURE_ERRORS, count=more, more=words)
    return list(findings)


@dataclass(slots=True)
class _Found:
    """The errors of a document, how many more there are that say the same, and whether these are all."""

    issues: list[Issue]
    unexplained: int
    complete: bool


class _NeedsCopyError(Exception):
    """To go on, elements must be moved or taken out, which is not done to the document itself."""


class _Added:
    """The elements that were added to a tree to fix it; with `whole`, others may be moved and taken out as well."""

    __slots__ = ("elements", "whole")

    def __init__(self, whole: bool) -> None:
        self.elements: set[etree._Element] = set()
        self.whole = whole

    def add(self, name: str) -> etree._Element:
        """Make an element and remember it."""
        element = etree.Element(name)
        self.elements.add(element)
        return element


def _on_the_document(root: etree._Element, structure: Structure) -> _Found:
    """Return the errors where nothing but elements are missing: those that are added are taken out again.

    Raises:
        _NeedsCopyError: more is wrong than that.
    """
    added = _Added(whole=False)
    try:
        found = _issues(root, structure, added)
    finally:
        for element in added.elements:
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
    ordinals = {element: ordinal for ordinal, element in enumerate(root.iter())}
    found.issues.sort(key=lambda issue: ordinals[issue.element])
    return found


def _on_a_copy(root: etree._Element, structure: Structure) -> _Found:
    """Return the errors of a document, found on a copy, at the elements of the document itself."""
    copy = deepcopy(root)
    originals = {
        element: (ordinal, original)
        for ordinal, (element, original) in enumerate(zip(copy.iter(), root.iter(), strict=True))
    }
    # Our own schema has no place for them; one that a user gives may have.
    if structure.own:
        _leave_out_extensions(copy)
    found = _issues(copy, structure, _Added(whole=True))
    found.issues.sort(key=lambda issue: originals[issue.element][0])
    found.issues = [replace(issue, element=originals[issue.element][1]) for issue in found.issues]
    return found


def _leave_out_extensions(root: etree._Element) -> None:
    """Take out elements of other namespaces: HL7 (sdtc) and vendors extend CDA with them; they may stand anywhere."""
    found: Any = _FOREIGN(root)
    for element in found:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)


def _issues(root: etree._Element, structure: Structure, added: _Added) -> _Found:
    """Return the errors of a document, which is fixed on the way.

    What is wrong with elements that were added to fix it is of no interest.
    """
    schema = read_schema(structure)
    found = _Found([], 0, complete=False)
    seen: set[tuple[etree._Element, bool]] = set()
    for _ in range(_MOST_ROUNDS):
        log = _errors(root, structure)
        flawed = [one for one in log if one not in seen and one[0] not in added.elements]
        if not flawed:
            found.complete = len(log) <= _MOST_ERRORS
        if not flawed or len(seen) >= _MOST_ERRORS:
            return found
        flawed = flawed[: _MOST_ERRORS - len(seen)]
        # What could not be fixed would be found again in each round.
        seen.update(flawed)
        # What the schema says of an element is asked anew, because fixing moves elements.
        reader = Reader(schema) if schema is not None else None
        alike: Counter[str] = Counter()
        for element, children in flawed:
            look()
            alike[log[element, children]] += 1
            if reader is None:
                words = {"element": local_name(element), "allowed_elements": (), "allowed": "-"}
                found.issues.append(Issue(kinds.STRUCTURE_OTHERWISE, element, words))
            elif children:
                found.issues += _explain_and_mend(reader, element, added)
            elif alike[log[element, children]] > _MOST_ALIKE:
                found.unexplained += 1  # it would not be listed
            else:
                found.issues += explain_element(reader, element) or _explain_and_mend(reader, element, added)
    return found


def _explain_and_mend(reader: Reader, parent: etree._Element, added: _Added) -> list[Issue]:
    filling = filling_of(reader, parent)
    issues = explain_children(reader, parent, filling) if filling else []
    if filling is None or not issues:
        return [otherwise(reader, parent)]
    _mend(parent, filling, added)
    return [issue for issue in issues if issue.element not in added.elements]


def _mend(parent: etree._Element, filling: Filling, added: _Added) -> None:
    """Put the children of an element into order, drop those that are too many, and add empty ones for the missing."""
    held: dict[int, list[etree._Element]] = {}
    for child, place in zip(parent, filling.places, strict=True):
        if place is not None:
            held.setdefault(place, []).append(child)
    order: list[etree._Element] = []
    for number, slot in enumerate(filling.slots):
        nodes = held.get(number, [])[: slot.most]
        missing = slot.least - len(nodes) if slot.elements else 0
        order += nodes + [added.add(slot.names[0]) for _ in range(missing)]
    if not added.whole and [child for child in order if child not in added.elements] != [
        child for child in parent if child not in added.elements
    ]:
        raise _NeedsCopyError
    kept = set(order)
    for child in [one for one in parent if one not in kept]:
        parent.remove(child)
    # To move an element costs as much as is in it, so only those that stand elsewhere are moved.
    for position, child in enumerate(order):
        if position >= len(parent) or parent[position] is not child:
            parent.insert(position, child)


def _errors(root: etree._Element, structure: Structure) -> dict[tuple[etree._Element, bool], str]:
    """Return the elements that break the schema, each with whether its children do, or it itself -> what is said of it.

    These are some too many at most.
    """
    with structure.lock:
        structure.compiled.validate(root)
        entries: Any = structure.compiled.error_log
        log = [(one.path or "", one.type_name, one.message) for one in entries]
    errors: dict[tuple[etree._Element, bool], str] = {}
    paths = _Paths(root)
    for path, rule, message in list(dict.fromkeys(log))[: _MOST_ERRORS + 1]:
        element = paths.at(path)
        parent = element.getparent()
        # That children are missing is said of the element, that one is not expected of the child. libxml2 has one code
        # for both, so its words must tell which; were they others, the error would be looked for one element too high.
        of_parent = rule == _CONTENT and parent is not None and "Missing child" not in message
        errors.setdefault((parent if of_parent and parent is not None else element, rule == _CONTENT), message)
    return errors


class _Paths:
    """Finds elements of one document by paths of libxml2, such as `/*/*[3]` or `/cda:ClinicalDocument/cda:code`."""

    # Siblings are counted once for each parent: many errors in one element would else be quadratic.
    __slots__ = ("_alike", "_found")

    def __init__(self, root: etree._Element) -> None:
        self._found: dict[str, etree._Element] = {"": root}
        self._alike: dict[tuple[etree._Element, str, str], list[etree._Element]] = {}

    def at(self, path: str) -> etree._Element:
        """Return the element at a path; of one that leads too far, the last on its way."""
        if path not in self._found:
            parent, step = path.rpartition("/")[::2]
            self._found[path] = self._step(self.at(parent), step) if parent else self._found[""]
        return self._found[path]

    def _step(self, parent: etree._Element, step: str) -> etree._Element:
        match = _STEP.fullmatch(step)
        if match is None:
            return parent
        prefix, name, number = match[1] or "", match[2], int(match[3] or 1)
        key = (parent, prefix, name)
        if key not in self._alike:
            self._alike[key] = [
                child
                for child in parent
                if name == "*" or (local_name(child) == name and (child.prefix or "") == prefix)
            ]  # fmt: skip
        alike = self._alike[key]
        return alike[number - 1] if number <= len(alike) else parent


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
