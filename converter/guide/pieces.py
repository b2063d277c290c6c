"""Pieces of XML to write: what an assertion misses, made of what the guide says of such elements."""

from collections.abc import Mapping, Sequence

from lxml import etree

from converter.findings.finding import Severity
from converter.guide.guides import Guide, State
from converter.guide.paths import attribute_of, children_of, tag_of
from converter.guide.rows import Row
from converter.guide.seen import Element, Seen
from converter.source.xml.tree import local_name

_ANY = "..."
"""Stands for a value that only the reporter knows."""
_TEXT = "text"
"""Stands for a text that only the reporter knows, or for other elements."""
_LONGEST = 420
_DEEPEST = 5
_ROUNDS = 3
_FEW = 4
_ADDED = ("exactly-one", "at-least-one")
_XSI_TYPE = attribute_of("xsi:type")
_ORDER = (
    *("realmCode", "typeId", "templateId", "id", "code", "title", "text", "statusCode", "effectiveTime", "low", "high"),
    *("confidentialityCode", "languageCode", "setId", "versionNumber", "value", "methodCode", "translation", "time"),
    *("name", "addr", "telecom", "recordTarget", "patientRole", "author", "assignedAuthor", "assignedPerson"),
    *("assignedAuthoringDevice", "softwareName", "custodian", "assignedCustodian", "informationRecipient"),
    *("legalAuthenticator", "signatureCode", "assignedEntity", "representedOrganization", "participant"),
    *("associatedEntity", "documentationOf", "serviceEvent", "performer", "authorization", "consent", "section"),
    *("entry", "organizer", "act", "observation", "entryRelationship", "reference", "externalDocument"),
    *("externalObservation", "component", "structuredBody", "referenceRange", "observationRange"),
)
"""The order of elements in CDA, as far as the guide names them."""
_VALUED = frozenset({"effectiveTime", "time", "low", "high", "value"})
"""Elements whose content is the attribute value."""
_PLACES = {name: number for number, name in enumerate(_ORDER)}


def missing_piece(path: Sequence[Row], guide: Guide, state: State) -> Element:
    """Return the element that a path asks for, to be written into an element of a state; it is not to be changed.

    Args:
        path: what is missing, from the element of the state; steps around it are left out. They are rows of the guide.
        guide: the guide, which says what else such an element must have.
        state: the element that it is to be written into.
    """
    key = (state, *map(id, path))  # rows and states live as long as the guide
    if key not in guide.pieces:
        guide.pieces[key] = _missing_piece(path, guide, state)
    made: Element = guide.pieces[key]
    return made


def _missing_piece(path: Sequence[Row], guide: Guide, state: State) -> Element:
    for depth in range(_DEEPEST, -1, -1):
        made = _made(path, guide)
        _complete(made, guide, state, depth)
        if len(written(made)) <= _LONGEST:
            break
    return made


def sought_piece(path: Sequence[Row], guide: Guide) -> Element:
    """Return what a path leads to, with no more than tells it apart: it is to be removed.

    Args:
        path: the steps; those around the element that it begins in are left out.
        guide: the guide.
    """
    return _made(path, guide)


def corrected_tag(element: Element, guide: Guide, above: State, names: Mapping[str, str | bool | None]) -> str:
    """Return the start tag of an element as the guide asks for it: what it fixes, and the attributes in question.

    Args:
        element: the element of the document; nothing is quoted of it but what the guide fixes.
        guide: the guide.
        above: the state of the element around it.
        names: attributes that are shown in any case -> their value; None for one that only the reporter knows. With
            False, an attribute is not shown.
    """
    made = etree.Element(element.tag)
    for name, known in guide.looks(str(element.tag)):
        if (value := element.get(name)) in known or (name == "root" and value in guide.table["templates"]):
            made.set(name, str(value))
    _attributes(made, guide, guide.below(above, element, Seen(element, guide.value_sets)))
    for name, asked in names.items():
        if asked is False:
            made.attrib.pop(name, "")
        elif asked is not None or made.get(name) is None:
            made.set(name, str(asked or _ANY))
    return _tag(made, closed=not len(element))


def _made(path: Sequence[Row], guide: Guide) -> Element:
    steps = [step for step in path if "element" in step]
    made = _element(steps[0], guide)
    at = made
    for step in steps[1:]:
        at.append(_element(step, guide))
        at = at[-1]
    return made


