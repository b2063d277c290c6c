"""What a score consists of: values only, each number with how it came about."""

from dataclasses import dataclass, field
from decimal import Decimal

from converter.facts.benchmarks import Benchmark
from converter.scoring.profile import Profile

OUTCOMES = ("outcome", "intermediateOutcome", "patientReportedOutcome", "patientEngagementExperience")


@dataclass(frozen=True, slots=True)
class NextDecile:
    """What the next decile that is worth more takes.

    Attributes:
        decile: the decile.
        rate: the rate at which it begins, in percent.
        more: by how many percentage points the rate has to rise, or fall for an inverse measure.
        patients: how many more patients (or fewer, for an inverse measure) have to be met; None if not known.
        points: what the measure is worth there.
    """

    decile: int
    rate: Decimal
    more: Decimal
    patients: int | None
    points: Decimal


@dataclass(frozen=True, slots=True)
class MeasureScore:
    """What a quality measure is worth, as it is reported by one method.

    Attributes:
        measure_id, cms_id, title: which measure.
        method: submission method.
        source: name of the file that it comes from, masked.
        rate, cases, complete: performance rate in percent, number of cases, share of the eligible cases reported in
            percent; None where not known.
        met, counted: the fraction that the rate is of; None where it is none.
        benchmark: the benchmark of the measure and method, or None.
        measure_class: 1 with benchmark, enough cases and complete data; 2 without benchmark or with too few cases; 3
            with incomplete data; None where the measure cannot be scored.
        decile, partial, into: where the rate is among the deciles; None where that is not asked.
        points: achievement points; None where they cannot be known.
        why: how the points came about, in sentences.
        doubts: what is not certain about them, in sentences.
        next_decile: what the next decile takes; None where nothing is to be won.
        inverse: whether a lower rate is better.
        high_priority, outcome: whether it is a high-priority measure; an outcome or patient experience measure.
        bonus: bonus points of its own: (for outcome or high priority, for end-to-end reporting).
        leaves: whether the measure leaves numerator and denominator.
        counts: whether it is one of those that count.
        not_counted: why it does not, as a sentence; empty where it does.
    """

    measure_id: str
    cms_id: str | None
    title: str | None
    method: str
    source: str
    rate: Decimal | None
    cases: int | None
    complete: Decimal | None
    met: int | None
    counted: int | None
    benchmark: Benchmark | None
    measure_class: int | None
    decile: int | None
    partial: Decimal | None
    into: Decimal | None
    points: Decimal | None
    why: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    next_decile: NextDecile | None = None
    inverse: bool = False
    high_priority: bool = False
    outcome: bool = False
    bonus: tuple[Decimal, Decimal] = (Decimal(0), Decimal(0))
    leaves: bool = False
    counts: bool = False
    not_counted: str = ""

    @property
    def worth(self) -> Decimal:
        """Its points; 0 where they cannot be known."""
        return Decimal(0) if self.points is None else self.points

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from the others of a score."""
        return self.measure_id, self.method, self.source


@dataclass(frozen=True, slots=True)
class ItemScore:
    """What a promoting interoperability measure or an improvement activity is worth.

    Attributes:
        measure_id, title: which one.
        points: its points; None where it has none of its own (attestations, exclusions).
        most: how many it can have; None as above.
        formula: the calculation in figures, as CMS writes it; None where there is none.
        weight: high or medium, for activities that have weights.
        bonus: whether it is a bonus.
        why: what is to be said of it, in sentences.
        exclusion: whether it is an exclusion that is claimed.
        answer: how it is answered, of what is answered with yes or no; None for all else.
    """

    measure_id: str
    title: str | None
    points: Decimal | None
    most: Decimal | None
    formula: str | None = None
    weight: str | None = None
    bonus: bool = False
    why: tuple[str, ...] = ()
    answer: bool | None = None
    exclusion: bool = False


@dataclass(frozen=True, slots=True)
class CategoryScore:
    """What a category is worth.

    Attributes:
        category: quality, pi, ia or cost.
        value: percent of the category; None where it cannot be known.
        points: numerator of it: points of the measures that count, with bonuses.
        possible: denominator of it.
        weight: weight of the category in percent; None where it is not known.
        weighted: points of the final score; None where they cannot be known.
        at_least: whether the value can only rise with what is not in these files.
        measures: the quality measures.
        items: the other measures or activities.
        bonuses: (name, points) of what is added to the points of measures: part of `points`.
        notes: how the value came about, in sentences.
        unknown: what cannot be known from the files, in sentences.
        doubts: what is not certain, in sentences.
        methods: submission methods of the data.
    """

    category: str
    value: Decimal | None
    points: Decimal | None
    possible: Decimal | None
    weight: Decimal | None = None
    weighted: Decimal | None = None
    at_least: bool = False
    measures: tuple[MeasureScore, ...] = ()
    items: tuple[ItemScore, ...] = ()
    bonuses: tuple[tuple[str, Decimal], ...] = ()
    notes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """The points of one entity, year and program.

    Attributes:
        year: performance year.
        program: program name as in QPP JSON, and in words.
        entity_type: entity type of the submission, or None.
        identity: whom the data is of: TIN, NPI and entity id as far as given. Not masked.
        sources: names of the files, masked.
        profile: what was said of who reports.
        categories: quality, pi, ia, cost, in this order; those that do not weigh anything are there, too.
        points: sum of the weighted points that are known; see `total`.
        possible: sum of the weights of the categories whose points are known.
        bonuses: (name, points) of what is added to the sum: part of `points`.
        threshold: performance threshold of the year, or None.
        unknown: what the sum leaves out, in sentences.
        doubts: what is not certain, in sentences.
        notes: what else is to be said, in sentences.
        benchmark_date: date of the benchmarks; None where the year has none.
    """

    year: int
    program: str
    program_words: str
    entity_type: str | None
    identity: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    profile: Profile
    categories: tuple[CategoryScore, ...]
    points: Decimal
    possible: Decimal
    bonuses: tuple[tuple[str, Decimal], ...] = ()
    threshold: Decimal | None = None
    unknown: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    benchmark_date: str | None = None

    @property
    def total(self) -> Decimal | None:
        """The points, or None where they say nothing: no category that has a weight has points that are known."""
        return self.points if self.possible else None

    def category(self, name: str) -> CategoryScore:
        """Return a category.

        Raises:
            KeyError: there is none of this name.
        """
        found = next((one for one in self.categories if one.category == name), None)
        if found is None:
            raise KeyError(name)
        return found


@dataclass(frozen=True, slots=True)
class NotScored:
    """A file that was not scored, and why, as a sentence."""

    source: str
    why: str


@dataclass(frozen=True, slots=True)
class Scores:
    """What files are worth.

    Attributes:
        scores: a score for each entity, year and program.
        not_scored: the files that were left out, and why.
        notes: what is to be said of all of them, such as that they are of different entities.
    """

    scores: tuple[Score, ...]
    not_scored: tuple[NotScored, ...] = ()
    notes: tuple[str, ...] = field(default=())
