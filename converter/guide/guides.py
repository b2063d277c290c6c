"""The guide of a year, made of the data files: its rules, found by a walk that goes down the document with it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from converter.facts.files import Folders, load_json, load_table, load_year, shipped_folder
from converter.findings.finding import Severity
from converter.guide.checks import Check, check_of
from converter.guide.paths import attribute_of, tag_of, template_of
from converter.guide.rows import Row
from converter.guide.seen import Element, Seen, Template

Known: TypeAlias = frozenset[object]

_MOST_STATES = 20_000


class Assertion(NamedTuple):
    """One rule of the guide at one place.

    Attributes:
        id: its id as published, without what the file adds to all of them: `4484-17208`, `CMS_41`.
        severity: error or warning, as the guide has it.
        check: number of its check in the table.
        place: number of its place in the table.
    """

    id: str
    severity: Severity
    check: int
    place: int


class Step(NamedTuple):
    """A step of a place: what an element has to be, and what may follow below it."""

    attributes: tuple[tuple[str, object], ...]
    templates: tuple[Template, ...]


class State:
    """What is known of an element from its name, its templates and those of the elements around it.

    Attributes:
        checks: what is checked of such an element, and the assertions that say so.
        moves: what is seen of a child -> its state.
    """

    __slots__ = ("checks", "moves", "steps")

    def __init__(self, steps: frozenset[int], checks: tuple[tuple[Check, tuple[Assertion, ...]], ...]) -> None:
        self.steps = steps
        self.checks = checks
        self.moves: dict[object, State] = {}


class Guide:
    """The assertions of one version of the guide, ready to check documents.

    Attributes:
        version: its name.
        value_sets: id of a value set -> its codes.
        rules: its rules as the data file has them: group, place, and assertions.
        table: the places and checks that they refer to.
        pieces: what was made of it to be written into documents; see `pieces.py`.
    """

    __slots__ = (
        "_below", "_checks", "_ends", "_looks", "_states", "pieces", "rules", "start", "table", "value_sets", "version",
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any], table: Mapping[str, Any]) -> None:
        self.version: str = data["version"]
        self.value_sets = {name: frozenset(codes) for name, codes in data["valueSets"].items()}
        self.rules: Sequence[Sequence[Any]] = data["rules"]
        self.table = table
        self._checks: dict[int, Check] = {}
        self._ends: dict[int, list[int]] = {}
        self._below: list[dict[str, dict[Step, int]]] = [{}]
        self._looks: dict[str, tuple[frozenset[Template], tuple[tuple[str, Known], ...]]] = {}
        self.pieces: dict[object, Any] = {}
        self._states: dict[frozenset[int], State] = {}
        for rule, (_, place, _) in enumerate(self.rules):
            for path in table["places"][place]:
                self._ends.setdefault(self._add(path), []).append(rule)
        self.start = self._state(frozenset())

    def assertions(self) -> Iterator[Assertion]:
        """Return all assertions, in the order of the guide."""
        for _, place, rows in self.rules:
            for id, severity, check in rows:
                yield Assertion(id, Severity(severity), check, place)

    def _add(self, path: Sequence[Row]) -> int:
        """Add a path to the tree of all paths; return the number of its last step."""
        at = 0
        for row in path:
            tag = tag_of(row["element"])
            attributes = tuple((attribute_of(name), value) for name, value in row.get("attributes", {}).items())
            step = Step(attributes, tuple(template_of(one) for one in row.get("templates", ())))
            self._look_at(tag, step)
            below = self._below[at].setdefault(tag, {})
            if step not in below:
                below[step] = len(self._below)
                self._below.append({})
            at = below[step]
        return at

    def _look_at(self, tag: str, step: Step) -> None:
        templates, attributes = self._looks.get(tag, (frozenset(), ()))
        named = dict(attributes)
        for name, value in step.attributes:
            named[name] = named.get(name, frozenset()) | {value}
        self._looks[tag] = (templates | frozenset(step.templates), tuple(sorted(named.items())))

    def below(self, state: State, element: Element, seen: Seen) -> State:
        """Return the state of a child of an element, or of the root."""
        tag = str(element.tag)
        looks = self._looks.get(tag)
        if looks is None:
            return self.start
        templates, attributes = looks
        key: object = tag
        if templates or attributes:
            # Of what no place asks for, only that there is such an attribute: documents say what they like, and the
            # states are kept.
            key = (tag, templates & seen.templates(element), *[
                value if (value := element.get(name)) in known else value is not None for name, known in attributes
            ])  # fmt: skip
        found = state.moves.get(key)
        if found is None:
            found = state.moves[key] = self._state(frozenset(self._steps(state, tag, element, seen)))
        return found

    def _steps(self, state: State, tag: str, element: Element, seen: Seen) -> Iterator[int]:
        for at in (0, *state.steps):
            for step, number in self._below[at].get(tag, {}).items():
                if all(_has(element, name, value) for name, value in step.attributes) and (
                    not step.templates or seen.templates(element).issuperset(step.templates)
                ):
                    yield number

    def _state(self, steps: frozenset[int]) -> State:
        """Return the state of an element that fits some steps. Of the rules of a group only the first is asked."""
        if steps not in self._states:
            if len(self._states) > _MOST_STATES:
                self._states.clear()
            groups: dict[int, int] = {}
            for rule in sorted(rule for step in steps for rule in self._ends.get(step, ())):
                groups.setdefault(self.rules[rule][0], rule)
            self._states[steps] = State(steps, tuple(self._asked(sorted(groups.values()))))
        return self._states[steps]

    def looks(self, tag: str) -> tuple[tuple[str, Known], ...]:
        """Return the attributes by which the guide tells elements of a name apart, and the values that it names."""
        return self._looks.get(tag, (frozenset(), ()))[1]

    def rows(self, state: State) -> Iterator[Row]:
        """Return the checks of a state as the table has them."""
        for _, assertions in state.checks:
            yield self.table["checks"][assertions[0].check]

    def check(self, number: int) -> Check:
        """Return a check of the table; made when it is first asked for."""
        if number not in self._checks:
            self._checks[number] = check_of(self.table["checks"][number])
        return self._checks[number]

    def _asked(self, rules: Sequence[int]) -> Iterator[tuple[Check, tuple[Assertion, ...]]]:
        """The checks of some rules, each with the assertions that it is the check of."""
        by_check: dict[int, list[Assertion]] = {}
        for rule in rules:
            _, place, rows = self.rules[rule]
            for id, severity, check in rows:
                by_check.setdefault(check, []).append(Assertion(id, Severity(severity), check, place))
        for check, assertions in by_check.items():
            yield self.check(check), tuple(assertions)


def _has(element: Element, name: str, value: object) -> bool:
    found = element.get(name)
    return found is not None if value is True else found == value


@lru_cache(maxsize=4)
def load_guide(folders: Folders, year: int, *, hl7: bool = False) -> Guide:
    """Load the guide of a year: that of CMS, or the one of HL7 that it is based on.

    Raises:
        DataFileError: there is no guide of the year, or its file does not have the right shape.
    """
    table = load_table(folders, "guide/table")
    data = load_year(folders, "guide", "guide/year.schema.json", year)
    if hl7:
        data = load_json(shipped_folder() / "guide" / f"hl7-{data['basedOn']}.json")
    return Guide(data, table)