def _element(step: Row, guide: Guide) -> Element:
    made = etree.Element(tag_of(step["element"]))
    for one in step.get("templates", ()):
        _template(made, one["root"], one.get("extension"))
    for name, value in step.get("attributes", {}).items():
        if isinstance(value, dict):
            made.set(attribute_of(name), _one_of(guide.value_sets[value["valueSet"]]))
        elif value is not False:
            made.set(attribute_of(name), _ANY if value is True else value)
    if "textIgnoringCase" in step:
        made.text = step["textIgnoringCase"].title()
    for one in step.get("contains", ()):
        if one["min"] and "element" in one["path"][0]:
            made.append(_made(one["path"], guide))
    return made


def _template(made: Element, root: str, extension: str | None) -> None:
    one = etree.SubElement(made, tag_of("templateId"))
    one.set("root", root)
    if extension is not None:
        one.set("extension", extension)


def _complete(made: Element, guide: Guide, above: State, depth: int) -> None:
    """Add what the guide asks of an element, and of those in it, as deep as is wanted."""
    for _ in range(_ROUNDS):
        # Templates that were added ask for more.
        state = guide.below(above, made, Seen(made, guide.value_sets))
        if not _attributes(made, guide, state) and not (depth > 0 and _children(made, guide, state)):
            break
    if depth > 0:
        made[:] = sorted(made, key=lambda child: _PLACES.get(local_name(child), len(_ORDER)))
    for child in made:
        _complete(child, guide, state, depth - 1)


def _attributes(made: Element, guide: Guide, state: State) -> bool:
    """Write the attributes that the guide asks of an element; say whether there was one to write."""
    before = len(made.attrib)
    rows = list(guide.rows(state))
    for row in rows:
        if row["kind"] == "attribute-value" and made.get(attribute_of(row["attribute"])) in (None, _ANY):
            made.set(attribute_of(row["attribute"]), row["value"])
        elif row["kind"] == "attribute-in-value-set" and made.get(row["attribute"]) in (None, _ANY):
            made.set(row["attribute"], _one_of(guide.value_sets[row["valueSet"]]))
    for row in rows:
        wanted = _wanted(row)
        if wanted and all(made.get(name) is None for name in wanted):
            made.set(wanted[0], _ANY)
        elif row["kind"] == "text-or-null-flavor" and not made.get("nullFlavor") and not len(made):
            made.text = made.text or _TEXT
    return len(made.attrib) > before


def _wanted(row: Row) -> tuple[str, ...]:
    """Attributes one of which a check asks for."""
    if row["kind"] == "attribute-present":
        return (attribute_of(row["attribute"]),)
    if row["kind"] == "identifier":
        return tuple(row["anyOf"])
    return tuple(row["attributes"]) if row["kind"] == "exactly-one-attribute-of" else ()


def _one_of(codes: frozenset[str]) -> str:
    """The first of a few codes; of many, only the reporter knows which one is right."""
    return min(codes) if len(codes) <= _FEW else _ANY


def _children(made: Element, guide: Guide, state: State) -> bool:
    before = len(made)
    for check, assertions in state.checks:
        row = guide.table["checks"][assertions[0].check]
        if assertions[0].severity is Severity.WARNING or row["kind"] not in _ADDED or "element" not in row["path"][0]:
            continue
        if not check(made, children_of(made), Seen(made, guide.value_sets)):
            made.append(_made(row["path"], guide))
    return len(made) > before


def written(made: Element) -> str:
    """Return a piece as text, on one line and without namespaces."""
    if not len(made):
        return _tag(made, closed=True)
    return f"{_tag(made, closed=False)}{''.join(map(written, made))}</{local_name(made)}>"


def _tag(made: Element, *, closed: bool) -> str:
    name = local_name(made)
    items = [(str(one), str(value)) for one, value in made.attrib.items()]
    shown = sorted(items, key=lambda item: (item[0] != _XSI_TYPE, item[0] not in ("root", "typeCode")))
    attributes = "".join(f' {"xsi:type" if one == _XSI_TYPE else one}="{value}"' for one, value in shown)
    if not closed:
        return f"<{name}{attributes}>"
    if not made.text and (attributes or name in _VALUED or name.lower().endswith(("code", "translation"))):
        return f"<{name}{attributes or _attribute(name)}/>"
    return f"<{name}{attributes}>{made.text or _TEXT}</{name}>"


def _attribute(name: str) -> str:
    """The attribute of an element of which the guide asks for none, but whose data type is empty without it."""
    return f' {"value" if name in _VALUED else "code"}="{_ANY}"'
