"""Our own API: typed answers, its description, and problem details."""

import json
from typing import Any

import pytest
from pydantic import BaseModel

import converter
from converter.service import models
from converter.service.api import Form
from tests.service.serving import CLEAN, FIXTURES, Service, zipped
from tests.service.test_official import BAD, QPP, REFUSED, problem_of

API = "/api/v1"
QPP_FILE = (FIXTURES / "2025" / "MIPS_GROUP-clean.qpp.json").read_bytes()


def strict(model: type[BaseModel], content: Any) -> BaseModel:
    """The answer as its model, which names all that is in it."""
    found = model.model_validate(content)
    assert found.model_dump(mode="json", by_alias=True) == content
    return found


def test_convert_answers_the_submission_and_the_findings(service: Service) -> None:
    content = service.post(f"{API}/convert", ("export.xml", CLEAN), ("bad.xml", BAD)).json()
    strict(models.Converted, content)
    good, bad = content["documents"]
    assert (good["ok"], good["qpp"], good["source"]) == (True, QPP, "export.xml")
    assert (bad["ok"], bad["qpp"], bad["verdict"]["kind"]) == (False, None, "refused")
    wanted = converter.convert(REFUSED.with_suffix(".xml")).findings
    assert sorted(one["id"] for one in bad["findings"]) == sorted(one.id for one in wanted)


def test_check_takes_qrda_iii_and_qpp_json_and_archives(service: Service) -> None:
    archive = zipped({"a.xml": CLEAN, "b.json": QPP_FILE})
    content = service.post(f"{API}/check", ("export.xml", CLEAN), ("all.zip", archive)).json()
    strict(models.Checked, content)
    assert [(one["source"], one["outcome"], one["ok"]) for one in content["documents"]] == [
        ("export.xml", "converted", True),
        ("all.zip/a.xml", "converted", True),
        ("all.zip/b.json", "checked", True),
    ]


@pytest.mark.parametrize(("kind", "body"), [("application/xml", CLEAN), ("application/json", QPP_FILE)])
def test_a_document_may_be_the_body_itself(service: Service, kind: str, body: bytes) -> None:
    response = service.client.post(f"{API}/check?name=a/b%0A.xml", content=body, headers={"Content-Type": kind})
    (one,) = response.json()["documents"]
    assert (one["ok"], one["source"]) == (True, "b\\n.xml")


def test_no_file_and_an_empty_one(service: Service) -> None:
    response = service.client.post(f"{API}/check", files={"document": ("a.xml", CLEAN)})
    assert response.status_code == 400
    assert "The file is in another field." in problem_of_any(response)
    response = service.post(f"{API}/check", ("a.xml", CLEAN), ("123456789.xml", b""))
    assert response.status_code == 400
    assert problem_of_any(response).startswith("The file *****6789.xml is empty.")
    assert service.client.post(f"{API}/check", headers={"Content-Type": "application/xml"}).status_code == 400


def test_identifiers_are_masked_unless_they_are_asked_for(service: Service) -> None:
    masked = service.post(f"{API}/check", ("a.xml", CLEAN)).json()["documents"][0]["identity"]
    shown = service.post(f"{API}/check?showIds=true", ("a.xml", CLEAN)).json()["documents"][0]["identity"]
    assert shown["tin"] == QPP["taxpayerIdentificationNumber"]
    assert masked["tin"] == f"*****{shown['tin'][-4:]}"


@pytest.mark.parametrize("form", list(Form))
def test_every_report_of_the_command_can_be_had(service: Service, form: Form) -> None:
    response = service.post(f"{API}/report?format={form}", ("a.xml", BAD))
    assert response.status_code == 200
    assert response.text == converter.render(converter.check(BAD, name="a.xml"), form.value)
    if form is Form.HTML:
        assert response.headers["content-disposition"] == 'attachment; filename="report.html"'


def test_explain(service: Service) -> None:
    content = service.client.get(f"{API}/explain", params={"word": "CMS165v13", "year": 2025}).json()
    strict(models.ExplanationModel, content)
    wanted = converter.explain("CMS165v13", year=2025)
    assert (content["what"], content["text"], content["guid"]) == ("measure", wanted.text, wanted.guid)
    assert content["measure"] == {"measureId": "236", "cmsId": "CMS165v13", "title": wanted.title}
    again = service.client.post(f"{API}/explain", json={"word": "CMS165v13", "year": 2025})
    assert again.json() == content


def test_explain_what_nobody_knows(service: Service) -> None:
    response = service.client.get(f"{API}/explain", params={"word": "xyzzy"})
    assert response.status_code == 404
    assert '"xyzzy" was not found.' in problem_of_any(response)


