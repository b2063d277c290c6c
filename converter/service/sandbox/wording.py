"""Writes findings as CMS writes its messages: in the words that were seen, or else in its grammar with ours."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

from converter.findings import kinds
from converter.findings.finding import Finding
from converter.source.json.pointers import follow, join, split

_COUNTS = "performanceNotMet, eligiblePopulationException, eligiblePopulationExclusion, eligiblePopulation"
_SUM = (
    "The sum of performanceMet, performanceNotMet, eligiblePopulationException and eligiblePopulationExclusion must "
    "not exceed eligiblePopulation"
)
_SUMS = frozenset({kinds.REMAINDER_NEGATIVE, kinds.COUNTS_OVER_DENOMINATOR, kinds.NUMERATOR_OVER_DENOMINATOR})
_MISSING: Mapping[str, str] = {
    kinds.ENTITY_ID_MISSING.id: "entityId",
    kinds.NPI_MISSING.id: "nationalProviderIdentifier",
    kinds.TIN_MISSING.id: "taxpayerIdentificationNumber",
    kinds.CEHRT_MISSING.id: "cehrtId",
    kinds.PRACTICE_ID_MISSING.id: "practiceId",
}
"""Id of a finding -> the member that is missing."""
_LONGEST_VALUE = 2000


Detail: TypeAlias = dict[str, str]
"""One thing that is wrong: `message` in words, and `path` where it is in the body that was sent."""


class Sent(NamedTuple):
    """What was sent, as a part of the submission that was checked.

    Attributes:
        name: what it is: Submission, MeasurementSet or Measurement.
        whole: the submission.
        base: pointer of what was sent in it; empty for all.
    """

    name: str
    whole: Mapping[str, Any]
    base: str = ""

    def steps(self, pointer: str) -> list[str]:
        """Return the steps from the body that was sent to a place; what is not in it belongs to `submission`."""
        if pointer == self.base or pointer.startswith(f"{self.base}/"):
            return split(pointer[len(self.base) :])
        return ["submission", *split(pointer)] if self.name == "MeasurementSet" else split(pointer)

    def path(self, pointer: str) -> str:
        """Return the JSONPath of a place."""
        return "$" + _indexed(self.steps(pointer))

    def owner(self, steps: list[str]) -> str:
        """Return the words for an object; a value goes by its measurement."""
        return self.name + _indexed(steps[:-1] if steps[-1:] == ["value"] else steps)

    def missing(self, pointer: str, member: str) -> Detail:
        """Return that a member of the object at a place is missing."""
        steps = self.steps(pointer)
        return {
            "message": f"field '{member}' in {self.owner(steps)} is missing",
            "path": f"{self.path(pointer)}.{member}",
        }

    def invalid(self, pointer: str, reason: str) -> Detail:
        """Return that the value at a place is invalid."""
        steps = self.steps(pointer)
        if not steps or steps[-1].isdecimal():
            return {"message": reason, "path": self.path(pointer)}
        return {
            "message": f"field '{steps[-1]}' in {self.owner(steps[:-1])} is invalid: {reason}",
            "path": self.path(pointer),
        }


def detail(finding: Finding, sent: Sent) -> Detail:
    """Return a finding in the words of CMS."""
    pointer = (finding.place.pointer if finding.place else None) or ""
    data = finding.data
    if finding.kind is kinds.MEMBER_MISSING:
        return sent.missing(pointer, str(data["member"]))
    if finding.id in _MISSING:
        return sent.missing(_object(pointer, sent.whole), _MISSING[finding.id])
    if finding.kind in _SUMS:
        steps = sent.steps(pointer)[:-1]
        message = f"fields '{_COUNTS}' in {sent.owner(steps)} are invalid: {_SUM}"
        return {"message": message, "path": "$" + _indexed(steps)}
    if finding.kind is kinds.MEASURE_NOT_IN_PROGRAM and finding.measure:
        message = (
            f"measure ID {finding.measure.measure_id} is not allowed to be submitted to the {data['program']} program. "
            " Please remove the invalid measure from the measurement set."
        )
        return {"message": message, "path": sent.path(pointer)}
    if finding.kind is kinds.MEASURE_UNKNOWN:
        return sent.invalid(
            pointer, f"{finding.found} does not exist, see qpp-measures-data for list of valid measureIds"
        )
    if finding.kind is kinds.VALUE_SHAPE and finding.measure:
        value = json.dumps(_at(sent.whole, pointer), separators=(",", ":"), ensure_ascii=False)[:_LONGEST_VALUE]
        return sent.invalid(pointer, f"{value} is invalid for measureId {finding.measure.measure_id}")
    return sent.invalid(pointer, finding.message)


def _object(pointer: str, whole: Mapping[str, Any]) -> str:
    """Return the pointer of the object that a place is, or is in."""
    found = _at(whole, pointer)
    return pointer if isinstance(found, Mapping) else join(split(pointer)[:-1])


def _at(whole: Mapping[str, Any], pointer: str) -> Any:
    try:
        return follow(whole, pointer)
    except (LookupError, ValueError):
        return None


def _indexed(steps: list[str]) -> str:
    return "".join(f"[{step}]" if step.isdecimal() else f".{step}" for step in steps)
