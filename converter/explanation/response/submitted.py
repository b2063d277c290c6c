"""The file that was sent: where in it a message points, and what this tool finds there.

It is a QRDA III document or a QPP submission as JSON. All that is asked of its check is `findings` and `locate`; only
where a message names an element of the XML is the document itself asked.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from converter.door import CatalogFolders, check
from converter.explanation.guid_lookup import label_of
from converter.explanation.messages import Message
from converter.explanation.response.answer import Said
from converter.explanation.response.places_named import Steps, Target, is_xpath, targets
from converter.facts.catalog import Catalog
from converter.findings.finding import Finding, MeasureLabel, Stage
from converter.findings.place import Place
from converter.language.terms import CATEGORY_NAMES
from converter.result import Conversion
from converter.source.json.pointers import join

_LISTS = ("measurementSets", "measurements")
_IDENTIFIERS = ("taxpayerIdentificationNumber", "nationalProviderIdentifier")
_ENDS = ("/", "[", ".")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in the file a message points.

    Attributes:
        place: the place, or None where there is none.
        pointer: JSON pointer of the submission, or None.
        words: what stands there in the submission, such as `measurements[24] is CMS165v13 (measure 236)`.
        measure: the measure that stands there, or None.
        missing: what the message points at and the file does not have, or None.
        findings: what this tool finds there, or anywhere in the file about the same.
        near: whether the findings are of this place.
        other: whether they are about something else than the message.
    """

    place: Place | None = None
    pointer: str | None = None
    words: str | None = None
    measure: MeasureLabel | None = None
    missing: str | None = None
    findings: tuple[Finding, ...] = ()
    near: bool = True
    other: bool = False

    @property
    def finds(self) -> str:
        """Where the findings are, in words."""
        return "something else there" if self.other else "there" if self.near else "in the file"


class Submitted:
    """The submission that an answer is about, as far as it is known: its values, and no places.

    Attributes:
        values: the submission as JSON, or None.
    """

    def __init__(self, values: Any = None) -> None:
        self.values = values

    @property
    def year(self) -> int | None:
        """Performance year of the submission."""
        found = self.at(("performanceYear",))
        return found if isinstance(found, int) and not isinstance(found, bool) else None

    @property
    def secrets(self) -> frozenset[str]:
        """TIN and NPI of the submission."""
        return frozenset(str(found) for name in _IDENTIFIERS if isinstance(found := self.at((name,)), str | int))

    def at(self, steps: Sequence[str]) -> Any:
        """Return the value at some steps; None where there is none."""
        value = self.values
        for step in steps:
            if isinstance(value, dict):
                value = value.get(step)
            elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
                value = value[int(step)]
            else:
                return None
        return value

    def find(self, said: Said, message: Message, catalog: Catalog) -> Spot:
        """Return where a message points."""
        found = [steps for target in targets(said, message) for steps in self.resolved(target, message)]
        found = found or list(self._named(message))
        return self.spot_at(found[0], catalog) if found else Spot()

    def spot_at(self, steps: Steps, catalog: Catalog) -> Spot:
        """Return what the submission has at some steps."""
        words, measure = self._named_at(steps, catalog)
        return Spot(pointer=join(steps), words=words, measure=measure, missing=self._missing(steps))

    def resolved(self, target: Target, message: Message) -> Iterator[Steps]:
        """Yield the steps from the submission, where what was sent was a part of it."""
        if target.root == "submission" or (target.root == "measurementSet" and self.at(("measurements",)) is not None):
            yield target.steps
            return
        owners = self._sets() if target.root == "measurementSet" else self._measurements()
        fitting = [steps for owner in owners if self._fits(steps := (*owner, *target.steps), message)]
        if len(fitting) == 1:
            yield fitting[0]

    def _fits(self, steps: Steps, message: Message) -> bool:
        """Whether a place may be meant: its measurement is there, and is of the measure that the message names."""
        entry = _entry(steps)
        if entry[-2:-1] != ("measurements",):
            return True
        named, measurement = (message.words or {}).get("measure"), self.at(entry)
        return isinstance(measurement, dict) and named in (None, measurement.get("measureId"))

    def _named(self, message: Message) -> Iterator[Steps]:
        """Yield the measurements of the measure that a message names."""
        named = (message.words or {}).get("measure")
        for steps in self._measurements():
            if named and self.at((*steps, "measureId")) == named:
                yield steps

    def _sets(self) -> Iterator[Steps]:
        sets = self.at(("measurementSets",))
        yield from (("measurementSets", str(number)) for number in range(len(sets) if isinstance(sets, list) else 0))

    def _measurements(self) -> Iterator[Steps]:
        for steps in self._sets() if self.at(("measurements",)) is None else ((),):
            found = self.at((*steps, "measurements"))
            for number in range(len(found) if isinstance(found, list) else 0):
                yield (*steps, "measurements", str(number))

    def _named_at(self, steps: Steps, catalog: Catalog) -> tuple[str | None, MeasureLabel | None]:
        """Name the measure or the category at a place."""
        for end in range(len(steps), 0, -1):
            value = self.at(steps[:end])
            if not isinstance(value, dict):
                continue
            name = f"{steps[end - 2]}[{steps[end - 1]}]" if end > 1 else steps[0]
            if isinstance(found := value.get("measureId"), str):
                measure = label_of(found, catalog)
                return f"{name} is {_told(measure) if measure else f'the measure {found}'}", measure
            if isinstance(found := value.get("category"), str):
                return f"{name} is the {CATEGORY_NAMES.get(found, found)} data", None
        return None, None

    def _missing(self, steps: Steps) -> str | None:
        """Name the entry of a list that is not there; a member may be missing, an entry may not."""
        for end, step in enumerate(steps):
            if step.isdecimal() and self.values is not None and self.at(steps[: end + 1]) is None:
                owner = self.at(steps[:end])
                number = len(owner) if isinstance(owner, list) else 0
                return f"{join(steps[: end + 1])} (there are {number} {steps[end - 1] if end else 'entries'})"
        return None


