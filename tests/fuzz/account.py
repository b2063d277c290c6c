"""The property: whatever a document is, its conversion blocks, or its numbers are right and nothing of it is lost.

`problems` compares a conversion with the reference. Every aggregate count and every answer must be in the JSON where
the inventory says, or ignored for a reason that is true, or a finding must stand at it or around it in its entry.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from converter import Conversion, Severity, Stage
from tests.fuzz.elements import Element, children, codes, inside_aside, inside_not_needed, is_organizer, local, roots
from tests.fuzz.reference import Expected, Raw, Reference

_YES_NO = {"2.16.840.1.113883.10.20.27.3.29", "2.16.840.1.113883.10.20.27.3.33", "2.16.840.1.113883.3.249.20.3.1"}
_TYPED_AS = {
    "a performance rate": {f"2.16.840.1.113883.10.20.27.3.{last}" for last in (14, 25, 30)},
    "a population": {"2.16.840.1.113883.10.20.27.3.16"},
    "a performance period": {"2.16.840.1.113883.10.20.17.3.8"},
    "a numerator or denominator": {f"2.16.840.1.113883.10.20.27.3.{last}" for last in (31, 32)},
    "a yes/no answer": {"2.16.840.1.113883.10.20.27.3.27"},
    "a measure": {f"2.16.840.1.113883.10.20.27.3.{last}" for last in (17, 28, 29)},
    "an activity": {"2.16.840.1.113883.10.20.27.3.33", "2.16.840.1.113883.3.249.20.3.1"},
}
"""What the inventory may say that an element is by its template -> the templates that make it that."""
_PROPORTION = "2.16.840.1.113883.10.20.27.3.28"
_OF_SOMETHING_ELSE = {"POP011", "POP012", "POP015", "POP016"}
"""Findings at a measure that say nothing of a count or an answer in it."""


@dataclass(frozen=True)
class Problem:
    """A breach of the property: its kind, where it is, and in words."""

    kind: str
    where: str
    words: str


@dataclass
class Account:
    """What became of one document; `by` says how often each way of accounting was taken."""

    blocked: bool = False
    numbers: int = 0
    counts: int = 0
    answers: int = 0
    problems: list[Problem] = field(default_factory=list)
    by: dict[str, int] = field(default_factory=dict)

    def add(self, kind: str, where: str, words: str = "") -> None:
        """Take note of a problem."""
        self.problems.append(Problem(kind, where, words))

    def took(self, way: str) -> None:
        """Take note of a way of accounting."""
        self.by[way] = self.by.get(way, 0) + 1


def account(result: Conversion, data: bytes) -> Account:
    """Compare a conversion with what the raw XML says."""
    made = Account(blocked=result.submission is None)
    for finding in result.findings:
        if finding.id.startswith("TOOL"):
            made.add("tool finding", finding.id, finding.message)
    if made.blocked:
        if not any(one.severity is Severity.ERROR for one in result.findings):
            made.add("blocked without an error", "")
        result.inventory.counts()
        return made
    reference = Reference(data)
    feeds = _numbers(result, reference, made)
    _Accounting(result, reference, feeds, made).run()
    return made


# -- numbers


def _numbers(result: Conversion, reference: Reference, made: Account) -> dict[int, set[str]]:
    """Compare every number; return for each count and answer (by ordinal) the members that it goes into."""
    feeds: dict[int, set[str]] = {}
    times: Counter[str] = Counter()
    submission = json.loads(result.to_json())
    for i, group in enumerate(submission["measurementSets"]):
        for j, measurement in enumerate(group["measurements"]):
            pointer = f"/measurementSets/{i}/measurements/{j}"
            expected = reference.expected(measurement, pointer, result.year or 0)
            value = _plain(measurement["value"])
            made.numbers += len(list(_flat(value)))
            fitting = [one for one in expected if one.value == value]
            for one in fitting or expected:
                for ordinal, to in one.feeds.items():
                    feeds.setdefault(ordinal, set()).update(to)
            said = f"{measurement['measureId']} {value}"
            times[said] += 1
            if times[said] > len(fitting):
                _wrong_number(made, pointer, said, expected)
    return feeds


def _wrong_number(made: Account, pointer: str, said: str, expected: list[Expected]) -> None:
    if not expected:
        made.add("measurement of nothing in the document", "", f"{pointer}: {said}")
        return
    unclear = any(None in _flat(one.value) for one in expected)
    kind = "number where the document is not clear" if unclear else "wrong number"
    made.add(kind, "", f"{said}, the document says {[one.value for one in expected]}")


def _plain(value: Any) -> Any:
    """The value without what is no number."""
    if not isinstance(value, dict):
        return value
    if "strata" in value:
        return {"strata": [_plain(one) for one in value["strata"]]}
    return {name: one for name, one in value.items() if isinstance(one, int) and not isinstance(one, bool)}


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _flat(one)
    elif isinstance(value, list):
        for one in value:
            yield from _flat(one)
    else:
        yield value


# -- nothing lost


class _Accounting:
    """Goes through the counts and answers of one converted document."""

    def __init__(self, result: Conversion, reference: Reference, feeds: dict[int, set[str]], made: Account) -> None:
        self.result = result
        self.reference = reference
        self.feeds = feeds
        self.made = made
        self.submission = json.loads(result.to_json())
        self.found: dict[int, str] = {}
        for one in result.findings:
            if one.place and one.id not in _OF_SOMETHING_ELSE and one.stage is not Stage.SUBMISSION:
                for place in (one.place, one.official_place or one.place, *one.related):
                    for ordinal in (place.ordinal, place.anchor):
                        if ordinal is not None:
                            self.found.setdefault(ordinal, one.id)

    def run(self) -> None:
        """Account for everything."""
        inventory = self.result.inventory
        self.made.counts, self.made.answers = len(self.reference.counts), len(self.reference.answers)
        self._all("count", self.reference.counts, inventory.counts())
        answers = getattr(inventory, "answers", None)
        if answers is None:
            for raw in self.reference.answers:
                if raw.ordinal not in self.feeds and not self._finding(raw):
                    self.made.add("answer lost", _where(raw), repr(raw.texts))
        else:
            self._all("answer", self.reference.answers, answers())
        read = {entry.place.ordinal for section in inventory.sections for entry in section.entries}
        ordinals = self.reference.ordinals
        for organizer in self.reference.organizers:
            if all(local(one) == "templateId" for one in organizer):
                continue  # a template alone says nothing that could be lost
            raw = Raw(organizer, ordinals[organizer], [], None, organizer, True)
            at = {raw.ordinal, *(ordinals[one] for one in children(organizer, "templateId"))}
            if read.isdisjoint(at) and not inside_aside(organizer) and not self._finding(raw):
                self.made.add("measure lost", _where(raw))

    def _all(self, what: str, raws: list[Raw], items: Any) -> None:
        of: dict[int, list[Any]] = {}
        for item in items:
            of.setdefault(item.place.ordinal, []).append(item)
        for raw in raws:
            listed = of.pop(raw.ordinal, [])
            if len(listed) > 1:
                self.made.add(f"{what} listed twice", _where(raw))
            if not listed:
                self._not_listed(what, raw)
            for item in listed[:1]:
                self._listed(what, raw, item)
        for item, *_ in of.values():
            self.made.add(f"{what} in the inventory that is none", item.status, item.place.path)

    def _not_listed(self, what: str, raw: Raw) -> None:
        finding = self._finding(raw)
        if finding:
            self.made.took(f"{what} named by {finding}")
        elif raw.in_body:
            self.made.add(f"{what} lost", _where(raw), repr(raw.texts))
        else:
            self.made.add(f"{what} lost outside of structuredBody", _where(raw), repr(raw.texts))

    def _listed(self, what: str, raw: Raw, item: Any) -> None:
        status = str(item.status)
        # The path of a templateId leads to the element that it types.
        if local(raw.element) != "templateId" and self.result.place_at(item.place.path) != item.place:
            self.made.add("path that does not lead back", _where(raw), item.place.path)
        if (item.text or None) not in ([text or None for text in raw.texts] or [None]):
            self.made.add(f"{what} listed with another text", _where(raw), f"{item.text!r} of {raw.texts}")
        if status == "converted":
            self._converted(what, raw, item)
        elif status == "ignored":
            self._ignored(what, raw, item)
        elif self._finding(raw) is None:
            self.made.add(f"{what} {status} without a finding", _where(raw), item.reason)
        if len(raw.texts) > 1 and not inside_aside(raw.element) and self._finding(raw) is None:
            self.made.add(f"{what} with several values of which no one speaks", _where(raw), repr(raw.texts))

    def _converted(self, what: str, raw: Raw, item: Any) -> None:
        feeds = self.feeds.get(raw.ordinal, set())
        self.made.took(f"{what} converted")
        if not item.pointers:
            self.made.add(f"{what} converted without a pointer", _where(raw), item.reason)
        for pointer in item.pointers:
            if not _resolves(self.submission, pointer):
                self.made.add("pointer that leads nowhere", _where(raw), pointer)
            elif pointer not in feeds:
                self.made.add(f"{what} said to be converted to a value that it is not in", _where(raw), pointer)

    def _ignored(self, what: str, raw: Raw, item: Any) -> None:
        reason = item.reason
        self.made.took(f"{what} ignored: {reason}")
        # An answer may be a count by its code as well: as that it is ignored, as an answer it is converted.
        if raw.ordinal in self.feeds and not (what == "count" and "a yes/no answer" in reason):
            self.made.add(f"{what} said to be ignored that is in the JSON", _where(raw), reason)
        elif not _is_true(reason, raw):
            finding = self._finding(raw)
            kind = f"{what} ignored for a reason that is not true"
            self.made.add(kind + (" (but named by a finding)" if finding else ""), _where(raw), f"{reason} {raw.texts}")

    def _finding(self, raw: Raw) -> str | None:
        """Id of a finding at the element, inside it, or around it as far as its entry."""
        ordinals, found = self.reference.ordinals, self.found
        for one in raw.element.iter():
            if ordinals[one] in found:
                return found[ordinals[one]]
        for around in raw.element.iterancestors():
            for one in (around, *children(around, "templateId")):
                if ordinals[one] in found:
                    return found[ordinals[one]]
            if local(around) in ("entry", "section"):
                return None
        return None


def _is_true(reason: str, raw: Raw) -> bool:
    """Whether the stated reason for ignoring something is so."""
    owner = codes(raw.owner) if raw.owner is not None else []
    organizer = roots(raw.organizer) if raw.organizer is not None else set()
    if "supplemental" in reason or "strat" in reason:
        return inside_aside(raw.element)
    if "by its template it is" in reason:
        return any(words in reason and not own.isdisjoint(roots(raw.element)) for words, own in _TYPED_AS.items())
    if "does not need" in reason:
        return inside_not_needed(raw.element)
    if "initial population" in reason:
        return bool({"IPOP", "IPP"} & set(owner))
    if "no member for this population" in reason or "numerator exclusion" in reason:
        return not {"DENOM", "NUMER", "DENEX", "DENEXCEP"} & set(owner)
    if "yes/no" in reason or "yes or no" in reason:
        return any(not _YES_NO.isdisjoint(roots(one)) for one in raw.element.iterancestors() if is_organizer(one))
    if "numerator and denominator" in reason:
        return _PROPORTION in organizer
    return False


def _resolves(value: Any, pointer: str) -> bool:
    for step in pointer.split("/")[1:]:
        if isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        elif isinstance(value, dict) and step in value:
            value = value[step]
        else:
            return False
    return True


_SHORT = {
    "27.2.3": "quality", "27.2.4": "ia", "27.2.5": "pi", "27.3.17": "measure", "27.3.16": "population",
    "27.3.25": "rate", "27.3.3": "count", "27.3.28": "proportion", "27.3.29": "yes/no", "27.3.31": "numerator",
    "27.3.32": "denominator", "27.3.33": "activity", "27.3.27": "answer", "27.3.4": "stratum", "17.3.8": "period",
    "249.20.2.1": "ia", "249.20.3.1": "activity", "27.1.2": "document",
}  # fmt: skip


def _where(raw: Raw) -> str:
    """The kinds of the elements from the section to the element, for telling kinds of problems apart."""
    steps = [_named(one) for one in reversed([raw.element, *raw.element.iterancestors()])]
    if "structuredBody" in steps:
        steps = steps[steps.index("structuredBody") + 2 :]
    return " > ".join(one for one in steps if one not in ("entryRelationship",))


def _named(element: Element) -> str:
    name = local(element)
    if name not in ("section", "organizer", "observation", "act") and not is_organizer(element):
        return name
    kinds = []
    for one in children(element, "templateId"):
        root = one.get("root", "")
        short = next((kind for end, kind in _SHORT.items() if root.endswith("." + end)), None)
        if short is None and root.endswith(tuple(f".27.3.{n}" for n in (6, 7, 8, 9, 10, 18, 19, 21, 22))):
            short = "supplemental"
        if short:
            kinds.append(short)
    return f"{name}[{'+'.join(kinds)}]" if name != "observation" or kinds else "observation[]"
