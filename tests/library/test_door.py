"""The library: what `import converter` offers, what it loads, and what a conversion is."""

import dataclasses
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from lxml import etree

import converter
from converter import Conversion, DataFileError, Limits, Place, UsageError
from tests.complete import complete_document
from tests.documents import YEARS, Doc, add_supplemental, catalog, document
from tests.policy import apart_from_policy

ROOT = Path(__file__).resolve().parent.parent.parent
COUNTS = {"performanceMet", "eligiblePopulation", "eligiblePopulationExclusion", "eligiblePopulationException"}


def _rejected() -> bytes:
    doc = document(2025)
    doc.measure("236").set_counts(IPOP=100, DENOM=100, NUMER=100, DENEX=1)
    doc.measure("236").rates.clear()
    return doc.bytes()


def _blocked() -> bytes:
    doc = document(2025)
    doc.measure("236").guid = "00000000-0000-0000-0000-000000000000"
    return doc.bytes()


CLEAN = complete_document(2025).bytes()
BLOCKED = _blocked()
REJECTED = _rejected()


# -- names


def test_names_are_sorted_and_complete() -> None:
    assert converter.__all__ == sorted(converter.__all__)
    assert dir(converter) == sorted([*converter.__all__, "__version__"])
    for name in converter.__all__:
        assert getattr(converter, name).__name__ == name


def test_a_name_that_does_not_exist() -> None:
    name = "no_such_name"
    with pytest.raises(AttributeError, match=name):
        getattr(converter, name)


def loaded(code: str) -> set[str]:
    """Return the top names of the modules that a fresh interpreter has loaded after some code."""
    code += "\nprint(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", f"import sys\n{code}"], capture_output=True, cwd=ROOT, check=True)
    return set(done.stdout.decode().split())


HEAVY = {
    "elementpath",
    "fsspec",
    "jinja2",
    "jsonschema",
    "pydantic",
    "pydantic_core",
    "referencing",
    "rich",
    "xmlschema",
}


def test_the_import_loads_nothing() -> None:
    assert not loaded("import converter") & {"lxml", "pydantic", "click", "json", "jsonschema"}


