"""Whether a mistake against the guide is told already, by a rule or by the structure check: it is told once."""

from collections.abc import Iterator, Mapping, Sequence, Set

from converter.findings import kinds
from converter.findings.finding import Finding, Severity
from converter.findings.place import Place
from converter.guide.mistake import Mistake
from converter.guide.seen import Element
from converter.source.xml.tree import XmlTree, local_name

_REPORTER = ("documentationOf", "serviceEvent", "performer", "assignedEntity", "representedOrganization", "id")
_PERIOD = ("entry", "act", "effectiveTime", "low", "high")
_REFERENCE = ("reference", "externalDocument", "externalObservation", "id")
_COUNT = ("entryRelationship", "observation", "value")
_CEHRT = ("participant", "associatedEntity", "id")
_PROGRAM = ("informationRecipient", "intendedRecipient", "id")
_BODY = ("component", "structuredBody", "section")
ABOUT: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("DOC001", "DOC002", "DOC003", "DOC004", "DOC023", "DOC029", "DOC034", "DOC037"), ("templateId",)),
    **dict.fromkeys(("DOC005", "DOC006", "DOC007", "DOC008", "DOC009"), _PROGRAM),
    **dict.fromkeys(("DOC010", "DOC011", "DOC012", "DOC013"), _BODY),
    **dict.fromkeys(("DOC014", "SUB002", "SUB003", "SUB004", "SUB006", "SUB007", "SUB010", "SUB011"), _REPORTER),
    **dict.fromkeys(("DOC015", "DOC016", "DOC017", "DOC018", "DOC019", "DOC020"), _PERIOD),
    **dict.fromkeys(("DOC021", "DOC022", "DOC024", "DOC025"), ("entry", "organizer")),
    "DOC033": ("entry", "templateId", "section", "organizer"),
    **dict.fromkeys(
        ("GUID003", "GUID004", "PI001", "PI002", "IA003", "POP004", "POP016", "RATE003", "RATE004"), _REFERENCE
    ),
    **dict.fromkeys(("IA001", "IA002", "PI006", "PI007"), ("component", "observation", "value")),
    **dict.fromkeys(("PI003", "PI004"), ("component", "observation")),
    **dict.fromkeys(("PI008", "PI009", "POP006", "POP007", "POP008", "POP020"), _COUNT),
    **dict.fromkeys(("POP001", "POP002", "POP003"), ("component", "observation")),
    "POP015": ("component", "observation", *_REFERENCE),
    **dict.fromkeys(("POP005", "RATE001", "RATE002"), ("value",)),
    **dict.fromkeys(("SUB028", "SUB031", "SUB095", "SITE013", "SITE014"), _CEHRT),
    **dict.fromkeys(("SITE001", "SITE002", "SITE003"), _CEHRT),
    "SITE004": ("participant", "associatedEntity", "addr"),
    **dict.fromkeys(("SITE005", "SITE015", "SITE016"), _BODY),
    **dict.fromkeys(("SITE006", "SITE007", "SITE008", "SITE009", "SITE010", "SITE011", "SITE012"), _REPORTER),
    **dict.fromkeys(("SITE021", "SITE022"), _PERIOD),
    **dict.fromkeys(("SITE026", "SITE027"), ("component", "observation")),
    **dict.fromkeys(("SITE028", "SITE029", "SITE031", "SITE032"), _COUNT),
    "SITE030": _REFERENCE,
}
"""Id of a kind of finding -> names of the elements that it is about, at its place, in it or around it."""
_STRUCTURE = frozenset({kinds.ELEMENT_MISSING.id, kinds.ELEMENT_REPEATED.id})


