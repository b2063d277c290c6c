"""Every row of the table of findings: given where it is due, at the right place, and nowhere else."""

import io
import json
import re
import zipfile
from collections.abc import Container
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from string import Formatter
from types import ModuleType

import pytest

import converter
from converter import VerdictKind, pipeline
from converter.cli.main import run
from converter.errors import ArchiveError, SourceError, TooLargeError
from converter.examination import qrda3_document as examination
from converter.facts.files import data_folders
from converter.findings import kinds
from converter.findings.finding import Finding, Kind, Severity, Stage
from converter.findings.kinds import TABLE
from converter.result import ALWAYS_BLOCKING, Result
from converter.rules.context import Context
from converter.rules.document import CONVERT
from converter.source.inputs import expand
from converter.source.limits import DEFAULT_LIMITS, MEGABYTE, Limits
from tests.documents import NPI, TIN, document, profile
from tests.policy import POLICY, apart_from_policy
from tests.rules.cases import (
    BEFORE_CONVERSION,
    FILE,
    GUIDS,
    POPULATIONS,
    RATES,
    SUBMISSION,
    Case,
    Change,
    add_population,
    again,
    counts,
    dated,
    measure,
    numerator,
    population,
    put,
    rate_value,
    remove_population,
    same,
    start,
    version_of,
)
from tests.rules.site_cases import SITES
from tests.rules.submission.submission_cases import AFTER_CONVERSION

CASES = (*BEFORE_CONVERSION, *SITES, *AFTER_CONVERSION)
HERE = "tests/rules/test_rules.py"
ELSEWHERE = {id: HERE for id in ("XML007", "XML009", "XML010", "XML011", "XML012", "DOC032", "DOC053", "TOOL001")}
ELSEWHERE |= {f"IG00{number}": "tests/structure/broken_structures.py" for number in range(1, 10)}
ELSEWHERE |= {"XML014": "tests/batch/test_many.py", "XML015": "tests/batch/test_many.py"}
ELSEWHERE |= {"IG010": "tests/structure/test_xsd.py"}
ELSEWHERE |= {f"IG0{number}": "tests/examination/test_guide_findings.py" for number in range(12, 28)}
ELSEWHERE |= {id: "tests/structure/test_structure.py" for id in ("IG011", "TOOL002")}
"""Rows that no document alone can show, or that are given by the structure check -> file of their tests."""
IN_JSON = "tests/rules/submission/test_json_rules.py"
ELSEWHERE |= {
    f"SUB{number:03}": IN_JSON
    for number in (25, 37, 41, 42, 43, 44, 50, 51, 52, 53, 55, 56, 57, 58, 60, 62, 70, 80, 84, 88)
}
ELSEWHERE["SITE012"] = "tests/rules/document/test_practice_sites.py"
ELSEWHERE |= dict.fromkeys(("SUB027", "SUB085", "SUB086", "SUB087"), "tests/cli/test_batch.py")
ELSEWHERE |= dict.fromkeys(
    ("DOC035", "DOC036", "DOC037", "DOC038", "POP020", "PI012", "PI013"), "tests/rules/document/test_unread_parts.py"
)
ELSEWHERE |= dict.fromkeys(("SUB012", "SUB013", "SUB014"), "tests/source/json/test_json_tree.py")
ELSEWHERE |= {f"SUB{number:03}": "tests/library/test_submission_check.py" for number in range(15, 25)}
"""Rows that only a submission as JSON can show."""

ROOT = Path(__file__).resolve().parents[2]
LONGEST_MESSAGE, LONGEST_EVIDENCE = 240, 120
EVIDENCE = re.compile(
    r"(?<=\.) (?:(?:All|\d+ of \d+) of its population ids are|Its population ids are|Its title is|The id given, ).*\.$"
)
"""What a message ends with where it says what else the document tells of the measure or population."""
OF_PROGRAMS = {*POLICY, "SUB045"}
"""What depends on the program of a document: numbers of measures, and which measures it takes."""
QUALITY_CASES = [case for case in (*GUIDS, *POPULATIONS, *RATES) if case.fails and case.year >= 2021]