def test_a_conversion_loads_only_what_it_needs(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(CLEAN)
    modules = loaded(f"import converter\nassert converter.convert({str(path)!r}).to_json()")
    assert "lxml" in modules
    assert not modules & {"click", *HEAVY}


def test_the_command_loads_only_what_it_needs(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(CLEAN)
    code = "from converter.cli.main import run\ntry:\n    run([{!r}, '-o', {!r}])\nexcept SystemExit as leave:\n"
    modules = loaded(code.format(str(path), str(tmp_path / "a.json")) + "    assert leave.code == 0")
    assert not modules & HEAVY


# -- sources


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "report of Ü.xml"
    path.write_bytes(CLEAN)
    return path


SOURCES: list[Callable[[Path], Any]] = [
    str,
    lambda path: path,
    lambda path: path.read_bytes(),
    lambda path: bytearray(path.read_bytes()),
    lambda path: memoryview(path.read_bytes()),
    lambda path: io.BytesIO(path.read_bytes()),
]


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("call", [converter.convert, converter.check])
def test_any_source_gives_the_same(
    call: Callable[[Any], Conversion], source: Callable[[Path], Any], file: Path
) -> None:
    result = call(source(file))
    assert result.ok
    assert result.to_json() == converter.convert(CLEAN).to_json()


def test_an_open_file(file: Path) -> None:
    stream: BinaryIO
    with file.open("rb") as stream:
        result = converter.convert(stream)
    assert result.name == str(file)
    assert result.to_json() == converter.convert(CLEAN).to_json()


def test_names_of_sources(file: Path) -> None:
    assert converter.convert(file).name == str(file)
    assert converter.convert(CLEAN).name == "bytes"
    assert converter.convert(io.BytesIO(CLEAN)).name == "stream"


@pytest.mark.parametrize("call", [converter.convert, converter.check])
def test_misuse_is_an_exception(call: Callable[..., Conversion], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"missing\.xml"):
        call(tmp_path / "missing.xml")
    with pytest.raises(UsageError):
        call(str(tmp_path))
    with pytest.raises(UsageError, match="1999"):
        call(CLEAN, year=1999)
    with pytest.raises(DataFileError, match="nowhere"):
        call(CLEAN, catalog=tmp_path / "nowhere")


def test_a_data_file_that_is_wrong_is_an_exception(tmp_path: Path) -> None:
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "2025.json").write_text("{}", encoding="utf-8")
    with pytest.raises(DataFileError, match=r"2025\.json"):
        converter.convert(CLEAN, catalog=tmp_path)


def test_limits_are_findings() -> None:
    assert [one.id for one in converter.convert(CLEAN, limits=Limits(document_bytes=1000)).errors] == ["XML007"]
    assert [one.id for one in converter.convert(CLEAN, limits=Limits(depth=5)).errors] == ["XML008"]
    stream = io.BytesIO(CLEAN)
    assert [one.id for one in converter.convert(stream, limits=Limits(document_bytes=1000)).errors] == ["XML007"]


def test_a_stream_that_cannot_be_read_is_a_finding() -> None:
    class Broken(io.BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    assert [one.id for one in converter.convert(Broken()).errors] == ["XML009"]


def test_a_stream_that_gives_little_at_a_time() -> None:
    class Trickle(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(1000 if size is None or size < 0 else size, 1000))

    assert converter.convert(Trickle(CLEAN)).to_json() == converter.convert(CLEAN).to_json()


@pytest.mark.parametrize("source", [io.StringIO(CLEAN.decode()), None, 2025])
def test_what_is_no_source_is_an_exception(source: Any) -> None:
    with pytest.raises((TypeError, UsageError)):
        converter.convert(source)


# -- results


def test_a_conversion_that_is_clean() -> None:
    result = converter.convert(CLEAN)
    assert result.ok
    assert (result.findings, result.errors, result.warnings, result.blocking) == ((), (), (), ())
    assert result.year == 2025
    assert result.submission is not None
    assert result.submission.performanceYear == 2025
    assert json.loads(result.to_json()) == json.loads(result.to_json(indent=2))
    assert "\n" not in result.to_json()


def test_a_conversion_that_is_blocked() -> None:
    result = converter.convert(BLOCKED)
    assert not result.ok
    assert result.submission is None
    assert result.locate("") is None
    with pytest.raises(UsageError):
        result.to_json()


def test_check_blocks_on_what_cms_would_reject() -> None:
    converted, checked = converter.convert(REJECTED), converter.check(REJECTED, guide="none")
    assert converted.ok
    assert not checked.ok
    assert converted.findings == checked.findings
    assert [one.stage for one in checked.blocking] == [converter.Stage.SUBMISSION]
    assert checked.submission == converted.submission


def test_the_year_is_found_or_asserted() -> None:
    assert [converter.convert(document(year).bytes()).year for year in YEARS] == list(YEARS)
    assert converter.convert(CLEAN, year=2025).ok
    assert [one.official_code for one in converter.convert(CLEAN, year=2024).errors] == [5]


def test_explain() -> None:
    assert converter.explain("GUID002").text.startswith("# GUID002 measure-guid-of-another-year\n")
    assert "CMS165v13" in converter.explain("236", year=2025).text
    with pytest.raises(UsageError):
        converter.explain("nothing-of-this")


def test_findings_are_values() -> None:
    (finding,) = apart_from_policy(converter.convert(BLOCKED).findings)
    assert finding == converter.convert(BLOCKED).findings[0]
    assert hash(finding)
    with pytest.raises(dataclasses.FrozenInstanceError):
        finding.message = "changed"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        finding.place.attribute = "x"  # type: ignore[union-attr]


def test_a_place_tells_line_column_path_and_excerpt() -> None:
    """People are shown the place of the fault; the official converter reports the template of the measure."""
    (finding,) = apart_from_policy(converter.convert(BLOCKED).findings)
    place, official = finding.place, finding.official_place
    assert isinstance(place, Place) and isinstance(official, Place)
    wrong = '<id root="2.16.840.1.113883.4.738" extension="00000000-0000-0000-0000-000000000000"/>'
    template = '<templateId root="2.16.840.1.113883.10.20.27.3.17" extension="2022-05-01"/>'
    assert _ends_at(place.line, place.column, wrong)
    assert (place.excerpt, place.attribute) == (wrong, "extension")
    assert place.path.endswith("/section/entry[2]/organizer/reference/externalDocument/id")
    line, column = official.official
    assert _ends_at(line, column, template)
    assert _ends_at(official.line, official.column, official.excerpt)
    assert official.excerpt == '<organizer classCode="CLUSTER" moodCode="EVN">'
    assert official.path.endswith("/section/entry[2]/organizer")


def _ends_at(line: int | None, column: int | None, tag: str) -> bool:
    return BLOCKED.decode().splitlines()[(line or 0) - 1][: (column or 0) - 1].endswith(tag)


def test_positions_are_worked_out_only_when_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise AssertionError("positions were worked out")

    monkeypatch.setattr("converter.source.xml.tree.Positions", fail)
    result = converter.convert(BLOCKED)
    assert (result.ok, result.year) == (False, 2025)
    with pytest.raises(AssertionError, match="worked out"):
        _ = result.findings


@pytest.mark.parametrize("data", [CLEAN, BLOCKED, REJECTED])
def test_same_bytes_same_output(data: bytes) -> None:
    def all_of_it() -> object:
        result = converter.convert(data)
        return result.findings, result.submission, result.submission and result.to_json()

    assert all_of_it() == all_of_it()


def test_threads() -> None:
    documents = [document(year, measures=("134", "236")).bytes() for year in YEARS] + [BLOCKED, REJECTED]

    def outcome(data: bytes) -> object:
        result = converter.convert(data)
        places = [(one.id, one.message, one.place and (one.place.line, one.place.path)) for one in result.findings]
        return places, result.submission and result.to_json()

    alone = [outcome(data) for data in documents]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(outcome, documents * 4))
    assert together == alone * 4


def test_threads_share_one_conversion() -> None:
    data = all_measures(2025).bytes()
    pointers = [pointer for pointer, _ in leaves(json.loads(converter.convert(data).to_json()))]

    def lines(result: Conversion) -> list[int | None]:
        return [place.line if (place := result.locate(pointer)) else None for pointer in pointers]

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lines, [converter.convert(data)] * 4))
    assert together == [lines(converter.convert(data))] * 4


