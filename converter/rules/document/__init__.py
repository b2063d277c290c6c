"""Rules that need the document: `CONVERT` before its submission is assembled, `CONVERTED` after it."""

from converter.rules.context import Rule
from converter.rules.document import (
    conversion_notes,
    improvement_activities,
    measure_guids,
    populations,
    program_name,
    promoting_interoperability,
    quality_measures,
    rates,
    references,
    reported_rates,
    root_causes,
    sections,
    unread_parts,
    unused_identifiers,
    whole_document,
)

# What is not read and what has one root cause come first: later rules ask for them as causes. For the same reason
# measure_guids stands before the rules about populations.
CONVERT: tuple[Rule, ...] = (
    *unread_parts.RULES,
    *root_causes.RULES,
    *program_name.RULES,
    *whole_document.RULES,
    *sections.RULES,
    *measure_guids.RULES,
    *references.RULES,
    *quality_measures.RULES,
    *populations.RULES,
    *rates.RULES,
    *promoting_interoperability.RULES,
    *improvement_activities.RULES,
)
CONVERTED: tuple[Rule, ...] = (*unused_identifiers.RULES, *conversion_notes.RULES, *reported_rates.RULES)
