"""Sources and results at URLs, in the store that fsspec keeps in memory, on a web server and in local files."""

import functools
import http.server
import io
import json
import os
import pickle
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import converter
from converter.errors import SourceError, UsageError
from converter.source import object_store, urls
from converter.source.inputs import expand
from converter.source.limits import DEFAULT_LIMITS
from converter.source.object_store import Object, read_object
from converter.source.store_errors import NO_PARTS, StoreError
from converter.source.url import Url
from tests.cli.runner import qrda2qpp, results
from tests.complete import complete_document
from tests.documents import TIN, document

pytest.importorskip("fsspec", reason='needs the packages of the extra "cluster"')
from tests.source import stores
from tests.source.stores import SECRET, FailingStore, contents, fill

CLEAN = complete_document(2025).bytes()
OTHER = document(2024, "MIPS_INDIV").bytes()
BAD = CLEAN[:5000]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    stores.register()
    stores.clear()
    return tmp_path


def archive(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in members.items():
            opened.writestr(name.replace("_", "/") + ".xml", data)
    return target.getvalue()


FILES = {
    "a.xml": CLEAN,
    "deep/b ä.xml": OTHER,
    "deep/bad.XML": BAD,
    "deeper/c.zip": archive(of_d=CLEAN, of_e=OTHER),
}
IGNORED = {"notes.txt": b"x", ".hidden/x.xml": CLEAN, "a-error.json": b"{}", "deep/.y.xml": CLEAN}


def local(files: dict[str, bytes], top: str = "in") -> None:
    for name, data in files.items():
        path = Path(top, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def both(files: dict[str, bytes]) -> None:
    """The same files in a local folder and in memory."""
    local(files)
    fill({f"in/{name}": data for name, data in files.items()})


def written(folder: str = "out") -> dict[str, bytes]:
    top = Path(folder)
    return {name: top.joinpath(name).read_bytes() for name in results(top)}


def names(word: str) -> list[str]:
    return [one.name for one in expand([word], DEFAULT_LIMITS)]


# -- listing and reading


def test_a_folder_gives_what_the_local_one_gives() -> None:
    both(FILES | IGNORED)
    here = qrda2qpp("in", "--out", "out")
    there = qrda2qpp("memory://in/", "--out", "memory://out", "--jobs", "1")
    assert (here.code, there.code) == (1, 1)
    assert there.stderr == here.stderr.replace("in" + os.sep, "memory://in/").replace(os.sep, "/").replace(
        "into out", "into memory://out"
    )
    results = contents("out")
    assert list(results) == sorted(written())
    for name, data in written().items():
        assert results[name].replace(b"memory://in/", b"in/") == data.replace(os.sep.encode() * 2, b"/")


@pytest.mark.parametrize("word", ["memory://in", "memory:///in/", "MEMORY://in/"])
def test_a_folder_is_listed_in_order_and_each_object_once(word: str) -> None:
    both(FILES | IGNORED)
    inputs = list(expand([word], DEFAULT_LIMITS))
    expected = [one.output for one in expand(["in"], DEFAULT_LIMITS)]
    assert [one.output for one in inputs] == expected
    assert [one.size for one in inputs][:2] == [len(CLEAN), len(OTHER)]
    assert all(one.path for one in inputs)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("in/*.xml", ["a.xml"]),
        ("in/deep/b*", ["deep/b ä.xml", "deep/bad.XML"]),
        ("in/*/?.zip", ["deeper/c.zip/of/d.xml", "deeper/c.zip/of/e.xml"]),
        ("in/**/*.xml", ["a.xml", "deep/b ä.xml"]),
        ("in/deep/.*", ["deep/.y.xml"]),
    ],
)
def test_patterns(pattern: str, expected: list[str]) -> None:
    fill({f"in/{name}": data for name, data in (FILES | IGNORED).items()})
    assert names(f"memory://{pattern}") == [f"memory:///in/{one}".replace(":///", "://") for one in expected]


