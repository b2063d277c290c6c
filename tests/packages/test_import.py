"""`qrda2qpp catalog import`: packages in the form of CMS' become the catalog that is known, and bad ones nothing."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest

import converter
from tests.cli.runner import Result, qrda2qpp
from tests.documents import SCHEMAS, document
from tests.packages.hqmf import NEW_SET, hqmf, of_catalog, package

IDENTIFIERS = ("eMeasureId", "guid", "setId", "isInverse")


def shipped(year: int) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads((SCHEMAS / "catalog" / f"{year}.json").read_bytes())
    return facts


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def imported(path: Path, year: int, *options: str) -> tuple[Result, dict[str, Any]]:
    said = qrda2qpp("catalog", "import", str(path), "--year", str(year), "--out", "out", *options)
    written = Path(f"out/catalog/{year}.json")
    return said, json.loads(written.read_bytes()) if written.exists() else {}


def populations(row: dict[str, Any]) -> list[tuple[object, ...]]:
    sets = [one for one in row["strata"] if "populations" in one]
    return [(one.get("name"), one["populations"], one.get("stratumIds")) for one in sets]


@pytest.mark.parametrize("year", [2021, 2025])
def test_a_package_of_a_known_year_gives_what_is_known(year: int) -> None:
    known = shipped(year)
    said, made = imported(of_catalog(Path("package.zip"), known["measures"]), year)
    assert (said.code, said.stderr) == (0, "")
    assert f"Compared with the data of {year}: all {len(known['measures'])} measures have the same identifiers." in (
        said.text
    )
    once = ("setId", "guidSource", "clinicalGuidelineChanged", "icdImpacted", "historic_benchmarks")
    for row, other in zip(made["measures"], known["measures"], strict=True):
        assert row["setId"] == other.get("setId", NEW_SET)
        for one in other["strata"]:
            one.pop("strataSource", None)
        assert {key: value for key, value in row.items() if key not in once} == {
            key: value for key, value in other.items() if key not in once
        }
    assert {name: made[name] for name in ("pi", "ia", "mvps", "otherQuality", "cost")} == {
        name: known[name] for name in ("pi", "ia", "mvps", "otherQuality", "cost")
    }
    assert "takenOver" not in made


def test_a_package_of_a_year_that_is_not_known() -> None:
    """The year before is 2027, which has no identifiers: names of population sets come from the last year with them."""
    rows = [row | {"guid": other(row["guid"])} for row in shipped(2026)["measures"] if row["measureId"] != "236"]
    said, made = imported(of_catalog(Path("package.zip"), rows), 2028)
    assert said.code == 0
    by_id = {row["measureId"]: row for row in made["measures"]}
    assert by_id.keys() == {row["measureId"] for row in rows}
    for row in rows:
        one = by_id[row["measureId"]]
        assert [one[name] for name in IDENTIFIERS] == [row.get(name, NEW_SET) for name in IDENTIFIERS]
        assert populations(one) == populations(row)
        assert {"measureId", "submissionMethods"} <= set(one["takenOver"])
        assert not set(one["takenOver"]) & {*IDENTIFIERS, "strata", "title"}
    assert "strata/0/name" in by_id["226"]["takenOver"]
    assert (made["takenOverFrom"], set(made["takenOver"])) == (2027, {"otherQuality", "pi", "ia", "cost", "mvps"})
    assert made["identifiers"] == "preliminary" and "package.zip" in made["note"]
    # Measure 236 is not in the package, and is reported by registries all the same.
    assert "electronicHealthRecord" not in next(
        row["submissionMethods"] for row in made["otherQuality"] if row["measureId"] == "236"
    )
    assert "the package does not have: CMS165v15" in said.text
    assert "no profile of 2028" in said.text


def test_a_package_of_another_year_is_refused() -> None:
    said, made = imported(of_catalog(Path("package.zip"), shipped(2025)["measures"]), 2026)
    assert (said.code, made, said.stdout) == (1, {}, b"")
    assert said.stderr == (
        "Error: package.zip is the package of 2025: its GUIDs are of that year. Nothing was written.\n"
    )


def other(guid: str) -> str:
    """A GUID that is not like another one."""
    return str(uuid5(UUID(guid), "other"))


def test_a_document_converts_with_what_was_imported() -> None:
    rows = shipped(2026)["measures"]
    for row in rows:
        row["guid"] = other(row["guid"])
    said, _ = imported(of_catalog(Path("package.zip"), rows), 2026)
    assert said.code == 0
    assert "49 of 49 measures differ" in said.text and "another GUID" in said.text
    doc = document(2026, "MIPS_GROUP", measures=["236"]).bytes()
    assert all(one.id.startswith("GUID") for one in converter.convert(doc, catalog="out").errors)
    assert not converter.convert(doc, catalog="out").ok
    guid = next(row["guid"] for row in shipped(2026)["measures"] if row["measureId"] == "236")
    converted = converter.convert(doc.replace(guid.encode(), other(guid).encode()), catalog="out")
    assert converted.ok, [one.message for one in converted.errors]


def test_direction_is_what_the_package_says() -> None:
    rows = {row["measureId"]: row for row in shipped(2025)["measures"]}
    documents = {
        "a": hqmf(rows["001"], "Higher score indicates better quality"),
        "b": hqmf(rows["236"], "Better is better"),
    }
    said, made = imported(package(Path("package.zip"), documents), 2025)
    by_id = {row["measureId"]: row for row in made["measures"]}
    assert (by_id["001"]["isInverse"], by_id["236"]["isInverse"]) == (False, False)
    assert "CMS122v13 (measure 001) has another direction" in said.text


def test_a_new_measure_is_left_out_and_named() -> None:
    row = shipped(2025)["measures"][0] | {
        "eMeasureId": "CMS1999v1",
        "guid": "11111111-2222-3333-4444-555555555555",
        "setId": "99999999-2222-3333-4444-555555555555",
        "title": "Something new",
    }
    path = of_catalog(Path("package.zip"), [*shipped(2025)["measures"][1:], row])
    said, made = imported(path, 2025)
    assert said.code == 1
    assert "Left out: CMS1999v1 (Something new): neither its set id nor its CMS number" in said.text
    assert "CMS1999v1" not in json.dumps(made)
    said, made = imported(path, 2025, "--measure-id", "CMS1999v1=001")
    assert said.code == 0
    assert made["measures"][0]["measureId"] == "001" and made["measures"][0]["eMeasureId"] == "CMS1999v1"


def test_another_number_of_population_sets_is_left_out() -> None:
    rows = shipped(2025)["measures"]
    one = next(row for row in rows if row["measureId"] == "001")
    one["strata"] = one["strata"] * 2
    said, made = imported(of_catalog(Path("package.zip"), rows), 2025)
    assert said.code == 1
    assert "it has 2 population sets, and another number was known before" in said.text
    # What is known of the year stays as it is known.
    assert next(row for row in made["measures"] if row["measureId"] == "001") == shipped(2025)["measures"][0]


def test_what_has_no_rate_is_not_taken() -> None:
    rows = shipped(2025)["measures"]
    text = hqmf(rows[1]).replace("denominatorCriteria", "measurePopulationCriteria")
    text = text.replace("numeratorCriteria", "measureObservationDefinition")
    said, _ = imported(package(Path("package.zip"), {"a": hqmf(rows[0]), "b": text}), 2025)
    assert f"Not taken, because they have no performance rate: {rows[1]['eMeasureId']}." in said.text


BAD: dict[str, tuple[Callable[[str], str], str]] = {
    "no version": (lambda text: text.replace("versionNumber", "other"), "its version number is missing"),
    "no number": (lambda text: text.replace("eCQM Identifier", "Other"), "its CMS number (eCQM Identifier) is missing"),
    "no GUID": (lambda text: text.replace("<id root=", "<no root=", 1), "its id is missing or is not a GUID"),
    "no set id": (lambda text: text.replace("setId", "set"), "its setId is missing or is not a GUID"),
    "a population twice": (
        lambda text: text.replace("denominatorExclusionCriteria", "denominatorCriteria"),
        "a population set has two DENOM populations",
    ),
    "no numerator": (
        lambda text: text.replace("numeratorCriteria", "otherCriteria"),
        "a population set has no NUMER population",
    ),
    "not XML": (lambda text: text.replace("</QualityMeasureDocument>", ""), "cannot be read: "),
    "entities": (
        lambda text: text.replace("?>\n", '?>\n<!DOCTYPE x [<!ENTITY a "b">]>\n', 1),
        "cannot be read: ",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_damaged_document_is_an_error(name: str) -> None:
    spoil, words = BAD[name]
    rows = {row["measureId"]: row for row in shipped(2025)["measures"]}
    documents = {"good": hqmf(rows["236"]), "bad": spoil(hqmf(rows["001"]))}
    said, made = imported(package(Path("package.zip"), documents), 2025)
    assert (said.code, made, said.stdout) == (1, {}, b"")
    assert "package.zip/bad.zip/bad/bad.xml" in said.stderr and words in said.stderr
    assert said.stderr.endswith("Nothing was written.\n")


def test_two_documents_of_one_measure_that_differ() -> None:
    row = shipped(2025)["measures"][0]
    other = row | {"guid": "11111111-2222-3333-4444-555555555555"}
    said, _ = imported(package(Path("package.zip"), {"a": hqmf(row), "b": hqmf(other)}), 2025)
    assert (said.code, Path("out").exists()) == (1, False)
    assert f"has two versions of {row['eMeasureId']} with different identifiers" in said.stderr
    assert imported(package(Path("package.zip"), {"a": hqmf(row), "b": hqmf(row)}), 2025)[0].code == 0


def _fhir(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("bundle.json", '{"resourceType": "Bundle", "entry": []}')


def _cut_off(path: Path) -> None:
    of_catalog(path, shipped(2025)["measures"][:3])
    path.write_bytes(path.read_bytes()[:-100])


def _damaged_member(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("CMS122v13.zip", b"PK\x03\x04 and nothing more")


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b" " * 20_000_000)


WRONG: dict[str, tuple[Callable[[Path], object], str]] = {
    "FHIR": (_fhir, "is a FHIR package"),
    "nothing in it": (lambda path: zipfile.ZipFile(path, "w").close(), "cannot be read: it holds no .xml"),
    "no HQMF in it": (lambda path: package(path, {"a": "<other/>"}), "has no HQMF documents"),
    "cut off": (_cut_off, "cannot be read"),
    "a damaged member": (_damaged_member, "cannot be read"),
    "a bomb": (_bomb, "cannot be read"),
    "no archive": (lambda path: path.write_text("<QualityMeasureDocument/>"), "cannot be read"),
    "not there": (lambda _: None, "cannot be read"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_package_is_an_error(name: str) -> None:
    make, words = WRONG[name]
    make(Path("package.zip"))
    said, made = imported(Path("package.zip"), 2025)
    assert (said.code, made, said.stdout) == (1, {}, b"")
    assert words in said.stderr and said.stderr.endswith("Nothing was written.\n")


@pytest.mark.parametrize(
    "options",
    [
        ("--year", "1999"),
        ("--year", "2016"),
        ("--year", "2025", "--measure-id", "CMS122v13"),
        ("--year", "2025", "--measure-id", "CMS1v1=001"),
        (),
    ],
)
def test_wrong_usage(options: tuple[str, ...]) -> None:
    path = of_catalog(Path("package.zip"), shipped(2025)["measures"][:2])
    said = qrda2qpp("catalog", "import", str(path), *options)
    assert (said.code, Path("catalog").exists()) == (2, False)
