"""A score in the form of CMS' submission API, with its member names; what is not known there is null."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from converter import __version__
from converter.errors import UsageError
from converter.facts.catalog import load_catalog
from converter.facts.files import Folders, data_folders, years
from converter.facts.policies import load_submission_rules
from converter.findings.collector import Collector
from converter.findings.mask import masked_text
from converter.parsers.qpp_json.subject import subject_of
from converter.resolve.submission_context import SubmissionContext
from converter.scoring.arithmetic import plain, rounded
from converter.scoring.entity import Part, entity_score, programs_of
from converter.scoring.profile import NOTHING_SAID, Profile, profile_of
from converter.scoring.values import CategoryScore, ItemScore, MeasureScore, Score

Json = dict[str, Any]

DISCLAIMER = "Computed offline from these files: it is not a score of CMS, and no final score."
_PUBLISHED = 9
"""How many figures CMS shows of a benchmark: where deciles 2 to 10 begin."""
_TITLES: Mapping[str, str] = {
    "quality": "QUALITY component of total score",
    "pi": "PI component of total score",
    "ia": "IA component of total score",
}
_PREFIX: Mapping[str, str] = {"quality": "quality", "pi": "pi", "ia": "ia", "cost": "cost"}
_CONTRIBUTION: Mapping[str, str] = {"quality": "Quality", "pi": "PI", "ia": "IA", "cost": "Cost"}


def score_object(
    submission: Mapping[str, Any],
    profile: Profile | Mapping[str, Any] | None = None,
    *,
    program: str | None = None,
    catalog: Any = None,
) -> Json:
    """Return the score object of a QPP submission: the `score` of an answer of CMS' submission API.

    Args:
        submission: a QPP submission as JSON data; it is not checked here.
        profile: what is said of who reports, as `converter.scoring.profile.profile_of` takes it.
        program: program to score; None for the one that has most points.
        catalog: folder or folders with catalogs and benchmarks that add or replace years.

    Raises:
        UsageError: the submission has no year that is known or no data of the program, or the profile is wrong.
        DataFileError: a catalog folder is missing or one of its files does not have the right shape.
    """
    folders = data_folders(catalog)
    part = Part(context_of(submission, folders), "submission")
    said = NOTHING_SAID if profile is None else profile_of(profile)
    programs = [one for one in programs_of([part]) if program in (None, one)]
    if not programs:
        raise UsageError(
            f"The submission has no data for {masked_text(program)}." if program else "The submission has no data."
        )
    scores = [entity_score([part], one, said, folders) for one in programs]
    return official(max(scores, key=lambda one: one.points))


def context_of(submission: Mapping[str, Any], folders: Folders) -> SubmissionContext:
    """Return what rules look at, of a submission as JSON data.

    Raises:
        UsageError: it has no performance year that is known.
    """
    year = submission.get("performanceYear")
    if not isinstance(year, int) or isinstance(year, bool) or year not in years(folders, "catalog"):
        raise UsageError("The submission has no performance year that is known.")
    catalog = load_catalog(folders, year)
    return SubmissionContext(
        subject=subject_of(submission, catalog),
        catalog=catalog,
        rules=load_submission_rules(folders, year),
        findings=Collector(),
        find_place=lambda _: None,
        where={},
        answers=("true", "false"),
        years_with=lambda _: (),
        converted=False,
    )


def official(score: Score, *, own: bool = False) -> Json:
    """Return a score as the submission API writes it; with `own` also what CMS does not say, in members of our own."""
    parts = [_category(one, score, own) for one in score.categories if one.category in _TITLES and _shown(one)]
    bonuses = [{"name": name, "value": _number(points)} for name, points in score.bonuses]
    total = sum((points for _, points in score.bonuses), Decimal(0))
    parts.append({"name": "bonuses", "value": _number(total), "parts": bonuses})
    return {
        "name": "total",
        "title": "Total Score",
        "detail": f"qrda2qpp {__version__}",
        "value": _number(score.total),
        "parts": parts,
        "metadata": _metadata(score),
        "warnings": [DISCLAIMER, *score.unknown, *score.notes, *_uncertain(score.doubts)],
        "errors": [],
    }


def _uncertain(doubts: Iterable[str]) -> Iterator[str]:
    return (f"Not certain: {words}." for words in doubts)


def _shown(one: CategoryScore) -> bool:
    return bool(one.methods) or bool(one.value)


def _metadata(score: Score) -> Json:
    found: Json = {"pickedProgramName": score.program, "maxTotalScore": 100}
    for one in score.categories:
        name, prefix = _CONTRIBUTION[one.category], _PREFIX[one.category]
        found[f"maxContribution{name}"] = _number(one.weight)
        found[f"{prefix}CategoryScore"] = _number(one.value)
        found[f"{prefix}WeightedScore"] = _number(one.weighted)
        found[f"{prefix}Reweighted"] = one.weight == 0
        found[f"has{name}Measures"] = bool(one.measures or one.items)
    found["hasIAWeightStatus"] = "SPECIAL" if score.profile.special_status else "NORMAL"
    found["givenIACreditPCMH"] = score.profile.ia_pcmh
    return found


def _category(one: CategoryScore, score: Score, own: bool) -> Json:
    detail = f"Picked the highest scoring measurement set {', '.join(one.methods)}" if one.methods else ""
    inside = _quality_set(one, score, own) if one.category == "quality" else _other_set(one)
    weight = plain(one.weight) if one.weight is not None else "--"
    return {
        "name": one.category,
        "title": _TITLES[one.category],
        "detail": f"Scoring based on weight of {weight}%.",
        "value": _number(one.weighted),
        "original": {"name": one.category, "value": _number(one.value), "detail": detail, "parts": [inside]},
        "metadata": {"maxContribution": _number(one.weight), "unroundedScoreValue": _number(one.weighted)},
        "warnings": [*one.unknown, *_uncertain(one.doubts)],
    }


def _quality_set(one: CategoryScore, score: Score, own: bool) -> Json:
    counted = [measure for measure in one.measures if measure.counts]
    small = dict(one.bonuses).get("small practice", Decimal(0))
    bonuses = sum((points for name, points in one.bonuses if name != "small practice"), Decimal(0))
    deciles = sum((measure.worth for measure in counted), Decimal(0))
    return {
        "name": "quality",
        "value": _number(one.value),
        "detail": ", ".join(one.methods),
        "parts": [_measure(measure, score.program, own) for measure in one.measures],
        "metadata": {
            "messages": {"explanation": " ".join(one.notes)},
            "maxContribution": 100,
            "measuresPicked": [measure.measure_id for measure in counted],
            "measuresSubmittedCount": len(one.measures),
            "measuresSubmitted": sorted({measure.measure_id for measure in one.measures}),
            "totalDecileScore": _number(deciles),
            "totalBonusPoints": _number(bonuses),
            "totalMeasurementPoints": _number(deciles + bonuses),
            "denominator": _number(one.possible),
            "maxMeasurementsAllowed": _number(None if one.possible is None else one.possible / 10),
            "smallPracticeBonusEligible": score.profile.small_practice,
            "smallPracticeBonus": _number(small),
            "programName": score.program,
            "unroundedScoreValue": _number(one.points),
            "measurementSetPicked": True,
            "reweightedScore": _number(one.weighted),
        },
    }


def _measure(one: MeasureScore, program: str, own: bool) -> Json:
    benchmark = one.benchmark
    bonus = one.bonus[0] if one.counts else Decimal(0)
    return {
        "name": one.measure_id,
        "value": _number(one.points),
        "detail": f"Contributing {plain(one.worth)}" if one.counts else one.not_counted,
        "metadata": {
            "measureTitle": one.title,
            "eMeasureId": one.cms_id,
            "benchmarkType": one.method if benchmark else None,
            "programName": program,
            "performanceRate": _number(one.rate),
            "reportingRate": _number(one.complete),
            "eligiblePopulation": one.cases,
            "performanceNumerator": one.met,
            "performanceDenominator": one.counted,
            "measureClass": f"Class {one.measure_class}" if one.measure_class else None,
            "decile": -1 if one.decile is None else one.decile,
            "deciles": [_number(bound) for bound in benchmark.bounds[-_PUBLISHED:]] if benchmark else None,
            "decileScore": _number(one.points),
            "partialDecileScore": _number(one.partial or Decimal(0)),
            "partialPoints": _number(one.into or Decimal(0)),
            "noBenchmarks": benchmark is None,
            "toppedOut": benchmark.topped_out if benchmark else None,
            "processingStatus": "PICKED" if one.counts else "NOT_PICKED",
            "skippedDuplicate": one.not_counted.startswith("It counts "),
            "isGhost": False,
            "highPriorityBonus": _number(bonus),
            "endToEndBonus": _number(one.bonus[1]),
            "totalMeasurementPoints": _number(one.points),
            "totalBonusPoints": 0,
            "messages": {"explanation": " ".join((*one.why, *_uncertain(one.doubts)))},
            **(_own(one) if own else {}),
        },
    }


def _own(one: MeasureScore) -> Json:
    """What CMS does not say of a measure."""
    step, benchmark = one.next_decile, one.benchmark
    return {
        "source": one.source,
        "submissionMethod": one.method,
        "benchmarkYear": benchmark.year if benchmark else None,
        "benchmarkAverage": benchmark.average if benchmark else None,
        "uncertain": list(one.doubts),
        "nextDecile": None
        if step is None
        else {
            "decile": step.decile,
            "performanceRate": _number(step.rate),
            "percentagePoints": _number(step.more),
            "patients": step.patients,
            "points": _number(step.points),
        },
    }


def _other_set(one: CategoryScore) -> Json:
    excluded = [item.measure_id for item in one.items if item.exclusion]
    return {
        "name": one.category,
        "value": _number(one.points),
        "detail": ", ".join(one.methods),
        "parts": [*(_item(item) for item in one.items), *_given(one)],
        "metadata": {
            "messages": {"explanation": " ".join(one.notes)},
            "maxContribution": _number(one.possible),
            "measuresPicked": [item.measure_id for item in one.items if item.points is not None],
            "measuresExcluded": excluded,
            "measurementSetPicked": True,
        },
    }


def _given(one: CategoryScore) -> Iterator[Json]:
    """What is given without an activity."""
    return ({"name": name, "value": _number(points), "metadata": {}} for name, points in one.bonuses)


def _item(one: ItemScore) -> Json:
    metadata: Json = {"maxContribution": _number(one.most)}
    if one.weight is not None:
        metadata["weight"] = one.weight
    if one.formula is not None:
        metadata["formula"] = one.formula
    if one.why:
        metadata["messages"] = {"explanation": " ".join(one.why)}
    # CMS writes the answer in place of points for what has none.
    value = one.answer if one.points is None else _number(one.points)
    return {"name": one.measure_id, "title": one.title, "value": value, "metadata": metadata}


def _number(value: Decimal | None) -> float | int | None:
    """Return a number of JSON, with four decimals at most."""
    if value is None:
        return None
    short = rounded(value, 4)
    return int(short) if short == short.to_integral() else float(short)