def ids(conversion: Result, about: Container[str] = ()) -> set[str]:
    """What is found; of the warnings that only say how little there is, those that are asked about."""
    return {finding.id for finding in conversion.findings if finding.id not in POLICY or finding.id in about}


def places(conversion: Result) -> list[tuple[str, str]]:
    return [(one.id, one.official_place.path if one.official_place else "") for one in conversion.findings]


# --- the rows ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=str)
def test_row(case: Case) -> None:
    conversion = converter.convert(case.data(), year=case.asserted)
    assert ids(conversion, {case.finding, *case.also.split()}) == case.ids
    if case.fails:
        assert_code_and_place(case, conversion)
    assert_errors_block_and_nothing_else_does(conversion)
    for finding in conversion.findings:
        check_sentences(finding)


def assert_code_and_place(case: Case, conversion: Result) -> None:
    found = [finding for finding in conversion.findings if finding.id == case.finding]
    assert found, f"{case.finding} is not given"
    first = found[0]
    assert first.official_code == case.code
    official = first.official_place
    assert (official.path if official else "") == case.path
    assert len(found) == case.times
    if official and first.place and case.path:
        name = case.path.rpartition("/")[2].partition("[")[0]
        assert re.match(rf"<(\w+:)?{name}\b", official.excerpt)
        assert all(official.official)
        assert first.place.line
        assert first.place.column


def assert_errors_block_and_nothing_else_does(conversion: Result) -> None:
    assert conversion.ok is not any(finding.stage in ALWAYS_BLOCKING for finding in conversion.errors)
    assert (conversion.submission is not None) is conversion.ok


CHECKED = [*SUBMISSION, *AFTER_CONVERSION, *FILE[:3]]


@pytest.mark.every(5)
@pytest.mark.parametrize("case", CHECKED, ids=map(str, CHECKED))
def test_what_cms_would_reject_blocks_a_check(case: Case) -> None:
    conversion, strict = converter.convert(case.data()), converter.check(case.data(), guide="none")
    assert strict.ok is not bool(conversion.errors)
    assert [one for one in places(strict) if not one[0].startswith("IG")] == places(conversion)
    assert (strict.submission is not None) is conversion.ok


@pytest.mark.every(5)
@pytest.mark.parametrize("case", QUALITY_CASES, ids=map(str, QUALITY_CASES))
def test_quality_is_checked_in_every_program(case: Case) -> None:
    programs = ["MIPS_GROUP", "MIPS_APP1_INDIV", *(["APP_PLUS_APMENTITY"] if case.year >= 2025 else ())]
    first, *others = (
        [one for one in places(converter.convert(case.data(program))) if one[0] not in OF_PROGRAMS]
        for program in programs
    )
    assert (case.finding, case.path) in first
    assert all(other == first for other in others)


def test_documents_are_clean_before_the_change() -> None:
    """Programs that are not taken, and measures that are always remarked on, are the rows' own matter."""
    remarks = {"DOC008", "DOC009", "DOC028", "POP011", "POP012", "POP013", "SUB026", "SUB045", "SUB061"}
    remarks |= {"SITE018", "SITE019", "SITE020", "SUB036"}
    cases = (
        *BEFORE_CONVERSION,
        *SITES,
        *(one for one in AFTER_CONVERSION if one.change is not same and "pi" not in one.options),
    )
    bases = {(case.year, case.program, str(case.options)): case for case in cases if case.program != "MIPS_GRUOP"}
    for case in bases.values():
        found = ids(converter.convert(case.base().xml().encode()))
        assert found <= remarks | set(case.also.split()), case


def test_rows_have_different_names() -> None:
    names = [str(case) for case in CASES]
    assert sorted(names) == sorted(set(names))


def test_rows_are_spread_over_years_and_programs() -> None:
    failing = [case for case in CASES if case.fails]
    assert {case.year for case in failing} >= set(range(2018, 2027))
    families = {profile(case.year)["programs"].get(case.program, {}).get("family") for case in failing}
    assert families >= {"mips", "app1", "appPlus"}


# --- the table ---------------------------------------------------------------------------------------------------


