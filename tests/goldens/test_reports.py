"""The report formats: golden files, the shape of those that programs read, and what all of them keep to."""

import base64
import csv
import hashlib
import io
import json
import re
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from converter.emitters.reports.formats import FORMATS, emitter
from converter.emitters.reports.table_csv import HEADER
from converter.findings.kinds import TABLE
from tests.documents import NPI, SCHEMAS, TIN
from tests.goldens.update_reports import ENDINGS, FOLDER, VERSION, goldens, present, reports, sources

CASES = sorted(sources())
_COUNTS = ("error", "warning", "info")


@cache
def made() -> dict[Path, str]:
    return goldens()


def golden(case: str, form: str) -> str:
    return made()[FOLDER / f"{case}{ENDINGS[form]}"]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("case", CASES)
def test_golden(case: str, form: str) -> None:
    path = FOLDER / f"{case}{ENDINGS[form]}"
    assert path.is_file(), f"{path.name} is missing: python -m tests.goldens.update_reports"
    assert path.read_bytes().decode() == golden(case, form)


def test_every_golden_has_a_case() -> None:
    assert sorted(path.name for path in present() - made().keys()) == []


@pytest.mark.parametrize("form", FORMATS)
def test_reports_may_come_one_by_one(form: str) -> None:
    assert emitter(form)(reports("two-documents")) == golden("two-documents", form)


@pytest.mark.parametrize("form", FORMATS)
def test_no_reports_make_an_empty_report(form: str) -> None:
    assert emitter(form)([]) is not None


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("case", CASES)
def test_every_finding_is_told(case: str, form: str) -> None:
    # The official shape of the error JSON has a place for all of ours, too.
    for finding in (one for report in reports(case) for one in report.findings):
        assert finding.id in golden(case, form)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("case", CASES)
def test_identifiers_are_masked_unless_they_are_asked_for(case: str, form: str) -> None:
    words = golden(case, form)
    for secret in (TIN, NPI, "00-0417263"):
        assert secret not in words
    if case == "root-cause":
        assert "2003004175.xml" in emitter(form)(list(reports(case)), True)


# -- JSON


@cache
def schema() -> Any:
    return json.loads((SCHEMAS / "report.schema.json").read_bytes())


def test_schema_of_the_json_report_is_strict() -> None:
    Draft202012Validator.check_schema(schema())
    objects = [schema(), *schema()["$defs"].values()]
    data = schema()["$defs"]["data"]
    assert data["additionalProperties"] is False
    assert "required" not in data, "which fields there are depends on the finding"
    for one in (item for item in objects if item.get("type") == "object" and item is not data):
        assert one["additionalProperties"] is False
        assert sorted(one["required"]) == sorted(one["properties"])


@pytest.mark.parametrize("show_ids", [False, True])
@pytest.mark.parametrize("case", CASES)
def test_json_has_the_shape_of_its_schema(case: str, show_ids: bool) -> None:
    content = json.loads(emitter("json")(reports(case), show_ids))
    assert [error.message for error in Draft202012Validator(schema()).iter_errors(content)] == []
    assert content["tool"]["version"] == VERSION
    assert content["masked"] is not show_ids


@pytest.mark.parametrize("case", CASES)
def test_json_holds_every_finding_once_and_in_one_group(case: str) -> None:
    for document, report in zip(json.loads(golden(case, "json"))["documents"], reports(case), strict=True):
        assert sorted(one["message"] for one in document["findings"]) == sorted(one.message for one in report.findings)
        numbers = [number for group in document["groups"] for number in group["findings"]]
        assert numbers == list(range(len(report.findings)))
        assert sum(document["counts"][name] for name in _COUNTS) == len(report.findings)


