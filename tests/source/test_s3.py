"""Sources and results in S3, as the server of moto plays it: results are those of a local run, byte for byte."""

import io
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.runner import ROOT, Result, process, qrda2qpp, results
from tests.complete import complete_document
from tests.documents import document

pytest.importorskip("s3fs", reason='needs the packages of the extra "cluster"')
boto3 = pytest.importorskip("boto3", reason="needs the server of moto")
server = pytest.importorskip("moto.server", reason="needs the server of moto")
pytestmark = pytest.mark.long

WITHOUT = "there are no credentials for it"
CLEAN = complete_document(2025).bytes()
OTHER = document(2024, "MIPS_INDIV").bytes()
FIXTURES = sorted((ROOT / "fixtures").glob("202*/*.xml"))[::25]


class Store:
    """A running server, what calls of the command need to know of it, and a client of it."""

    def __init__(self, address: str) -> None:
        self.environment = {
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": address,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_MAX_ATTEMPTS": "2",
        }
        self.client = self.service("s3")
        for bucket in ("source", "target"):
            self.client.create_bucket(Bucket=bucket)

    def service(self, name: str) -> Any:
        """Return a client of a service of the server."""
        names = ("aws_access_key_id", "aws_secret_access_key")
        keys = {one: self.environment[one.upper()] for one in names}
        return boto3.client(name, endpoint_url=self.environment["AWS_ENDPOINT_URL"], region_name="us-east-1", **keys)

    def fill(self, objects: dict[str, bytes]) -> None:
        """Put objects into the bucket `source`."""
        for key, data in objects.items():
            self.client.put_object(Bucket="source", Key=key, Body=data)

    def written(self, folder: str) -> dict[str, bytes]:
        """Return what is below a folder of the bucket `target`: path -> bytes."""
        keys = [one["Key"] for one in self.client.list_objects_v2(Bucket="target", Prefix=folder).get("Contents", [])]
        bodies = (self.client.get_object(Bucket="target", Key=key)["Body"].read() for key in keys)
        return dict(zip((key.removeprefix(folder) for key in keys), bodies, strict=True))

    def call(self, *arguments: str | Path, **environment: str) -> Result:
        """Call the command in a process of its own, as somebody who may use the server."""
        known: dict[str, Any] = {**self.environment, **environment}
        return process(*arguments, **known)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    found = Store(f"http://{host}:{port}")
    yield found
    found.client.close()
    running.stop()
    running._server.server_close()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def archive() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("of/one.xml", CLEAN)
        opened.writestr("of/two.xml", OTHER)
    return target.getvalue()


def local(top: str) -> dict[str, bytes]:
    return {name: Path(top, name).read_bytes() for name in results(top)}