def _families() -> list[ModuleType]:
    """The files of the table."""
    return [import_module(f"{kinds.__name__}.{one.name}") for one in iter_modules(kinds.__path__)]


@pytest.mark.parametrize("id", TABLE)
def test_finding_has_a_failing_and_a_passing_row(id: str) -> None:
    if id in ELSEWHERE:
        assert f'"{id}"' in (ROOT / ELSEWHERE[id]).read_text(encoding="utf-8")
        return
    assert any(case.finding == id and case.fails for case in CASES), f"{id} has no failing row"
    assert any(case.finding == id and not case.fails for case in CASES), f"{id} has no passing row"


def test_no_row_is_of_a_finding_that_is_not_there() -> None:
    assert {case.finding for case in CASES} | set(ELSEWHERE) <= set(TABLE)


@pytest.mark.parametrize("kind", TABLE.values(), ids=list(TABLE))
def test_sentences_are_as_they_should_be(kind: Kind) -> None:
    for sentence in (kind.message, kind.expected, kind.fix):
        names = {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
        formatted = sentence.format(**dict.fromkeys(names, "word"))
        assert all(re.fullmatch(r"[a-z_]+", name) for name in names)
        assert not re.search(r"[{}]|\s\s|\s$", formatted)
        assert "contact your vendor" not in sentence.lower()
    assert re.fullmatch(r"[^{}]*(\{(?!evidence)\w+\}[^{}]*)*\.(\{evidence\})?", kind.message)
    assert kind.fix.endswith(".") or kind.fix == "{remedy}"
    assert not kind.expected.endswith(".")


@pytest.mark.parametrize("kind", TABLE.values(), ids=list(TABLE))
def test_names_are_as_they_should_be(kind: Kind) -> None:
    assert TABLE[kind.id] is kind
    assert re.fullmatch(r"(XML|DOC|GUID|POP|RATE|PI|IA|SITE|SUB|IG|TOOL)\d{3}", kind.id)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", kind.slug)
    assert kind.official_code is None or 0 < kind.official_code < 200
    stage = {"XML": Stage.XML, "SUB": Stage.SUBMISSION, "TOOL": Stage.TOOL, "IG": Stage.GUIDE}
    assert kind.stage is stage.get(kind.id[:-3], Stage.CONVERT)


def test_no_id_is_given_twice() -> None:
    """The rows of all files are in the table: one that had the id of another would not be."""
    rows = [one for module in _families() for one in vars(module).values() if isinstance(one, Kind)]
    assert len(rows) == len(TABLE)
    assert list(TABLE) == sorted(TABLE)


@pytest.mark.parametrize("module", _families(), ids=lambda module: module.__name__.rpartition(".")[2])
def test_rows_of_a_file_stand_in_the_order_of_their_ids(module: ModuleType) -> None:
    ids = [one.id for one in vars(module).values() if isinstance(one, Kind)]
    assert ids == sorted(ids)
    assert {id[:-3].lower() for id in ids} == {module.__name__.rpartition(".")[2].partition("_")[0]}


def test_slugs_are_unique() -> None:
    slugs = [kind.slug for kind in TABLE.values()]
    assert sorted(slugs) == sorted(set(slugs))


def check_sentences(finding: Finding) -> None:
    """Messages stand alone: short, whole, and without what identifies the practice or has no value."""
    for sentence in (finding.message, finding.expected, finding.fix):
        own = sentence.replace(f'"{finding.found}"', '"it"') if finding.found else sentence
        assert not re.search(r"[{}]|\bNone\b|\s\s|\bit its\b|\b[Aa] [AEIOaeio]", own), sentence
        assert NPI not in sentence
        assert TIN not in sentence
    assert finding.message[:1].isupper() or re.match(r"\d+ of \d+ |\"\w+\" ", finding.message), finding.message
    assert finding.message.endswith("."), finding.message
    assert finding.fix.endswith("."), finding.fix
    evidence = EVIDENCE.search(finding.message) if finding.kind.message.endswith("{evidence}") else None
    statement = finding.message[: evidence.start()] if evidence else finding.message
    assert len(statement) <= LONGEST_MESSAGE, finding.message
    assert len(finding.message) - len(statement) <= LONGEST_EVIDENCE, finding.message


# --- what a sentence tells ---------------------------------------------------------------------------------------


def changed(year: int, program: str, change: Change) -> Finding:
    """Return the first finding of a document with a change that is not about how little the document reports."""
    doc = document(year, program)
    change(doc)
    return next(one for one in converter.convert(doc.xml().encode()).findings if one.id not in POLICY)


@pytest.mark.parametrize(
    ("year", "program", "words"),
    [
        (2026, "PCF", "2021 to 2025"),
        (2022, "CPCPLUS", "2017 to 2021"),
        (2024, "APP_PLUS_INDIV", "2025 to 2026"),
        (2025, "MIPSAPM", "2020."),
        (2025, "MCP_STANDARD", "implementation guide"),
    ],
)
def test_program_is_told_when_it_is_accepted(year: int, program: str, words: str) -> None:
    finding = changed(year, program, same)
    assert words in finding.message
    assert program not in finding.expected


@pytest.mark.parametrize(
    ("year", "programs"),
    [
        (2018, "MIPS, MIPS_GROUP, MIPS_INDIV, MIPS_VIRTUALGROUP"),
        (2020, "MIPS, MIPSAPM, MIPS_GROUP, MIPS_INDIV, MIPS_VIRTUALGROUP"),
    ],
)
def test_programs_of_the_year_are_told(year: int, programs: str) -> None:
    """Programs that are known but not converted are left out, so that nobody is sent from one to another."""
    assert changed(year, "MIPS_GROUP", lambda doc: put(doc, program="none")).expected == f"One of {programs}"
    assert changed(year, "MIPS_SUBGROUP", same).expected == f"One of {programs}"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (start("1/1/2025"), "month/day/year"),
        (start("01/01/2025"), "month/day/year"),
        (numerator(""), "empty"),
        (numerator(" 7"), "spaces"),
        (numerator("2147483648"), "too large"),
        (numerator("+99999999999"), "too large"),
        (rate_value("85"), '"85"'),
        (lambda doc: add_population(doc, "NUMEX", "1.2.3"), "NUMEX"),
        (lambda doc: put(measure(doc).rates[0], id=population(doc, "DENOM").id), "DENOM"),
        (lambda doc: counts(doc, IPOP=5, DENOM=6), "(6)"),
        (lambda doc: counts(doc, IPOP=5, DENOM=6), "(5)"),
        (lambda doc: counts(doc, IPOP=9, DENOM=9, DENEX=4, NUMER=6), "9 - 6 met - 4 excluded - 0 excepted = -1"),
    ],
)
def test_message_tells_what_is_wrong(change: Change, words: str) -> None:
    assert words in changed(2025, "MIPS_GROUP", change).message


