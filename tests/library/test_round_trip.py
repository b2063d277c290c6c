"""What a document becomes: well formed by the schema of its year, and checked as JSON it says what the document says.

Set QRDA2QPP_CORPUS to the folder of the documents with the outputs of the official converter to try those as well.
"""

import json
import os
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

import pytest

import converter
from converter.facts.files import data_folders
from converter.findings.finding import Finding
from converter.findings.kinds import TABLE
from converter.findings.place import Place
from converter.result import Conversion, Result
from converter.shape.schema import malformed
from tests.cli.runner import qrda2qpp, results
from tests.complete import complete_document
from tests.documents import YEARS, document, profile

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "fixtures").rglob("*.xml"))
CORPUS = Path(os.environ.get("QRDA2QPP_CORPUS") or "no-corpus")

ONLY_OF_DOCUMENTS: Mapping[str, str] = {
    "DOC": "the document as written; the submission does not show it any more",
    "GUID": "the GUIDs of measures, in whose place measure ids stand",
    "IG": "the structure of the XML",
    "POP": "the populations and their ids, of which the submission has the counts",
    "PI": "what of a promoting interoperability measure is not submitted",
    "RATE": "rates, which the submission does not give",
    "SITE": "what programs ask of practice sites, of which the submission shows little",
    "SUB006": "the NPI of a group, which is not submitted",
    "SUB011": "several performers, of whom one is submitted",
    "SUB031": "several certification ids, of which one is submitted",
    "SUB039": "a MIPS Value Pathway that is not submitted",
    "SUB075": "a rate that differs from its counts",
    "SUB076": "a rate where no case counts",
    "SUB077": "a rate that is not given",
}
"""Findings, or groups of them, that only a document can have -> what they are about."""
ONLY_OF_JSON: Mapping[str, str] = {
    "SUB002": "the id of an APM entity before 2021, for which documents have no place",
    "SUB028": "the certification id before 2022, which the document gives and the official converter does not submit",
}
"""Findings that the JSON can have where the document has none -> what they are about."""
ONE_ELEMENT: Mapping[str, str] = {
    "SUB028": "the certification id", "SUB029": "the certification id", "SUB030": "the certification id",
    "SUB036": "the program", "SUB037": "the program",
}  # fmt: skip
"""Findings about what stands once in a document and in each set of the submission -> what that is."""


