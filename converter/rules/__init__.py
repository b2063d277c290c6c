"""Rules: small pure checks, run one by one. `CONVERT` before the submission is assembled, `SUBMISSION` after it."""

from converter.rules import (
    causes,
    document,
    guids,
    identity,
    improvement_activities,
    populations,
    promoting_interoperability,
    quality,
    rates,
    sections,
    submission,
)
from converter.rules.context import Context, Rule, run

CONVERT: tuple[Rule, ...] = (
    *causes.RULES,
    *document.RULES,
    *sections.RULES,
    *guids.RULES,
    *quality.RULES,
    *populations.RULES,
    *rates.RULES,
    *promoting_interoperability.RULES,
    *improvement_activities.RULES,
)
SUBMISSION: tuple[Rule, ...] = (*identity.RULES, *submission.RULES)

__all__ = ["CONVERT", "SUBMISSION", "Context", "run"]