@pytest.mark.parametrize("text", ["2025", "soon", "20250230"])
def test_message_does_not_guess(text: str) -> None:
    assert "month/day" not in changed(2025, "MIPS_GROUP", start(text)).message


def test_missing_population_tells_which_rate_lacks_it() -> None:
    for measure_id, index, words in (("226", 1, "(performance)"), ("007", 1, "(population set 2)"), ("236", 0, None)):
        doc = document(2025, measures=(measure_id,))
        wanted = str(population(doc, "DENOM", index).id)
        population(doc, "DENOM", index).id = "1.2.3"
        finding = next(one for one in converter.convert(doc.xml().encode()).findings if one.id == "POP002")
        assert wanted in finding.message
        assert wanted in finding.expected
        assert (words in finding.message) if words else ("(population" not in finding.message)
        assert finding.found == "1.2.3"
        assert finding.measure
        assert finding.measure.measure_id == measure_id


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda doc: add_population(doc, "DENEXCEP", "1.2.3"),
            "Remove the DENEXCEP population; this measure does not have one.",
        ),
        (lambda doc: remove_population(doc, "NUMER"), "Export the NUMER population"),
        (lambda doc: again(measure(doc).populations, 1), "Remove the DENOM population that is repeated"),
    ],
)
def test_fix_tells_what_to_do(change: Change, words: str) -> None:
    assert words in changed(2025, "MIPS_GROUP", change).fix