class Told:
    """What was found before.

    Attributes:
        findings: the findings.
        related: number of a finding -> places of the assertions that it tells.
    """

    def __init__(self, findings: Sequence[Finding], tree: XmlTree) -> None:
        self.findings = findings
        self.related: dict[int, list[Place]] = {}
        self._tree = tree
        self._at: dict[str, list[int]] = {}
        self._within: dict[str, list[tuple[int, str]]] = {}
        self._faults: dict[int, tuple[str, str | None]] = {}
        self._tellers: dict[tuple[str, int, bool, bool], int | None] = {}
        for number, one in enumerate(findings):
            if one.place is None or one.severity is Severity.INFO:
                continue
            fault = one.fault() or one.place
            self._faults[number] = (fault.path, fault.attribute)
            # The official place of a rule may be far from its fault.
            paths = [one.place.path] if one.id.startswith("IG") else []
            for path in {*paths, fault.path, *(other.path for other in one.related[:1])}:
                self._at.setdefault(path, []).append(number)
                for around in _around(path):
                    self._within.setdefault(around, []).append((number, path))

    def teller(self, mistake: Mistake) -> int | None:
        """Return the number of the finding that tells a mistake already; None where none does."""
        path = self._path(mistake.scope)
        flaw = mistake.flaw
        if flaw is not None and flaw.attribute is not None:
            own = self._path(flaw.element)
            found = (one for one in self._at.get(own, ()) if self._tells_attribute(one, own, {flaw.attribute}))
            if (number := next(found, None)) is not None:
                return number
        # Many mistakes of one row may be made in one element, and there is the same to be said of each.
        key = (path, id(mistake.row), mistake.program, mistake.too_many)
        if key not in self._tellers:
            self._tellers[key] = self._teller(mistake, path)
        return self._tellers[key]

    def _teller(self, mistake: Mistake, path: str) -> int | None:
        numbers = [
            *((number, path) for number in self._at.get(path, ())),
            *self._within.get(path, ()),
            *((number, around) for around in _around(path) for number in self._at.get(around, ())),
        ]
        found = (one for one, where in dict.fromkeys(numbers) if self._tells(one, mistake, path, where))
        return next(found, None)

    def relate(self, number: int, mistake: Mistake) -> None:
        """Let a finding name the places of the assertions that it tells."""
        finding = self.findings[number]
        have = {one.path for one in (finding.place, *finding.related, *self.related.get(number, ())) if one}
        have.add(self._faults[number][0])
        for failure in mistake.failures:
            if (path := self._path(failure.element)) not in have:
                have.add(path)
                self.related.setdefault(number, []).append(self._tree.place_itself(failure.element))

    def _tells(self, number: int, mistake: Mistake, path: str, where: str) -> bool:
        finding = self.findings[number]
        if not mistake.program and mistake.attributes and self._tells_attribute(number, path, mistake.attributes):
            return True
        names = {*mistake.names, local_name(mistake.scope)} if mistake.attributes else mistake.names
        if finding.id in _STRUCTURE:
            return self._of_structure(finding, mistake, path)
        about = ABOUT.get(finding.id, ())
        return bool(names & {*about}) and not _of_another(mistake, about) and _on_the_way(mistake, path, where, about)

    def _tells_attribute(self, number: int, path: str, names: Set[str]) -> bool:
        """Whether a finding is about one of some attributes of an element."""
        finding, (fault, attribute) = self.findings[number], self._faults[number]
        if fault != path:
            return False
        if finding.id.startswith("IG"):
            return attribute is None or attribute in names or finding.data.get("attribute") in names
        certain = finding.severity is Severity.ERROR or finding.id in ABOUT  # others may only doubt the value
        return certain and (attribute is None or attribute in names)

    def _of_structure(self, finding: Finding, mistake: Mistake, path: str) -> bool:
        """Whether the structure check tells that the same child is missing, also deeper inside, or repeated."""
        place, elements = finding.place, finding.data.get("elements")
        if not mistake.steps or place is None or not isinstance(elements, tuple):
            return False
        if finding.id != kinds.ELEMENT_MISSING.id:
            repeated = mistake.too_many and place.path.rpartition("/")[0] == path
            return repeated and mistake.steps[0]["element"] in elements
        if mistake.too_many or not f"{place.path}/".startswith(f"{path}/"):
            return False
        way, steps = _names(place.path[len(path) :]), [step["element"] for step in mistake.steps]
        if not way:
            return steps[0] in elements
        return way == steps[: len(way)] and bool(mistake.names & {str(one) for one in elements})

    def _path(self, element: Element) -> str:
        return self._tree.place_itself(element).path


def _of_another(mistake: Mistake, about: Sequence[str]) -> bool:
    """Whether it counts parts with templates, and the finding is about none of them but only what is in them."""
    return bool(mistake.steps) and mistake.steps[0]["element"] not in about


def _on_the_way(mistake: Mistake, path: str, where: str, about: Sequence[str]) -> bool:
    """Whether a finding in another element is about the part that the mistake counts, or is in."""
    if where.startswith(f"{path}/"):
        if not mistake.steps:  # it is in an attribute of the element around
            return False
        way, first = _names(where[len(path) :]), mistake.steps[0]["element"]
        return way[0] == first or (first == "templateId" and len(way) == 1)
    return not path.startswith(f"{where}/") or {*_names(path[len(where) :])} <= {*about}


def _names(path: str) -> list[str]:
    return [step.partition("[")[0] for step in path.split("/") if step]


def _around(path: str) -> Iterator[str]:
    """The paths around a path, the nearest first."""
    while (path := path[: path.rindex("/")]) != "":
        yield path