def test_a_name_that_exists_is_taken_literally() -> None:
    fill({"in/[1].xml": CLEAN, "in/1.xml": OTHER})
    assert names("memory://in/[1].xml") == ["memory://in/[1].xml"]


def test_what_travels_to_another_process_reads_the_same() -> None:
    fill({f"in/{name}": data for name, data in FILES.items()})
    inputs = list(expand(["memory://in/"], DEFAULT_LIMITS))
    for one, other in zip(inputs, pickle.loads(pickle.dumps(inputs)), strict=True):
        assert (one.name, one.output, one.size, one.path) == (other.name, other.output, other.size, other.path)
        assert one.read() == other.read()


def test_an_archive_that_changes_is_opened_anew_in_another_process() -> None:
    for members in ({"a": CLEAN}, {"b": OTHER, "a": CLEAN}):
        fill({"x.zip": archive(**members)})
        inputs = pickle.loads(pickle.dumps(list(expand(["memory://x.zip"], DEFAULT_LIMITS))))
        assert [one.read() for one in inputs] == [members[name] for name in sorted(members)]


def test_names_of_others_lead_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = ["../../up.xml", "a:b/CON.x.xml", "c//d.xml", f"{'n' * 300}.xml", ".e/f.xml"]
    fill({"in/a.xml": CLEAN})
    monkeypatch.setattr(urls, "objects_below", lambda url: (Object(url.child("a.xml"), name) for name in hostile))
    assert qrda2qpp("memory://in/", "--out", "out").code == 0
    assert [name for name in written() if "nnn" not in name] == ["a_b/_CON.x-qpp.json", "c/d-qpp.json", "up-qpp.json"]
    assert len(written()) == 4


def test_limits_hold() -> None:
    fill({"in/large.xml": CLEAN + b" " * 2**20, "in/empty.xml": b"", "in/bomb.zip": archive(a=b" " * 3_000_000)})
    result = qrda2qpp("memory://in/", "--max-size", "1", "--out", "out", "--summary", "s.json")
    assert result.code == 1
    causes = {row["source"]: row["first cause"] for row in json.loads(Path("s.json").read_bytes())}
    assert causes == {
        "memory://in/bomb.zip/a.xml": "XML010",
        "memory://in/empty.xml": "XML001",
        "memory://in/large.xml": "XML007",
    }


def test_no_more_than_the_limit_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def cat_file(_self: object, _path: str, start: int, end: int) -> bytes:
        asked.append(end - start)
        return b"x" * (end - start)

    monkeypatch.setattr(FailingStore, "cat_file", cat_file)
    limits = DEFAULT_LIMITS._replace(document_bytes=1000)
    with pytest.raises(converter.SourceError):
        read_object(Url("failing://in/x.xml"), limits)
    with pytest.raises(converter.SourceError):
        read_object(Url("failing://in/x.xml"), limits, 1001)
    assert asked == [1001]


def test_a_list_names_urls_and_may_be_at_one() -> None:
    fill({"in/a.xml": CLEAN, "list.txt": "\ufeffmemory://in/a.xml\r\n\r\nin/b.xml\n".encode()})
    local({"b.xml": OTHER})
    assert qrda2qpp("--from-file", "memory://list.txt", "--out", "out").code == 0
    assert sorted(written()) == ["a-qpp.json", "b-qpp.json"]
    gone = qrda2qpp("--from-file", "memory://gone.txt", "--out", "out")
    assert (gone.code, "there is nothing at this address" in gone.stderr) == (2, True)


def test_checks() -> None:
    both({"a.xml": CLEAN, "b.json": b"{}"})
    here, there = qrda2qpp("check", "in", "--brief"), qrda2qpp("check", "memory://in/", "--brief")
    assert (here.code, here.text) == (there.code, there.text.replace("memory://in/", "in" + os.sep))


# -- one document