def problem_of_any(response: Any) -> str:
    assert response.headers["content-type"] == "application/problem+json"
    return str(response.json()["detail"])


def test_explain_an_answer_of_cms(service: Service) -> None:
    answer = service.post("/", ("a.xml", BAD)).content
    files = {"file": ("answer.json", answer), "source": ("a.xml", BAD)}
    content = service.client.post(f"{API}/explain/response", files=files).json()
    strict(models.ExplainedAnswerModel, content)
    assert content["items"]
    assert content["items"][0]["mentions"][0]["line"]
    refused = service.post(f"{API}/explain/response", ("a.xml", CLEAN))
    assert refused.status_code == 422
    assert problem_of(refused)["detail"]


def test_measures_and_years(service: Service) -> None:
    content = service.client.get(f"{API}/measures", params={"query": "CMS165", "year": 2025}).json()
    strict(models.Measures, content)
    assert [(one["year"], one["measureId"], one["cmsId"]) for one in content["measures"]] == [
        (2025, "236", "CMS165v13")
    ]
    every = service.client.get(f"{API}/measures", params={"query": "CMS165"}).json()["measures"]
    assert [one["year"] for one in every] == sorted((one["year"] for one in every), reverse=True)
    more = service.client.get(f"{API}/measures", params={"query": "falls", "year": 2025, "all": True}).json()[
        "measures"
    ]
    assert any(one["cmsId"] is None for one in more)
    found = service.client.get(f"{API}/years").json()
    strict(models.Years, found)
    assert {2017, 2025} <= {one["year"] for one in found["years"]}


@pytest.mark.parametrize("path", ["/explain?word=6&year=2001", "/measures?year=2001", "/explain?word=6&year=nine"])
def test_a_year_that_is_not_known_is_422(service: Service, path: str) -> None:
    response = service.client.get(API + path)
    assert response.status_code == 422
    assert "year" in problem_of_any(response)


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        ("/explain", b"{", "application/json"),
        ("/explain", b"[" * 100_000, "application/json"),
        ("/explain", b'{"word": "\xff 123456789"}', "application/json"),
        ("/explain", b'{"word": ""}', "application/json"),
        ("/explain", b'{"word": "123456789", "year": "123456789"}', "application/json"),
    ],
)
def test_what_does_not_fit_is_told_without_repeating_it(service: Service, path: str, body: bytes, kind: str) -> None:
    response = service.client.post(API + path, content=body, headers={"Content-Type": kind})
    assert response.status_code in (400, 422)
    assert "123456789" not in problem_of_any(response)
    assert response.status_code == 422 or "JSON" in problem_of_any(response)


def test_other_addresses_and_methods(service: Service) -> None:
    assert service.client.get("/nothing/123456789").status_code == 404
    assert "123456789" not in service.client.get("/nothing/123456789").text
    response = service.client.delete(f"{API}/convert")
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert "takes POST" in problem_of_any(response)


@pytest.mark.parametrize(
    "path", ["/health", "/ready", "/metrics", "/", "/static/page.css", f"{API}/years", "/nothing", f"{API}/convert"]
)
def test_head_is_answered_as_get_without_what_follows(service: Service, path: str) -> None:
    whole, head = service.client.get(path), service.client.head(path)
    assert head.status_code == whole.status_code
    assert head.content == b""
    assert head.headers["content-type"] == whole.headers["content-type"]
    line = service.line(head.headers["x-request-id"])
    assert (line["method"], line["route"]) == ("HEAD", service.line(whole.headers["x-request-id"])["route"])


def test_the_description_has_examples_and_types(service: Service) -> None:
    description = service.client.get(f"{API}/openapi.json").json()
    convert = description["paths"][f"{API}/convert"]["post"]
    assert "multipart/form-data" in convert["requestBody"]["content"]
    assert convert["responses"]["200"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Converted"
    }
    assert "application/problem+json" in convert["responses"]["413"]["content"]
    official = description["paths"]["/converter"]["post"]
    assert official["responses"]["422"]["content"]["application/json"]["example"]["errors"]
    assert '"GUID002"' in json.dumps(description["paths"][f"{API}/explain"])


def test_documents_are_compared_with_their_guide(service: Service) -> None:
    """As the command does: with that of CMS, or the one that is asked for."""
    told = {}
    for guide in ("", "?guide=cms", "?guide=none"):
        (one,) = service.post(f"{API}/check{guide}", ("export.xml", CLEAN)).json()["documents"]
        told[guide] = [finding["id"] for finding in one["findings"] if finding["stage"] == "guide"]
    assert told[""] and told[""] == told["?guide=cms"] and not told["?guide=none"]
    assert service.post(f"{API}/check?guide=hl", ("export.xml", CLEAN)).status_code == 422
