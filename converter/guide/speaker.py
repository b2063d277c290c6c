"""The sentences about a mistake: what is wrong here, what the guide asks for, and what to write."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from converter.findings import kinds
from converter.findings.finding import Kind, Severity
from converter.guide.describe import FORMS, Describer, amount, rule
from converter.guide.flaws import Flaw
from converter.guide.guides import Guide, State
from converter.guide.mistake import COUNTED, Mistake
from converter.guide.paths import attribute_of
from converter.guide.pieces import corrected_tag, missing_piece, sought_piece, written
from converter.guide.rows import Row
from converter.guide.seen import Element, Seen
from converter.language.english import cut, listed
from converter.source.xml.tree import CDA, local_name

_LONGEST_NAME = 40
_TEMPLATE_ID = "templateId"
_TIME = re.compile(r"[\d.]{4,23}([+-]\d{4})?", re.ASCII)
_ZONE = re.compile(r"[+-]\d{4}$", re.ASCII)
_TWO = 2


class Words(NamedTuple):
    """What is said of a mistake.

    Attributes:
        kind: the row of the table of findings.
        element: where it is shown.
        attribute: the attribute that it is about, or None.
        found: what stands in the document, or None.
        words: what fills the sentences.
    """

    kind: Kind
    element: Element
    attribute: str | None
    found: str | None
    words: dict[str, Any]


class Speaker:
    """Says what is wrong, in a document that fails a guide."""

    def __init__(self, guide: Guide, seen: Seen) -> None:
        self._guide, self._seen = guide, seen
        self._say = Describer(guide.table["templates"])
        self._states: dict[Element, State] = {}

    def words(self, mistake: Mistake) -> Words:
        """Return what is said of a mistake."""
        row, flaw = mistake.row, mistake.flaw
        if mistake.program:
            return self._of_program(mistake)
        if row["kind"] == "any-of":
            return self._alternatives(mistake)
        if row["kind"] in COUNTED:
            if flaw is not None and flaw.attribute is not None:
                return self._of_flaw(mistake, flaw)
            return self._counted(mistake)
        return self._of_attributes(mistake)

    def label(self, element: Element) -> str:
        """Return an element by its name and what it is, or what it is in."""
        name = cut(local_name(element), _LONGEST_NAME)
        role = self._role(element)
        if role:
            return f"{name} ({role})"
        parent = element.getparent()
        if parent is None:
            return name
        role = self._role(parent)
        return f"{name} in {cut(local_name(parent), _LONGEST_NAME)}" + (f" ({role})" if role else "")

    def _role(self, element: Element) -> str:
        """What the templates of an element say that it is; the last of them is the one of CMS."""
        roles = [self._say.role(one.get("root")) for one in element.iterchildren(CDA + _TEMPLATE_ID)]
        return next((one for one in reversed(roles) if one), "")

    def _base(self, mistake: Mistake) -> dict[str, Any]:
        required = mistake.assertion.severity is Severity.ERROR
        return {
            "element": self.label(mistake.scope),
            "rule": rule(mistake.assertion.id),
            "requires": "requires" if required else "recommends",
        }

    def _piece(self, mistake: Mistake) -> str:
        if mistake.row["kind"] == "none":
            return written(sought_piece(mistake.steps, self._guide))
        return written(missing_piece(mistake.steps, self._guide, self._state(mistake, mistake.scope)))

    def _state(self, mistake: Mistake, scope: Element) -> State:
        """The state of the element that something is to be written into."""
        if scope is mistake.failure.element:
            return mistake.failure.state
        if scope not in self._states:
            parent = scope.getparent()
            above = self._guide.start if parent is None else self._state(mistake, parent)
            self._states[scope] = self._guide.below(above, scope, self._seen)
        return self._states[scope]

    def _above(self, mistake: Mistake, element: Element) -> State:
        parent = element.getparent()
        return self._guide.start if parent is None else self._state(mistake, parent)

    def _counted(self, mistake: Mistake) -> Words:
        row, words = mistake.row, self._base(mistake)
        words |= {"count": mistake.number, "piece": self._piece(mistake), "what": self._say.steps(mistake.steps)}
        if row["kind"] == "none":
            return Words(kinds.GUIDE_ELEMENT_NOT_ALLOWED, mistake.scope, None, None, _only(words, "requires"))
        words["amount"] = amount(row)
        if mistake.too_many:
            return Words(kinds.GUIDE_ELEMENT_REPEATED, mistake.scope, None, None, words)
        words["parent"] = local_name(mistake.scope)
        step = mistake.steps[-1]
        if step["element"] == _TEMPLATE_ID and len(mistake.steps) == 1 and isinstance(_root(step), str):
            given = {
                **_only(words, "count", "what", "amount"),
                "root": _root(step),
                "template": self._say.template_id(step["attributes"]),
            }
            return Words(kinds.GUIDE_TEMPLATE_MISSING, mistake.scope, None, None, given)
        words["few"] = f"only {mistake.number}" if mistake.number else "no"
        return Words(kinds.GUIDE_ELEMENT_MISSING, mistake.scope, None, None, words)

    def _of_flaw(self, mistake: Mistake, flaw: Flaw) -> Words:
        """An element that is meant to be what is missing, but for one attribute."""
        assert flaw.attribute is not None
        name = shown_name(flaw.attribute)
        above = self._above(mistake, flaw.element)
        asked: dict[str, str | bool | None] = {flaw.attribute: False if flaw.absent else flaw.expected}
        if local_name(flaw.element) == _TEMPLATE_ID and flaw.attribute != "root":
            asked["root"] = flaw.element.get("root")
        piece = corrected_tag(flaw.element, self._guide, above, asked)
        words = {**self._base(mistake), "element": self.label(flaw.element), "attribute": name, "piece": piece}
        words["value"] = flaw.expected or "a value"
        found = flaw.element.get(flaw.attribute)
        if found is None:
            return Words(kinds.GUIDE_ATTRIBUTE_MISSING, flaw.element, None, None, words)
        if flaw.expected is None:
            words["value"] = f"no {name}" if flaw.absent else "another value"
        return Words(kinds.GUIDE_ATTRIBUTE_WRONG, flaw.element, flaw.attribute, found, words)

    def _of_attributes(self, mistake: Mistake) -> Words:
        row, element = mistake.row, mistake.failure.element
        words = self._base(mistake)
        names = {attribute_of(one): None for one in row.get("attributes", ()) or [row.get("attribute", "value")]}
        if row["kind"] in ("exactly-one-attribute-of", "at-most-one-attribute-of", "identifier", "quantity"):
            names = {next(iter(names)): None} if row["kind"] != "identifier" else {"root": None, "extension": None}
        above = mistake.failure.above
        if row["kind"] == "text-or-null-flavor":
            return Words(kinds.GUIDE_TEXT_MISSING, element, None, None, {**words, "name": local_name(element)})
        words["piece"] = corrected_tag(element, self._guide, above, names)
        return _SAID.get(row["kind"], _one_attribute)(self, mistake, words)

    def value(self, mistake: Mistake, words: dict[str, Any]) -> Words:
        """An attribute that must have one value, one of some values, or any."""
        row, element = mistake.row, mistake.failure.element
        attribute = attribute_of(row["attribute"])
        found = element.get(attribute)
        words |= {"attribute": shown_name(attribute), "value": "a value"}
        if row["kind"] == "attribute-value":
            words["value"] = row["value"]
        if row["kind"] == "attribute-in-value-set":
            words["value"] = listed(sorted(self._guide.value_sets[row["valueSet"]]), "or")
        if found is None:
            return Words(kinds.GUIDE_ATTRIBUTE_MISSING, element, None, None, words)
        if row["kind"] == "attribute-in-value-set":
            return Words(kinds.GUIDE_CODE_NOT_ALLOWED, element, attribute, found, _only(words, "requires"))
        return Words(kinds.GUIDE_ATTRIBUTE_WRONG, element, attribute, found, words)

    def form(self, mistake: Mistake, words: dict[str, Any]) -> Words:
        """An attribute whose text must have a form."""
        row, element = mistake.row, mistake.failure.element
        found = element.get(row["attribute"])
        words |= {"attribute": row["attribute"], "form": FORMS[row["format"]]}
        if found is None:
            given = {**_only(words, "form"), "value": words["form"]}
            return Words(kinds.GUIDE_ATTRIBUTE_MISSING, element, None, None, given)
        return Words(kinds.GUIDE_FORM_WRONG, element, row["attribute"], found, words)

    def time_zone(self, mistake: Mistake, words: dict[str, Any]) -> Words:
        """A time with a time zone where the document's has none, or the other way round."""
        with_zone, element = self._seen.offset, mistake.failure.element
        words["has"], words["other"] = ("does not have", "has one") if with_zone else ("has", "does not have one")
        words["how"] = "with" if with_zone else "without"
        found = element.get("value") or ""
        if _TIME.fullmatch(found):
            value = f"{found}{self._zone()}" if with_zone else _ZONE.sub("", found)
            words["piece"] = corrected_tag(element, self._guide, mistake.failure.above, {"value": value})
        return Words(kinds.GUIDE_TIME_ZONE, element, "value" if found else None, found, _only(words, "requires"))

    def _zone(self) -> str:
        """The offset from UTC of the time of the document."""
        times = (one.get("value", "") for one in self._seen.root.iterchildren(CDA + "effectiveTime"))
        return next((zone[0] for one in times if (zone := _ZONE.search(one))), "+0000")

    def _of_program(self, mistake: Mistake) -> Words:
        names = self._guide.table["checks"][mistake.assertion.check]["programs"]
        own = next((one for one in self._seen.programs if one in names), None)
        words = _only(self._base(mistake), "requires")
        words["program"] = f"For the program {own}," if own else "Without a program name that the guide lists,"
        row = mistake.row
        if row["kind"] not in COUNTED or not mistake.steps:
            words |= {"has": "does not have what it must have", "amount": "other", "what": "performers"}
            return Words(kinds.GUIDE_PROGRAM, mistake.scope, None, None, {**words, "remedy": _PERFORMERS})
        piece, parent = self._piece(mistake), local_name(mistake.scope)
        words |= {
            "has": f"has {mistake.number or 'none'}",
            "amount": amount(row),
            "what": self._say.steps(mistake.steps),
        }
        verb = "Remove from" if row["kind"] == "none" else "Keep only one in" if mistake.too_many else "Write in"
        remedy = f"{verb} {parent}: {piece}."
        if own is None:
            remedy = "Write the program name first; what the guide requires depends on it."
        return Words(kinds.GUIDE_PROGRAM, mistake.scope, None, None, {**words, "remedy": remedy})

    def _alternatives(self, mistake: Mistake) -> Words:
        parts = [one for one in mistake.row["checks"] if one.get("path")]
        words = _only(self._base(mistake), "requires")
        words["what"] = listed([self._say.steps(one["path"]) for one in parts], "or")
        words["piece"] = written(missing_piece(parts[0]["path"], self._guide, mistake.failure.state))
        words["parent"] = local_name(mistake.scope)
        return Words(kinds.GUIDE_ALTERNATIVE_MISSING, mistake.scope, None, None, words)


