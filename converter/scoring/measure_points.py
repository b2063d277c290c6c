"""What a quality measure is worth, as it is reported by one submission method."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from converter.facts.benchmarks import Benchmark, Benchmarks
from converter.facts.policies import SubmissionRules
from converter.facts.scoring_rules import Row, ScoringRules, doubt, uncertain
from converter.parsers.qpp_json.subject import MeasurementSubject
from converter.scoring.arithmetic import percent, plain
from converter.scoring.decile import InDecile, in_decile, next_bound
from converter.scoring.profile import Profile
from converter.scoring.rates import Reported, reported
from converter.scoring.values import OUTCOMES, MeasureScore, NextDecile

WEB_INTERFACE = "cmsWebInterface"
_FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the points of a measure depend on besides the measure.

    Attributes:
        rules: how CMS makes points in the year.
        asked: what CMS asks of a submission of the year.
        benchmarks: benchmarks of the year; None where there are none.
        profile: what is said of who reports.
        program: program name.
    """

    rules: ScoringRules
    asked: SubmissionRules
    benchmarks: Benchmarks | None
    profile: Profile
    program: str


class _Answer:
    """What is found out about a measure, step by step."""

    def __init__(self) -> None:
        self.why: list[str] = []
        self.doubts: list[str] = []
        self.place: InDecile | None = None
        self.points: Decimal | None = None
        self.measure_class: int | None = None
        self.next_decile: NextDecile | None = None
        self.leaves = False

    def rests_on(self, row: Row) -> None:
        """Note what a row is uncertain about."""
        if uncertain(row):
            self.doubts.append(doubt(row))


@dataclass(frozen=True, slots=True)
class Case:
    """A measure as it is reported by one method.

    Attributes:
        measure_id: the measure.
        facts: what the measures data says of it; empty for one that is not known.
        method: submission method.
        source: name of the file, masked.
        found: what is reported of it.
        benchmark: its benchmark by this method, or None.
    """

    measure_id: str
    facts: Mapping[str, Any]
    method: str
    source: str
    found: Reported
    benchmark: Benchmark | None


def measure_score(
    item: MeasurementSubject, method: str, source: str, setting: Setting, *, converted: bool
) -> MeasureScore:
    """Return what a measurement is worth by itself; whether it counts is not asked here."""
    found, name = reported(item, converted=converted), item.measure_id or "?"
    benchmark = setting.benchmarks.of(name, method) if setting.benchmarks else None
    return case_score(Case(name, item.facts or {}, method, source, found, benchmark), setting)


def case_score(case: Case, setting: Setting) -> MeasureScore:
    """Return what a measure is worth as it is reported."""
    answer, facts, found = _Answer(), case.facts, case.found
    _points(answer, case, setting)
    place = answer.place
    return MeasureScore(
        measure_id=case.measure_id,
        cms_id=facts.get("eMeasureId"),
        title=facts.get("title"),
        method=case.method,
        source=case.source,
        rate=found.rate,
        cases=found.cases,
        complete=found.complete,
        met=found.met,
        counted=found.counted,
        benchmark=case.benchmark,
        measure_class=answer.measure_class,
        decile=place.decile if place else None,
        partial=place.partial if place else None,
        into=place.into if place else None,
        points=answer.points,
        why=tuple(answer.why),
        doubts=tuple(answer.doubts),
        next_decile=answer.next_decile,
        inverse=bool(facts.get("isInverse") or (case.benchmark and case.benchmark.inverse)),
        high_priority=bool(facts.get("isHighPriority")),
        outcome=facts.get("measureType") in OUTCOMES,
        bonus=_bonus(case, answer, setting),
        leaves=answer.leaves,
    )


def _points(answer: _Answer, case: Case, setting: Setting) -> None:
    found, benchmark = case.found, case.benchmark
    if why := _not_scored(case, setting):
        answer.why.append(why)
        return
    if found.assumed:
        answer.why.append("Data completeness is assumed: the counts do not show it.")
    few = found.cases is None or found.cases < setting.asked.case_minimum
    usable = benchmark is not None and bool(benchmark.bounds) and not benchmark.mock
    answer.measure_class = 2 if few or not usable else 1
    if _incomplete(found, setting):
        # CMS calls a measure without benchmark one of class 2 also if its data is not complete.
        answer.measure_class = 3 if usable and not few else 2
        needed = (setting.asked.completeness or {})["percent"]
        answer.why.append(f"Incomplete: {plain(found.complete or Decimal(0))}% reported, {needed}% needed.")
        _not_complete(answer, case.method, setting)
    elif few or benchmark is None or not usable:
        _without_decile(answer, case, setting, few=few)
        _new_measure(answer, case, setting, few=few)
    else:
        _with_decile(answer, case, benchmark, setting)


