"""`qrda2qpp years --diff`: what changes from one performance year to another."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.runner import qrda2qpp
from tests.documents import catalog, document_extension, measure_facts, profile

GUIDE = Path(__file__).resolve().parents[2] / "schemas" / "guide"
OWN = 2031


def changes(before: int, after: int, *options: str | Path) -> dict[str, list[str]]:
    """Heading -> lines, of a run that succeeds."""
    result = qrda2qpp("years", "--diff", str(before), str(after), *options)
    assert result.code == 0
    _, *blocks = result.text.split("\n\n")
    return {head: lines for head, *lines in (block.rstrip("\n").split("\n  ") for block in blocks)}


def guide_of(year: int) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((GUIDE / f"{year}.json").read_bytes())
    return data


def ids_of(year: int) -> set[str]:
    return {row[0] for _, _, rows in guide_of(year)["rules"] for row in rows}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with a year that is all like 2025, but for its number."""
    for kind, data in (("catalog", catalog(2025)), ("profiles", profile(2025)), ("guide", guide_of(2025))):
        put(tmp_path, kind, data)
    return tmp_path


def put(own: Path, kind: str, data: dict[str, Any]) -> None:
    (own / kind).mkdir(exist_ok=True)
    (own / kind / f"{OWN}.json").write_text(json.dumps({**data, "performanceYear": OWN}), encoding="utf-8")


def test_a_year_has_no_differences_from_one_like_it(own: Path) -> None:
    found = changes(2025, OWN, "--catalog", own)
    number = len(ids_of(2025))
    assert found.pop("Assertions of the implementation guide") == [f"the same: {number} of {number}"]
    assert len(found) == 5 and all(lines == ["no differences"] for lines in found.values())


def test_templates_and_programs(own: Path) -> None:
    found = changes(2025, 2026)
    before, after = document_extension(2025), document_extension(2026)
    assert (
        f"changed  2.16.840.1.113883.10.20.27.1.2 (QRDA III report): {after} (before: {before})" in found["Templates"]
    )
    gone = {line.split()[1].rstrip(":") for line in found["Program names"] if line.startswith("gone")}
    assert gone == {*profile(2025)["programs"]} - {*profile(2026)["programs"]}
    changed = copy.deepcopy(profile(2025))
    changed["programs"]["MIPS_GROUP"] |= {"accepted": False, "years": [2024]}
    changed["identifiers"]["npi"] = "1.2.3"
    put(own, "profiles", changed)
    found = changes(2025, OWN, "--catalog", own)
    assert found["Program names"] == [
        "changed  MIPS_GROUP: group, written as mips, not accepted by CMS' converter (before: group, written as mips)"
    ]
    assert found["Roots of identifiers"] == ["changed  npi: 1.2.3 (before: 2.16.840.1.113883.4.6)"]


def test_measures_with_their_ids() -> None:
    lines = changes(2025, 2026)["Quality measures that can be reported from an EHR"]
    old, new = measure_facts(2025, "236"), measure_facts(2026, "236")
    at = lines.index(f"changed  236 {new['eMeasureId']} {new['title']}")
    assert lines[at + 1 : at + 3] == [
        f"         CMS id: {new['eMeasureId']} (before: {old['eMeasureId']})",
        f"         GUID: {new['guid']} (before: {old['guid']})",
    ]
    assert lines[0] == "the identifiers of 2026 are preliminary"
    added = {line.split()[1] for line in lines if line.startswith("new")}
    ids = [{row["measureId"] for row in catalog(year)["measures"]} for year in (2025, 2026)]
    assert added == ids[1] - ids[0]


def test_a_changed_population_is_named(own: Path) -> None:
    data = copy.deepcopy(catalog(2025))
    (row,) = (row for row in data["measures"] if row["measureId"] == "236")
    was = row["strata"][0]["populations"]["NUMER"]
    row["strata"][0]["populations"]["NUMER"] = "0" * 8 + was[8:]
    row["strata"][0]["populations"]["DENOM"] = row["strata"][0]["populations"]["DENOM"].swapcase()
    data["measures"] = [one for one in data["measures"] if one["measureId"] != "001"]
    data["ia"] = data["ia"][1:]
    put(own, "catalog", data)
    found = changes(2025, OWN, "--catalog", own)
    gone, changed, part = found["Quality measures that can be reported from an EHR"]
    assert gone.startswith("gone     001 CMS122v13 ") and changed.startswith("changed  236 CMS165v13 ")
    assert part.strip() == f"NUMER: {'0' * 8}{was[8:]} (before: {was})"
    assert found["Other measures and activities"] == [
        f"gone     improvement activities: {catalog(2025)['ia'][0]['measureId']}"
    ]


def test_assertions_that_are_new_gone_and_changed() -> None:
    lines = changes(2025, 2026)["Assertions of the implementation guide"]
    named = {word: {line.split()[1].rstrip(":") for line in lines if line.startswith(f"{word} ")} for word in
             ("new", "gone", "changed")}  # fmt: skip
    assert named["new"] == ids_of(2026) - ids_of(2025)
    assert named["gone"] == ids_of(2025) - ids_of(2026)
    assert {"CMS_1", "CMS_41"} <= named["changed"] <= ids_of(2025) & ids_of(2026)
    assert "value set 2.16.840.1.113883.3.249.14.101: MCP_FQHC, MCP_STANDARD, PCF removed" in lines


def test_another_number_is_not_another_assertion(own: Path) -> None:
    data = guide_of(2025)
    rows = [row for _, _, rows in data["rules"] for row in rows]
    first, second = rows[0], rows[1]
    was = first[0]
    first[0] = f"9999-{was.partition('-')[2]}"
    second[1] = "warning"
    put(own, "guide", data)
    lines = changes(2025, OWN, "--catalog", own)["Assertions of the implementation guide"]
    assert f"renamed  {was} is {first[0]}" in lines
    assert [line.split()[1] for line in lines if line.startswith("changed")] == [f"{second[0]}:"]
    assert lines[-1] == f"the same: {len(rows) - 1} of {len(rows)}"
    assert not [line for line in lines if line.startswith(("new", "gone"))]


def test_what_is_not_there_is_not_compared(own: Path) -> None:
    for kind in ("profiles", "guide"):
        (own / kind / f"{OWN}.json").unlink()
    found = changes(2025, OWN, "--catalog", own)
    assert found["Templates, programs and identifiers"] == [f"not compared: documents of {OWN} cannot be converted yet"]
    assert found["Assertions of the implementation guide"] == [
        f"not compared: there is no implementation guide of {OWN} among the data files"
    ]


@pytest.mark.parametrize("given", [("2025",), ("2025", "2099"), ("1999", "2025"), ("2025", "next")])
def test_years_that_are_not_known(given: tuple[str, ...]) -> None:
    result = qrda2qpp("years", "--diff", *given)
    assert result.code == 2 and result.text == ""
    assert "2099" in result.stderr or "1999" in result.stderr or "--diff" in result.stderr