def test_one_document_to_one_file() -> None:
    both({"a.xml": CLEAN})
    for source, target in (("in/a.xml", "out.json"), ("memory://in/a.xml", "memory://out.json")):
        assert qrda2qpp(source, "-o", target, "--report", "json=memory://r/r.json", "-q").code == 0
    store = {path.lstrip("/"): data for path, data in contents("").items()}
    assert store["out.json"] == Path("out.json").read_bytes()
    assert json.loads(store["r/r.json"])["documents"]
    assert qrda2qpp("memory://in/a.xml").stdout == store["out.json"]
    assert qrda2qpp("memory://in/*.xml").stdout == store["out.json"]


def test_the_result_of_an_earlier_run_is_removed() -> None:
    fill({"in/a.xml": BAD, "out.json": b"old", "out/a-qpp.json": b"old"})
    assert qrda2qpp("memory://in/a.xml", "-o", "memory://out.json").code == 1
    assert qrda2qpp("memory://in/a.xml", "--out", "memory://out").code == 1
    assert list(contents("out")) == ["a-error.json"]
    assert "/out.json" not in FailingStore.store


@pytest.mark.parametrize("word", ["memory://in/", "memory://in", "memory://x.zip"])
def test_a_folder_or_an_archive_needs_a_folder(word: str) -> None:
    fill({"in/a.xml": CLEAN, "x.zip": archive(a=CLEAN)})
    result = qrda2qpp(word)
    assert (result.code, "--out DIR" in result.stderr) == (2, True)


# -- outputs


def test_outputs_that_are_sources_are_refused() -> None:
    fill({"in/a-qpp.json.xml": CLEAN, "in/a.xml": CLEAN, "in/a-qpp.json": CLEAN})
    for words in (
        ("memory://in/a.xml", "-o", "memory:///in/a.xml"),
        ("memory://in/a.xml", "memory://in/a-qpp.json", "--out", "memory://in/"),
        ("memory://in/a.xml", "--report", "json=memory://in/a.xml"),
        ("memory://in/a.xml", "--report", "json=memory://r.x", "--report", "csv=memory:///r.x"),
        ("memory://in/", "--out", "memory://in", "--summary", "memory://in/a-error.json"),
    ):
        assert qrda2qpp(*words).code == 2, words
    assert contents("in")["a.xml"] == CLEAN


def test_each_output_is_one_request() -> None:
    fill({"in/a.xml": CLEAN})
    asked = FailingStore.asked
    assert qrda2qpp("memory://in/", "--out", "failing://out").code == 0
    assert [one for one in asked if one != "info"] == ["remove", "write"]


def test_a_large_output_goes_through_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(object_store, "_IN_MEMORY", 10)
    pieces = [b"12345", b"6789", b"abcdef", b"ghij"]
    object_store.put_object(Url("memory://out/large"), pieces)
    assert contents("out") == {"large": b"".join(pieces)}


@pytest.mark.parametrize("option", ["-o", "--out", "--summary", "--report"])
@pytest.mark.parametrize("place", [f"https://user:{SECRET}@host/x.csv", f"nowhere://k:{SECRET}@x/x.csv"])
def test_an_output_that_cannot_be_one_is_wrong_usage(option: str, place: str) -> None:
    fill({"in/a.xml": CLEAN})
    result = qrda2qpp("memory://in/a.xml", option, place)
    assert (result.code, SECRET in result.stderr) == (2, False)
    assert "Nothing can be written to https://host" in result.stderr or "is not known" in result.stderr


# -- failures


class NoCredentialsError(Exception):
    """As the one of botocore."""


def refused(code: str, error: type[OSError] = PermissionError) -> OSError:
    """What s3fs raises where S3 refuses a request."""
    cause = Exception(SECRET)
    vars(cause)["response"] = {"Error": {"Code": code, "Message": SECRET}}
    raised = error(SECRET)
    raised.__cause__ = cause
    return raised


def unreached() -> Exception:
    """What fsspec raises where a web server is not reached."""
    raised = FileNotFoundError(SECRET)
    raised.__cause__ = ConnectionRefusedError(111, SECRET)
    return raised


def answered(status: int) -> Exception:
    error = Exception(SECRET)
    vars(error)["status"] = status
    return error