def _not_scored(case: Case, setting: Setting) -> str:
    """Why the points of a measure cannot be known, as a sentence; empty where they can."""
    programs = None if _by_web(case.method, setting) else case.facts.get("allowedPrograms")
    if setting.benchmarks is None:
        return f"There are no benchmarks for {setting.rules.year}."
    if case.facts and programs is not None and setting.program not in programs:
        return "The measure is not one of those of this program."
    if case.method in case.facts.get("clinicalGuidelineChanged", ()):
        return "CMS has suppressed or shortened the measure for this method; its points are not known."
    return case.found.why


def _by_web(method: str, setting: Setting) -> bool:
    """Whether a measure is of the CMS Web Interface under a program that it is open to, which takes all of them."""
    row = setting.rules.row("webInterface") if method == WEB_INTERFACE else None
    return row is not None and setting.program in row["programs"]


def _incomplete(found: Reported, setting: Setting) -> bool:
    row = setting.asked.completeness
    return row is not None and found.complete is not None and found.complete < row["percent"]


def _not_complete(answer: _Answer, method: str, setting: Setting) -> None:
    web = setting.rules.row("webInterface") if method == WEB_INTERFACE else None
    if web is None:
        _flat(answer, "incomplete", setting)
    else:
        answer.rests_on(web)
        answer.points = Decimal(web["points"])


def _flat(answer: _Answer, table: str, setting: Setting) -> None:
    """Take the points that the year gives to whatever has none of its rate."""
    row = setting.rules.row(table)
    if row is None:
        answer.why.append(f"The rules of {setting.rules.year} are not known.")
        return
    answer.rests_on(row)
    small = setting.profile.small_practice and row["smallPractice"] > row["points"]
    answer.points = Decimal(row["smallPractice"] if small else row["points"])
    if small:
        answer.why.append(f"A small practice gets {plain(answer.points)} points.")


def _without_decile(answer: _Answer, case: Case, setting: Setting, *, few: bool) -> None:
    found, benchmark = case.found, case.benchmark
    if few:
        minimum = setting.asked.case_minimum
        answer.why.append(
            f"The number of cases is not known; {minimum} are needed."
            if found.cases is None
            else f"Too few cases: {found.cases}, {minimum} needed."
        )
    if benchmark is None:
        answer.why.append(
            "There is no benchmark for this method before the year; CMS may compute one from the data of the year."
        )
    elif benchmark.mock:
        answer.why.append("The published benchmark is mock data, which is not used.")
    elif not benchmark.bounds:
        answer.why.append("The figures of the published benchmark contradict themselves, so that it is not used.")
    if row := leaving(case.method, setting):
        answer.rests_on(row)
        by = "By this method" if "methods" in row else "Under this program"
        answer.why.append(f"{by} such a measure leaves numerator and denominator.")
        answer.leaves = True
        return
    _flat(answer, "fewCases" if few else "noBenchmark", setting)


def leaving(method: str, setting: Setting) -> Row | None:
    """The row by which measures without benchmark or with too few cases leave numerator and denominator, or None."""
    return next(
        (
            row
            for row in setting.rules.rows("leavesDenominator")
            if setting.program in row.get("programs", ()) or method in row.get("methods", ())
        ),
        None,
    )


