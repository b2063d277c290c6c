"""Groups of findings, and the results of measures."""

import pytest

import converter
from converter.emitters.reports.measure_words import percent, read_rate
from converter.emitters.reports.report import Report
from converter.findings import kinds
from converter.findings.finding import Finding, Kind
from converter.model.identity import Identity
from converter.model.measure_result import MeasureResult
from converter.result import ALWAYS_BLOCKING, Conversion
from tests.documents import Doc, Id, document


def finding(kind: Kind, caused_by: str | None = None, message: str = "It is so.") -> Finding:
    return Finding(kind, message, caused_by=caused_by)


def report(*findings: Finding, blocking: tuple[Finding, ...] = ()) -> Report:
    nothing = Conversion("a.xml", (), ALWAYS_BLOCKING)
    return Report("a.xml", "", 2025, Identity(), None, findings, blocking, frozenset(), nothing)


def order(*findings: Finding) -> list[str]:
    return [group.id for group in report(*findings).groups]


def test_findings_of_one_kind_and_cause_are_a_group() -> None:
    ones = [finding(kinds.COUNT_NOT_WHOLE, None, str(number)) for number in range(3)]
    follower = finding(kinds.COUNT_NOT_WHOLE, "DOC033")
    groups = report(*ones, follower, blocking=(ones[0], ones[2])).groups
    assert [(len(group.findings), group.blocks, group.caused_by) for group in groups] == [
        (2, True, None),
        (1, False, None),
        (1, False, "DOC033"),
    ]


def test_causes_stand_before_what_follows_from_them() -> None:
    cause = finding(kinds.TEMPLATE_MISSING_BY_SHAPE)
    follower = finding(kinds.OUT_OF_PLACE, "DOC033")
    last = finding(kinds.QUALITY_SECTION_EMPTY, "DOC030")
    assert order(last, follower, cause) == ["DOC033", "DOC030", "DOC021"]


def test_errors_stand_before_warnings_also_where_they_have_a_cause() -> None:
    warning, error = finding(kinds.POPULATION_IGNORED), finding(kinds.COUNT_NOT_WHOLE, "GUID018")
    assert order(warning, error, finding(kinds.EXPORT_OF_ANOTHER_YEAR)) == ["GUID018", "POP008", "POP014"]


def test_a_warning_that_causes_an_error_stands_before_it() -> None:
    assert order(finding(kinds.COUNT_NOT_WHOLE, "POP014"), finding(kinds.POPULATION_IGNORED)) == ["POP014", "POP008"]


def test_causes_in_a_circle_do_no_harm() -> None:
    assert len(order(finding(kinds.COUNT_NOT_WHOLE, "POP014"), finding(kinds.POPULATION_IGNORED, "POP008"))) == 2


def results_of(doc: Doc) -> list[MeasureResult]:
    made = converter.check(doc.bytes()).report()
    return list(made.measures(made.inventory))


def test_rates_are_computed_from_the_counts() -> None:
    doc = document(2025, measures=("134",), counts={"DENOM": 100, "DENEX": 10, "DENEXCEP": 15, "NUMER": 60})
    (row,) = results_of(doc)[0].rows
    assert row.rate == pytest.approx(60 / 75)
    assert (percent(row.rate), row.reported, read_rate(row.reported)) == ("80.00%", "0.8", "80.00%")


@pytest.mark.parametrize("counts", [{"DENOM": 0, "DENEX": 0, "NUMER": 0}, {"DENEX": 400}])
def test_no_rate_without_a_denominator(counts: dict[str, int]) -> None:
    (row,) = results_of(document(2025, measures=("236",), counts=counts))[0].rows
    assert (row.rate, percent(row.rate)) == (None, "")


@pytest.mark.parametrize("count", ["12.5", None, "x"])
def test_no_rate_of_what_is_no_number(count: str | None) -> None:
    doc = document(2025, measures=("236",))
    doc.measure("236").population("NUMER").count = count
    (row,) = results_of(doc)[0].rows
    assert row.rate is None
    assert row.counts["NUMER"] == (count or "no value")


@pytest.mark.parametrize(("text", "shown"), [("0.5", "50.00%"), ("85", "85"), ("NA", "NA"), (None, ""), ("nan", "nan")])
def test_reported_rates(text: str | None, shown: str) -> None:
    assert read_rate(text) == shown


def test_population_sets_are_told_by_id_whatever_their_order() -> None:
    doc = document(2025, measures=("009",))
    measure = doc.measure("009")
    names = {one.name: one.counts for one in results_of(doc)[0].rows}
    measure.populations.reverse()
    measure.rates.reverse()
    assert {one.name: one.counts for one in results_of(doc)[0].rows} == names
    assert list(names) == ["84Days", "180Days"]


def test_populations_of_an_unknown_measure_are_told_by_their_order() -> None:
    doc = document(2025, measures=("009",))
    known = [one.counts for one in results_of(doc)[0].rows]
    doc.measure("009").guid = "00000000-1111-2222-3333-444444444444"
    (first, second) = results_of(doc)[0].rows
    assert [first.counts, second.counts] == known
    assert [first.name, second.name] == ["set 1", "set 2"]


def test_a_population_with_a_wrong_id_takes_the_place_that_is_free() -> None:
    doc = document(2025, measures=("009",))
    wanted = [one.counts for one in results_of(doc)[0].rows]
    doc.measure("009").population("NUMER", 1).ids = [Id("11111111-1111-2222-3333-444444444444")]
    assert [one.counts for one in results_of(doc)[0].rows] == wanted


def test_status_of_what_cms_would_reject() -> None:
    doc = document(2025, "MIPS_GROUP", measures=("001", "236"), pi=False, ia=False)
    doc.measure("236").population("NUMER").count = 189
    assert [one.status for one in results_of(doc)] == ["converted", "see SUB001"]


def test_promoting_interoperability() -> None:
    first, second, third = results_of(document(2025))[1:]
    assert (first.proportion, percent(first.proportion_rate)) == (("318", "407"), "78.13%")
    assert (second.proportion, second.entry.answer, second.entry.label.title) == (None, "Y", "Security Risk Analysis")
    assert third.category == "ia"
