"""Rules about each section: its performance period, its templates, whether it holds anything."""

from converter.findings import kinds
from converter.language.english import count_of, listed, times
from converter.language.terms import CATEGORY_NAMES, ENTRY_NAMES
from converter.model.document import Activity, Period, PeriodDate, PiMeasure, QualityMeasure, Section
from converter.model.numbers import iso_date
from converter.rules.context import Aspect, Context
from converter.rules.document.elsewhere import period_elsewhere

_PERIOD_ACTS = {"quality": kinds.QUALITY_PERIOD_ACTS, "pi": kinds.PI_PERIOD_ACTS, "ia": kinds.IA_PERIOD_ACTS}
SHAPE_OF_CATEGORY = {"quality": "quality_measure", "pi": "pi_measure", "ia": "ia_measure"}
ENTRY_OF_CATEGORY: dict[str, type] = {"quality": QualityMeasure, "pi": PiMeasure, "ia": Activity}
_OTHER_SECTION = (
    "If the section is meant to be that of the other category, correct its templateId; otherwise, move the entries to "
    "the section of their own category."
)
_ENTRY_NAMES: dict[type, str] = {kind: ENTRY_NAMES[category] for category, kind in ENTRY_OF_CATEGORY.items()}


def cause_of_others(section: Section) -> str | None:
    """The finding that says that a section has entries of other categories only; None where it has its own, or none."""
    own = ENTRY_OF_CATEGORY[section.category]
    if not section.entries or any(type(entry) is own for entry in section.entries):
        return None
    if section.category == "ia":
        return kinds.IA_SECTION_OTHER_ENTRY.id
    counted = all(type(entry) is PiMeasure and entry.proportion for entry in section.entries)
    return (kinds.PI_OUTSIDE_SECTION if counted else kinds.ENTRY_IN_WRONG_SECTION).id


def period_acts(context: Context) -> None:
    """Each section states its performance period once (32, 22, 44)."""
    for section in context.resolved.document.sections:
        count = len(section.periods)
        if count == 1:
            continue
        if count == 0:
            seen = period_elsewhere(context, section)
            states, places = f"does not give the performance period{seen.words}", seen.places
            fix = seen.remedy
        else:
            places = tuple(context.tree.place(one.node) for one in section.periods)
            given = [
                f"{_dates_of(one)} (line {place.line})" for one, place in zip(section.periods, places, strict=True)
            ]
            states = f"gives the performance period {times(count)} instead of once: {listed(given)}"
            fix = "Keep the performance period that the data of the section covers, and remove any other."
        context.report(
            _PERIOD_ACTS[section.category],
            section.node,
            count=count,
            states=states,
            fix=fix,
            related=places,
            caused_by=context.cause(section.node, Aspect.PART, "reporting_parameters"),
        )


def _dates_of(period: Period) -> str:
    """Start and end of a performance period as they are read, or else as they are written."""
    ends = [
        next((iso_date(one.text) or one.text for one in of if one.text), "?") for of in (period.starts, period.ends)
    ]
    return " to ".join(ends)


def period_dates(context: Context) -> None:
    """Each performance period has one start and one end that can be read (29, 30, 69)."""
    for section in context.resolved.document.sections:
        for period in section.periods:
            _check_period(context, period)


def _check_period(context: Context, period: Period) -> None:
    starts = [date for date in period.starts if date.text is not None]
    ends = [date for date in period.ends if date.text is not None]
    if len(starts) != 1:
        context.report(kinds.PERIOD_START_COUNT, period.node, count=len(starts), given=_dates(len(starts), "start"))
    if len(ends) != 1 and period.has_time:
        context.report(kinds.PERIOD_END_COUNT, period.node, count=len(ends), given=_dates(len(ends), "end"))
    if len(starts) == 1:
        _check_date(context, period, starts[0], "start", f"{context.year}0101")
    if len(ends) == 1:
        _check_date(context, period, ends[0], "end", f"{context.year}1231")


def _dates(count: int, end: str) -> str:
    return count_of(count, f"{end} date") + (" instead of one" if count else "")


def _check_date(context: Context, period: Period, date: PeriodDate, end: str, example: str) -> None:
    text = date.text or ""
    if iso_date(text) is None:
        note = ""
        if "/" in text[1:3]:
            note = "; it looks like month/day/year"
        elif text[:8].isdecimal() and len(text) >= 8:
            note = "; there is no such day"
        context.report(
            kinds.PERIOD_DATE_FORMAT,
            period.node,
            found=f'"{text}"',
            bound=end,
            example=example,
            note=note,
            related=(context.tree.place(date.node, "value"),),
        )