def test_json_tells_results_and_rates() -> None:
    (document,) = json.loads(golden("clean", "json"))["documents"]
    first, second = document["sections"][0]["entries"]
    assert (first["measure"]["cmsId"], first["measure"]["measureId"]) == ("CMS165v13", "236")
    (row,) = first["results"]
    assert row["rate"] == pytest.approx(int(row["counts"]["NUMER"]) / (190 - 9), abs=1e-6)
    assert [one["populationSet"] for one in second["results"]] == ["set 1", "set 2", "set 3", "set 4", "added up"]
    last = {role: sum(int(one["counts"][role]) for one in second["results"][:-1]) for role in ("DENOM", "NUMER")}
    assert second["results"][-1]["counts"].items() >= {role: str(number) for role, number in last.items()}.items()


# -- SARIF

_TEXT: dict[str, Any] = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": {"type": "string", "minLength": 1}},
}
_POSITION = {"type": "integer", "minimum": 1}
_LOCATION: dict[str, Any] = {
    "type": "object",
    "required": ["physicalLocation"],
    "additionalProperties": False,
    "properties": {
        "id": _POSITION,
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "additionalProperties": False,
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "required": ["uri", "index"],
                    "properties": {"uri": {"type": "string", "pattern": r"^[^ \\]+$"}, "index": {"type": "integer"}},
                },
                "region": {
                    "type": "object",
                    "required": ["startLine", "endLine", "endColumn"],
                    "additionalProperties": False,
                    "properties": dict.fromkeys(("startLine", "startColumn", "endLine", "endColumn"), _POSITION),
                },
            },
        },
        "logicalLocations": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["fullyQualifiedName", "kind"],
                "properties": {
                    "fullyQualifiedName": {"pattern": "^/(ClinicalDocument|measurementSets|\\w+$)"},
                    "kind": {"enum": ["element", "member"]},
                },
            },
        },
    },
}
_LEVEL = {"enum": ["error", "warning", "note"]}
SARIF: dict[str, Any] = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "columnKind", "artifacts", "results"],
                "additionalProperties": False,
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name", "version", "rules"],
                                "properties": {
                                    "rules": {
                                        "type": "array",
                                        "items": {
                                            "type": "object",
                                            "required": ["id", "shortDescription", "fullDescription", "help"],
                                            "properties": {
                                                "shortDescription": _TEXT,
                                                "fullDescription": _TEXT,
                                                "help": _TEXT,
                                                "defaultConfiguration": {"properties": {"level": _LEVEL}},
                                            },
                                        },
                                    }
                                },
                            }
                        },
                    },
                    "columnKind": {"const": "unicodeCodePoints"},
                    "artifacts": {
                        "type": "array",
                        "items": {"required": ["location"], "properties": {"location": {"required": ["uri"]}}},
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["ruleId", "ruleIndex", "level", "message", "locations"],
                            "additionalProperties": False,
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": _LEVEL,
                                "message": _TEXT,
                                "locations": {"type": "array", "minItems": 1, "maxItems": 1, "items": _LOCATION},
                                "relatedLocations": {"type": "array", "items": _LOCATION},
                                "properties": {"type": "object"},
                            },
                        },
                    },
                },
            },
        },
    },
}


@pytest.mark.parametrize("case", CASES)
def test_sarif_has_its_structure(case: str) -> None:
    content = json.loads(golden(case, "sarif"))
    assert [error.message for error in Draft202012Validator(SARIF).iter_errors(content)] == []
    (run,) = content["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[one["ruleIndex"]]["id"] for one in run["results"]] == [one["ruleId"] for one in run["results"]]
    assert {one["id"] for one in rules} == {one["ruleId"] for one in run["results"]} <= TABLE.keys()
    for one in run["results"]:
        artifact = one["locations"][0]["physicalLocation"]["artifactLocation"]
        assert run["artifacts"][artifact["index"]]["location"]["uri"] == artifact["uri"]


@pytest.mark.parametrize("case", ["three-findings", "root-cause", "would-be-rejected"])
def test_sarif_regions_are_start_tags(case: str) -> None:
    lines = sources()[case][0][1].decode().splitlines()
    for one in json.loads(golden(case, "sarif"))["runs"][0]["results"]:
        for location in (*one["locations"], *one["relatedLocations"]):
            region = location["physicalLocation"]["region"]
            assert region["startLine"] == region["endLine"]
            tag = lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1]
            assert re.fullmatch(r"<[a-zA-Z][^<>]*>", tag)


