"""From the place that a message names to a JSON pointer of the submission.

A message names its place in its `path`, a JSON path of what was sent (`$.measurementSets[0].measurements[24].value`),
or in its words (`Submission.measurementSets[0].measurements[24]`), or in both. What was sent may have been a
measurement set or a measurement alone; then the pointer is one into that.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from converter.explanation.messages import Message
from converter.explanation.response.answer import Said
from converter.source.json.pointers import join, split

_STEP = re.compile(r"\.?([A-Za-z_]\w*|\d{1,6}(?=[.\[]|$))|\[(\d{1,6})\]|\[['\"]([^'\"\]]+)['\"]\]")
_XPATH = re.compile(r"/(\*\[|ClinicalDocument\b)")
_OBJECTS = {"Submission": "submission", "MeasurementSet": "measurementSet", "Measurement": "measurement"}
_PLURALS = {"measurementSet": "measurementSets", "measurement": "measurements"}

Steps = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """What a message points at.

    Attributes:
        steps: steps of the JSON pointer, from the object below.
        root: the object that the steps start from: `submission`, `measurementSet` or `measurement`.
    """

    steps: Steps
    root: str = "submission"

    @property
    def pointer(self) -> str:
        """The JSON pointer."""
        return join(self.steps)


def is_xpath(path: str | None) -> bool:
    """Whether a path is one of the XML document."""
    return bool(path and _XPATH.match(path.strip()))


def steps_of(path: str) -> Steps | None:
    """Return the steps of a JSON path or JSON pointer; None where it is neither.

    `measurementSet[0]`, as answers have it at times, stands for `measurementSets[0]`.
    """
    path = path.strip()
    if path.startswith("/"):
        found = split(path)
    else:
        rest = path.removeprefix("$")
        matches = list(_STEP.finditer(rest))
        if "".join(match[0] for match in matches) != rest:
            return None
        found = [match[1] or match[2] or match[3] for match in matches]
    return tuple(
        _PLURALS.get(step, step) if place + 1 < len(found) and found[place + 1].isdecimal() else step
        for place, step in enumerate(found)
    )


def targets(said: Said, message: Message) -> Iterator[Target]:
    """Yield what a message may point at, the most exact first."""
    given = steps_of(said.path) if said.path and not is_xpath(said.path) else None
    if given:
        yield Target(given, _root_of(given, message))
    named = _named(message)
    if named is None:
        return
    if len(message.members) == 1:
        for member in (message.members[0], f"value.{message.members[0]}"):
            yield Target((*named.steps, *member.split(".")), named.root)
    yield named


def _named(message: Message) -> Target | None:
    """What the words of a message name: the object that the member belongs to."""
    if not message.object:
        return None
    name, _, rest = message.object.rstrip(".,;:").partition(".")
    name, bracket, index = name.partition("[")
    root = _OBJECTS.get(name)
    steps = steps_of(rest) if rest else ()
    return Target(steps, root) if root and steps is not None and not (bracket and index) else None


def _root_of(steps: Steps, message: Message) -> str:
    """Which object a path starts from: a submission has `measurementSets`, a set `measurements`."""
    named = _named(message)
    if steps[0] == "measurementSets":
        return "submission"
    if steps[0] == "measurements":
        return "measurementSet"
    return (
        named.root
        if named and not named.steps
        else "measurement"
        if steps[0] in ("measureId", "value")
        else "submission"
    )