def test_measure_without_population_tells_those_it_has() -> None:
    doc = document(2024, measures=("472",))
    measure(doc).populations.clear()
    finding = next(one for one in converter.convert(doc.xml().encode()).findings if one.id == "POP003")
    assert finding.expected.endswith(": IPOP, DENOM, NUMER, DENEX, NUMEX")


def test_measure_reported_twice_tells_both_places() -> None:
    doc = document(2025, measures=("236", "226", "236"))
    (finding,) = (one for one in converter.convert(doc.xml().encode()).findings if one.id == "GUID005")
    section = finding.official_place.path if finding.official_place else ""
    entries = [f"{section}/entry[{n}]/organizer" for n in (2, 4)]
    assert [place.path for place in finding.related] == entries
    assert [one.place.path for one in finding.frames] == [f"{one}/reference/externalDocument/id" for one in entries]


@pytest.mark.parametrize("category", ["quality", "ia"])
def test_section_of_another_year_tells_both_years(category: str) -> None:
    finding = changed(2025, "MIPS_GROUP", lambda doc: dated(doc, category, 2024))
    assert "2024" in finding.message
    assert "2025" in finding.message


# --- input, output and the tool itself ---------------------------------------------------------------------------


def _reads(data: bytes) -> Result:
    return pipeline.convert_source("report.xml", lambda: data, data_folders())


def _cannot_read(error: SourceError) -> Result:
    def read() -> bytes:
        raise error

    return pipeline.convert_source("report.xml", read, data_folders())


@pytest.mark.parametrize(
    ("id", "error", "words"),
    [
        ("XML007", TooLargeError("200"), "200 MB"),
        ("XML009", SourceError("Permission denied"), "Permission denied"),
        ("XML010", ArchiveError("it is encrypted"), "it is encrypted"),
    ],
)
def test_what_cannot_be_read_is_a_finding(id: str, error: SourceError, words: str) -> None:
    conversion = _cannot_read(error)
    (finding,) = conversion.findings
    assert (finding.id, finding.stage, finding.official_code, finding.place) == (id, Stage.XML, None, None)
    assert words in finding.message
    assert not conversion.ok
    check_sentences(finding)


def test_what_can_be_read_is_none() -> None:
    assert apart_from_policy(_reads(document(2025).xml().encode()).findings) == ()


def test_document_over_the_limit_is_too_large() -> None:
    limits = Limits(document_bytes=MEGABYTE)
    text = document(2025).xml().encode()
    at_limit = text + b" " * (MEGABYTE - len(text))
    assert ids(converter.convert(at_limit, limits=limits)) == set()
    assert ids(converter.convert(at_limit + b" ", limits=limits)) == {"XML007"}
    assert ids(converter.convert(io.BytesIO(at_limit + b" "), limits=limits)) == {"XML007"}


def test_depth_may_be_raised() -> None:
    """The parser itself takes no more than 256 levels unless it is told to."""
    deep = document(2025).xml().replace("Program report", "<b>" * 290 + "</b>" * 290).encode()
    assert ids(converter.convert(deep)) == {"XML008"}
    assert ids(converter.convert(deep, limits=Limits(depth=291))) == {"XML008"}
    assert ids(converter.convert(deep, limits=Limits(depth=292))) == set()


@pytest.mark.parametrize("limits", [DEFAULT_LIMITS, Limits(zip_members=1), Limits(total_bytes=100)])
def test_archive_beyond_the_limits_is_a_finding(tmp_path: Path, limits: Limits) -> None:
    with zipfile.ZipFile(tmp_path / "reports.zip", "w") as archive:
        for name in ("a.xml", "b.xml"):
            archive.writestr(name, document(2025).xml())
    found = [
        pipeline.convert_source(item.name, item.read, data_folders())
        for item in expand([str(tmp_path / "reports.zip")], limits)
    ]
    expected: list[set[str]] = [set(), set()] if limits == DEFAULT_LIMITS else [{"XML010"}]
    assert [ids(conversion) for conversion in found] == expected


