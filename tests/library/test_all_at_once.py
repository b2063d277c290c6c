"""All errors at once: one does not hide another, wherever they stand, and what is only assumed is never written."""

from collections.abc import Callable, Mapping
from functools import cache
from itertools import combinations

import pytest

import converter
from converter.errors import UsageError
from converter.result import Result
from tests.cli.runner import qrda2qpp
from tests.complete import complete_document
from tests.documents import Doc, Measure, document, measure_facts, one
from tests.policy import POLICY

Change = Callable[[Doc], object]


def template(extension: str | None) -> Change:
    def change(doc: Doc) -> None:
        one(doc.templates, "27.1.2").extension = extension

    return change


def drop_template(doc: Doc) -> None:
    doc.templates = [item for item in doc.templates if "27.1.2" not in str(item.root)]


def guid(text: str, measure: str = "226") -> Change:
    def change(doc: Doc) -> None:
        doc.measure(measure).guid = text

    return change


def over_denominator(measure: str) -> Change:
    def change(doc: Doc) -> None:
        doc.measure(measure).set_counts(IPOP=200, DENOM=178, NUMER=1330, DENEX=8)
        doc.measure(measure).rates[0].value = "0.5"

    return change


def pi_id(doc: Doc) -> None:
    doc.pi_measure("PI_PPHI_1").ids[0].extension = "PI_XYZ_7"


def ia_id(doc: Doc) -> None:
    doc.activity("IA_BE_4").ids[0].extension = "IA_XYZ_7"


def tin(doc: Doc) -> None:
    doc.performers[0].organization_ids[0].extension = "00041726"


def program(doc: Doc) -> None:
    doc.program = "MIPS_GRUOP"


def population_id(doc: Doc) -> None:
    doc.measure("001").population("DENEX").id = "00000000-0000-4000-8000-000000000001"


def pi_answer(doc: Doc) -> None:
    doc.pi_measure("PI_HIE_5").answers[0].code = "maybe"


def pi_counts(doc: Doc) -> None:
    doc.pi_measure("PI_EP_1").numerators[0].count = 999999


def ia_period(doc: Doc) -> None:
    doc.ia.period.end = "soon"


UNKNOWN = "00000000-0000-4000-8000-000000000002"
MISSPELT = str(measure_facts(2025, "226")["guid"])[:-1] + "f"
ERRORS: Mapping[str, tuple[str, Change]] = {
    "document template": ("DOC004", template("2024-12-10")),
    "program name": ("DOC007", program),
    "GUID": ("GUID014", guid(MISSPELT)),
    "counts": ("SUB054", over_denominator("236")),
    "population id": ("POP002", population_id),
    "PI id": ("SUB046", pi_id),
    "PI answer": ("PI007", pi_answer),
    "PI counts": ("SUB059", pi_counts),
    "period": ("DOC020", ia_period),
    "TIN": ("SUB010", tin),
}
"""Where an error is -> what is found, and the error. No two of them touch the same entry."""


def base() -> Doc:
    return document(2025, measures=("236", "226", "001"), pi=("PI_EP_1", "PI_HIE_5", "PI_PPHI_1"), ia=("IA_BE_4",))


def check(*changes: Change) -> Result:
    doc = base()
    for change in changes:
        change(doc)
    return converter.check(doc.bytes(), guide="none")


def ids(result: Result) -> set[str]:
    return {finding.id for finding in result.findings if finding.id not in POLICY and not finding.id.startswith("IG")}


@cache
def alone(name: str) -> frozenset[str]:
    return frozenset(ids(check(ERRORS[name][1])))


def test_each_error_is_found_alone() -> None:
    assert ids(check()) == set()
    for where, (id, change) in ERRORS.items():
        assert id in {finding.id for finding in check(change).errors}, where


@pytest.mark.every(10)
@pytest.mark.parametrize("names", list(combinations(ERRORS, 5)), ids=" ".join)
def test_five_errors_in_five_places_are_found_at_once(names: tuple[str, ...]) -> None:
    result = check(*(ERRORS[name][1] for name in names))
    found = {finding.id for finding in result.errors}
    assert {ERRORS[name][0] for name in names} <= found
    assert ids(result) <= set().union(*map(alone, names)), "and nothing that none of them gives alone"
    assert result.submission is None


def test_all_of_them_at_once() -> None:
    result = check(*(change for _, change in ERRORS.values()))
    assert {id for id, _ in ERRORS.values()} <= {finding.id for finding in result.errors}
    assert ids(result) <= set().union(*map(alone, ERRORS))


@pytest.mark.parametrize("change", [drop_template, template("2024-07-01"), template("2025-05-01"), template(None)])
def test_a_wrong_edition_hides_nothing(change: Change) -> None:
    errors = [one for name, (_, one) in ERRORS.items() if name != "document template"]
    with_it, without = check(*errors, change), check(*errors)
    assert with_it.year == without.year == 2025
    edition = {"DOC002", "DOC003", "DOC004"}
    told = [(f.id, f.message) for f in with_it.findings if f.id not in edition]
    assert told == [(f.id, f.message) for f in without.findings]
    assert "checked as a 2025 document" in next(f.message for f in with_it.findings if f.id in edition)