def documents(archive: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(archive) as content:
        for name in sorted(content.namelist()):
            if name.endswith(".xml"):
                yield name, content.read(name)


def assert_same_as_json(data: bytes) -> bool:
    """Whether a document converts; its submission is well formed then, and says the same when it is checked."""
    result = converter.check(data)
    if not isinstance(result, Conversion) or result.submission is None:
        return False
    year = result.year
    assert year is not None
    written = result.to_json(indent=2)
    again = converter.check(written.encode())
    assert again.year == result.submission.performanceYear
    if again.year == year:  # in another year its shape may be wrong, and is told
        assert malformed(json.loads(written), data_folders(), year) is None
    assert result.submission.model_dump_json(exclude_none=True) == result.to_json()
    assert again.submission is not None
    assert again.submission.model_dump() == result.submission.model_dump()
    of_document, of_json = told(result.findings), told(again.findings)
    assert {id for id in of_document if id not in of_json and not _named(id, ONLY_OF_DOCUMENTS)} == set()
    assert {id for id in of_json if id not in of_document and not _named(id, ONLY_OF_JSON)} == set()
    for id in of_document.keys() & of_json.keys():
        places = {_key(nearest(result, one)) for one in of_json[id]}
        # What a document lacks for several sets is one finding, and the other sets are related.
        related = {_key(place) for one in result.findings if one.id == id for place in one.related}
        assert {_key(place) for place in of_document[id]} <= places, id
        assert places <= {_key(place) for place in of_document[id]} | (related if id in ONE_ELEMENT else set()), id
        assert len(of_document[id]) == len(of_json[id]) or (
            id in ONE_ELEMENT and len(of_json[id]) > len(of_document[id])
        )
    return True


def told(findings: tuple[Finding, ...]) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = defaultdict(list)
    for one in findings:
        if one.official_place:
            found[one.id].append(one.official_place)
    return found


def nearest(result: Conversion, place: Place) -> Place | None:
    """The place in the document of a place in its submission, or of what holds it."""
    pointer = place.pointer or ""
    while (found := result.locate(pointer)) is None and pointer:
        pointer = pointer.rpartition("/")[0]
    return found


def _key(place: Place | None) -> tuple[object, ...] | None:
    return (place.path, place.attribute) if place else None


def _named(id: str, table: Mapping[str, str]) -> bool:
    return id in table or id.rstrip("0123456789") in table


# -- documents


@pytest.mark.every(4)
@pytest.mark.parametrize("path", FIXTURES)
def test_fixture(path: str) -> None:
    converts = (ROOT / path).with_suffix("").with_suffix(".qpp.json").is_file() or path.endswith("-clean.xml")
    assert assert_same_as_json((ROOT / path).read_bytes()) or not converts


@pytest.mark.every(5)
@pytest.mark.parametrize("year", YEARS)
def test_every_program_of_every_year(year: int) -> None:
    accepted = [name for name, row in profile(year)["programs"].items() if row["accepted"]]
    converted = Counter(assert_same_as_json(document(year, name).bytes()) for name in accepted)
    assert converted[True] > 1


@pytest.mark.every(3)
@pytest.mark.parametrize("year", [year for year in YEARS if year >= 2021])
def test_complete_document_has_nothing_against_it_either_way(year: int) -> None:
    result = converter.check(complete_document(year).bytes())
    assert [one.id for one in result.findings if one.severity == "error"] == []
    again = converter.check(result.to_json().encode())
    assert again.ok
    assert [one.id for one in again.findings if not _named(one.id, ONLY_OF_JSON)] == []


def _wrong() -> Iterator[tuple[str, bytes]]:
    for program in ("MIPS_GROUP", "MIPS_INDIV", "MIPS_VIRTUALGROUP", "APP_PLUS_APMENTITY"):
        doc = document(2025, program, measures=("236", "226", "112"), pi=("PI_EP_1", "PI_HIE_5", "PI_HIE_1"))
        doc.measure("236").set_counts(IPOP=10, DENOM=10, NUMER=11, DENEX=0)
        doc.measure("226").set_counts(1, IPOP=10, DENOM=10, NUMER=6, DENEX=6)
        for measure in doc.measures:
            measure.rates.clear()
        doc.participants.clear()
        doc.pi.period.end = "20250301"
        doc.ia.period.end = "20250201"
        yield program, doc.bytes()
        for performer in doc.performers:
            for one in (*performer.ids, *performer.organization_ids):
                one.extension = "12"
        yield f"{program} with wrong ids", doc.bytes()


@pytest.mark.every(3)
@pytest.mark.parametrize(("_name", "data"), list(_wrong()), ids=lambda one: one if isinstance(one, str) else "")
def test_document_with_much_that_cms_would_reject(_name: str, data: bytes) -> None:
    assert assert_same_as_json(data)
    assert len(converter.check(data).errors) > 4


SECTIONS = (("quality",), ("pi",), ("ia",), ("quality", "pi"), ("quality", "pi", "ia"))
DATES = (
    ("20240101", "20241231"), ("20190101", "20191231"), ("20190101", "20251231"), ("20170401", "20170930"),
    ("20270101", "20271231"), ("20260101", "20250101"), ("20250101", "20240101"), ("20250301", "20250302"),
    ("20240229", "20250228"), ("00010101", "00011231"), ("99990101", "99991231"), ("20160101", "20161231"),
)  # fmt: skip


@pytest.mark.every(11)
@pytest.mark.parametrize("dates", DATES, ids="-".join)
@pytest.mark.parametrize("program", ["MIPS_GROUP", "APP_PLUS_INDIV", "MIPS_APP1_APMENTITY"])
def test_sections_with_other_dates(program: str, dates: tuple[str, str]) -> None:
    """A document says of itself what its JSON says, in whatever year it is written; of no year nothing is written."""
    for categories in SECTIONS:
        for reverse in (False, True):
            doc = document(2025, program, measures=("236", "226", "001"))
            for category in categories:
                doc.section(category).period.start, doc.section(category).period.end = dates
            if reverse:
                doc.sections.reverse()
            known = 2017 <= int(str(doc.sections[0].period.start)[:4]) <= 2027
            assert assert_same_as_json(doc.bytes()) is known, (categories, reverse)
            if not known:
                assert "DOC045" in {one.id for one in converter.convert(doc.bytes()).blocking}


@pytest.mark.long
def test_mutated_dates() -> None:
    """The same with any dates in any sections of any year, and what stands in the section may be wrong too."""
    random = Random(2025)
    converted = 0
    for _ in range(60):
        year = random.choice(YEARS)
        doc = document(year, random.choice(("MIPS_GROUP", "MIPS_INDIV")))
        for section in doc.sections:
            if random.random() < 0.6:
                start, end = (random.choice((year - 1, year, year, year + 1, 2017, 2024)) for _ in range(2))
                section.period.start = f"{start}{random.choice(('0101', '0401', '1003'))}"
                section.period.end = f"{end}{random.choice(('1231', '0630', '1005'))}"
        random.shuffle(doc.sections)
        converted += assert_same_as_json(doc.bytes())
    assert converted > 40


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus: name its folder in QRDA2QPP_CORPUS")
def test_corpus() -> None:
    converted = 0
    for archive in sorted(CORPUS.glob("*.zip")):
        for name, data in documents(archive):
            try:
                converted += assert_same_as_json(data)
            except AssertionError as error:
                raise AssertionError(f"{archive.name}/{name}") from error
    assert converted > 100


def test_tables_name_findings_that_exist() -> None:
    prefixes = {id.rstrip("0123456789") for id in TABLE}
    for name in (*ONLY_OF_DOCUMENTS, *ONLY_OF_JSON, *ONE_ELEMENT):
        assert name in TABLE or name in prefixes


# -- --verify


@pytest.mark.long
def test_verify_changes_nothing(tmp_path: Path) -> None:
    plain = qrda2qpp(ROOT / "fixtures", "--out", tmp_path / "plain")
    verified = qrda2qpp(ROOT / "fixtures", "--out", tmp_path / "verified", "--verify")
    assert (plain.code, verified.code) == (1, 1), "some fixtures are wrong"
    assert verified.stderr.replace("verified", "plain") == plain.stderr
    files = [path.relative_to(tmp_path / "plain") for path in (tmp_path / "plain").rglob("*.json")]
    assert len(files) > 100
    for path in files:
        assert (tmp_path / "verified" / path).read_bytes() == (tmp_path / "plain" / path).read_bytes()


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ('"source":', '"sauce":', "additionalProperties at $.measurementSets[0]"),
        ('"performanceYear":2025', '"performanceYear":"2025"', "type at $.performanceYear"),
        ('"category":"ia"', '"category":"IA"', "enum at $.measurementSets[2].category"),
        ('"measureId":"236"', '"measureId":"235"', "the JSON reads back differently"),
    ],
)
def test_verify_stops_what_is_malformed(
    before: str, after: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(document(2025).bytes())
    written = Result.to_json

    def damaged(self: Result, **_: object) -> str:
        text = written(self)
        assert before in text
        return text.replace(before, after, 1)

    monkeypatch.setattr(Result, "to_json", damaged)
    assert qrda2qpp(path).code == 0
    result = qrda2qpp(path, "--verify", fails_inside=True)
    assert (result.code, result.stdout) == (3, b"")
    assert "TOOL001" in result.stderr
    assert problem in " ".join(result.stderr.split())
    assert qrda2qpp(path, "--verify", "--out", tmp_path / "out", fails_inside=True).code == 3
    assert results(tmp_path / "out") == ["a-error.json"]


def test_what_the_document_states_wrongly_is_not_malformed() -> None:
    doc = document(2025)
    doc.measure("236").set_counts(IPOP=10, DENOM=10, NUMER=11, DENEX=0)
    doc.measure("236").rates.clear()
    doc.participants.clear()
    doc.performers[0].organization_ids[0].extension = "12"
    result = qrda2qpp("--verify", "-", stdin=doc.bytes())
    assert result.code == 0
    assert result.json["measurementSets"][0]["measurements"][0]["value"]["performanceNotMet"] == -1
