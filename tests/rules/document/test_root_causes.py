"""Root causes: one finding names what is behind the others, the others say so, and the official codes stay."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass

import pytest

import converter
from converter.findings.finding import Finding
from converter.result import Conversion
from tests.documents import (
    Doc,
    Entry,
    Id,
    Measure,
    add_supplemental,
    document,
    drop,
    measure_facts,
    templates,
)
from tests.policy import POLICY

YEARS = (2018, 2019, 2021, 2025, 2026)
WARNINGS_OF_A_YEAR = {"DOC028"}

Change = Callable[[Doc], object]


def converted(doc: Doc) -> Conversion:
    return converter.convert(doc.bytes())


def of_kind(result: Conversion, id: str) -> list[Finding]:
    return [one for one in result.findings if one.id == id]


def codes(result: Conversion) -> list[int]:
    """Official codes of the errors, each as often as it is found."""
    return sorted(one.official_code for one in result.errors if one.official_code)


# --- a template is missing ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Missing:
    """A document in which one element has lost its template.

    Attributes:
        change: takes the template away.
        names: what the finding says the element looks like.
        templates: names, in the profile, of the template that it may say to add.
        codes: official codes that follow; the official converter says no more than these.
    """

    change: Change
    names: str
    templates: tuple[str, ...]
    codes: tuple[int, ...]


def untyped(entry: Entry | list[Id], *endings: str) -> None:
    """Take the templates away that give an element its type."""
    ids = entry if isinstance(entry, list) else entry.templates
    ids[:] = [one for one in ids if not (one.root or "").endswith(tuple(f".{ending}" for ending in endings))]


def lose_population(role: str) -> Change:
    return lambda doc: untyped(doc.measure("236").population(role).templates, "27.3.16")


def lose_pi_answer(doc: Doc) -> None:
    doc.pi_measure("PI_PPHI_1").answers[0].templates.clear()


def lose_ia_answer(doc: Doc) -> None:
    doc.activity("IA_BE_4").answers[0].templates.clear()


def lose_ia(doc: Doc) -> None:
    untyped(doc.activity("IA_BE_4"), "27.3.33", "20.3.1")


POPULATION = ("measure_data_cms",)
ACTIVITY = ("ia_measure", "ia_measure_cms")
MISSING = {
    "denominator": Missing(lose_population("DENOM"), "a population (DENOM)", POPULATION, (14, 59)),
    "numerator": Missing(lose_population("NUMER"), "a population (NUMER)", POPULATION, (14, 59)),
    "exclusion": Missing(lose_population("DENEX"), "a population (DENEX)", POPULATION, (14, 59)),
    "aggregate count": Missing(
        lambda doc: doc.measure("236").population("DENOM").counts[0].templates.clear(),
        "a count",
        ("aggregate_count",),
        (52,),
    ),
    "count of a PI numerator": Missing(
        lambda doc: doc.pi_measure("PI_EP_1").numerators[0].counts[0].templates.clear(),
        "a count (318)",
        ("aggregate_count",),
        (39,),
    ),
    "measure": Missing(
        lambda doc: untyped(doc.measure("236"), "27.3.17"),
        "a quality measure",
        ("measure_reference_results_cms",),
        (81,),
    ),
    "measure, without any template": Missing(
        lambda doc: doc.measure("236").templates.clear(), "a quality measure", ("measure_reference_results_cms",), (81,)
    ),
    "period of the quality section": Missing(
        lambda doc: doc.quality.period.templates.clear(), "the performance period", ("reporting_parameters_act",), (32,)
    ),
    "period of the PI section": Missing(
        lambda doc: doc.pi.period.templates.clear(), "the performance period", ("reporting_parameters_act",), (22,)
    ),
    "period of the IA section": Missing(
        lambda doc: doc.ia.period.templates.clear(), "the performance period", ("reporting_parameters_act",), (44,)
    ),
    "activity": Missing(lose_ia, "an improvement activity (IA_BE_4)", ACTIVITY, (43,)),
}


def broken(year: int, name: str) -> Doc:
    doc = document(year, measures=("236",))
    MISSING[name].change(doc)
    return doc


def allowed(year: int, name: str) -> list[str]:
    """Templates that may be named, as they would be written."""
    return [
        f'root="{one.root}"' + (f' extension="{one.extension}"' if one.extension else "")
        for one in templates(year, *MISSING[name].templates)
    ]


def official(year: int, found: Collection[int]) -> list[int]:
    """The codes of a year: an empty quality section is an error only from 2019."""
    return sorted(one for one in found if year >= 2019 or one != 81)


@pytest.mark.every(4)
@pytest.mark.parametrize("name", MISSING)
@pytest.mark.parametrize("year", YEARS)
def test_names_what_it_looks_like_and_what_to_add(year: int, name: str) -> None:
    (finding,) = of_kind(converted(broken(year, name)), "DOC033")
    assert MISSING[name].names in finding.message
    assert any(finding.expected == f"templateId {one}" for one in allowed(year, name))
    assert any(f"<templateId {one}/>" in finding.fix for one in allowed(year, name))
    assert finding.official_code is None
    assert finding.caused_by is None


@pytest.mark.every(4)
@pytest.mark.parametrize("name", MISSING)
@pytest.mark.parametrize("year", YEARS)
def test_official_codes_stay(year: int, name: str) -> None:
    assert codes(converted(broken(year, name))) == official(year, MISSING[name].codes)


@pytest.mark.every(4)
@pytest.mark.parametrize("name", MISSING)
@pytest.mark.parametrize("year", YEARS)
def test_what_follows_from_a_missing_template_says_so(year: int, name: str) -> None:
    result = converted(broken(year, name))
    others = [one for one in result.errors if one.id not in ("DOC033", "DOC030")]
    assert others
    assert {one.id: one.caused_by for one in others} == dict.fromkeys((one.id for one in others), "DOC033")


@pytest.mark.parametrize("name", ["measure", "measure, without any template", "activity"])
@pytest.mark.parametrize("year", YEARS)
def test_what_is_inside_of_an_element_without_template_follows_from_it(year: int, name: str) -> None:
    strays = of_kind(converted(broken(year, name)), "DOC030")
    assert strays
    assert {one.caused_by for one in strays} == {"DOC033"}


@pytest.mark.every(4)
@pytest.mark.parametrize("name", MISSING)
@pytest.mark.parametrize("year", YEARS)
def test_the_cause_stands_before_what_follows(year: int, name: str) -> None:
    assert converted(broken(year, name)).errors[0].id == "DOC033"


@pytest.mark.every(4)
@pytest.mark.parametrize("name", MISSING)
@pytest.mark.parametrize("year", YEARS)
def test_the_fix_of_a_missing_template_works(year: int, name: str) -> None:
    """What the fix says to add, put where the finding points, makes the document right."""
    data = broken(year, name).xml()
    (finding,) = of_kind(converter.convert(data.encode()), "DOC033")
    place = finding.official_place
    assert place is not None
    start = place.excerpt
    lines = data.splitlines(keepends=True)
    assert place.line is not None
    assert start.split()[0] in lines[place.line - 1]
    lines.insert(place.line, finding.fix[finding.fix.index("<") : finding.fix.index("/>") + 2] + "\n")
    assert {
        one.id for one in converter.check("".join(lines).encode(), guide="none").findings
    } <= POLICY | WARNINGS_OF_A_YEAR


# --- beside others of its kind -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Beside:
    """An entry without template in a section that holds another entry, so that the section is not empty."""

    change: Change
    names: str
    template: str


BESIDE = {
    "measure": Beside(
        lambda doc: untyped(doc.measure("236"), "27.3.17"), "a quality measure", "measure_reference_results_cms"
    ),
    "PI performed": Beside(
        lambda doc: untyped(doc.pi_measure("PI_PPHI_1"), "27.3.29"),
        "a promoting interoperability measure (PI_PPHI_1)",
        "pi_measure_performed",
    ),
    "PI with counts": Beside(
        lambda doc: untyped(doc.pi_measure("PI_EP_1"), "27.3.28"),
        "(PI_EP_1)",
        "pi_numerator_denominator",
    ),
    "activity": Beside(lose_ia, "an improvement activity (IA_BE_4)", "ia_measure"),
}


def beside(name: str) -> Conversion:
    doc = document(2025, measures=("236", "130"), ia=("IA_BE_4", "IA_EPA_1"))
    BESIDE[name].change(doc)
    return converted(doc)


@pytest.mark.parametrize("name", BESIDE)
def test_an_entry_without_template_is_not_lost_beside_others(name: str) -> None:
    assert not beside(name).ok


@pytest.mark.parametrize("name", BESIDE)
def test_an_entry_without_template_is_named_beside_others(name: str) -> None:
    result = beside(name)
    (finding,) = of_kind(result, "DOC033")
    assert BESIDE[name].names in finding.message
    (template,) = templates(2025, BESIDE[name].template)
    assert f'<templateId root="{template.root}" extension="{template.extension}"/>' in finding.fix
    assert {one.caused_by for one in result.blocking if one is not finding} == {"DOC033"}
    assert codes(result) == []


@pytest.mark.parametrize(
    ("id", "template"), [("PI_PPHI_1", "pi_measure_performed"), ("PI_EP_1", "pi_numerator_denominator")]
)
def test_the_only_pi_measure_without_template(id: str, template: str) -> None:
    doc = document(2025, pi=(id,))
    untyped(doc.pi_measure(id), "27.3.28", "27.3.29")
    result = converted(doc)
    (finding,) = of_kind(result, "DOC033")
    (wanted,) = templates(2025, template)
    assert "a promoting interoperability measure" in finding.message
    assert f"({id})" in finding.message
    assert f'root="{wanted.root}"' in finding.expected
    assert [one.caused_by for one in of_kind(result, "DOC022")] == ["DOC033"]
    assert codes(result) == []


# --- no template is missing, or it does not matter ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code"),
    [(lose_pi_answer, 11), (lose_ia_answer, 50)],
    ids=["PI", "IA"],
)
def test_an_answer_without_template_keeps_its_code(change: Change, code: int) -> None:
    doc = document(2025)
    change(doc)
    assert codes(converted(doc)) == [code]


OPTIONAL: dict[str, tuple[Change, str, str]] = {
    "rate": (
        lambda doc: drop(doc.measure("236").rates[0].templates, "27.3.25"),
        "a performance rate",
        "performance_rate_proportion_cms",
    ),
    "initial population": (lose_population("IPOP"), "a population (IPOP)", "measure_data_cms"),
}


@pytest.mark.every(4)
@pytest.mark.parametrize(("change", "names", "template"), OPTIONAL.values(), ids=OPTIONAL)
@pytest.mark.parametrize("year", YEARS)
def test_what_a_submission_does_not_need_is_a_warning(year: int, change: Change, names: str, template: str) -> None:
    """The official converter asks for no rate and no initial population."""
    doc = document(year)
    change(doc)
    result = converted(doc)
    assert result.ok
    assert result.submission == converted(document(year)).submission
    (finding,) = of_kind(result, "DOC034")
    (wanted,) = templates(year, template)
    assert names in finding.message
    assert f'root="{wanted.root}" extension="{wanted.extension}"' in finding.expected
    assert finding in result.warnings


@pytest.mark.every(4)
@pytest.mark.parametrize(("change", "names", "_template"), OPTIONAL.values(), ids=OPTIONAL)
@pytest.mark.parametrize("year", YEARS)
def test_a_warning_beside_an_error(year: int, change: Change, names: str, _template: str) -> None:
    doc = document(year)
    change(doc)
    lose_population("DENOM")(doc)
    result = converted(doc)
    assert [one.message for one in of_kind(result, "DOC034") if names in one.message]
    (cause,) = of_kind(result, "DOC033")
    assert "a population (DENOM)" in cause.message
    assert {one.caused_by for one in result.errors if one is not cause} == {"DOC033"}
    assert codes(result) == [14, 59]


def test_every_element_without_template_is_named() -> None:
    doc = document(2025, measures=("236", "226"))
    for measure in doc.measures:
        for population in measure.populations:
            population.templates.clear()
    result = converted(doc)
    named = Counter(one.id for one in result.findings if one.id in ("DOC033", "DOC034"))
    initial = sum(one.role == "IPOP" for measure in doc.measures for one in measure.populations)
    others = sum(one.role != "IPOP" for measure in doc.measures for one in measure.populations)
    assert named == {"DOC033": others, "DOC034": initial}
    assert {one.caused_by for one in result.errors if one.id != "DOC033"} == {"DOC033"}
    assert Counter(codes(result))[7] == 2


def test_only_what_it_explains_is_caused_by_it() -> None:
    doc = document(2025, measures=("236", "226"))
    lose_population("DENOM")(doc)
    doc.measure("236").population("NUMER").id = "00000000-0000-0000-0000-000000000000"
    doc.measure("226").populations.remove(doc.measure("226").population("DENOM", 1))
    found = {
        (one.measure.measure_id, one.message.split("is missing its ")[1].split()[0]): one.caused_by == "DOC033"
        for one in of_kind(converted(doc), "POP002")
        if one.measure
    }
    assert found == {("236", "DENOM"): True, ("236", "NUMER"): False, ("226", "DENOM"): False}


@pytest.mark.parametrize(
    "change",
    [
        lambda doc: doc.quality.periods.clear(),
        lambda doc: doc.measure("236").populations.remove(doc.measure("236").population("DENOM")),
        lambda doc: doc.measure("236").population("DENOM").counts.clear(),
        lambda doc: doc.quality.entries.clear(),
        lambda doc: doc.ia.entries.clear(),
        lambda _: None,
    ],
    ids=["period", "population", "count", "measures", "activities", "fine"],
)
def test_what_is_not_there_has_no_template_to_add(change: Change) -> None:
    doc = document(2025, supplemental=True, reporting_strata=True)
    change(doc)
    result = converted(doc)
    assert of_kind(result, "DOC033") == []
    assert "DOC033" not in {one.caused_by for one in result.findings}


def test_supplemental_data_is_not_taken_for_populations() -> None:
    doc = document(2025)
    denominator = doc.measure("236").population("DENOM")
    add_supplemental(doc, denominator)
    for detail in denominator.details:
        detail.templates.clear()
    doc.measure("236").populations.remove(doc.measure("236").population("NUMER"))
    assert of_kind(converted(doc), "DOC033") == []


# --- roles are swapped -------------------------------------------------------------------------------------------


def swap(measure: Measure, first: str, second: str, index: int = 0) -> None:
    one, other = measure.population(first, index), measure.population(second, index)
    one.id, other.id = other.id, one.id


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(("first", "second"), [("NUMER", "DENOM"), ("DENEX", "NUMER"), ("DENOM", "DENEX")])
def test_swapped_roles(year: int, first: str, second: str) -> None:
    doc = document(year)
    swap(doc.measure("236"), first, second)
    result = converted(doc)
    (cause,) = of_kind(result, "POP017")
    assert first in cause.message
    assert second in cause.message
    assert cause.caused_by is None
    for role in (first, second):
        right = measure_facts(year, "236")["strata"][0]["populations"][role]
        assert f"{role} with the id {right}" in cause.expected
    assert [one.caused_by for one in of_kind(result, "POP002")] == ["POP017", "POP017"]
    assert codes(result) == [59, 59]


def test_swapped_codes_are_swapped_ids() -> None:
    doc = document(2025)
    measure = doc.measure("236")
    numerator, denominator = measure.population("NUMER"), measure.population("DENOM")
    numerator.role, denominator.role = "DENOM", "NUMER"
    result = converted(doc)
    assert len(of_kind(result, "POP017")) == 1
    assert [one.caused_by for one in of_kind(result, "POP002")] == ["POP017", "POP017"]


def test_swapped_ids_in_lower_case() -> None:
    doc = document(2025)
    swap(doc.measure("236"), "NUMER", "DENOM")
    for population in doc.measure("236").populations:
        population.id = (population.id or "").lower()
    assert len(of_kind(converted(doc), "POP017")) == 1


def test_initial_population_and_denominator_swapped() -> None:
    doc = document(2025)
    swap(doc.measure("236"), "IPOP", "DENOM")
    result = converted(doc)
    assert len(of_kind(result, "POP017")) == 1
    assert [one.caused_by for one in of_kind(result, "POP002")] == ["POP017"]
    assert codes(result) == [59]


@pytest.mark.parametrize("index", [0, 1, 2])
def test_swapped_in_one_population_set(index: int) -> None:
    doc = document(2025, measures=("226",))
    swap(doc.measure("226"), "NUMER", "DENOM", index)
    result = converted(doc)
    (cause,) = of_kind(result, "POP017")
    assert measure_facts(2025, "226")["strata"][index]["name"] in cause.message
    assert [one.caused_by for one in of_kind(result, "POP002")] == ["POP017", "POP017"]


def test_swapped_in_each_population_set() -> None:
    doc = document(2025, measures=("226",))
    for index in range(3):
        swap(doc.measure("226"), "NUMER", "DENOM", index)
    result = converted(doc)
    assert len(of_kind(result, "POP017")) == 3
    assert [one.caused_by for one in of_kind(result, "POP002")] == ["POP017"] * 6


def test_a_circle_of_three_roles_is_not_a_swap() -> None:
    doc = document(2025)
    swap(doc.measure("236"), "NUMER", "DENOM")
    swap(doc.measure("236"), "DENOM", "DENEX")
    result = converted(doc)
    assert of_kind(result, "POP017") == []
    assert [one.caused_by for one in of_kind(result, "POP002")] == [None] * 3


def test_one_wrong_id_is_not_a_swap() -> None:
    doc = document(2025)
    doc.measure("236").population("NUMER").id = doc.measure("236").population("DENOM").id
    result = converted(doc)
    assert of_kind(result, "POP017") == []
    (finding,) = of_kind(result, "POP002")
    assert finding.caused_by is None
    assert "that of its DENOM population" in finding.message


# --- an export of another year -----------------------------------------------------------------------------------

MEASURES = ("236", "130", "134")


def exported(year: int, other: int, old: Collection[str], measures: Collection[str] = MEASURES) -> Conversion:
    """Convert a document of a year in which some measures carry the GUIDs of another year."""
    doc = document(year, measures=measures)
    for measure_id in old:
        doc.measure(measure_id).guid = measure_facts(other, measure_id)["guid"]
    return converted(doc)


@pytest.mark.parametrize(("year", "other"), [(2019, 2018), (2022, 2021), (2024, 2025), (2025, 2024), (2026, 2019)])
def test_export_of_another_year(year: int, other: int) -> None:
    result = exported(year, other, MEASURES)
    (cause,) = of_kind(result, "GUID018")
    assert f"3 of 3 measures have {other} GUIDs" in cause.message
    assert (cause.found, cause.caused_by, cause.official_code) == (str(other), None, None)
    assert [one.caused_by for one in of_kind(result, "GUID002")] == ["GUID018"] * 3
    assert codes(result) == [6, 6, 6]
    assert result.errors[0] == cause


def test_most_measures_of_another_year() -> None:
    result = exported(2025, 2024, ("236", "134"))
    assert "2 of 3 measures" in of_kind(result, "GUID018")[0].message
    assert [one.caused_by for one in of_kind(result, "GUID002")] == ["GUID018"] * 2


def test_a_measure_of_a_third_year_has_another_cause() -> None:
    doc = document(2025, measures=MEASURES)
    for measure_id, other in (("236", 2024), ("130", 2024), ("134", 2022)):
        doc.measure(measure_id).guid = measure_facts(other, measure_id)["guid"]
    result = converted(doc)
    assert len(of_kind(result, "GUID018")) == 1
    causes = {one.measure.measure_id: one.caused_by for one in of_kind(result, "GUID002") if one.measure}
    assert causes == {"236": "GUID018", "130": "GUID018", "134": None}


@pytest.mark.parametrize(
    ("old", "measures"), [(("236",), ("236",)), (("236",), MEASURES), (("236", "130"), (*MEASURES, "226"))]
)
def test_no_more_than_half_is_no_export_of_another_year(old: Collection[str], measures: Collection[str]) -> None:
    result = exported(2025, 2024, old, measures)
    assert of_kind(result, "GUID018") == []
    assert [one.caused_by for one in of_kind(result, "GUID002")] == [None] * len(old)


def test_a_right_document_has_no_cause() -> None:
    for year in YEARS:
        result = converter.check(document(year, measures=("236", "226"), supplemental=True).bytes(), guide="none")
        assert {one.id for one in result.findings} <= POLICY | WARNINGS_OF_A_YEAR


# --- nearly the name of a program --------------------------------------------------------------------------------

NEAR = {
    "MIPS_GRUOP": "MIPS_GROUP",
    "mips_gruop": "MIPS_GROUP",
    "MIPS GROUP": "MIPS_GROUP",
    " MIPS_GROUP ": "MIPS_GROUP",
    "MIPSGROUP": "MIPS_GROUP",
    "MIPS_GROUPS": "MIPS_GROUP",
    "MIPS-INDIV": "MIPS_INDIV",
    "MIPS_IND": "MIPS_INDIV",
    "MIPS_INDIVIDUAL": "MIPS_INDIV",
    "MIPS_VIRTUAL_GROUP": "MIPS_VIRTUALGROUP",
    "MIPS_SUB_GROUP": "MIPS_SUBGROUP",
    "MIPS_APM_ENTITY": "MIPS_APMENTITY",
    "APP1_INDIV": "MIPS_APP1_INDIV",
    "MIPS_APP_INDIV": "MIPS_APP1_INDIV",
    "MIPS_APP1_APM": "MIPS_APP1_APMENTITY",
    "APPPLUS_GROUP": "APP_PLUS_GROUP",
    "MIPS_APP_PLUS_GROUP": "APP_PLUS_GROUP",
}


@pytest.mark.parametrize(("name", "near"), NEAR.items())
def test_near_program_name(name: str, near: str) -> None:
    result = converted(document(2025, name))
    (finding,) = result.errors
    assert (finding.id, finding.official_code) == ("DOC007", 25)
    assert finding.message.endswith(f"close to {near}.")
    assert finding.fix.endswith(f"such as {near}.")
    assert near in finding.expected.split("One of ")[1].split(", ")


@pytest.mark.parametrize("name", ["HELLO", "", " ", "2025", "GROUP", "MVP", "M1366"])
def test_program_name_that_is_near_to_none(name: str) -> None:
    (finding,) = converted(document(2025, name)).errors
    assert (finding.id, finding.official_code) == ("DOC007", 25)
    assert "close to" not in finding.message
    assert "such as" not in finding.fix


@pytest.mark.parametrize(
    ("year", "name"), [(2018, "MIPS_APMENTTY"), (2020, "APP_PLUS_INDIW"), (2022, "MIPS_SUBGRUP"), (2025, "CPCPLUSS")]
)
def test_only_names_of_the_year_are_near(year: int, name: str) -> None:
    (finding,) = converted(document(year, name)).errors
    accepted = finding.expected.split("One of ")[1].split(", ")
    near = finding.message.rpartition("close to ")[2].rstrip(".")
    assert finding.id == "DOC007"
    assert near in accepted or "close to" not in finding.message


@pytest.mark.parametrize("name", ["mips_group", "Mips_Indiv", "app_plus_group"])
def test_names_in_any_case(name: str) -> None:
    assert converted(document(2025, name.upper())).ok
    doc = document(2025, name.upper())
    doc.program = name
    assert converted(doc).ok