# -- CSV


@pytest.mark.parametrize("case", CASES)
def test_csv_has_a_row_for_each_finding(case: str) -> None:
    text = golden(case, "csv")
    assert text.count("\r\n") == text.count("\n") == 1 + sum(len(report.findings) for report in reports(case))
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    assert tuple(header) == HEADER
    assert {len(row) for row in rows} <= {len(HEADER)}


# -- HTML


class _Page(HTMLParser):
    """Collects what matters of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if attributes.get("id"):
            self.ids.append(attributes["id"] or "")
        if tag == "a":
            self.links.append(attributes["href"] or "")


@cache
def page(case: str) -> _Page:
    parsed = _Page()
    parsed.feed(golden(case, "html"))
    return parsed


@pytest.mark.parametrize("case", CASES)
def test_html_needs_nothing_else(case: str) -> None:
    names = {tag for tag, _ in page(case).tags}
    assert not names & {"link", "img", "iframe", "object", "form"}
    assert [attributes for tag, attributes in page(case).tags if tag == "script"] == [{}], "one, and it is in the page"
    assert not [name for _, attributes in page(case).tags for name in attributes if re.match("on|style|src", name)]
    assert "url(" not in golden(case, "html")
    assert {link[:1] for link in page(case).links} <= {"#"}


@pytest.mark.parametrize("case", CASES)
def test_html_lets_no_other_script_run(case: str) -> None:
    script = golden(case, "html").partition("<script>")[2].partition("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    (policy,) = [tag["content"] for _, tag in page(case).tags if tag.get("http-equiv") == "Content-Security-Policy"]
    assert policy == f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"


@pytest.mark.parametrize("case", CASES)
def test_html_has_nothing_to_click_in_a_summary(case: str) -> None:
    summaries = re.findall(r"<summary>(.*?)</summary>", golden(case, "html"), re.DOTALL)
    assert summaries and not [one for one in summaries if re.search("<(a|button|input)[ >]", one)]


@pytest.mark.parametrize("case", CASES)
def test_html_links_lead_somewhere(case: str) -> None:
    assert len(page(case).ids) == len(set(page(case).ids))
    assert {link[1:] for link in page(case).links} <= set(page(case).ids)


@pytest.mark.parametrize("case", CASES)
def test_html_is_accessible(case: str) -> None:
    tags = page(case).tags
    assert [attributes["lang"] for tag, attributes in tags if tag == "html"] == ["en"]
    assert all("scope" in attributes for tag, attributes in tags if tag == "th")
    assert all(attributes.get("tabindex") == "0" for _, attributes in tags if attributes.get("class") == "scroll")
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_html_links_findings_and_inventory_both_ways() -> None:
    ids, links = page("three-findings").ids, page("three-findings").links
    assert {"d1-GUID002-1", "d1-e0"} <= set(ids)
    assert links.count("#d1-GUID002-1") >= 2
    assert links.count("#d1-e0") >= 2


def _variables(css: str, start: str) -> dict[str, str]:
    block = css[css.index(start) :]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block[: block.index("}")]))


def _luminance(colour: str) -> float:
    channels = (int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5))
    parts = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _contrast(first: str, second: str) -> float:
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("start", [":root {", "@media (prefers-color-scheme: dark)", "@media print"])
def test_html_colours_have_enough_contrast(start: str) -> None:
    colours = _variables(golden("clean", "html"), start)
    pairs = [("mark", "mark-back"), ("soft", "code-back"), ("text", "code-back"), ("text", "error-back")]
    pairs += [(one, f"{one}-back") for one in ("error", "warning", "good", "info")]
    pairs += [(one, back) for one in ("text", "soft", "link", "error", "warning") for back in ("page", "box")]
    assert [pair for pair in pairs if _contrast(colours[pair[0]], colours[pair[1]]) < 4.5] == []
