"""Rules about improvement activities."""

from converter.findings import kinds
from converter.language.english import answered
from converter.model.document import Activity
from converter.rules.context import Aspect, Context, Words
from converter.rules.document.elsewhere import ids_given
from converter.rules.document.promoting_interoperability import ANSWERS


def activities(context: Context) -> None:
    """An activity has one id and is answered once, with Y or N (50, 51)."""
    for section in context.resolved.document.sections:
        for entry in section.entries:
            if isinstance(entry, Activity):
                _check(context, entry)


def _check(context: Context, entry: Activity) -> None:
    ids = [one.extension for one in entry.ids if one.extension]
    activity_id = ids[0] if ids else None
    name = f"the improvement activity {ids[0]}" if ids else "an improvement activity without id"
    if len(ids) != 1:
        given = ids_given(context, entry.ids, "id")
        context.report(kinds.IA_ID, entry.node, count=len(ids), given=given.words, related=given.places)
    if len(entry.performed) != 1:
        cause = context.cause(entry.node, Aspect.PART, "measure_performed")
        number = len(entry.performed)
        words: Words = {"count": number, "answered": answered(number), "caused_by": cause}
        context.report(kinds.IA_PERFORMED_COUNT, entry.node, activity=name, activity_id=activity_id, **words)
    for performed in entry.performed:
        if len(performed.codes) != 1 or performed.codes[0] not in ANSWERS:
            found = ", ".join(f'"{code}"' for code in performed.codes)
            said: Words = {"activity_id": activity_id, "found": found or None, "answer": found or "missing"}
            context.report(kinds.IA_ANSWER, performed.node, activity=name, **said)


RULES = (activities,)
