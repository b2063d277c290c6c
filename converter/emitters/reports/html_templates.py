"""The templates of HTML pages."""

from functools import cache

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from converter.emitters.reports.html_findings import pieces
from converter.emitters.reports.measure_words import percent, read_rate
from converter.language.english import capital, number_of


@cache
def environment(*packages: str) -> Environment:
    """Return the templates of the reports, and before them those of other packages.

    They are kept: to compile them takes ten times as long as to make a report.
    """
    made = Environment(
        loader=ChoiceLoader([PackageLoader(one) for one in (*packages, "converter.emitters.reports")]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters |= {
        "capital": capital,
        "percent": percent,
        "read_rate": read_rate,
        "number_of": number_of,
        "pieces": pieces,
    }
    return made