# -- from a value to its place


def leaves(value: object, pointer: str = "") -> Iterator[tuple[str, object]]:
    """Yield the JSON pointer and value of everything in a JSON value that is neither object nor array."""
    parts: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if not isinstance(value, dict | list):
        yield pointer, value
    for key, part in parts:
        yield from leaves(part, f"{pointer}/{key}")


def pointers_within(value: object, pointer: str = "") -> Iterator[str]:
    yield pointer
    parts: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from pointers_within(part, f"{pointer}/{key}")


def all_measures(year: int, program: str = "MIPS_GROUP") -> Doc:
    doc = document(year, program, measures=[row["measureId"] for row in catalog(year)["measures"]])
    for population in doc.measures[0].populations:
        add_supplemental(doc, population)
    return doc


LOCATED = [
    *((year, "MIPS_GROUP") for year in YEARS),
    (2025, "MIPS_INDIV"),
    (2025, "MIPS_SUBGROUP"),
    (2025, "MIPS_APMENTITY"),
    (2025, "MIPS_VIRTUALGROUP"),
    (2025, "APP_PLUS_GROUP"),
]


@pytest.mark.parametrize(("year", "program"), LOCATED)
def test_every_value_is_located(year: int, program: str) -> None:
    data = all_measures(year, program).bytes()
    result = converter.convert(data)
    submission = json.loads(result.to_json())
    root = etree.fromstring(data)
    elements = list(root.iter())
    direct = 0
    for pointer, value in leaves(submission):
        place = result.locate(pointer)
        assert place is not None, pointer
        assert place.ordinal is not None
        assert place.line
        element = elements[place.ordinal]
        written = element.get(place.attribute) if place.attribute else None
        member = pointer.rpartition("/")[2]
        if member in ("nationalProviderIdentifier", "taxpayerIdentificationNumber", "entityId", "cehrtId"):
            assert written == value, pointer
        elif member in ("performanceStart", "performanceEnd"):
            assert written == str(value).replace("-", ""), pointer
        elif member in ("numerator", "denominator"):
            assert written == str(value), pointer
        elif member == "performanceYear":
            assert written is not None
            assert written.startswith(str(value))
        elif member in COUNTS and is_direct(year, submission, pointer):
            assert written == str(value), pointer
            direct += 1
    assert direct > 50