FAILURES = [
    (PermissionError(SECRET), "access is denied"),
    (refused("AccessDenied"), "access is denied"),
    (answered(403), "access is denied"),
    (refused("InvalidAccessKeyId"), "the credentials are not accepted"),
    (refused("SignatureDoesNotMatch"), "the credentials are not accepted"),
    (answered(401), "the credentials are not accepted"),
    (NoCredentialsError(SECRET), "there are no credentials for it"),
    (ConnectionRefusedError(111, SECRET), "the server cannot be reached"),
    (TimeoutError(SECRET), "the server cannot be reached"),
    (unreached(), "the server cannot be reached"),
    (refused("SlowDown", OSError), "the server is too busy, or has failed"),
    (answered(503), "the server is too busy, or has failed"),
    (refused("NoSuchBucketPolicyAtAll", OSError), "the store failed (NoSuchBucketPolicyAtAll)"),
    (RuntimeError(SECRET), "the store failed (RuntimeError)"),
    (MemoryError(SECRET), "it does not fit into the memory"),
]
_IDS = [f"{number}-{words.replace(' ', '-')}" for number, (_, words) in enumerate(FAILURES)]


@pytest.mark.every(4)
@pytest.mark.parametrize(("error", "words"), FAILURES, ids=_IDS)
@pytest.mark.parametrize("what", ["info", "ls", "read"])
def test_a_failure_of_a_store_costs_its_input_alone(what: str, error: Exception, words: str) -> None:
    fill({"in/a.xml": CLEAN, "x.zip": archive(a=CLEAN)})
    FailingStore.failures = {what: error}
    result = qrda2qpp("failing://in", "memory://in/a.xml", "--out", "out", "--report", "json=r.json")
    assert result.code == 1
    assert f"XML009 The file could not be read: {words}." in result.stderr
    assert SECRET not in result.stderr + Path("r.json").read_text(encoding="utf-8")
    if what == "read":
        read = qrda2qpp("failing://x.zip", "--out", "out")
        assert (read.code, words in read.stderr, SECRET in read.stderr) == (1, True, False)


@pytest.mark.parametrize(("error", "words"), FAILURES, ids=_IDS)
@pytest.mark.parametrize("what", ["remove", "write"])
def test_a_result_that_cannot_be_written_costs_its_input_alone(what: str, error: Exception, words: str) -> None:
    fill({"in/a.xml": CLEAN, "in/b.xml": BAD})
    FailingStore.failures = {what: error}
    result = qrda2qpp("memory://in/", "--out", "failing://out", "--summary", "failing://s.csv", "--report", "r.json")
    assert result.code == 1
    assert result.stderr.count(f"XML012 The result could not be written: {words}.") == 2
    assert ("A report or the summary could not be written" in result.stderr) is (what == "write")
    assert SECRET not in result.stderr + Path("r.json").read_text(encoding="utf-8")
    if what == "write":
        assert f"The result could not be written: {words}." in qrda2qpp("memory://in/a.xml", "-o", "failing://o").stderr


def test_a_folder_below_that_cannot_be_listed_is_not_passed_over() -> None:
    fill({"in/a.xml": CLEAN, "in/closed/b.xml": CLEAN})
    FailingStore.failures = {"ls closed": PermissionError(SECRET)}
    inputs = list(expand(["failing://in/"], DEFAULT_LIMITS))
    assert [one.name for one in inputs] == ["failing://in/a.xml", "failing://in/closed"]
    with pytest.raises(SourceError, match="access is denied"):
        inputs[1].read()


def test_folders_in_a_circle_come_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def ls(_self: object, path: str, **_: Any) -> list[dict[str, Any]]:
        top = path.rstrip("/")
        return [{"name": f"{top}/again", "type": "directory"}, {"name": f"{top}/a.xml", "type": "file", "size": 1}]

    monkeypatch.setattr(FailingStore, "ls", ls)
    assert len(list(expand(["failing://in/"], DEFAULT_LIMITS))) == object_store._DEEPEST + 1