def section_years(context: Context) -> None:
    """Sections are dated in the document's year. What the first one says is written, and told where that is checked."""
    for section in context.resolved.document.sections[1:]:
        for period in section.periods[:1]:
            found = next((day for date in period.starts if date.text and (day := iso_date(date.text))), None)
            if found is not None and found[:4] != str(context.year):
                category = CATEGORY_NAMES[section.category]
                context.report(
                    kinds.SECTION_OF_ANOTHER_YEAR,
                    period.node,
                    found=found[:4],
                    other_year=int(found[:4]),
                    category=category,
                )


def category_template(context: Context) -> None:
    """The quality section carries the measure section template of the year exactly once (95, from 2019)."""
    profile = context.resolved.profile
    root, extension = profile.category_root, profile.category_extension
    if extension is None:
        return
    for section in context.resolved.document.sections:
        if section.category == "quality":
            given = [item.extension for item in section.templates if item.root == root]
            if given.count(extension) != 1:
                _report_category(context, section, given)


def _report_category(context: Context, section: Section, extensions: list[str | None]) -> None:
    profile = context.resolved.profile
    given = [one or "none" for one in extensions]
    count = extensions.count(profile.category_extension)
    others = [one for one in extensions if one != profile.category_extension]
    note = f"; it has the extension {listed([one or 'none' for one in others], 'and')} instead" if others else ""
    context.report(
        kinds.CATEGORY_TEMPLATE,
        section.node,
        found=", ".join(given) or None,
        note="" if count else note,
        states=f"has {times(count)} instead of once" if count else "does not have",
        root=profile.category_root,
        extension=profile.category_extension,
    )


def sections_filled(context: Context) -> None:
    """No section is empty (81, 43): the official converter drops an empty one and reports success."""
    for section in context.resolved.document.sections:
        if any(type(entry) is ENTRY_OF_CATEGORY[section.category] for entry in section.entries):
            continue
        cause = context.cause(section.node, Aspect.PART, SHAPE_OF_CATEGORY[section.category])
        cause = cause or cause_of_others(section)
        if section.category == "ia":
            context.report(kinds.IA_SECTION_EMPTY, section.node, caused_by=cause)
        elif section.category == "quality" and context.resolved.profile.category_extension is not None:
            context.report(kinds.QUALITY_SECTION_EMPTY, section.node, caused_by=cause)
        else:
            name = CATEGORY_NAMES[section.category]
            context.report(kinds.SECTION_WOULD_BE_LOST, section.node, category=name, caused_by=cause)


def entries_of_other_categories(context: Context) -> None:
    """Entries stand in the section of their category (45, 15 and, where the official converter loses them, ours)."""
    for section in context.resolved.document.sections:
        others = [entry for entry in section.entries if type(entry) is not ENTRY_OF_CATEGORY[section.category]]
        if others and section.category == "ia":
            names = ", ".join(sorted({_ENTRY_NAMES[type(entry)] for entry in others}))
            remedy = _OTHER_SECTION if cause_of_others(section) else ""
            context.report(kinds.IA_SECTION_OTHER_ENTRY, section.node, kinds=names, fix=remedy)
        for entry in others:
            if type(entry) is PiMeasure and entry.proportion:
                continue  # rule inside_section of promoting_interoperability reports it
            if section.category != "ia":
                name = _ENTRY_NAMES[type(entry)]
                category = CATEGORY_NAMES[section.category]
                context.report(kinds.ENTRY_IN_WRONG_SECTION, entry.node, what=name, category=category)


def preliminary_identifiers(context: Context) -> None:
    """A conversion on identifiers that are not final says so."""
    catalog = context.resolved.catalog
    measures = context.resolved.measures
    if catalog.identifiers == "none":
        context.report(kinds.YEAR_WITHOUT_IDENTIFIERS if measures else kinds.YEAR_NOT_SETTLED, date=catalog.date)
    elif catalog.preliminary and measures:
        context.report(kinds.PRELIMINARY_IDENTIFIERS, date=catalog.date)


RULES = (
    period_acts,
    period_dates,
    section_years,
    category_template,
    sections_filled,
    entries_of_other_categories,
    preliminary_identifiers,
)
