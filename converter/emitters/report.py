"""What the report emitters are given: one document and what is said about it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from converter.findings.finding import Finding, Severity
from converter.model.inventory import Inventory
from converter.model.submission import Submission

_LONG_NUMBER = re.compile(r"(?<!\d)\d{9,10}(?!\d)")
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one kind that have one cause; `blocks` says whether they blocked."""

    findings: tuple[Finding, ...]
    blocks: bool


@dataclass(frozen=True, slots=True)
class Report:
    """One document under report.

    Attributes:
        name: name of the source, `stdin` for standard input.
        year: performance year, or None where it was not found.
        program: program name as written, or None.
        entity_type: entity type, or None.
        npi: national provider identifier as written, or None.
        tin: taxpayer identification number as written, or None.
        entity_id: virtual group, APM entity or subgroup id, or None.
        submission: the submission, or None where there is none.
        findings: all findings, root causes first.
        blocking: those of them that blocked.
        secrets: the TINs and NPIs of the document, to be masked.
        take_inventory: makes the inventory when it is asked for.
    """

    name: str
    year: int | None
    program: str | None
    entity_type: str | None
    npi: str | None
    tin: str | None
    entity_id: str | None
    submission: Submission | None
    findings: tuple[Finding, ...]
    blocking: tuple[Finding, ...]
    secrets: frozenset[str]
    take_inventory: Callable[[], Inventory] = Inventory

    @property
    def inventory(self) -> Inventory:
        """What became of every section, entry and aggregate count."""
        return self.take_inventory()

    @property
    def groups(self) -> tuple[Group, ...]:
        """The findings by cause: findings of one kind and cause are one group; a cause stands before what follows."""
        groups: dict[tuple[str, str | None, bool], list[Finding]] = {}
        for finding in self.findings:
            groups.setdefault((finding.id, finding.caused_by, finding in self.blocking), []).append(finding)
        found = [Group(tuple(one), blocks) for (_, _, blocks), one in groups.items()]
        return tuple(sorted(found, key=lambda group: group.findings[0].caused_by is not None))

    @property
    def errors(self) -> list[Finding]:
        """Findings of severity error, those that did not block included."""
        return [finding for finding in self.findings if finding.severity is Severity.ERROR]

    @property
    def remarks(self) -> list[Finding]:
        """Findings that did not block."""
        return [finding for finding in self.findings if finding not in self.blocking]


class Mask:
    """Hides TINs and NPIs but for their last four characters, unless they are to be shown."""

    __slots__ = ("_pattern",)

    def __init__(self, secrets: Iterable[str], show: bool) -> None:
        words = sorted((re.escape(one) for one in secrets if one), key=len, reverse=True)
        self._pattern = re.compile("|".join(words)) if words and not show else None

    def __call__(self, text: str) -> str:
        """Return the text with the secrets masked."""
        return self._pattern.sub(lambda match: masked(match[0]), text) if self._pattern else text


def masked(secret: str) -> str:
    """Return `*****1234` for a secret that ends in 1234; a short one is hidden whole."""
    return "*" * (len(secret) - _SHOWN) + secret[-_SHOWN:] if len(secret) > _SHOWN else "*" * len(secret)


def masked_name(name: str) -> str:
    """Return a file name in which every run of 9 or 10 digits, as TIN and NPI have, is masked."""
    return _LONG_NUMBER.sub(lambda match: masked(match[0]), name)