def test_convert_is_blocked_by_what_blocks_it_alone() -> None:
    doc = base()
    for _, change in ERRORS.values():
        change(doc)
    result = converter.convert(doc.bytes())
    assert {one.id for one in result.blocking} == {"DOC004", "DOC007", "GUID014", "POP002", "PI007", "DOC020"}
    assert {"SUB046", "SUB054", "SUB010", "SUB059"} <= {one.id for one in result.errors}
    assert result.submission is None
    assert result.locate("/performanceYear") is None
    with pytest.raises(UsageError):
        result.to_json()
    run = qrda2qpp("-", stdin=doc.bytes())
    assert (run.code, run.stdout) == (1, b"")
    assert "SUB046" in run.stderr


def test_a_document_with_submission_errors_alone_is_converted() -> None:
    doc = base()
    for name in ("counts", "PI id", "TIN"):
        ERRORS[name][1](doc)
    assert converter.convert(doc.bytes()).submission is not None


# -- what is certain in spite of its GUID


CERTAIN: Mapping[str, str] = {
    "misspelt": MISSPELT,
    "a measure id": "226",
    "wrapped": f"urn:uuid:{measure_facts(2025, '226')['guid']}",
    "of another year": str(measure_facts(2024, "226")["guid"]),
    "the set id": str(document(2025, measures=("226",)).measure("226").set_id),
}
"""What is wrong with a GUID whose measure is certain -> the GUID."""


def wrong_guid(what: str) -> str:
    found = {one.id for one in check(guid(CERTAIN[what])).errors}
    assert len(found) == 1
    return found.pop()


@pytest.mark.parametrize("what", CERTAIN)
def test_populations_of_a_certain_measure_are_checked(what: str) -> None:
    doc = base()
    doc.measure("226").guid = CERTAIN[what]
    doc.measure("226").population("DENOM").counts.clear()
    doc.measure("226").population("NUMER", 1).id = "00000000-0000-4000-8000-000000000001"
    found = ids(converter.check(doc.bytes()))
    assert {"POP006", "POP002", wrong_guid(what)} <= found
    doc = base()
    doc.measure("226").guid = CERTAIN[what]
    doc.measure("226").set_counts(1, IPOP=100, DENOM=50, NUMER=60, DENEX=0)
    assert {"SUB054", wrong_guid(what)} <= ids(converter.check(doc.bytes()))


@pytest.mark.parametrize(
    "text", [measure_facts(2025, "001")["guid"][:-1] + "e", "00000000-0000-4000-8000-000000000002"]
)
def test_a_measure_that_is_not_certain_is_not_assumed(text: str) -> None:
    """The GUID is nearly that of another measure than the populations are of, or none at all."""
    doc = base()
    doc.measure("226").guid = text
    doc.measure("226").population("NUMER", 1).id = "00000000-0000-4000-8000-000000000001"
    assert not {one for one in ids(converter.check(doc.bytes())) if one.startswith(("POP", "RATE"))}


def test_an_export_of_another_year_has_one_cause() -> None:
    doc = document(2025, measures=("236", "226", "001"))
    other = document(2024, measures=("236", "226", "001"))
    doc.quality.entries = other.quality.entries
    result = converter.check(doc.bytes())
    assert {one.id for one in result.errors} == {"GUID018", "GUID002"}
    assert {one.caused_by for one in result.errors if one.id == "GUID002"} == {"GUID018"}


def test_populations_that_follow_from_the_guid_say_so() -> None:
    doc = base()
    doc.measure("226").guid = "CMS138v13"
    for number, population in enumerate(doc.measure("226").populations):
        population.id = f"00000000-0000-4000-8000-{number:012}"
    doc.measure("226").rates.clear()
    causes = {one.caused_by for one in converter.check(doc.bytes()).errors if one.official_code == 59}
    assert causes == {"GUID016"}


# -- absence and number


@pytest.mark.parametrize("category", ["quality", "pi", "ia"])
def test_of_a_category_with_errors_nothing_is_missed(category: str) -> None:
    """A measure that is left out for an error might be the one that is missing."""
    doc = complete_document(2025)
    assert not {one.id for one in converter.check(doc.bytes()).errors}
    entry = doc.section(category).entries[0]
    if isinstance(entry, Measure):
        entry.populations[0].counts.clear()
    else:
        entry.ids.clear()
    result = converter.check(doc.bytes())
    assert not result.ok
    assert not {"SUB067", "SUB071", "SUB072", "SUB078", "SUB079"} & {one.id for one in result.findings}
    rows = {row.category: row for row in result.readiness}
    judged = {name for name, row in rows.items() if not any("errors" in words for words in row.unchecked)}
    assert judged == {"quality", "pi", "ia"} - {category}
    assert rows[category].lacking == ()
    assert rows[category].unchecked == ("what is missing, because parts of this category have errors",)


def test_of_a_document_of_an_unknown_program_nothing_is_missed() -> None:
    result = check(program)
    assert {words for row in result.readiness for words in (*row.lacking, *row.unchecked)} == {
        "what is missing, because the document does not name one program that this tool checks"
    }
    assert ids(result) == {"DOC007"}
    assert not POLICY & {one.id for one in result.findings}


def test_the_report_of_a_blocked_document_tells_what_is_not_judged() -> None:
    doc = base()
    doc.measure("226").population("DENOM").counts.clear()
    text = qrda2qpp("check", "-", stdin=doc.bytes()).stderr or ""
    text += (qrda2qpp("check", "-", stdin=doc.bytes()).stdout or b"").decode()
    assert "what is missing, because parts of this category have errors" in " ".join(text.split())