def _told(measure: MeasureLabel) -> str:
    return str(measure) if measure.cms_id else f"{measure.measure_id} ({measure.title})"


class Source(Submitted):
    """The file that was sent, checked by this tool.

    Attributes:
        findings: what the check found.
    """

    def __init__(self, data: bytes, *, year: int | None = None, catalog: CatalogFolders = None) -> None:
        self._checked = check(data, year=year, catalog=catalog)
        self.findings: tuple[Finding, ...] = self._checked.findings
        self.is_json = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")
        submission = None if self.is_json else self._checked.submission
        super().__init__(_json(data) if self.is_json else submission and submission.model_dump(exclude_none=True))

    @property
    def year(self) -> int | None:
        """Performance year whose rules were applied."""
        return super().year if self.is_json else self._checked.year

    @property
    def secrets(self) -> frozenset[str]:
        """TINs and NPIs of the file."""
        return super().secrets if self.is_json else super().secrets | self._checked.report().secrets

    def find(self, said: Said, message: Message, catalog: Catalog) -> Spot:
        """Return where a message points, and what this tool finds there."""
        if is_xpath(said.path) and (said.finding or not (message.object or message.side == "api")):
            checked = self._checked
            place = checked.place_at(said.path or "") if isinstance(checked, Conversion) else None
            return self._answered(Spot(place), place, message, said)
        found = [steps for target in targets(said, message) for steps in self.resolved(target, message)]
        found = found or list(self._named(message))
        if not found:
            return self._answered(Spot(), None, message, said)
        spot = self.spot_at(found[0], catalog)
        if spot.missing:
            return spot
        exact = next((place for steps in found if (place := self._checked.locate(join(steps)))), None)
        place = exact or self._nearest(found[0])
        around = self._nearest(_entry(found[0])) if len(found[0]) > 1 else None
        return self._answered(replace(spot, place=place), around or place, message, said)

    def _nearest(self, steps: Steps) -> Place | None:
        """Place of the nearest object around a member that has no place of its own."""
        ends = range(len(steps), -1, -1)
        return next((place for end in ends if (place := self._checked.locate(join(steps[:end])))), None)

    def _answered(self, spot: Spot, around: Place | None, message: Message, said: Said) -> Spot:
        """Add what this tool finds at a spot, or in the measurement or measurement set around it."""
        wanted = {kind.id for kind in message.kinds} | ({said.finding} if said.finding else set())
        about = [one for one in self.findings if one.id in wanted]
        near = [one for one in about if _within(one.place, around)]
        near = near or [one for one in about if _within(around, one.place) and one.place != self._checked.locate("")]
        other = not near and message.side == "api" and " is the " not in (spot.words or " is the ")
        if other:  # what holds for another measure says nothing about this one
            about = []
            near = [one for one in self.findings if one.stage is Stage.SUBMISSION and _within(one.place, around)]
        place = spot.place
        same = next((one.place for one in near if place and one.place and one.place.path == place.path), place)
        return replace(spot, place=same, findings=tuple(near or about), near=bool(near), other=other)


def _entry(steps: Steps) -> Steps:
    """Steps of the measurement or the measurement set that a place is in."""
    ends = [end + 2 for end in range(len(steps) - 1) if steps[end] in _LISTS and steps[end + 1].isdecimal()]
    return steps[: ends[-1]] if ends else ()


def _json(data: bytes) -> Any:
    try:
        values = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return values[0] if isinstance(values, list) and len(values) == 1 else values


def _within(place: Place | None, around: Place | None) -> bool:
    """Whether a place is that of an element or inside it."""
    if place is None or around is None:
        return False
    inner, outer = place.path, around.path
    if inner == outer:
        return True
    return inner.startswith(outer) and inner[len(outer) : len(outer) + 1] in _ENDS