def test_a_failure_travels() -> None:
    kept = pickle.loads(pickle.dumps(StoreError(NO_PARTS)))
    assert (kept.strerror, kept.why, kept.absent) == (NO_PARTS.words, NO_PARTS, False)


def test_an_object_that_vanishes() -> None:
    fill({"in/a.xml": CLEAN, "in/b.xml": CLEAN})
    inputs = list(expand(["memory://in/"], DEFAULT_LIMITS))
    del FailingStore.store["/in/a.xml"]
    with pytest.raises(SourceError, match="there is nothing at this address"):
        inputs[0].read()
    assert inputs[1].read() == CLEAN


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("memory://gone", "There is no file or folder memory://gone."),
        ("memory://gone/", "The folder memory://gone/ holds no .xml or .zip file, or does not exist."),
        ("memory://in/*.xml", "No file matches memory://in/*.xml."),
        (f"nowhere://user:{SECRET}@host/x.xml", "The protocol nowhere:// of nowhere://host/x.xml is not known."),
        ("s3://", "s3:// names no bucket and no server."),
        ("https://", "https:// names no bucket and no server."),
    ],
)
def test_a_url_that_names_nothing_is_wrong_usage(word: str, words: str) -> None:
    fill({"in/a.txt": CLEAN})
    result = qrda2qpp(word, "--out", "out")
    assert (result.code, SECRET in result.stderr) == (2, False)
    assert words in " ".join(result.stderr.split())
    (many,) = converter.convert_many(word)
    assert [one.id for one in many.findings] == ["XML009"]
    assert SECRET not in many.name + many.to_text()


