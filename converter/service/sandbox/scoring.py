"""The score of a submission, and the practices that CMS' developer preview has for trying out scores."""

from collections.abc import Mapping, Sequence
from typing import Any

from converter.errors import UsageError
from converter.facts.benchmarks import Benchmark, load_benchmarks
from converter.facts.files import Folders
from converter.scoring import score_object
from converter.service.sandbox.answers import ApiError, not_found

_MIPS = "mips"
_CATEGORIES = ("quality", "pi", "ia")
_PI_REWEIGHTED = {"reweight": {"pi": 0}}
_EXTREME_CIRCUMSTANCES = "000000005"
PRACTICES: Mapping[str, Mapping[str, Any]] = {
    "000000001": {},
    "000000002": {"smallPractice": True},
    "000000003": {"rural": True},
    "000000004": {"hpsa": True},
    _EXTREME_CIRCUMSTANCES: {},
    "000000006": _PI_REWEIGHTED,
    "000000007": {},
    "000000008": {"smallPractice": True, **_PI_REWEIGHTED},
    "000000009": {"smallPractice": True, "rural": True},
    "000000010": {"rural": True, "hpsa": True, "apmParticipant": True},
}
"""TIN -> what is said of the practice. The one with complex patients gets no bonus: its size cannot be known."""


def score_of(submission: Mapping[str, Any], folders: Folders, program: str | None) -> dict[str, Any]:
    """Return the score of a submission, as CMS answers it.

    Args:
        submission: a submission that the rules have nothing against.
        folders: where the data files are looked for.
        program: the program that is scored; None for the one that has most points.

    Raises:
        ApiError: 404, there is no data of the program; 501, the rules of the year do not say how it is scored.
    """
    sets = submission.get("measurementSets") or ()
    if not any(program in (None, one.get("programName") or _MIPS) for one in sets):
        raise not_found("Score")
    not_known = f"The rules of {submission['performanceYear']} that this score needs are not known."
    try:
        found = score_object(submission, _practice(submission, sets), program=program, catalog=folders)
    except UsageError as error:
        raise ApiError(501, "NotImplemented", not_known) from error
    if found["value"] is None:
        raise ApiError(501, "NotImplemented", not_known)
    return found


def _practice(submission: Mapping[str, Any], sets: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    tin = submission.get("taxpayerIdentificationNumber")
    if tin != _EXTREME_CIRCUMSTANCES:
        return PRACTICES.get(str(tin), {})
    # Of a practice in extreme circumstances only what it submits all the same is scored.
    there = {"pi" if one.get("category") == "aci" else one.get("category") for one in sets}
    missing = [name for name in _CATEGORIES if name not in there]
    return {"reweight": dict.fromkeys(missing, 0)} if missing else {}


def benchmark_rows(folders: Folders, year: int, measure_id: str | None) -> list[dict[str, Any]]:
    """Return the benchmarks of a year, or of one measure of it, as CMS writes them; none for a year without."""
    found = load_benchmarks(folders, year)
    if found is None:
        return []
    ids = found.measure_ids if measure_id is None else (measure_id,)
    return [_row(one) for each in ids for method in found.methods(each) if (one := found.of(each, method)) is not None]


def _row(one: Benchmark) -> dict[str, Any]:
    return {
        "measureId": one.measure_id,
        "benchmarkYear": one.year,
        "performanceYear": one.performance_year,
        "submissionMethod": one.method,
        # Of the words for the state of a benchmark only this one is known for certain.
        "status": "historical" if one.historical else None,
        "isToppedOut": one.topped_out,
        "isToppedOutByProgram": one.capped,
        "isInverse": one.inverse,
        "averagePerformanceRate": one.average,
        "percentiles" if one.first == 1 else "deciles": [float(each) for each in one.published],
    }
