"""Where tokens are kept: whole or not at all, for their owner only, and shown nowhere."""

import json
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.errors import NoKeyringError

from converter.delivery.grants import FileStore, Given, Grant, KeyStore, grant_of, plain_token, read_token_file
from converter.delivery.private_files import is_open_to_others, write_private
from converter.delivery.secret import Secret
from converter.errors import UsageError
from tests.delivery.key_store import Memory

GRANT = Grant(Secret("access-1"), Secret("refresh-1"), "id", "http://127.0.0.1:8417/callback", "openid", 5.0, "Ada")
LONG = Grant(Secret("a" * 3000), Secret("r" * 2500), "id", "http://127.0.0.1:8417/callback", "openid")
posix = pytest.mark.skipif(sys.platform == "win32", reason="modes of files are those of POSIX")


class Missing(Memory):
    """No key store."""

    def get_password(self, service: str, username: str) -> str | None:  # noqa: ARG002
        raise NoKeyringError("none")


@pytest.fixture
def memory() -> Iterator[Memory]:
    before, memory = keyring.get_keyring(), Memory()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


def test_the_key_store_keeps_grants_of_each_system_apart(memory: Memory) -> None:
    store, other = KeyStore("https://qpp.cms.gov"), KeyStore("https://preview.qpp.cms.gov")
    assert store.load() is None
    store.delete()
    store.save(LONG)
    assert store.load() == LONG
    assert other.load() is None
    store.save(GRANT)
    assert store.load() == GRANT
    assert len(memory.kept) == 2  # the head and one piece: nothing of the long one is left
    store.delete()
    assert memory.kept == {}


def test_a_save_that_breaks_off_leaves_the_grant_before(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    store = KeyStore("https://qpp.cms.gov")
    store.save(GRANT)
    write, written = memory.set_password, []

    def failing(service: str, username: str, password: str) -> None:
        written.append(username)
        if len(written) > 2:
            raise OSError
        write(service, username, password)

    monkeypatch.setattr(memory, "set_password", failing)
    with pytest.raises(UsageError, match="no key store"):
        store.save(LONG)
    assert store.load() == GRANT


@pytest.mark.parametrize(
    "head", ["{", "[]", '{"turn": "z", "pieces": 1}', '{"turn": "a", "pieces": 0}', '{"turn": "a"}']
)
def test_a_damaged_head(memory: Memory, head: str) -> None:
    memory.kept["qrda2qpp https://qpp.cms.gov", "head"] = head
    assert KeyStore("https://qpp.cms.gov").load() is None


def test_a_system_without_a_key_store() -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(Missing())
    try:
        with pytest.raises(UsageError, match="--token-file"):
            KeyStore("https://qpp.cms.gov").load()
    finally:
        keyring.set_keyring(before)


@posix
def test_a_file_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "new" / "tokens.json"
    FileStore(path).save(GRANT)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    path.chmod(0o644)
    assert is_open_to_others(path)
    FileStore(path).save(LONG)
    assert path.stat().st_mode & 0o777 == 0o600
    assert FileStore(path).load() == LONG
    FileStore(path).delete()
    assert FileStore(path).load() is None


def test_a_write_that_fails_leaves_the_file_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    write_private(path, "before")

    def failing(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("os.replace", failing)
    with pytest.raises(OSError):
        write_private(path, "after")
    assert [one.name for one in tmp_path.iterdir()] == ["file"]
    assert path.read_text() == "before"


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"access": 5}', '{"access": "a"}', "sandbox-registry-1"])
def test_what_is_no_grant(text: str) -> None:
    assert grant_of(text) is None


def kept(**other: object) -> str:
    return json.dumps(json.loads(GRANT.to_text()) | other)


@pytest.mark.parametrize(
    "text",
    [kept(refresh=["a"]), kept(expires_at="soon"), kept(name=5), pytest.param("[" * 200_000, id="deep"), kept(scope=1)],
)
def test_a_damaged_grant(text: str) -> None:
    assert grant_of(kept()) == GRANT
    assert grant_of(text) is None


@posix
def test_a_link_to_tokens_is_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "tokens.json", tmp_path / "link.json"
    link.symlink_to(target)
    store = FileStore(link)
    store.save(GRANT)
    store.save(LONG)
    assert (link.is_symlink(), grant_of(target.read_text())) == (True, LONG)
    store.delete()
    assert not target.exists(), "no token is left behind"
    store.delete()


@pytest.mark.parametrize("text", ["", "two words", "line\nbreak", "n\u00fcll", "x\x00y", "a" * (2**20 + 1)])
def test_what_is_no_token(text: str) -> None:
    with pytest.raises(UsageError) as error:
        plain_token(text, "QRDA2QPP_TOKEN")
    assert not text or text not in str(error.value)


def test_a_token_file(tmp_path: Path) -> None:
    path = tmp_path / "token.txt"
    path.write_bytes(b"\xef\xbb\xbfthe-token\r\n")
    assert read_token_file(path) == "the-token"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="not a text"):
        read_token_file(path)
    with pytest.raises(UsageError, match="cannot be read"):
        read_token_file(tmp_path / "missing")


def test_a_secret_is_shown_nowhere() -> None:
    secret = Secret("hush")
    shown = [
        repr(secret),
        str(secret),
        f"{secret}",
        repr(GRANT),
        repr(Given(secret)),
        str([secret]),
        repr({"a": secret}),
    ]
    assert not [one for one in shown if "hush" in one or "access-1" in one or "refresh-1" in one]
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        json.dumps(secret)
    assert secret == Secret("hush")
    assert secret != "hush"
    assert not Secret("")
