"""Elements of XML and members of JSON that name people or places, or tell how to reach them: no report shows that."""

import re

ELEMENTS = frozenset(
    (
        "name", "given", "family", "prefix", "suffix", "telecom", "addr", "streetaddressline", "streetname",
        "housenumber", "additionallocator", "unitid", "postbox", "careof", "deliveryaddressline", "city", "precinct",
        "county", "state", "postalcode", "country",
    )
)  # fmt: skip
"""Such elements of CDA, in small letters: also one in a wrong place, or with a capital, says what it says."""
TELLING_NOBODY = frozenset({"use", "qualifier", "nullFlavor"})
"""Their attributes whose values are codes."""
_MEMBER = (
    r"(?!programName|measureName|\w*Identifiers?\b)\w{0,40}(?:name|given|family|prefix|suffix|addr|line|street|city"
    r"|district|county|state|zip|postal|tel|phone|fax|mobile|email|birth|contact|text|div|title|provider|clinician"
    r"|doctor|physician|practitioner|organi[sz]ation|facility|clinic|patient|person)\w{0,40}"
)
"""Pattern of the name of such a member, whatever its case; no member of a submission has one."""
_NAME = re.compile(_MEMBER, re.IGNORECASE)
_VALUE = re.compile(
    rf'(?<!\w)["\']?{_MEMBER}["\']?\s*:\s*(?P<value>"(?:[^"\\]|\\.)*"?|\[[^\]]*\]?|\{{[^}}]*\}}?|[^,{{}}\[\]"]+)',
    re.IGNORECASE,
)


def names_somebody(member: str) -> bool:
    """Whether the value of a member is not to be shown."""
    return _NAME.fullmatch(member) is not None


def without_names(text: str) -> str:
    """Return JSON, which may be broken, as long as it was, with letters and digits of such values replaced."""
    return _VALUE.sub(lambda one: one[0][: one.start("value") - one.start()] + hidden(one["value"]), text)


def hidden(words: str) -> str:
    """Return words with their letters and digits replaced."""
    return re.sub(r"\w", "x", words)
