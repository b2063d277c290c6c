"""Rules about measure GUIDs: which measure a GUID is, and what to send instead (official codes 70 and 6)."""

from collections import Counter
from collections.abc import Mapping

from converter.facts.catalog import Measure
from converter.facts.diagnosis import Diagnosis, by_cms_number, diagnose, is_guid, measure_of_populations, unwrapped
from converter.facts.guids import Published, published_as, years_of_measures
from converter.findings import kinds
from converter.findings.finding import Kind, MeasureLabel
from converter.language.english import times
from converter.model.document import Identifier
from converter.resolve.resolved import ResolvedMeasure
from converter.resolve.submission_context import Seen
from converter.rules.context import Aspect, Context, Words
from converter.rules.document.elsewhere import ids_given

_LONGEST = 90
_FOREIGN: Mapping[str, Kind] = {
    "hospital": kinds.GUID_OF_HOSPITAL_MEASURE,
    "preMips": kinds.GUID_BEFORE_MIPS,
    "au2016Superseded": kinds.GUID_BEFORE_MIPS,
    "publishedNotReportable": kinds.GUID_NOT_REPORTABLE,
    "fhir": kinds.GUID_OF_FHIR_MEASURE,
}


def export_year(context: Context) -> None:
    """Most measures carry the GUIDs of one other year: the document is an export of that year."""
    published = [
        found
        for item in context.resolved.measures
        if not item.recognised
        for one in item.references[:1]
        if (found := published_as(unwrapped(one.extension or ""))) and found.kind == "measure"
    ]
    years = Counter(found.years[0] for found in published)
    if not years or context.resolved.catalog.identifiers == "none":
        return
    year, count = years.most_common(1)[0]
    total = len(context.resolved.measures)
    # A single GUID of another year is a mistake in one measure, and no export of that year.
    if count > 1 and 2 * count > total:
        cause = context.cause(context.resolved.document.node, Aspect.EDITION)
        words: Words = {"found": str(year), "other_year": year, "count": count, "total": total}
        context.report(kinds.EXPORT_OF_ANOTHER_YEAR, caused_by=cause, **words)
        node = context.resolved.document.node
        context.explain(kinds.EXPORT_OF_ANOTHER_YEAR, node, Aspect.GUIDS_OF_YEAR, number=year)


def measure_guid(context: Context) -> None:
    """Each measure has one GUID, that of a measure of the year."""
    root = context.resolved.profile.identifiers["qualityMeasureGuid"]
    known = context.resolved.catalog.identifiers != "none"  # without identifiers nothing can be said of a GUID
    for item in context.resolved.measures:
        given = [reference.extension or "" for reference in item.references]
        if not given:
            _report_missing(context, item, root)
        elif len(given) > 1:
            words: Words = {"found": ", ".join(given), "count": len(given), "root": root}
            which = str(item.label or "A measure of the quality section")
            context.report(kinds.GUID_REPEATED, item.entry.node, measure=item.label, which=which, **words)
        for reference in item.references if known else ():
            # Of two GUIDs one may be right.
            if not item.recognised and context.resolved.catalog.measure(reference.extension or "") is None:
                _report_unknown(context, item, reference)


def _report_missing(context: Context, item: ResolvedMeasure, root: str) -> None:
    catalog = context.resolved.catalog
    elsewhere = [one for one in item.entry.ids if one.root != root]
    for one in (*elsewhere, *item.entry.set_ids):
        for text in (one.root, one.extension):
            if text and (measure := catalog.measure(unwrapped(text))):
                context.report(
                    kinds.GUID_MISPLACED,
                    item.entry.node,
                    found=text,
                    measure=measure.label,
                    guid=measure.guid,
                    root=root,
                    related=(context.tree.place(one.node),),
                )
                return
    seen = _seen(context, item, root)
    words = _expected(context, item, None)
    context.report(kinds.GUID_MISSING, item.entry.node, root=root, seen=seen.words, related=seen.places, **words)


def _seen(context: Context, item: ResolvedMeasure, root: str) -> Seen:
    """What the reference holds in place of the GUID: an id without value, or the GUID of another year elsewhere."""
    for one in item.entry.ids:
        published = published_as(unwrapped(one.extension or one.root or ""))
        if published and published.kind == "measure":
            place = context.tree.place(one.node)
            label = MeasureLabel(published.measure_id, published.cms_id)
            words = f"; the id in line {place.line} has the GUID of {label}, the {published.years[0]} version"
            return Seen(f"has no measure GUID{words}, but in a place where it is not read", places=(place,))
    given = ids_given(context, [one for one in item.entry.ids if one.root == root], "measure GUID")
    return Seen(f"has {given.words}", places=given.places)


