"""The score of one entity, year and program, of all measurement sets that there are of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from converter.facts.benchmarks import load_benchmarks
from converter.facts.catalog import Catalog
from converter.facts.files import Folders
from converter.facts.policies import PATHWAY
from converter.facts.scoring_rules import ScoringRules, load_scoring_rules
from converter.language.english import listed
from converter.parsers.qpp_json.subject import EHR, REGISTRY, SetSubject
from converter.resolve.submission_context import SubmissionContext
from converter.rules.submission.judged import CATEGORIES as NAMES
from converter.rules.submission.judged import refused
from converter.scoring.activities import activities
from converter.scoring.arithmetic import rounded
from converter.scoring.categories import Weights, unknown, weights
from converter.scoring.measure_points import WEB_INTERFACE, Setting, measure_score
from converter.scoring.profile import Profile
from converter.scoring.promoting import promoting
from converter.scoring.quality import Asked, quality
from converter.scoring.values import CategoryScore, Score

_UNSEEN_METHODS = ("administrativeClaims", "certifiedSurveyVendor")
_COMPANION = "SSP"


@dataclass(frozen=True, slots=True)
class Part:
    """A submission, and the file that it comes from.

    Attributes:
        context: the submission with the facts of its year.
        source: name of the file, masked.
    """

    context: SubmissionContext
    source: str


def programs_of(parts: Sequence[Part]) -> tuple[str, ...]:
    """Programs that there is data for, in the order in which they occur."""
    return tuple(dict.fromkeys(one.program or "?" for part in parts for one in part.context.subject.sets))


def entity_score(parts: Sequence[Part], program: str, profile: Profile, folders: Folders) -> Score:
    """Return the score of the submissions of one entity and year under a program.

    Raises:
        DataFileError: a data file is missing or does not have the right shape.
    """
    first = parts[0].context
    year, catalog = first.year, first.catalog
    rules, benchmarks = load_scoring_rules(folders, year), load_benchmarks(folders, year)
    setting = Setting(rules, first.rules, benchmarks, profile, program)
    # Sources in the order of their names, so that the order in which files are given does not matter.
    sets = sorted(
        ((part, one) for part in parts for one in part.context.subject.sets if one.program == program), key=_order
    )
    context = replace(first, subject=replace(first.subject, sets=[one for _, one in sets]))
    by_category = {name: [(part, one) for part, one in sets if one.category in names] for name, names in NAMES.items()}
    reported = frozenset(name for name, ones in by_category.items() if ones)
    weight = weights(rules, PATHWAY if program in catalog.pathways else program, profile, reported)
    found = [
        _can_fall(_quality(by_category["quality"], catalog, program, setting), first, program, setting),
        _promoting(context, [one for _, one in by_category["pi"]], rules),
        activities(context, [one for _, one in by_category["ia"]], program, profile, rules),
        CategoryScore("cost", None, None, None),
    ]
    categories = tuple(_weighted(one, weight, rules) for one in found)
    bonuses = tuple(_bonuses(rules, profile, bool(reported)))
    known = [one for one in categories if one.weighted is not None]
    return Score(
        year=year,
        program=program,
        program_words=catalog.program_words(program),
        entity_type=first.subject.entity_type,
        identity=_identity(first),
        sources=tuple(dict.fromkeys(part.source for part, _ in sets)),
        profile=profile,
        categories=categories,
        points=sum((one.weighted or Decimal(0) for one in known), Decimal(0)) + sum(one for _, one in bonuses),
        possible=sum((one.weight or Decimal(0) for one in known), Decimal(0)),
        bonuses=bonuses,
        threshold=_threshold(rules),
        unknown=tuple(_left_out(weight, rules)),
        doubts=(*filter(None, (rules.assumed,)), *weight.doubts),
        notes=weight.notes,
        benchmark_date=benchmarks.date if benchmarks else None,
    )


def _order(pair: tuple[Part, SetSubject]) -> tuple[str, ...]:
    part, one = pair
    return part.source, one.method or "", one.pointer, repr(one.members)


def _quality(
    sets: Sequence[tuple[Part, SetSubject]], catalog: Catalog, program: str, setting: Setting
) -> CategoryScore:
    measures = [
        measure_score(item, one.method or "?", part.source, setting, converted=_converted(part, one))
        for part, one in sets
        for item in one.measurements
        if item.measure_id
    ]
    category = quality(measures, _asked(catalog, program, setting), setting)
    if setting.benchmarks is None:
        why = f"There are no benchmarks for {setting.rules.year}, so that no measure can be scored."
        return replace(category, value=None, points=None, notes=(), unknown=(why,))
    return category


def _converted(part: Part, one: SetSubject) -> bool:
    """Whether counts come from a QRDA III document, where the cases that are not met are what is left."""
    return part.context.converted or one.members.get("source") == "qrda3"


def _asked(catalog: Catalog, program: str, setting: Setting) -> Asked:
    web = _web(catalog, program, setting.rules)
    if program in catalog.pathways:
        return Asked(setting.asked.pathway_measures, fewer=False, web=web)
    if (setting.asked.program(program) or {}).get("everyMeasure"):
        seen = set(catalog.quality_of(program, EHR)) | set(catalog.quality_of(program, REGISTRY))
        unseen = {one for method in _UNSEEN_METHODS for one in catalog.quality_of(program, method)}
        names = sorted(one for one in seen | unseen if not one.endswith(_COMPANION) and not one.startswith("CAHPS"))
        return Asked(None, tuple(names), unseen=tuple(sorted(set(names) - seen)), web=web)
    return Asked(min(setting.asked.quality_measures, setting.profile.available_measures or 6), web=web)


def _web(catalog: Catalog, program: str, rules: ScoringRules) -> tuple[str, ...]:
    """Ids of the measures of the CMS Web Interface; none where it is not known which count under the program."""
    row = rules.row("webInterface")
    if row is None or program not in row["programs"]:
        return ()
    parts = {one for ones in row.get("within", {}).values() for one in ones}
    found = {
        one["measureId"] for one in catalog.entries("quality") if WEB_INTERFACE in one.get("submissionMethods", ())
    }
    return tuple(sorted(found - parts))


def _can_fall(category: CategoryScore, context: SubmissionContext, program: str, setting: Setting) -> CategoryScore:
    """Say where measures that only CMS has can lower the share, so that it is not the least that there can be."""
    entity, name = context.subject.entity_type, PATHWAY if program in context.catalog.pathways else program
    small = setting.profile.small_practice
    rows = [
        row
        for row in setting.rules.rows("claimsMeasures")
        if (name in row["programs"] if "programs" in row else entity is None or entity in row["entityTypes"])
        and row.get("smallPractice") in (None, small)
    ]
    # Programs that ask for every measure have those from claims among their possible points already.
    counted = (setting.asked.program(name) or {}).get("everyMeasure")
    if counted or not rows or not category.value:
        return category
    words = next((row["what"] for row in rows if "programs" in row), rows[0]["what"])
    return replace(category, at_least=False, unknown=(*category.unknown, f"{words}."))


def _promoting(context: SubmissionContext, sets: Sequence[SetSubject], rules: ScoringRules) -> CategoryScore:
    if not context.complete("pi"):
        why = "Parts of this category have errors; check says which."
        return CategoryScore("pi", None, None, Decimal(100), unknown=(why,))
    if row := refused(context, "pi"):
        why = f"CMS does not accept this data from the entity: {row['why']}."
        return CategoryScore("pi", None, None, Decimal(100), unknown=(why,))
    if not sets:
        return CategoryScore("pi", Decimal(0), Decimal(0), Decimal(100), notes=("There is no data of it.",))
    return promoting(context, sets, rules)


def _weighted(category: CategoryScore, weight: Weights, rules: ScoringRules) -> CategoryScore:
    of = weight.of.get(category.category)
    more = tuple(unknown(rules, category.category)) if of else ()
    points = None
    if of is not None and category.value is not None:
        points = rounded(category.value * of / 100, 4) if category.possible is None else _exact(category, of)
    if category.category == "quality" and category.value is not None and not category.measures:
        category = replace(category, notes=("There is no data of it.",))
    return replace(category, weight=of, weighted=points, unknown=(*category.unknown, *more))


def _exact(category: CategoryScore, weight: Decimal) -> Decimal:
    """The weighted points, of the share and not of the rounded percent, as CMS computes them."""
    if category.points is None or not category.possible:
        return rounded((category.value or Decimal(0)) * weight / 100, 4)
    return rounded(min(Fraction(category.points) / Fraction(category.possible), Fraction(1)) * Fraction(weight), 4)


def _bonuses(rules: ScoringRules, profile: Profile, reported: bool) -> Iterator[tuple[str, Decimal]]:
    row = rules.row("smallPractice")
    if row is not None and row["in"] == "total" and profile.small_practice and reported:
        yield "small practice", Decimal(row["points"])


def _threshold(rules: ScoringRules) -> Decimal | None:
    row = rules.row("thresholds")
    return Decimal(row["points"]) if row else None


def _left_out(weight: Weights, rules: ScoringRules) -> Iterator[str]:
    if weight.why:
        yield weight.why
    yield from unknown(rules, "total")


def _identity(context: SubmissionContext) -> tuple[tuple[str, str], ...]:
    subject = context.subject
    names = (("tin", subject.tin), ("npi", subject.npi), ("entityId", subject.entity_id))
    return tuple((name, value) for name, value in names if value)


def other_programs(parts: Sequence[Part], program: str) -> str:
    """What is said of the data for other programs; empty where there is none."""
    others = [part.context.catalog.program_words(one) for part in parts for one in programs_of([part])
              if one != program]  # fmt: skip
    return f"Data for {listed(list(dict.fromkeys(others)))} is scored separately." if others else ""
