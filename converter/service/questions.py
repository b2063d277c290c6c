"""What the processes do with questions: explanations, measures and years as JSON."""

from pydantic import BaseModel

from converter.errors import UsageError
from converter.facts.catalog import load_catalog
from converter.facts.files import Folders, years
from converter.facts.profiles import load_profile
from converter.language.visible import visible_json
from converter.service import models

_DASHES = ("-", "not published")


class UnknownYearError(UsageError):
    """The year is not known."""


def explained(word: str, year: int | None, folders: Folders) -> bytes:
    """Explain a word.

    Raises:
        UnknownYearError: the year is not known.
        UsageError: nothing is known by that name.
    """
    from converter.explanation.lookup import explain

    _known(year, folders)
    return written(models.ExplanationModel.model_validate(explain(word, year=year, catalog=folders)))


def explained_answer(answer: bytes, source: bytes | None, year: int | None, folders: Folders, show_ids: bool) -> bytes:
    """Explain an answer of CMS, with the file that was sent if there is one.

    Raises:
        UnknownYearError: the year is not known.
        UsageError: it is no answer of CMS.
    """
    from converter.explanation.response import explain_response

    _known(year, folders)
    found = explain_response(answer, source=source, year=year, catalog=folders, show_ids=show_ids)
    return written(models.ExplainedAnswerModel.model_validate(found))


def measures(query: str, year: int | None, every: bool, folders: Folders) -> bytes:
    """List the measures that a query means: of a year, or of all for None, the newest first.

    Raises:
        UnknownYearError: the year is not known.
    """
    from converter.explanation.measure_rows import measure_rows

    _known(year, folders)
    asked = [year] if year is not None else reversed(years(folders, "catalog"))
    rows = [
        models.MeasureRowModel(
            year=row.year,
            measure_id=row.measure_id,
            cms_id=None if row.cms_id in _DASHES else row.cms_id,
            guid=None if row.guid in _DASHES else row.guid,
            title=row.title,
        )
        for one in asked
        for row in measure_rows(load_catalog(folders, one), query, every)
    ]
    return written(models.Measures(measures=rows))


def known_years(folders: Folders) -> bytes:
    """List the years that are known, ascending."""
    profiles = years(folders, "profiles")
    return written(models.Years(years=[_year(one, one in profiles, folders) for one in years(folders, "catalog")]))


def _year(year: int, guided: bool, folders: Folders) -> models.YearModel:
    catalog = load_catalog(folders, year)
    profile = load_profile(folders, year) if guided else None
    return models.YearModel.model_validate(
        {
            "year": year,
            "measures": sum(1 for _ in catalog),
            "identifiers": catalog.identifiers,
            "dataOf": catalog.date,
            "template": profile and profile.document_extension,
            "guideOf": profile and profile.date,
            "preliminary": profile is not None and profile.preliminary,
        }
    )


def written(model: BaseModel) -> bytes:
    """Return an answer as JSON, without characters that turn or hide text."""
    return visible_json(model.model_dump_json(by_alias=True)).encode("utf-8", "replace")


def _known(year: int | None, folders: Folders) -> None:
    known = years(folders, "catalog")
    if year is not None and year not in known:
        raise UnknownYearError(f"Performance year {year} is not known; known are {known[0]} to {known[-1]}.")
