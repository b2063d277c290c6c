"""Scores for programs: JSON with CMS' member names, and a table (CSV)."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from converter.emitters.reports.table_csv import safe_cell
from converter.findings.mask import Mask
from converter.language.visible import visible_json
from converter.scoring.arithmetic import plain, rounded
from converter.scoring.comparison import Difference
from converter.scoring.official import official
from converter.scoring.shown.hidden import hidden
from converter.scoring.shown.sentences import next_words
from converter.scoring.values import CategoryScore, ItemScore, MeasureScore, Score, Scores

HEADER = (
    "year", "program", "entity type", "TIN", "NPI", "entity id", "category", "row", "id", "CMS id", "title", "method",
    "source", "rate", "cases", "reported", "benchmark year", "benchmark average", "class", "decile", "points",
    "possible", "counts", "formula", "next decile", "why", "not certain",
)  # fmt: skip
_IDS = {"tin": "taxpayerIdentificationNumber", "npi": "nationalProviderIdentifier", "entityId": "entityId"}


def score_json(scores: Scores, differences: Sequence[Difference] | None = None, *, show_ids: bool = False) -> str:
    """Return scores as JSON: each is the `score` of an answer of CMS' submission API, with what it is of."""
    scores, differences = hidden(scores, show_ids), hidden(differences, show_ids)
    data: dict[str, Any] = {
        "scores": [_item(one, show_ids) for one in scores.scores],
        "notScored": [{"source": one.source, "why": one.why} for one in scores.not_scored],
        "notes": list(scores.notes),
    }
    if differences is not None:
        data["differences"] = [
            {"what": one.what, "here": one.ours, "cms": one.theirs, "why": one.why} for one in differences
        ]
    return visible_json(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


def _item(one: Score, show_ids: bool) -> dict[str, Any]:
    mask = Mask((), show_ids)
    return {
        "performanceYear": one.year,
        "entityType": one.entity_type,
        **{_IDS[name]: mask.number(value) for name, value in one.identity},
        "programName": one.program,
        "sources": list(one.sources),
        "benchmarkDate": one.benchmark_date,
        "score": official(one, own=True),
    }


def score_csv(scores: Scores, differences: Sequence[Difference] | None = None, *, show_ids: bool = False) -> str:
    """Return scores as a table: a row for each measure, activity, category and total."""
    scores, differences = hidden(scores, show_ids), hidden(differences, show_ids)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    for one in scores.scores:
        for row in _rows(one, show_ids):
            writer.writerow([safe_cell(row.get(name, "")) for name in HEADER])
    for found in differences or ():
        row = {"row": "difference", "id": found.what, "points": found.ours, "possible": found.theirs}
        row["why"] = found.words
        writer.writerow([safe_cell(row.get(name, "")) for name in HEADER])
    for left in scores.not_scored:
        row = {"source": left.source, "row": "not scored", "why": left.why}
        writer.writerow([safe_cell(row.get(name, "")) for name in HEADER])
    return out.getvalue()


def _rows(one: Score, show_ids: bool) -> Iterator[dict[str, str]]:
    mask, ids = Mask((), show_ids), dict(one.identity)
    head = {
        "year": str(one.year), "program": one.program, "entity type": one.entity_type or "",
        "TIN": mask.number(ids.get("tin", "")), "NPI": mask.number(ids.get("npi", "")),
        "entity id": mask.number(ids.get("entityId", "")),
    }  # fmt: skip
    for category in one.categories:
        for measure in category.measures:
            yield {**head, "category": category.category, **_measure(measure)}
        for item in category.items:
            yield {**head, "category": category.category, **_activity(item)}
        yield {**head, "category": category.category, **_total(category)}
    why = " ".join((*one.unknown, *one.notes))
    possible = _number(one.possible or None)
    yield {**head, "row": "total", "points": _number(one.total), "possible": possible, "why": why}


def _measure(one: MeasureScore) -> dict[str, str]:
    benchmark = one.benchmark
    return {
        "row": "measure",
        "id": one.measure_id,
        "CMS id": one.cms_id or "",
        "title": one.title or "",
        "method": one.method,
        "source": one.source,
        "rate": _number(one.rate),
        "cases": "" if one.cases is None else str(one.cases),
        "reported": _number(one.complete),
        "benchmark year": str(benchmark.year) if benchmark else "",
        "benchmark average": f"{benchmark.average:g}" if benchmark and benchmark.average is not None else "",
        "class": str(one.measure_class or ""),
        "decile": "" if one.decile is None else str(one.decile),
        "points": _number(one.points),
        "possible": "10",
        "counts": "yes" if one.counts else "no",
        "next decile": next_words(one.next_decile, one.inverse) if one.next_decile else "",
        "why": " ".join((*one.why, one.not_counted)).strip(),
        "not certain": " ".join(one.doubts),
    }


def _activity(one: ItemScore) -> dict[str, str]:
    return {
        "row": "measure",
        "id": one.measure_id,
        "title": one.title or "",
        "points": _number(one.points),
        "possible": _number(one.most),
        "formula": one.formula or "",
        "why": " ".join(one.why),
    }


def _total(one: CategoryScore) -> dict[str, str]:
    return {
        "row": "category",
        "points": _number(one.weighted),
        "possible": _number(one.weight),
        "rate": _number(one.value),
        "why": " ".join((*one.notes, *one.unknown)),
        "not certain": " ".join(one.doubts),
    }


def _number(value: Decimal | None) -> str:
    return "" if value is None else plain(rounded(value, 4))