@pytest.mark.parametrize("word", ["s3://bucket/x.xml", "https://host/", "gone://x"])
def test_without_the_packages_it_is_said_what_to_install(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    local({"a.xml": CLEAN})
    for words in ((word,), ("in/a.xml", "--out", word), ("in/a.xml", "--summary", f"{word}/s.csv")):
        result = qrda2qpp(*words)
        assert result.code == 2
        if not (word.startswith("https") and len(words) > 1):
            assert 'pip install "qrda2qpp[cluster]"' in " ".join(result.stderr.split())
    with pytest.raises(SourceError, match="cluster"):
        read_object(Url(word), DEFAULT_LIMITS)
    with pytest.raises(StoreError, match="cluster"):
        object_store.put_object(Url(word), [b""])


def test_another_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import fsspec

    def missing(_protocol: str) -> None:
        raise ImportError("Please install gcsfs to access Google Storage")

    monkeypatch.setattr(fsspec, "get_filesystem_class", missing)
    assert "Please install gcsfs" in qrda2qpp("gs://bucket/x.xml").stderr
    assert 'pip install "qrda2qpp[cluster]"' in qrda2qpp("s3://bucket/x.xml").stderr


def test_identifiers_in_a_url_are_masked() -> None:
    fill({f"in/{TIN}.xml": BAD})
    result = qrda2qpp("memory://in/", "--out", "out", "--report", "r.html", "--report", "r.csv", "--summary", "s.csv")
    assert TIN not in result.stderr + "".join(Path(name).read_text("utf-8") for name in ("r.html", "r.csv", "s.csv"))


# -- the library


def test_the_library() -> None:
    both(FILES)
    here = list(converter.convert_many(["in", CLEAN]))
    there = list(converter.convert_many(["memory://in/", CLEAN]))
    assert [one.name.replace("memory://in/", "in/") for one in there] == [one.name.replace(os.sep, "/") for one in here]
    assert [one.ok and one.to_json() for one in here] == [one.ok and one.to_json() for one in there]
    assert [one.ok for one in converter.check_many("memory://in/*.xml")] == [True]


def test_one_call_of_the_library() -> None:
    both({"a.xml": CLEAN})
    assert converter.convert("memory://in/a.xml").to_json() == converter.convert("in/a.xml").to_json()
    assert converter.check("memory://in/a.xml").name == "memory://in/a.xml"
    assert [one.id for one in converter.convert("memory://in/b.xml").findings] == ["XML009"]
    for word, words in (("memory://in/", "a folder"), ("memory://x.zip", "a zip archive"), ("gone://x", "not known")):
        with pytest.raises(UsageError, match=words):
            converter.convert(word)


# -- local files, and a web server


def test_urls_of_local_files(tmp_path: Path) -> None:
    local({"a b.xml": CLEAN, "x.zip": archive(a=CLEAN)})
    top = tmp_path.as_uri()
    assert qrda2qpp(f"{top}/in/", "--out", f"{top}/out", "--summary", f"{top}/s.csv").code == 0
    assert sorted(written()) == ["a b-qpp.json", "x/a-qpp.json"]
    assert (tmp_path / "s.csv").is_file()
    assert names(f"{top}/in/*.xml") == [str(tmp_path / "in" / "a b.xml")]
    assert converter.convert(f"{top}/in/a%20b.xml").name == str(tmp_path / "in" / "a b.xml")
    assert qrda2qpp(f"{top}/in/").code == 2
    assert qrda2qpp(f"{top}/in/a%20b.xml", "-o", "in/a b.xml").code == 2
    assert f"There is no file or folder {tmp_path}" in " ".join(qrda2qpp(f"{top}/gone.xml").stderr.split())


def test_local_files_need_no_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    local({"a.xml": CLEAN})
    assert qrda2qpp(f"{tmp_path.as_uri()}/in/a.xml", "--out", f"{tmp_path.as_uri()}/out").code == 0


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A web server over the folder of the test, which gives no parts of files."""
    pytest.importorskip("aiohttp", reason='needs the packages of the extra "cluster"')
    handler = functools.partial(_Handler, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


def test_a_web_server(server: str) -> None:
    local(FILES)
    result = qrda2qpp(f"{server}/in/", "--out", "out", "--report", "json=r.json")
    assert result.code == 1
    assert sorted(written()) == ["a-qpp.json", "deep/b ä-qpp.json", "deep/bad-error.json", "deeper/c-error.json"]
    assert "the server gives no parts of a file" in result.stderr
    here = qrda2qpp("in/a.xml")
    assert qrda2qpp(f"{server}/in/a.xml?token={SECRET}").stdout == here.stdout
    assert SECRET not in qrda2qpp(f"{server}/gone.xml?token={SECRET}").stderr
    Path("large.xml").write_bytes(CLEAN + b" " * 2**20)
    large = qrda2qpp(f"{server}/large.xml", "--max-size", "1")
    assert (large.code, "XML007" in large.stderr) == (1, True)


def test_links_to_other_places_are_not_followed(server: str) -> None:
    local({"a.xml": CLEAN})
    local({"x.xml": CLEAN}, "in-other")
    links = ("a.xml", "/in-other/x.xml", "http://other.invalid/y.xml", "?sort=name.xml", "../")
    Path("in/index.html").write_text(" ".join(f'<a href="{link}">x</a>' for link in links), encoding="utf-8")
    for word in (f"{server}/in/", f"{server}/in/?token={SECRET}"):
        inputs = list(expand([word], DEFAULT_LIMITS))
        assert [one.name for one in inputs] == [f"{server}/in/a.xml"]
        assert inputs[0].read() == CLEAN


def test_a_run_over_urls_is_resumed() -> None:
    fill({"again/a.xml": complete_document(2025).bytes(), "again/b.xml": b"<no>document</no>"})
    first = qrda2qpp("memory://again", "--out", "resumed")
    wanted = written("resumed")
    fill({"again/b.xml": document(2025).bytes()})
    again = qrda2qpp("memory://again", "--out", "resumed", "--resume")
    assert (first.code, again.code) == (1, 0)
    assert "1 of 2 were done by an earlier run and have not changed.\n" in again.stderr
    assert set(written("resumed")) == {"a-qpp.json", "b-qpp.json"} and "b-error.json" in wanted
