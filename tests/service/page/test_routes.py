"""The addresses of the page over HTTP: what they answer, and what bad requests get."""

import json
from collections.abc import Iterator

import httpx
import pytest

import converter
from tests.complete import complete_document
from tests.documents import NPI, TIN
from tests.fuzz.hostile import MARKUP
from tests.goldens.update_responses import api, blocked, rejected, sent
from tests.service.page.markup import Markup, faults
from tests.service.serving import Service, beside, zipped

_HTML = {"Accept": "text/html,application/xhtml+xml"}
CLEAN = complete_document(2025, "MIPS_INDIV").bytes()
_TOKEN = "a-token-of-many-letters"


@pytest.fixture(scope="module")
def client(service: Service) -> httpx.Client:
    return service.client


@pytest.fixture(scope="module")
def guarded(service: Service) -> Iterator[str]:
    with beside(service, token=_TOKEN) as other:
        yield str(other.client.base_url)


def post(client: httpx.Client, path: str, data: bytes, name: str = "a.xml", **fields: str) -> httpx.Response:
    return client.post(path, files={"file": (name, data)}, data=fields, headers=_HTML)


@pytest.mark.parametrize("path", ["/", "/page/explain", "/page/explain?q=GUID002", "/page/explain?q=%3Cscript%3E"])
def test_pages_are_sound(client: httpx.Client, path: str) -> None:
    answer = client.get(path, headers=_HTML)
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/html")
    assert faults(answer.text) == []


def test_what_the_pages_need_comes_from_here(client: httpx.Client) -> None:
    html = Markup(client.get("/").text)
    needed = [one["href"] for one in html.all("link")] + [one["src"] for one in html.all("script")]
    assert len(needed) == 4
    for path in needed:
        assert path is not None
        answer = client.get(path)
        assert answer.status_code == 200 and "max-age" in answer.headers["cache-control"]
        tag = answer.headers["etag"]
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
        assert "//" not in answer.text.replace("http://www.w3.org/2000/svg", "").replace("// ", "")
    for name in ("requests", "copying", "folders", "reading", "lookup", "table"):
        assert client.get(f"/static/{name}.js").headers["content-type"].startswith("text/javascript")
    assert client.get("/static/page.py").status_code == client.get("/static/..%2froutes.py").status_code == 404


def test_a_file_gets_a_whole_page(client: httpx.Client) -> None:
    answer = post(client, "/page/result", CLEAN)
    assert answer.status_code == 200 and faults(answer.text) == []
    assert "Nothing found that CMS would reject" in answer.text
    assert TIN not in answer.text and "choose it once more" in answer.text
    assert TIN in post(client, "/page/result", CLEAN, show_ids="1").text


def test_a_text_that_is_pasted_is_a_file(client: httpx.Client) -> None:
    fields = {"text": blocked().xml(), "pasted": "1"}
    for files in ({"file": ("", b"")}, None):
        answer = client.post("/page/result", files=files, data=fields, headers=_HTML)
        assert answer.status_code == 200 and "GUID002" in answer.text and "pasted text" in answer.text


def test_an_archive_gets_a_table_and_its_files(client: httpx.Client) -> None:
    data = zipped({"good.xml": CLEAN, "bad.xml": rejected().bytes(), "answer.json": json.dumps(api()).encode()})
    answer = post(client, "/page/result", data, "all.zip")
    assert faults(answer.text) == []
    table, _, choice = answer.text.partition("<tbody>")[2].partition("</tbody>")
    assert Markup(table).text.count("all.zip/") == Markup(choice).text.count("all.zip/") == 3
    assert "3 files" in answer.text
    found = [json.loads(line) for line in post(client, "/page/rows", data, "all.zip").text.splitlines()]
    assert [(one["member"], one["kind"]) for one in found] == [(0, "answer"), (1, "refused"), (2, "accepted")]
    assert "all.zip/good.xml" in post(client, "/page/part", data, "all.zip", member="2").text
    assert json.loads(post(client, "/page/download/qpp-json", data, "all.zip", member="2").text)["entityType"]
    assert post(client, "/page/download/qpp-json", data, "all.zip").status_code == 400
    assert post(client, "/page/part", data, "all.zip", member="3").status_code == 400


def test_files_of_an_archive_are_compared(client: httpx.Client) -> None:
    data = zipped({"a.xml": CLEAN, "b.xml": CLEAN, "c.xml": b"<no/>"})
    answer = post(client, "/page/result", data, "all.zip")
    assert faults(answer.text) == [] and "is also in all.zip/a.xml" in Markup(answer.text).text
    rows = [json.loads(line) for line in post(client, "/page/rows", data, "all.zip").text.splitlines()]
    found = client.post("/page/together", json=[one["kept"] for one in rows]).json()
    assert found["html"] in answer.text and set(found["rows"]) == {"1"}
    assert found["rows"]["1"]["kind"] == "costs_points" and rows[1]["kind"] == "accepted"


@pytest.mark.parametrize("body", [b"", b"[1]", b'[["accepted"]]'])
def test_what_no_page_kept_is_not_compared(client: httpx.Client, body: bytes) -> None:
    answer = client.post("/page/together", content=body)
    assert answer.status_code == 422 and "Choose them once more" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("folder", "name"),
    [("exports/2025", "exports/2025/a.xml"), ("../../etc/./", "etc/a.xml"), ("a\r\n\x1b[1m", "a\\r\\n\\x1b[1m/a.xml"),
     (f"exports/{TIN}", f"exports/*****{TIN[-4:]}/a.xml")],
)  # fmt: skip
def test_a_file_is_named_with_its_folder(client: httpx.Client, folder: str, name: str) -> None:
    row = json.loads(post(client, "/page/rows", CLEAN, folder=folder).text)
    assert row["name"] == row["cells"]["source"] == name
    answer = post(client, "/page/download/qpp-json", CLEAN, folder=folder)
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''a-qpp.json"


