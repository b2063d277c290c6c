"""URLs as places of documents and results, such as `s3://bucket/export.xml`."""

import glob
import os
import re
from pathlib import Path
from typing import NamedTuple, TypeAlias
from urllib.parse import unquote

_URL = re.compile(r"([a-z][\w+.:-]+)://(.*)", re.IGNORECASE | re.DOTALL)
"""A protocol has more than one letter: `C:` is a drive."""
_LOCAL = ("file", "local")
_WEB = ("http", "https")
_SAME = {"s3a": "s3", "gcs": "gs", "az": "abfs", "abfss": "abfs"}
"""Other names of a protocol."""
_CONTAINERS = ("abfs", "abfss", "az")
"""Protocols that name a container before the sign @."""
_USER = re.compile(r"[^/@]*@|[^/@:]*:(?!\d+/)[^@]*@")
"""What stands before the name of a server: a user, perhaps with a password; not a port."""
_QUERY = re.compile(r"\?[\w.-]+=.*", re.DOTALL)
_WEB_QUERY = re.compile(r"[?#].*", re.DOTALL)


class Url(NamedTuple):
    """A URL. As a text it shows no user, no password and no query, which may hold a token.

    Attributes:
        text: the URL as it was given.
    """

    text: str

    def __str__(self) -> str:
        return f"{self.protocol}://{self._plain}"

    def __repr__(self) -> str:
        return f"Url({str(self)!r})"

    @property
    def protocol(self) -> str:
        """Its protocol, in small letters."""
        return self.text.partition("://")[0].lower()

    @property
    def asked(self) -> str:
        """The URL for the store, which does not know its protocol in capitals."""
        return f"{self.protocol}://{self.text.partition('://')[2]}"

    @property
    def is_web(self) -> bool:
        """Whether it is one of a web server, whose folders are pages with links and which writes nothing."""
        return self.protocol in _WEB

    @property
    def is_folder(self) -> bool:
        """Whether it is said to be a folder: it ends in a slash."""
        return self._path.endswith("/")

    @property
    def is_pattern(self) -> bool:
        """Whether it can be read as a pattern."""
        return glob.has_magic(self._path)

    @property
    def name(self) -> str:
        """The last part of its path."""
        last = self._path.rstrip("/").rpartition("/")[2]
        return unquote(last) if self.is_web else last

    @property
    def suffix(self) -> str:
        """Ending of its name, with the dot."""
        return os.path.splitext(self.name)[1]

    @property
    def key(self) -> str:
        """What is the same for two URLs of one place."""
        return f"{_SAME.get(self.protocol, self.protocol)}://{self._plain.strip('/')}"

    @property
    def top(self) -> "Url":
        """The folder before the first part that is a pattern."""
        path = self._path
        first = re.search(r"[*?[]", path)
        return Url(f"{self.protocol}://{path[: path.rfind('/', 0, first.start()) + 1] if first else path}")

    def child(self, *parts: str) -> "Url":
        """Return the URL of what is below a folder, without a query; of the folder itself where no part is given."""
        folder = self._path.rstrip("/")
        return Url(f"{self.protocol}://{'/'.join([folder, *parts]) if parts else f'{folder}/'}")

    @property
    def _path(self) -> str:
        """What comes after the protocol, without a query."""
        return (_WEB_QUERY if self.is_web else _QUERY).sub("", self.text.partition("://")[2], count=1)

    @property
    def _plain(self) -> str:
        path = self._path
        user = _USER.match(path)
        if user is None or (self.protocol in _CONTAINERS and ":" not in user[0]):
            return path
        return path[user.end() :]


PathOrUrl: TypeAlias = Path | Url
"""Where a document or a result is."""


def is_url(word: str) -> bool:
    """Whether a word is a URL, and not a path such as `C:/exports`."""
    return "://" in word and _URL.fullmatch(word) is not None


def place_of(word: str) -> PathOrUrl:
    """Return the place that a word names; a URL of a local file is the path of that file."""
    found = _URL.fullmatch(word) if "://" in word else None
    if found is None:
        return Path(word)
    return Path(_local_path(found[2])) if found[1].lower() in _LOCAL else Url(word)


def _local_path(path: str) -> str:
    path = path.removeprefix("localhost") if path.startswith("localhost/") else path
    if os.name == "nt":
        if re.match(r"/[a-z]:", path, re.IGNORECASE):
            path = path[1:]
        elif path and not re.match(r"/|[a-z]:", path, re.IGNORECASE):
            path = f"//{path}"
    # Programs encode the names in a URL, people seldom do.
    return path or "/" if os.path.lexists(path) else unquote(path) or "/"
