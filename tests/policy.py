"""Warnings that a small document gives as a whole, because it holds less (or else) than CMS asks for (policy).

They follow from how little there is to read in a test, so tests need not name them unless they are about them.
"""

from collections.abc import Iterable

from converter.findings.finding import Finding

POLICY = frozenset(
    {
        "SUB067",  # promoting interoperability data is incomplete
        "SUB071",  # too few quality measures
        "SUB072",  # no outcome measure
        "SUB078",  # measures of the APP are not there
        "SUB081",  # too few improvement activities
        "SUB082",  # improvement activities of the APP, which gives full credit for them
    }
)


def apart_from_policy(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings without the warnings that only say how little there is."""
    return tuple(one for one in findings if one.id not in POLICY)
