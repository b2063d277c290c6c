"""What a URL is, what is shown of it, and which of them are paths."""

import os
import pickle
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import pytest

from converter.source.url import Url, is_url, place_of

SECRET = "s3cr3t"


@pytest.mark.parametrize("word", ["s3://bucket/x.xml", "memory://x", "http://host", "S3A://b/c", "made+up.1://x"])
def test_a_word_with_a_protocol_is_a_url(word: str) -> None:
    assert is_url(word)
    assert place_of(word) == Url(word)


@pytest.mark.parametrize(
    "word", [r"C:\exports\x.xml", "C:/exports", "c://exports", "a/b.xml", "://x", "-", "", "1x://y"]
)
def test_other_words_are_paths(word: str) -> None:
    assert not is_url(word)
    assert place_of(word) == Path(word)


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("s3://bucket/a b/ä.xml", "s3://bucket/a b/ä.xml"),
        (f"s3://key:{SECRET}@bucket/x.xml", "s3://bucket/x.xml"),
        (f"https://host/x.xml?X-Amz-Signature={SECRET}#{SECRET}", "https://host/x.xml"),
        (f"https://host/x.xml?{SECRET}", "https://host/x.xml"),
        (f"https://user:{SECRET}@host:8080/a@b.xml", "https://host:8080/a@b.xml"),
        ("https://host:8080/a@b.xml", "https://host:8080/a@b.xml"),
        (f"ftp://{SECRET}@host/x.xml", "ftp://host/x.xml"),
        (f"sftp://user:{SECRET}/more@host/x.xml", "sftp://host/x.xml"),
        (f"abfs://container@account.dfs.core.windows.net/x.xml?sig={SECRET}", "abfs://container@account.dfs.core.windows.net/x.xml"),
        (f"abfs://container:{SECRET}@account/x.xml", "abfs://account/x.xml"),
        ("s3://bucket/2025-??.xml", "s3://bucket/2025-??.xml"),
        (f"s3://bucket/x.xml?versionId={SECRET}", "s3://bucket/x.xml"),
    ],
)  # fmt: skip
def test_a_url_shows_no_secret(word: str, shown: str) -> None:
    url = Url(word)
    assert str(url) == f"{url}" == shown
    assert SECRET not in repr(url)
    assert pickle.loads(pickle.dumps(url)).text == word


def test_parts_of_a_url() -> None:
    url = Url("https://user:pw@host/a%20b/c%20d.xml?token=1")
    assert (url.name, url.suffix, url.is_folder, url.is_pattern) == ("c d.xml", ".xml", False, False)
    assert Url("s3://bucket/a/").is_folder
    assert Url("s3://bucket/a?.xml").is_pattern
    assert not Url("https://host/a.xml?b").is_pattern
    assert Url("s3://bucket/a/2025-*/x[1].xml").top == Url("s3://bucket/a/")
    assert Url("s3://bucket/a").child("b", "c d.xml") == Url("s3://bucket/a/").child("b", "c d.xml")
    assert Url("https://host/a/?token=1").child("b.xml").text == "https://host/a/b.xml"
    assert Url("https://host/a?token=1").child().text == "https://host/a/"


def test_urls_of_one_place_have_one_key() -> None:
    assert Url("S3A://bucket/a/").key == Url("s3://bucket/a").key
    assert Url("https://user:pw@host/a?token=1").key == Url("https://host/a").key
    assert Url("memory:///a").key == Url("memory://a").key
    assert Url("s3://bucket/a").key != Url("s3://bucket/A").key


@pytest.mark.skipif(os.name == "nt", reason="paths without drives")
def test_urls_of_local_files(tmp_path: Path) -> None:
    file = tmp_path / "a b%20c ä.xml"
    file.write_bytes(b"")
    for url in (f"file://{file}", f"FILE://localhost{file}", f"local://{file}", f"file://{quote(str(file))}"):
        assert place_of(url) == file
    assert place_of("file://a.xml") == Path("a.xml")
    assert place_of("file:///new%20file.json") == Path("/new file.json")


def test_urls_of_files_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    from converter.source import url

    monkeypatch.setattr(url, "os", SimpleNamespace(name="nt", path=os.path))
    local = url._local_path
    assert local("/C:/exports/a%20b.xml") == "C:/exports/a b.xml"
    assert local("c:/exports") == "c:/exports"
    assert local("server/share/x.xml") == "//server/share/x.xml"
