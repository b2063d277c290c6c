"""Where submissions are sent: production, the developer preview, or the address of a stand-in."""

import ipaddress
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

from converter.errors import UsageError

PRODUCTION_URL, PREVIEW_URL = "https://qpp.cms.gov", "https://preview.qpp.cms.gov"
INVENTED = "000"
"""How the TINs of the developer preview begin; nobody has such a TIN."""


class Place(Enum):
    """What kind of system an address belongs to."""

    PRODUCTION = "production"
    PREVIEW = "preview"
    OTHER = "other"
    LOOPBACK = "this machine"


@dataclass(frozen=True, slots=True)
class Target:
    """Where submissions are sent.

    Attributes:
        base: the address without a path, such as `https://qpp.cms.gov`.
        place: what kind of system that is.
    """

    base: str
    place: Place

    @property
    def name(self) -> str:
        """How it is named: `production`, `preview`, or its address."""
        return self.place.value if self.place in (Place.PRODUCTION, Place.PREVIEW) else self.base

    def refuses(self, tins: frozenset[str]) -> str | None:
        """Say why data with these TINs is not for this system; None where nothing speaks against it."""
        invented = {tin for tin in tins if tin.startswith(INVENTED)}
        if self.place is Place.PRODUCTION and invented:
            return "The TIN begins with 000, so it is invented test data. It is not sent to production."
        if self.place in (Place.PREVIEW, Place.OTHER) and tins - invented:
            return (
                "The TIN does not begin with 000, so it may be that of a real practice. Test systems only get invented "
                "TINs. Use --to production for real data."
            )
        return None

    def belongs(self, url: str) -> bool:
        """Whether an endpoint that the system names may be called: one of the same host, or another host of CMS."""
        own = urlsplit(self.base)
        try:
            other = urlsplit(url)
            if (other.scheme, other.hostname, other.port) == (own.scheme, own.hostname, own.port):
                return True
        except ValueError:
            return False
        ours = self.place in (Place.PRODUCTION, Place.PREVIEW)
        return ours and other.scheme == "https" and (other.hostname or "").endswith(".cms.gov")


def target_of(word: str) -> Target:
    """Return the target that a user names.

    Args:
        word: `production`, `preview`, or a URL.

    Raises:
        UsageError: it is neither, or the connection would not be encrypted.
    """
    base = {"production": PRODUCTION_URL, "preview": PREVIEW_URL}.get(word, word)
    try:
        parts = urlsplit(base)
        port = parts.port
    except ValueError:
        raise UsageError("The address is not a URL; its port or host cannot be read.") from None
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise UsageError("Give production, preview or a URL such as http://127.0.0.1:3100 after --to.")
    if parts.username or parts.password or parts.query or parts.fragment or parts.path not in ("", "/"):
        raise UsageError("The address after --to has only a host and a port: no path, user name or parameters.")
    here = _is_loopback(parts.hostname)
    if parts.scheme == "http" and not here:
        raise UsageError("The address after --to must begin with https://. Only this machine may be called with http.")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    url = f"{parts.scheme}://{host}{f':{port}' if port and (parts.scheme, port) != ('https', 443) else ''}"
    known = {PRODUCTION_URL: Place.PRODUCTION, PREVIEW_URL: Place.PREVIEW}
    return Target(url, known.get(url, Place.LOOPBACK if here else Place.OTHER))


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
