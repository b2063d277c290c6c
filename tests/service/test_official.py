"""In place of the official API: requests as its clients make them, and its answers."""

import json
from typing import Any

import httpx
import pytest

from converter.service.official import PATHS, VERSION_1, VERSION_2, version_of
from converter.service.problems import Problem
from tests.service.serving import CLEAN, FIXTURES, Service, zipped

V1, V2 = {"Accept": VERSION_1}, {"Accept": VERSION_2}
QPP = json.loads((FIXTURES / "2025" / "MIPS_GROUP-clean.qpp.json").read_bytes())
REFUSED = sorted(path.with_suffix("").with_suffix("") for path in (FIXTURES / "2025").glob("*.error.json"))[0]
BAD = REFUSED.with_suffix(".xml").read_bytes()


def problem_of(response: httpx.Response) -> dict[str, Any]:
    assert response.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = response.json()
    assert found["status"] == response.status_code
    assert found["requestId"] == response.headers["x-request-id"]
    assert found["detail"].endswith((".", "/json", *PATHS, "export.xml", "/convert", "/check"))
    return found


@pytest.mark.parametrize("path", PATHS)
def test_every_route_answers_the_submission(service: Service, path: str) -> None:
    response = service.post(path, ("export.xml", CLEAN), headers=V1)
    assert response.status_code == 201
    assert response.headers["content-type"] == "application/json;charset=UTF-8"
    assert response.json() == QPP


def test_version_2_has_the_warnings_beside_the_submission(service: Service) -> None:
    content = service.post("/converter", ("export.xml", CLEAN), headers=V2).json()
    assert content["qpp"] == QPP
    assert all(one["message"].startswith(("CT - ", "SV - ")) for one in content["warnings"])
    assert {"errorCode", "message", "value", "type", "location"} <= {
        name for one in content["warnings"] for name in one
    }


def test_a_document_that_is_refused_answers_the_official_error_json(service: Service) -> None:
    response = service.post("/converter", ("export.xml", BAD), headers=V1)
    assert response.status_code == 422
    wanted = json.loads(REFUSED.with_suffix(".error.json").read_bytes())
    (error,) = response.json()["errors"]
    assert error["sourceIdentifier"] == "export.xml"
    codes = [one["errorCode"] for one in wanted["errors"][0]["details"]]
    assert [one["errorCode"] for one in error["details"] if one["message"].startswith("CT - ")] == codes


def test_what_cms_would_reject_is_refused_as_the_official_api_does(service: Service) -> None:
    rejected = (FIXTURES / "2025" / "MIPS_INDIV-no-npi.xml").read_bytes()
    response = service.post("/", ("export.xml", rejected), headers=V1)
    assert response.status_code == 422
    assert any(one["message"].startswith("SV - ") for one in response.json()["errors"][0]["details"])


@pytest.mark.parametrize(
    ("accept", "version"),
    [
        ("", 1),
        ("*/*", 1),
        ("application/json", 1),
        (VERSION_1, 1),
        (VERSION_2, 2),
        (f"{VERSION_2}, application/json;q=0.5", 2),
        (f"{VERSION_1};q=0.1, {VERSION_2};q=0.9", 2),
        (f"text/html, {VERSION_2.upper()}", 2),
        ("application/zip", 2),
        (f"{VERSION_2};q=0, */*;q=0.1", 1),
        (f"{VERSION_2};q=x, application/*", 1),
    ],
)
def test_version_that_a_client_accepts(accept: str, version: int) -> None:
    assert version_of(accept) == version


@pytest.mark.parametrize(
    "accept", ["text/html", "application/xml", f"{VERSION_1};q=0", ";", "application/vnd.qpp.cms.gov.v3+json"]
)
def test_what_cannot_be_answered_is_406(accept: str) -> None:
    with pytest.raises(Problem) as caught:
        version_of(accept)
    assert caught.value.status_code == 406


def test_an_archive_answers_a_list_in_order_of_the_names(service: Service) -> None:
    archive = zipped({"b.xml": CLEAN, "a/c.xml": CLEAN, "notes.txt": b"nothing"})
    response = service.post("/", ("all.zip", archive), headers=V2)
    assert response.status_code == 201
    assert [one["sourceIdentifier"] for one in response.json()] == ["all.zip/a/c.xml", "all.zip/b.xml"]
    assert [one["qpp"] for one in response.json()] == [QPP, QPP]
    assert service.post("/", ("all.zip", archive), headers=V1).json() == [QPP, QPP]


def test_an_archive_with_a_document_that_is_refused_answers_its_errors(service: Service) -> None:
    response = service.post("/", ("all.zip", zipped({"a.xml": CLEAN, "b.xml": BAD})), headers=V2)
    assert response.status_code == 422
    assert [one["sourceIdentifier"] for one in response.json()["errors"]] == ["all.zip/b.xml"]


def test_nothing_in_the_file_field(service: Service) -> None:
    response = service.client.post("/", files={"other": ("export.xml", CLEAN)})
    assert response.status_code == 400
    assert "The file is in another field." in problem_of(response)["detail"]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (b"filename*=utf-8''b%C3%BCro.xml", "büro.xml"),
        (b"filename*=UTF-8'de'..%2Fa%0D%0Ab.xml", "a\\r\\nb.xml"),
        (b"filename*=utf-8''", "upload"),
        (b"filename=\"a.xml\"; filename*=utf-8''b.xml", "a.xml"),
        ("filename=büro.xml".encode(), "büro.xml"),
    ],
)
def test_names_of_files_as_clients_write_them(service: Service, header: bytes, name: str) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="file"; %s\r\n\r\n%s\r\n--x--\r\n' % (header, BAD)
    boundary = {"Content-Type": "multipart/form-data; boundary=x"}
    response = service.client.post("/", content=body, headers=boundary)
    assert response.status_code == 422
    assert response.json()["errors"][0]["sourceIdentifier"] == name


@pytest.mark.parametrize("path", ["/converter", "/api/v1/convert", "/api/v1/check"])
def test_a_name_in_the_place_of_the_file(service: Service, path: str) -> None:
    response = service.client.post(path, files={"file": (None, "export.xml")})
    assert response.status_code == 400
    assert "put an @ before the name" in problem_of(response)["detail"]


@pytest.mark.parametrize(
    ("files", "words"),
    [([], "no file"), ([("export.xml", b"")], "empty"), ([("a.xml", CLEAN), ("b.xml", CLEAN)], "more than one")],
)
def test_no_file_an_empty_one_and_two(service: Service, files: list[tuple[str, bytes]], words: str) -> None:
    boundary = {"Content-Type": "multipart/form-data; boundary=x"}
    response = service.post("/", *files) if files else service.client.post("/", content=b"--x--\r\n", headers=boundary)
    assert response.status_code == 400
    assert words in problem_of(response)["detail"]


def test_a_purpose_is_taken_unless_it_is_too_long(service: Service) -> None:
    assert service.post("/", ("a.xml", CLEAN), headers={"Purpose": "Test"}).status_code == 201
    response = service.post("/", ("a.xml", CLEAN), headers={"Purpose": "x" * 26})
    assert response.status_code == 400
    assert "Purpose" in problem_of(response)["detail"]


def test_a_body_that_is_no_form_is_415(service: Service) -> None:
    response = service.client.post("/", content=CLEAN, headers={"Content-Type": "application/xml"})
    assert response.status_code == 415
    assert "curl -F file=@export.xml" in problem_of(response)["detail"]
