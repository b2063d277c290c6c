"""How the sandbox runs, and which of CMS' unknown ways it takes."""

from dataclasses import dataclass, field
from datetime import datetime

from converter.errors import UsageError
from converter.service.sandbox.clock import EARLIEST, LATEST
from converter.service.sandbox.faults import Fault
from converter.service.sandbox.people import REGISTRIES, Caller
from converter.service.settings import Settings, is_loopback
from converter.source.limits import MEGABYTE

DUPLICATE_STATUSES = (409, 422)


@dataclass(frozen=True, slots=True)
class SandboxSettings(Settings):
    """How the sandbox runs.

    Attributes:
        start: time at which its clock starts, with a time zone; None for that of the machine.
        open_years: performance years that data is taken for; empty for all that are known.
        preview: whether only invented TINs are taken, which begin with 000.
        strict_members: whether members that CMS gives out, and null, are refused in what is sent.
        duplicate_status: status of a DuplicateEntryError, which is not known of CMS: 409 or 422.
        fault: what goes wrong with every call of the API; None for nothing.
        rate_limit: whether calls are counted, and refused for ten minutes where there are too many.
        approve: whether an application gets its code without the page on which a person agrees.
        redirect_uris: where codes may be sent to, exactly; empty for any address of this machine.
        registries: the tokens of registries.
        most_submissions: submissions that are kept.
        most_sets: measurement sets that are kept.
        most_tokens: codes and tokens that are kept of each kind; the oldest make room.
        fault_seconds: how long a call without an answer is kept open.
    """

    port: int = 3002
    upload_bytes: int = 5 * MEGABYTE
    memory_bytes: int = 100 * MEGABYTE
    seconds: float = 30.0
    start: datetime | None = None
    open_years: frozenset[int] = frozenset()
    preview: bool = True
    strict_members: bool = False
    duplicate_status: int = 409
    fault: Fault | None = None
    rate_limit: bool = True
    approve: bool = False
    redirect_uris: tuple[str, ...] = ()
    registries: dict[str, Caller] = field(default_factory=lambda: dict(REGISTRIES), repr=False)
    most_submissions: int = 2_000
    most_sets: int = 5_000
    most_tokens: int = 1_000
    fault_seconds: float = 300.0

    def __post_init__(self) -> None:
        """Refuse what cannot be meant.

        Raises:
            UsageError: other machines could reach it, the clock has no time zone or is not between 2000 and 2100, or
                there is no such status.
        """
        if not is_loopback(self.host):
            raise UsageError(f"The sandbox can only be reached from this machine: 127.0.0.1, not {self.host}.")
        if self.start is not None and self.start.tzinfo is None:
            raise UsageError("The clock needs a time zone, as in 2026-02-01T12:00:00Z.")
        if self.start is not None and not EARLIEST <= self.start < LATEST:
            raise UsageError("The clock starts at a time between 2000 and 2100.")
        if self.duplicate_status not in DUPLICATE_STATUSES:
            raise UsageError("The status of a duplicate is 409 or 422.")