def is_direct(year: int, submission: Any, pointer: str) -> bool:
    """Whether a count stands in the document as one number, so that it is no sum and no filled-in zero."""
    _, _, number, _, place, *rest = pointer.split("/")
    measure_id = submission["measurementSets"][int(number)]["measurements"][int(place)]["measureId"]
    facts = next(row for row in catalog(year)["measures"] if row["measureId"] == measure_id)
    sets = [one for one in facts["strata"] if one.get("populations")]
    if "strata" not in rest:
        return len(sets) == 1 and _role_of(rest[-1]) in sets[0]["populations"]
    return len(sets) > 1


def _role_of(member: str) -> str:
    roles = {
        "performanceMet": "NUMER",
        "eligiblePopulation": "DENOM",
        "eligiblePopulationExclusion": "DENEX",
        "eligiblePopulationException": "DENEXCEP",
    }
    return roles[member]


@pytest.mark.parametrize("year", [2017, 2025])
def test_objects_and_arrays_are_located_as_well(year: int) -> None:
    result = converter.convert(all_measures(year).bytes())
    for pointer in pointers_within(json.loads(result.to_json())):
        assert result.locate(pointer) is not None, pointer


UNKNOWN = [
    "nothing",
    "/nothing",
    "/performanceYear/0",
    "/entityId",
    "/measurementSets/9",
    "/measurementSets/-1",
    "/measurementSets/x",
    "/measurementSets/01",
    "/measurementSets/0/nothing",
    "/measurementSets/0/category/0",
    "/measurementSets/0/measurements/99",
    "/measurementSets/0/measurements/0/nothing",
    "/measurementSets/0/measurements/0/measureId/0",
    "/measurementSets/0/measurements/0/value/nothing",
    "/measurementSets/0/measurements/0/value/strata",
    "/measurementSets/0/measurements/0/value/strata/0",
    "/measurementSets/0/measurements/0/value/performanceMet/0",
    "/measurementSets/0/measurements/0/value/eligiblePopulationException",
    "/measurementSets/0/measurements/0/value/stratum",
    "/measurementSets/1/measurements/0/value/nothing",
    "/measurementSets/2/measurements/0/value/nothing",
    "/measurementSets/0/",
    "/",
]


@pytest.mark.parametrize("pointer", UNKNOWN)
def test_a_pointer_that_leads_nowhere(pointer: str) -> None:
    assert converter.convert(CLEAN).locate(pointer) is None


def test_performance_not_met_is_located_at_the_denominator() -> None:
    result = converter.convert(CLEAN)
    value = "/measurementSets/0/measurements/0/value/"
    assert result.locate(value + "performanceNotMet") == result.locate(value + "eligiblePopulation")