def both(store: Store, top: str, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        path = Path(top, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    store.fill({f"{top}/{name}": data for name, data in files.items()})


def plain(results: dict[str, bytes], top: str) -> dict[str, bytes]:
    """Results without what they say of where their documents were."""
    places = (f"s3://source/{top}/".encode(), f"{top}{os.sep}".encode().replace(b"\\", b"\\\\"))
    return {name: data.replace(places[0], b"").replace(places[1], b"") for name, data in results.items()}


@pytest.mark.parametrize("engine", [("--jobs", "1"), ("--jobs", "2"), ("--engine", "dask", "--jobs", "2")])
def test_a_folder_gives_what_the_local_one_gives(store: Store, engine: tuple[str, ...]) -> None:
    """Enough bytes that two processes share them, in objects with blanks and other letters in their names."""
    if "dask" in engine:
        pytest.importorskip("distributed", reason='needs the packages of the extra "cluster"')
    target = "".join(engine)
    padded = CLEAN + b"\n" * 900_000
    files = {
        "a.xml": padded,
        "b ü/c d — é.xml": OTHER,
        "more.zip": archive(),
        "half.xml": CLEAN[:5000],
        "empty.xml": b"",
    }
    files |= {f"many/{number}.xml": padded for number in range(8)}
    both(store, "in", files)
    here = qrda2qpp("in", "--out", "out", "--jobs", "1")
    there = store.call("s3://source/in/", "--out", f"s3://target/{target}", *engine, "--summary", "s.csv")
    assert (here.code, there.code) == (1, 1)
    assert plain(store.written(f"{target}/"), "in") == plain(local("out"), "in")
    assert len(Path("s.csv").read_text("utf-8").splitlines()) == len(local("out")) + 1


def test_fixtures_give_what_they_give_here(store: Store) -> None:
    both(store, "fixtures", {f"{path.parent.name}/{path.name}": path.read_bytes() for path in FIXTURES})
    qrda2qpp("fixtures", "--out", "out", "--jobs", "1", "-q")
    store.call("s3://source/fixtures/", "--out", "s3://target/fixtures", "-q")
    assert plain(store.written("fixtures/"), "fixtures") == plain(local("out"), "fixtures")
    assert len(local("out")) == len(FIXTURES) > 5


def test_a_pattern_an_archive_and_a_list(store: Store) -> None:
    store.fill({"p/2025-a.xml": CLEAN, "p/2025-b.xml": OTHER, "p/2024.xml": b"", "z.zip": archive(), "p/c.xml": CLEAN})
    Path("list.txt").write_text("s3://source/p/c.xml\n", encoding="utf-8")
    words = ("s3://source/p/2025-*.xml", "s3://source/z.zip", "--from-file", "list.txt")
    assert store.call(*words, "--out", "out").code == 0
    assert sorted(local("out")) == [
        "2025-a-qpp.json", "2025-b-qpp.json", "c-qpp.json", "z/of/one-qpp.json", "z/of/two-qpp.json",
    ]  # fmt: skip


def test_one_object_and_reports(store: Store) -> None:
    store.fill({"one/a.xml": CLEAN})
    words = (
        "-o",
        "s3://target/one/a.json",
        "--report",
        "html=s3://target/one/r.html",
        "--summary",
        "s3://target/one/s.csv",
    )
    assert store.call("s3://source/one/a.xml", *words[:4]).code == 0
    Path("a.xml").write_bytes(CLEAN)
    assert store.written("one/")["a.json"] == qrda2qpp("a.xml").stdout
    assert b"<html" in store.written("one/")["r.html"]
    assert store.call("check", "s3://source/one/", *words[2:]).code == 0
    assert set(store.written("one/")) == {"a.json", "r.html", "s.csv"}


def test_what_an_earlier_run_has_left_is_removed(store: Store) -> None:
    for data, name in ((CLEAN, "a-qpp.json"), (b"<x>", "a-error.json"), (CLEAN, "a-qpp.json")):
        store.fill({"again/a.xml": data})
        store.call("s3://source/again/a.xml", "--out", "s3://target/again")
        assert list(store.written("again/")) == [name]


def test_a_bucket_that_does_not_exist(store: Store) -> None:
    store.fill({"b/c.xml": CLEAN})
    assert "does not exist" in store.call("s3://no-such-bucket/in/", "--out", "out").stderr
    result = store.call("s3://no-such-bucket/a.xml", "s3://source/b/c.xml", "--out", "out", "-q", "--summary", "s.json")
    rows = [(row["source"], row["result"]) for row in json.loads(Path("s.json").read_bytes())]
    assert rows == [("s3://no-such-bucket/a.xml", "not read"), ("s3://source/b/c.xml", "accepted")]
    assert (result.code, sorted(local("out"))) == (1, ["a-error.json", "c-qpp.json"])
    written = store.call("s3://source/b/c.xml", "--out", "s3://no-such-bucket/out")
    assert (written.code, "The result could not be written: there is no such bucket." in written.stderr) == (1, True)
    listed = {one["Name"] for one in store.client.list_buckets()["Buckets"]}
    assert listed == {"source", "target"}


@pytest.fixture
def reader(store: Store, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The credentials of somebody who may read objects of `source` and nothing else; the server asks for rights now."""
    store.fill({"rights/a.xml": CLEAN})
    iam = store.service("iam")
    iam.create_user(UserName="reader")
    allowed = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::source/*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
    iam.put_user_policy(UserName="reader", PolicyName="read", PolicyDocument=policy)
    key = iam.create_access_key(UserName="reader")["AccessKey"]
    iam.close()
    monkeypatch.setattr("moto.settings.INITIAL_NO_AUTH_ACTION_COUNT", 0)
    return {"AWS_ACCESS_KEY_ID": key["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"]}


NOBODY = {
    "AWS_ACCESS_KEY_ID": "",
    "AWS_SECRET_ACCESS_KEY": "",
    "AWS_CONFIG_FILE": "none",
    "AWS_SHARED_CREDENTIALS_FILE": "none",
}
STRANGER = {"AWS_ACCESS_KEY_ID": "AKIAWRONG", "AWS_SECRET_ACCESS_KEY": "S3CR3T"}


def test_rights_and_credentials_that_are_missing(store: Store, reader: dict[str, str]) -> None:
    Path("a.xml").write_bytes(CLEAN)
    for who, words in ((reader, "access is denied"), (STRANGER, "the credentials are not accepted"), (NOBODY, WITHOUT)):
        listed = store.call("s3://source/in/", "a.xml", "--out", "out", **who)
        assert (listed.code, words in listed.stderr, "S3CR3T" in listed.stderr) == (1, True, False), listed.stderr
        assert Path("out/a-qpp.json").is_file()
        written = store.call("a.xml", "--out", "s3://target/denied", **who)
        assert (written.code, words in written.stderr, "S3CR3T" in written.stderr) == (1, True, False), written.stderr
    assert store.call("s3://source/rights/a.xml", "--out", "read", **reader).code == 0


def test_a_server_that_is_not_there(store: Store) -> None:
    Path("a.xml").write_bytes(CLEAN)
    said = store.call("s3://source/in/", "a.xml", "--out", "out", AWS_ENDPOINT_URL="http://127.0.0.1:9")
    assert (said.code, "the server cannot be reached" in said.stderr) == (1, True)
    assert Path("out/a-qpp.json").is_file()
