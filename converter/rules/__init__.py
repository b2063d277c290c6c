"""Rules: small pure checks, run one by one.

`CONVERT` before the submission is assembled; after it `CONVERTED`, which need the document, and `SUBMISSION`, which
look at the submission alone.
"""

from converter.rules import (
    account,
    causes,
    conversion_notes,
    document,
    guids,
    identity,
    improvement_activities,
    populations,
    promoting_interoperability,
    quality,
    rates,
    reported_rates,
    sections,
    submission,
)
from converter.rules.context import Context, Rule, run
from converter.rules.submission.context import SubmissionContext, SubmissionRule

CONVERT: tuple[Rule, ...] = (
    *account.RULES,
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
CONVERTED: tuple[Rule, ...] = (*identity.RULES, *conversion_notes.RULES, *reported_rates.RULES)
SUBMISSION: tuple[SubmissionRule, ...] = submission.RULES

__all__ = ["CONVERT", "CONVERTED", "SUBMISSION", "Context", "SubmissionContext", "run"]
