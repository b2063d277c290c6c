"""Rules about what is reported, and when: sections, performance period, roster (36, 55, 56, 68, 79, 90, 104, 106)."""

from converter.findings import kinds
from converter.findings.finding import Kind
from converter.language.english import listed
from converter.language.terms import CATEGORY_NAMES
from converter.model.document import Period, PeriodDate
from converter.rules.context import Context
from converter.rules.document.practice_sites.asked import practice, program


def submission_end(context: Context) -> None:
    """The submission period is named: whether it is over depends on the day, and is not decided here (68)."""
    context.report(kinds.SITE_SUBMISSION_ENDED, program=program(context))


def roster(context: Context) -> None:
    """That the clinicians were not compared with the roster of CMS is reported (79)."""
    context.report(kinds.SITE_ROSTER, program=program(context))


def later_releases(context: Context) -> None:
    """That later releases of the converter of the year refuse the program is reported."""
    recipient = context.resolved.identity.recipients[0]
    context.report(kinds.SITE_LATER_RELEASES, recipient.node, "extension", program=program(context))


def measure_section(context: Context) -> None:
    """The document has a quality section (36)."""
    if not any(section.category == "quality" for section in context.resolved.document.sections):
        lacking = any(one.kind is kinds.NO_SECTION for one in context.findings)
        cause = kinds.NO_SECTION.id if lacking else None
        context.report(kinds.SITE_WITHOUT_MEASURES, program=program(context), caused_by=cause)


def cpc_plus_without_pi(context: Context) -> None:
    """A CPC+ document has no promoting interoperability section (104)."""
    _without_pi(context, kinds.CPC_PLUS_WITH_PI)


def pcf_without_pi(context: Context) -> None:
    """A document of Primary Care First has no promoting interoperability section (106)."""
    _without_pi(context, kinds.PCF_WITH_PI)


def _without_pi(context: Context, kind: Kind) -> None:
    found = [one for one in context.resolved.document.sections if one.category == "pi"]
    if found:
        context.report(kind, related=tuple(context.tree.place(one.node) for one in found))


def unused_sections(context: Context) -> None:
    """A section that the program does not use is named (90)."""
    unused = practice(context).unused_sections
    found = [one for one in context.resolved.document.sections if one.category in unused]
    if found:
        context.report(
            kinds.SITE_SECTION_UNUSED,
            program=program(context),
            sections=listed(list(dict.fromkeys(CATEGORY_NAMES[one.category] for one in found))),
            related=tuple(context.tree.place(one.node) for one in found),
        )


def whole_year(context: Context) -> None:
    """Each performance period is the whole year, in digits alone (55, 56)."""
    for period in context.resolved.document.periods:
        _check_end(context, period, period.starts, kinds.SITE_PERIOD_START, "0101")
        _check_end(context, period, period.ends, kinds.SITE_PERIOD_END, "1231")


def _check_end(context: Context, period: Period, dates: list[PeriodDate], kind: Kind, day: str) -> None:
    start = kind is kinds.SITE_PERIOD_START
    given = [one for one in dates if one.text is not None]
    if given and given[0].text == f"{context.year}{day}":
        return
    verb, noun = ("starts", "start") if start else ("ends", "end")
    missing = kinds.PERIOD_START_COUNT if start else kinds.PERIOD_END_COUNT
    context.report(
        kind,
        period.node,
        found=given[0].text if given else None,
        program=program(context),
        states=f'{verb} with "{given[0].text}"' if given else f"does not have {'a start' if start else 'an ' + noun}",
        related=tuple(context.tree.place(one.node, "value") for one in given[:1]),
        caused_by=None if given or not (start or period.has_time) else missing.id,
    )
