"""All that the sandbox knows while it runs."""

from asyncio import Lock

from starlette.requests import Request

from converter.facts.catalog import Catalog, load_catalog
from converter.service.sandbox.checking import Checking
from converter.service.sandbox.clock import Clock
from converter.service.sandbox.faults import Plan
from converter.service.sandbox.identity import Identity
from converter.service.sandbox.oauth.grants import Grants
from converter.service.sandbox.oauth.keys import Keys
from converter.service.sandbox.oauth.requests import Applications
from converter.service.sandbox.people import Caller
from converter.service.sandbox.rate import RateLimit
from converter.service.sandbox.settings import SandboxSettings
from converter.service.sandbox.store import Store


class Sandbox:
    """The state of a sandbox: what is stored, who has tokens, what time it is, and what is to go wrong.

    Args:
        settings: how it runs.

    Attributes:
        settings, clock, store, grants, applications, keys, plan, rate, checking: its parts.
        creating: identities for which a first set is being stored -> the id that their submission will have. Another
            set at the same time collides, as at CMS.
        writing: lets one change of what is stored come after the other.
    """

    def __init__(self, settings: SandboxSettings) -> None:
        self.settings = settings
        self.clock = Clock(settings.start)
        self.store = Store(settings.most_submissions, settings.most_sets, settings.memory_bytes // 2)
        self.grants = Grants(self.clock, settings.most_tokens)
        self.applications = Applications(settings.redirect_uris)
        self.keys = Keys()
        self.plan = Plan(settings.fault)
        self.rate = RateLimit(self.clock)
        self.checking = Checking(settings.folders, settings.limits, settings.preview, settings.strict_members)
        self.creating: dict[Identity, str] = {}
        self.writing = Lock()

    def reset(self) -> None:
        """Begin anew, with the clock as it is."""
        for part in (self.store, self.grants, self.applications):
            part.clear()
        self.plan.set([])
        self.rate.reset()

    def catalog(self, year: int) -> Catalog:
        """Return the measures of a year that is known."""
        return load_catalog(self.settings.folders, year)

    def is_open(self, year: int) -> bool:
        """Whether data of a year is taken; that it is not known is told by the rules."""
        return not self.settings.open_years or year in self.settings.open_years

    def caller(self, token: str) -> Caller | None:
        """Return who a token belongs to, or None."""
        found = self.grants.access(token)
        return found.caller if found else self.settings.registries.get(token)


def sandbox_of(request: Request) -> Sandbox:
    """Return the sandbox that a request came to."""
    found: Sandbox = request.app.state.sandbox
    return found
