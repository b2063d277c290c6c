"""The results of a document's measures as lines of text."""

from collections.abc import Iterable, Sequence

from converter.deadline import look
from converter.emitters.reports.measure_words import percent, shown_roles
from converter.emitters.reports.report import Report
from converter.emitters.reports.wording import CATEGORIES, completeness_note
from converter.findings.mask import Mask
from converter.language.english import cut
from converter.language.visible import visible
from converter.model.measure_result import MeasureResult

_LONG, _KEPT = 16, 8
_INVERSE = "*"
_NO_ANSWER = "no answer"


def measures_table(report: Report, mask: Mask) -> list[str]:
    """Return a compact table of all measures, population sets and activities; empty where there are none."""
    lines: list[str] = []
    found = report.measures(report.inventory)
    for category in CATEGORIES:
        ones = [one for one in found if one.category == category]
        if ones:
            lines += ["", *(_quality(ones, mask) if category == "quality" else _answers(category, ones, mask))]
            lines += [note] if category == "quality" and (note := completeness_note(report)) else []
    return lines[1:]


def _quality(found: list[MeasureResult], mask: Mask) -> list[str]:
    roles = shown_roles(found)
    named = any(row.name for one in found for row in one.rows)
    complete = any(one.entry.reporting_rate is not None for one in found)
    reported = ["reported"] if complete else []
    rows = [["CMS id", "measure", *(["set"] if named else []), *roles, "rate", *reported, "status"]]
    for one in found:
        label = one.entry.label
        names = [cut(mask.foreign(label.cms_id or "no GUID"), _LONG, _KEPT), mask.foreign(label.measure_id or "")]
        status, share = _short_status(one), [percent(one.entry.reporting_rate)] if complete else []
        for row in one.rows or [None]:
            look()
            cells = [row.counts.get(role, "") if row else "" for role in roles]
            rate = percent(row.rate) if row else ""
            rate += _INVERSE if rate and one.entry.inverse else ""
            rows.append(
                [
                    *names,
                    *([mask.foreign(row.name) if row else ""] if named else []),
                    *map(mask, cells),
                    rate,
                    *share,
                    status,
                ]
            )
            names, status, share = ["", ""], "", [""] * complete
    lines = aligned(rows, range(2 + named, 3 + named + complete + len(roles)))
    inverse = any(_INVERSE in row[2 + named + len(roles)] for row in rows[1:])
    return [*lines, f"{_INVERSE} a lower rate is better"] if inverse else lines


def _answers(category: str, found: list[MeasureResult], mask: Mask) -> list[str]:
    rows = [[CATEGORIES[category], "", "", "status"]]
    for one in found:
        proportion = one.proportion
        answer = f"answer {one.entry.answer}" if one.entry.answer else _NO_ANSWER
        value = f"{proportion[0]} of {proportion[1]}" if proportion else answer
        name = one.entry.label.measure_id or "no id"
        rows.append([mask.foreign(name), mask.foreign(value), percent(one.proportion_rate), _short_status(one)])
    return aligned(rows, [2])


def aligned(rows: Sequence[Sequence[str]], right: Iterable[int]) -> list[str]:
    """Return rows as lines with columns of even width; `right` are the columns that are aligned to the right."""
    shown = [[visible(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in shown) for column in range(len(rows[0]))]
    to_right = set(right)
    return [
        "  ".join(
            cell.rjust(width) if column in to_right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
            if width
        ).rstrip()
        for row in shown
    ]


def _short_status(one: MeasureResult) -> str:
    status = one.status
    return status if len(status) <= _LONG else status[:_LONG].rpartition(",")[0] + " ..."