def _with_decile(answer: _Answer, case: Case, benchmark: Benchmark, setting: Setting) -> None:
    found = case.found
    floor_row, decimals = setting.rules.row("floors"), setting.rules.row("decimals")
    if floor_row is None or decimals is None or found.rate is None:
        answer.why.append(f"The rules of {setting.rules.year} are not known.")
        return
    floor = Decimal(floor_row["points"])
    answer.place = in_decile(found.rate, benchmark, floor, decimals["places"])
    answer.points = answer.place.points
    if answer.place.decile < 0:
        answer.rests_on(floor_row)
        answer.why.append(f"Floor: {plain(floor)} points.")
    flat = setting.rules.row("flatBenchmark")
    if flat is not None and benchmark.flat and answer.points < flat["points"]:
        answer.rests_on(flat)
        answer.points = Decimal(flat["points"])
        answer.why.append("All deciles of the benchmark that count begin at 100%.")
    _new_measure(answer, case, setting, few=False)
    most = _cap(answer, benchmark, setting)
    if answer.points < most:
        answer.next_decile = _next(found, benchmark, answer.points, most)


def _new_measure(answer: _Answer, case: Case, setting: Setting, *, few: bool) -> None:
    row, first = setting.rules.row("newMeasures"), case.facts.get("firstPerformanceYear")
    if row is None or first is None or few or answer.leaves:
        return
    floor = {0: row["first"], 1: row["second"]}.get(setting.rules.year - first)
    if floor is not None and answer.points is not None and answer.points < floor:
        answer.rests_on(row)
        nth = "first" if setting.rules.year == first else "second"
        answer.points = Decimal(floor)
        answer.why.append(f"Floor of a measure in its {nth} year: {floor} points.")


def _cap(answer: _Answer, benchmark: Benchmark, setting: Setting) -> Decimal:
    """Apply the cap of a topped-out measure, and return how many points the measure can have."""
    row = setting.rules.row("caps")
    most = Decimal(10)
    if row is None or answer.points is None or benchmark.method in row.get("notBy", ()):
        return most
    capped = benchmark.measure_id in row["measures"] if "measures" in row else benchmark.capped
    if not capped:
        return most
    if benchmark.cap_removed:
        answer.why.append("Topped out, but CMS has removed the cap for this measure.")
        return most
    most = Decimal(row["points"])
    answer.rests_on(row)
    answer.why.append(f"Topped out: at most {plain(most)} points.")
    answer.points = min(answer.points, most)
    return most


def _next(found: Reported, benchmark: Benchmark, now: Decimal, most: Decimal) -> NextDecile | None:
    """What the next decile takes that is worth more than the points now, which have a maximum."""
    rate = found.rate or Decimal(0)
    bound = next_bound(rate, benchmark, now)
    if bound is None:
        return None
    decile, needed = bound
    worth = min(Decimal(decile), most)
    if worth <= now:
        return None
    return NextDecile(decile, needed, abs(needed - rate), _patients(found, needed, benchmark.inverse), worth)


def _patients(found: Reported, needed: Decimal, inverse: bool) -> int | None:
    """How many patients more (or less) it takes until the rate, rounded as CMS does, is there."""
    if found.met is None or not found.counted:
        return None
    numbers = range(found.met, -1, -1) if inverse else range(found.met, found.counted + 1)
    low, high = 0, len(numbers) - 1
    while low < high:  # the rate only rises (or falls), so that half of the numbers can be left out each time
        middle = (low + high) // 2
        rate = percent(numbers[middle], found.counted)
        low, high = (low, middle) if (rate <= needed if inverse else rate >= needed) else (middle + 1, high)
    rate = percent(numbers[low], found.counted)
    return low if (rate <= needed if inverse else rate >= needed) else None


def _bonus(case: Case, answer: _Answer, setting: Setting) -> tuple[Decimal, Decimal]:
    """Bonus points of a measure, before what is at most given of each kind."""
    row, facts, found = setting.rules.row("bonuses"), case.facts, case.found
    if row is None or setting.program != "mips":
        return Decimal(0), Decimal(0)
    end_to_end = Decimal(row["endToEnd"]) if found.end_to_end else Decimal(0)
    kind = Decimal(0)
    # It takes enough cases, complete data and a rate that is not 0 (for an inverse measure 100).
    worst = _FULL if facts.get("isInverse") else Decimal(0)
    enough = found.cases is not None and found.cases >= setting.asked.case_minimum and answer.points is not None
    if enough and not _incomplete(found, setting) and found.rate != worst and case.method not in row["notBy"]:
        if facts.get("measureType") in OUTCOMES:
            kind = Decimal(row["outcome"])
        elif facts.get("isHighPriority"):
            kind = Decimal(row["highPriority"])
    return kind, end_to_end
