"""How the service runs: where it listens, who may call it, and how much it takes on."""

from dataclasses import dataclass, field
from ipaddress import ip_address

from converter.batch.portions import processors
from converter.errors import UsageError
from converter.facts.files import Folders, shipped_folder
from converter.source.limits import DEFAULT_LIMITS, MEGABYTE, Limits

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")
_SHORTEST_TOKEN = 16


@dataclass(frozen=True, slots=True)
class Settings:
    """How the service runs.

    Attributes:
        host: address that it listens on.
        port: port that it listens on; 0 for any that is free.
        token: what a caller has to send as `Authorization: Bearer`; None where nothing is asked for.
        allowed_hosts: names under which it may be called, beside those of this machine itself.
        workers: processes that convert.
        waiting: requests that may wait for one of them.
        upload_bytes: size of one request.
        memory_bytes: size of all requests that are being read or dealt with.
        seconds: time that the work of one request may take.
        idle_seconds: time that a client may let pass between two parts of its request.
        transfer_seconds: time that a client may take to send a request, or let pass without reading its answer.
        connections: connections that may be open.
        strict: whether the official routes refuse what converts but CMS would reject, as the official API does.
        folders: where the data files are looked for.
        zip_members: members of one zip archive.
    """

    host: str = "127.0.0.1"
    port: int = 3000
    token: str | None = field(default=None, repr=False)
    allowed_hosts: tuple[str, ...] = ()
    workers: int = field(default_factory=processors)
    waiting: int = 32
    upload_bytes: int = 50 * MEGABYTE
    memory_bytes: int = 200 * MEGABYTE
    seconds: float = 60.0
    idle_seconds: float = 10.0
    transfer_seconds: float = 120.0
    connections: int = 500
    strict: bool = True
    folders: Folders = field(default_factory=lambda: (shipped_folder(),))
    zip_members: int = 1000

    def __post_init__(self) -> None:
        """Refuse what is not safe.

        Raises:
            UsageError: it would listen to other machines and ask them for nothing, or the token is too simple.
        """
        if self.token is None and not is_loopback(self.host):
            raise UsageError(
                f"To listen on {self.host}, which other machines can reach, a token is required: --token-file FILE."
            )
        if self.token is not None and not _is_token(self.token):
            raise UsageError(
                f"A token is made of at least {_SHORTEST_TOKEN} letters, digits or signs of ASCII, without spaces."
            )

    @property
    def limits(self) -> Limits:
        """Sizes beyond which a document is refused. What is unpacked has to fit into the memory, too."""
        return DEFAULT_LIMITS._replace(
            document_bytes=self.upload_bytes,
            zip_members=self.zip_members,
            total_bytes=self.memory_bytes,
            seconds=self.seconds,
        )


def is_loopback(host: str) -> bool:
    """Whether an address or name is one that only this machine can reach."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _is_token(token: str) -> bool:
    return len(token) >= _SHORTEST_TOKEN and token.isascii() and token.isprintable() and " " not in token