_PERFORMERS = "Write a performer for each participant, and each with one TIN or one id of the APM entity."


def _one_attribute(_speaker: Speaker, mistake: Mistake, words: dict[str, Any]) -> Words:
    row, element = mistake.row, mistake.failure.element
    names = sorted(mistake.attributes, key=("value", "code", "root", "unit", "extension", "nullFlavor").index)
    there = [name for name in names if element.get(name) is not None]
    words["has"] = f"{'both ' if len(there) == _TWO else ''}{listed(there)}" if there else _none_of(names)
    words["name"] = local_name(element)
    if row["kind"] == "quantity":
        return Words(kinds.GUIDE_QUANTITY, element, None, None, _only(words, "piece"))
    if row["kind"] == "identifier":
        words["amount"] = "a root, or a nullFlavor in its place"
        return Words(kinds.GUIDE_IDENTIFIER_INCOMPLETE, element, None, None, words)
    most = "at most" if row["kind"].startswith("at-most") else "exactly"
    words["amount"] = f"{most} one of {listed(names)}"
    return Words(kinds.GUIDE_ONE_ATTRIBUTE, element, None, None, words)


def _none_of(names: Sequence[str]) -> str:
    return f"neither {' nor '.join(names)}" if len(names) == _TWO else f"none of {listed(names)}"


_SAID = {
    "attribute-value": Speaker.value,
    "attribute-present": Speaker.value,
    "attribute-in-value-set": Speaker.value,
    "format": Speaker.form,
    "utc-offset": Speaker.time_zone,
}


def shown_name(attribute: str) -> str:
    """Return the name of an attribute as a document writes it."""
    return f"xsi:{attribute.rpartition('}')[2]}" if attribute.startswith("{") else attribute


def _root(step: Row) -> object:
    return step.get("attributes", {}).get("root")


def _only(words: Mapping[str, Any], *without: str) -> dict[str, Any]:
    return {name: value for name, value in words.items() if name not in without}