def test_what_of_an_archive_cannot_be_read_has_a_row(client: httpx.Client) -> None:
    data = zipped({"a.xml": CLEAN, "b.xml": b" " * 3_000_000, "c.xml": CLEAN})
    found = [json.loads(line) for line in post(client, "/page/rows", data, "all.zip").text.splitlines()]
    assert [one["kind"] for one in found] == ["accepted", "unchecked", "accepted"]
    assert "larger than its compressed form" in found[1]["csv"]
    for broken in (zipped({}), data[:-200], zipped({"a.zip": zipped({"a.xml": CLEAN})})):
        rows = [json.loads(line) for line in post(client, "/page/rows", broken, "all.zip").text.splitlines()]
        assert len(rows) == 1 and rows[0]["kind"] != "accepted" and rows[0]["cells"]["errors"] == 1


def test_who_hangs_up_amid_the_rows_ends_them(service: Service) -> None:
    files = {"file": ("all.zip", zipped({f"{at}.xml": CLEAN for at in range(100)}))}
    with service.client.stream("POST", "/page/rows", files=files) as answer:
        assert json.loads(next(answer.iter_lines()))["kind"] == "accepted"
    line = service.line(answer.headers["x-request-id"])
    assert line["status"] == 200 and line["bytesOut"] < 100_000
    assert post(service.client, "/page/part", CLEAN).status_code == 200
    assert [one for one in service.log if one["event"] == "server"] == []


def test_an_answer_is_explained_with_what_was_sent(client: httpx.Client) -> None:
    files = {"file": ("answer.json", json.dumps(api()).encode()), "sent": ("a.xml", sent()["rejected.xml"])}
    assert "In the file that was sent" in client.post("/page/part", files=files).text


def test_a_download_is_named_after_the_file(client: httpx.Client) -> None:
    name = 'né"w\r\nX: y.xml'
    answer = post(client, "/page/download/qpp-json", CLEAN, name)
    assert answer.json() == json.loads(converter.convert(CLEAN).to_json())
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''n%C3%A9")
    assert "x" not in answer.headers


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"year": "20x5"}, 400, "number of four digits"),
        ({"year": "1999"}, 422, "1999 is not known"),
        ({"member": "-1"}, 400, "no such file"),
        ({"member": "9" * 400}, 400, "no such file"),
    ],
)
def test_what_cannot_be_meant_is_told(client: httpx.Client, fields: dict[str, str], status: int, words: str) -> None:
    answer = post(client, "/page/result", CLEAN, **fields)
    assert answer.status_code == status and words in answer.text and faults(answer.text) == []
    problem = client.post("/page/part", files={"file": ("a.xml", CLEAN)}, data=fields)
    assert problem.status_code == status and words in problem.json()["detail"]


def test_nothing_is_told_as_a_page(client: httpx.Client) -> None:
    empty = client.post("/page/result", files={"file": ("", b"")}, headers=_HTML)
    assert empty.status_code == 400 and "Choose a file" in empty.text and faults(empty.text) == []
    assert "Choose a file" in client.post("/page/rows", data={"text": "  "}).json()["detail"]
    assert post(client, "/page/download/exe", CLEAN).status_code == 422
    assert faults(client.get(f"/{MARKUP}", headers=_HTML).text) == []
    assert client.get("/page/result", headers=_HTML).status_code == 405


def test_an_empty_file_is_a_file(client: httpx.Client) -> None:
    assert "a.xml" in post(client, "/page/result", b"").text


def test_lookups_are_parts_of_the_page(client: httpx.Client) -> None:
    assert "measure-guid-of-another-year" in client.get("/page/lookup", params={"q": "GUID002"}).text
    assert client.get("/page/lookup").text == ""


def test_other_sites_may_not_post(client: httpx.Client) -> None:
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = client.post("/page/part", files={"file": ("a.xml", CLEAN)}, headers=headers)
        assert answer.status_code == 403 and NPI[-4:] not in answer.text


def test_who_is_not_signed_in_is_asked_for_the_token(guarded: str) -> None:
    with httpx.Client(base_url=guarded, timeout=60, follow_redirects=True) as client:
        for path in ("/", "/page/explain"):
            page = client.get(path, headers=_HTML)
            assert page.history and "Sign in" in page.text and faults(page.text) == []
        assert client.post("/page/part", files={"file": ("a.xml", CLEAN)}).status_code == 401
        assert client.get("/static/page.css").status_code == 200
        wrong = client.post("/session", data={"token": "another-token-of-letters"}, headers=_HTML)
        assert wrong.status_code == 401 and "not the token" in wrong.text and not client.cookies
        assert client.get("/session", headers=_HTML).status_code == 200
        right = client.post("/session", data={"token": _TOKEN}, headers=_HTML)
        assert right.status_code == 200 and "Would CMS accept" in right.text
        cookie = right.history[0].headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=strict" in cookie and _TOKEN not in cookie
        assert client.post("/page/part", files={"file": ("a.xml", CLEAN)}).status_code == 200