def _command(folder: Path, *sources: Path) -> tuple[int, list[str | None]]:
    """Convert into a folder; return the exit code and the ids of what blocked."""
    report = folder / "report.json"
    with pytest.raises(SystemExit) as left:
        run([*map(str, sources), "--out", str(folder / "out"), "--report", f"error-json={report}", "--quiet"])
    errors = json.loads(report.read_bytes())["errors"]
    return int(str(left.value.code)), [detail["id"] for one in errors for detail in one["details"]]


def _write(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(document(2025).xml().encode())
    return path


def test_result_that_would_be_overwritten_is_a_finding(tmp_path: Path) -> None:
    first, same_name, other = (_write(tmp_path / name) for name in ("a/report.xml", "b/REPORT.XML", "b/report-2.xml"))
    assert _command(tmp_path, first, same_name) == (1, ["XML011"])
    assert _command(tmp_path, first, other) == (0, [])


def test_result_that_cannot_be_written_is_a_finding(tmp_path: Path) -> None:
    source = _write(tmp_path / "report.xml")
    in_the_way = tmp_path / "out" / "report-qpp.json"
    (in_the_way / "folder").mkdir(parents=True)
    assert _command(tmp_path, source) == (1, ["XML012"])
    (in_the_way / "folder").rmdir()
    in_the_way.rmdir()
    assert _command(tmp_path, source) == (0, [])


def test_rule_that_fails_is_a_finding_and_the_others_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(context: Context) -> None:
        raise ValueError(f"a secret of {context.year}")

    doc = document(2025)
    doc.measure("236").population("NUMER").count = "many"
    monkeypatch.setattr(examination, "CONVERT", (broken, *CONVERT))
    conversion = converter.convert(doc.xml().encode())
    assert ids(conversion) == {"TOOL001", "POP008"}
    finding = next(one for one in conversion.findings if one.id == "TOOL001")
    assert (finding.severity, finding.stage, finding.place) == (Severity.ERROR, Stage.TOOL, None)
    assert "secret" not in finding.message
    assert "broken" in finding.message
    assert conversion.submission is None
    check_sentences(finding)


def test_year_without_identifiers_is_a_finding(tmp_path: Path) -> None:
    """Such a year is there in advance; its measures cannot be told, which is no fault of the document."""
    (tmp_path / "profiles").mkdir()
    facts = profile(2026) | {"performanceYear": 2027}
    (tmp_path / "profiles" / "2027.json").write_text(json.dumps(facts), encoding="utf-8")
    doc = document(2026)
    for category in ("quality", "pi", "ia"):
        dated(doc, category, 2027)
    conversion = converter.convert(doc.xml().encode(), year=2027, catalog=tmp_path)
    assert ids(conversion) == {"DOC032"}
    assert not conversion.ok
    assert "as of 2026-08-20, CMS had not published their identifiers" in conversion.findings[0].message
    doc.sections.remove(doc.quality)
    without = converter.check(doc.xml().encode(), year=2027, catalog=tmp_path)
    assert "DOC053" in ids(without) and without.verdict.kind is not VerdictKind.ACCEPTED
    assert "what CMS will require for the performance year" in without.verdict.unchecked


def test_document_cut_off_anywhere_is_said_to_be_cut_off() -> None:
    """Downloads end at any byte, in the middle of a name or an attribute as well as between elements."""
    data = document(2025, pi=False, ia=False).xml().encode()
    start, end = data.index(b">", data.index(b"<ClinicalDocument")), data.index(b"</ClinicalDocument>")
    other = {at for at in range(start, end, 53) if ids(converter.convert(data[:at])) != {"XML005"}}
    assert not other, f"{len(other)} of {(end - start) // 53} positions, such as after {data[: min(other)][-40:]!r}"


def test_measure_of_another_year_names_both_years() -> None:
    doc = document(2025)
    version_of(doc, 2024)
    (finding,) = apart_from_policy(converter.convert(doc.xml().encode()).findings)
    assert "2024" in finding.message
    assert "2025" in finding.message
    assert str(document(2025).measure("236").guid) in f"{finding.expected} {finding.fix}"