def _report_unknown(context: Context, item: ResolvedMeasure, reference: Identifier) -> None:
    given = reference.extension or ""
    diagnosis = diagnose(given, context.resolved.catalog)
    if diagnosis.published:
        _report_published(context, item, reference, diagnosis.published)
        return
    words: Words = {
        "found": given,
        "related": (context.tree.place(reference.node, "extension"),),
        "caused_by": _too_many(item),
    }
    if diagnosis.named:
        words |= _expected(context, item, diagnosis.named)
        context.report(kinds.ID_IN_PLACE_OF_GUID, item.entry.node, measure=diagnosis.named.label, **words)
        _explain_populations(context, item, kinds.ID_IN_PLACE_OF_GUID)
    elif diagnosis.misspelt:
        _report_misspelt(context, item, reference, diagnosis)
    elif not is_guid(diagnosis.guid):
        what = (
            f'The measure id "{given[:_LONGEST]}" is not in the form of a GUID' if given else "The measure id is empty"
        )
        words |= _expected(context, item, None)
        context.report(kinds.GUID_MALFORMED, item.entry.node, what=what, fix=_replace(words), **words)
    else:
        words |= _expected(context, item, None)
        context.report(kinds.GUID_UNKNOWN, item.entry.node, fix=_replace(words), **words)


def _replace(words: Words) -> str:
    """What to do where populations or title tell the one measure that is meant; empty where they do not."""
    return f"Replace it with {words['wanted']}, if that is the measure that was counted." if words["guids"] else ""


def _too_many(item: ResolvedMeasure) -> str | None:
    """What is wrong with the GUIDs of a reference follows from there being several, where there are."""
    return kinds.GUID_REPEATED.id if len(item.references) > 1 else None


def _explain_populations(context: Context, item: ResolvedMeasure, kind: Kind) -> None:
    """Where no population is of the measure that is assumed, this follows from its GUID for all that is known."""
    ids = [unwrapped(one.root or "") for population in item.entry.populations for one in population.ids]
    # Population ids that are none stay wrong when the GUID is right.
    if item.assumed and not item.cells and any(is_guid(one) for one in ids):
        context.explain(kind, item.entry.node, Aspect.POPULATIONS)


def _report_misspelt(context: Context, item: ResolvedMeasure, reference: Identifier, diagnosis: Diagnosis) -> None:
    near = diagnosis.misspelt
    other = published_as(near.guid) if near else None
    if near is None or other is None:
        return
    current = context.resolved.catalog.by_measure_id(other.measure_id or "")
    sure = "is" if near.distance < 2 else "may be"
    context.report(
        kinds.GUID_MISSPELT,
        item.entry.node,
        found=reference.extension,
        measure=MeasureLabel(other.measure_id, other.cms_id, current.title if current else None),
        sure=sure,
        near_guid=near.guid,
        difference=near.difference,
        of_year=_of_year(context, other, current),
        caused_by=_too_many(item),
        related=(context.tree.place(reference.node, "extension"),),
        **_expected(context, item, current),
    )


def _of_year(context: Context, other: Published, current: Measure | None) -> str:
    if context.year in other.years:
        return ""
    missing = "" if current else f", which cannot be reported in {context.year}"
    return f", the {other.years[0]} version{missing}"


def _report_published(context: Context, item: ResolvedMeasure, reference: Identifier, published: Published) -> None:
    catalog = context.resolved.catalog
    current = catalog.by_measure_id(published.measure_id) if published.measure_id else None
    current = current or by_cms_number(published.cms_id, catalog)
    words: Words = {
        "found": reference.extension,
        "related": (context.tree.place(reference.node, "extension"),),
        "caused_by": _too_many(item),
        "measure": MeasureLabel(published.measure_id, published.cms_id, current.title if current else published.title),
        **_expected(context, item, current, published.years[0] if published.kind == "measure" else None),
    }
    node = item.entry.node
    if published.kind == "measure":
        _report_other_year(context, item, published, words)
    elif published.kind == "set":
        context.report(kinds.SET_ID_AS_GUID, node, **words)
    elif published.kind in ("population", "superseded"):
        which = "a stratum" if published.role == "STRAT" else f"the {published.role} population"
        which += " (withdrawn)" if published.kind == "superseded" else ""
        context.report(kinds.POPULATION_ID_AS_GUID, node, role=published.role or "", which=which, **words)
    else:
        kind = _FOREIGN[published.kind]
        if kind is kinds.GUID_OF_HOSPITAL_MEASURE:
            words["which"] = f"{words['measure']}, a " if published.cms_id else "a "
        context.report(kind, node, **words)


def _report_other_year(context: Context, item: ResolvedMeasure, published: Published, words: Words) -> None:
    year, node = published.years[0], item.entry.node
    # It is the right GUID, and only what is written around it is wrong.
    if year == context.year:
        words.pop("evidence")
        context.report(kinds.GUID_WRAPPED, node, **words)
        _explain_populations(context, item, kinds.GUID_WRAPPED)
        return
    if context.resolved.catalog.by_measure_id(published.measure_id or "") is None:
        years = years_of_measures().get(published.measure_id or "", ())
        ended = bool(years) and years[-1] < context.year
        first = years[0] if years else year
        span = (
            f"could be reported from an EHR until {years[-1]}"
            if ended
            else f"can be reported from an EHR from {first} on"
        )
        still = "no longer accepts" if ended else "does not accept"
        remedy = f"Leave the measure out and report a different one: CMS {still} it in {context.year}."
        if words["evidence"]:
            remedy += " If the populations are right, use the GUID of the measure that they belong to."
        words |= {"other_year": year, "accepted_years": years, "span": span, "remedy": remedy}
        context.report(kinds.MEASURE_NOT_IN_YEAR, node, **words)
        return
    words["caused_by"] = words["caused_by"] or context.cause(
        context.resolved.document.node, Aspect.GUIDS_OF_YEAR, number=year
    )
    context.report(kinds.GUID_OF_ANOTHER_YEAR, node, other_year=year, **words)


def _expected(context: Context, item: ResolvedMeasure, current: Measure | None, other_year: int | None = None) -> Words:
    """What to put there: from the measure that the GUID names, and from what populations and title say."""
    ids = [one.root or "" for population in item.entry.populations for one in population.ids]
    voted = measure_of_populations(ids, context.resolved.catalog)
    if voted is None:
        titled = None if current else _by_title(context, item)
        if titled:
            evidence = f" Its title is the title of {titled.label}."
            return {**_guid_of(titled), "evidence": evidence}
        if current is None:
            return {"wanted": f"The GUID of a measure of {context.year}", "guids": (), "evidence": ""}
        return {**_guid_of(current), "evidence": ""}
    measure, count, total = voted
    share = f"{count} of its {total} population ids belong"
    if count == total:
        share = "Its population id belongs" if total == 1 else "All of its population ids belong"
    evidence = f" {share} to {measure.label}."
    if measure is current and any(other_year in _years_of(one) for one in ids):
        evidence = " Its population ids are the same in both versions, so they do not tell which one was counted."
    if current is not None and measure is not current:
        return {
            "wanted": f"{measure.guid} if the populations are right, {current.guid} if the measure is {current.label}",
            "guids": (measure.guid, current.guid),
            "evidence": evidence,
        }
    return {**_guid_of(measure), "evidence": evidence}


def _guid_of(measure: Measure) -> Words:
    return {"wanted": f"{measure.guid}, the GUID of {measure.label}", "guids": (measure.guid,)}


def _years_of(population_id: str) -> tuple[int, ...]:
    published = published_as(population_id)
    return published.years if published else ()


def _by_title(context: Context, item: ResolvedMeasure) -> Measure | None:
    titles = {" ".join(title.split()).lower() for title in item.entry.titles}
    return next((one for one in context.resolved.catalog if one.title.lower() in titles), None)


def measure_once(context: Context) -> None:
    """No measure is reported twice in a section (71)."""
    for section in context.resolved.document.sections:
        here: dict[str, list[ResolvedMeasure]] = {}
        for item in context.resolved.measures:
            if item.section is section and len(item.references) == 1:
                here.setdefault((item.references[0].extension or "").lower(), []).append(item)
        for guid, items in here.items():
            if len(items) > 1:
                context.report(
                    kinds.MEASURE_REPORTED_TWICE,
                    section.node,
                    found=guid,
                    count=len(items),
                    times=times(len(items)),
                    measure=items[0].label or MeasureLabel(None, f"The measure {guid}"),
                    related=tuple(context.tree.place(item.entry.node) for item in items),
                    # With the populations of another measure, an entry is only called what it is not.
                    caused_by=next(
                        (one for item in items if (one := context.cause(item.entry.node, Aspect.POPULATIONS))), None
                    ),
                )


RULES = (export_year, measure_guid, measure_once)
