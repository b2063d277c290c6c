"""The templates of the page, rendered: escaped, and without characters that must not be shown raw."""

from functools import cache

from jinja2 import Environment
from markupsafe import Markup

from converter import __version__
from converter.emitters.reports.html_templates import environment
from converter.language.terms import ROLE_NAMES
from converter.language.visible import visible_lines
from converter.service.page.markdown import markdown, prose

PACKAGE = "converter.service.page"


def rendered(template: str, **values: object) -> str:
    """Return a template of the page with its values, as HTML."""
    return visible_lines(_templates().get_template(template).render(values))


def page(title: str, body: str, *, here: str = "") -> str:
    """Return a whole page around what was rendered; `here` names the one of the navigation that it is."""
    return rendered("page.html.j2", title=title, body=safe(body), here=here)


def safe(html: str) -> Markup:
    """Return what was rendered before as what need not be escaped again."""
    return Markup(html)


def warm_up() -> None:
    """Compile the templates of a result, which would take longer than the first result itself."""
    for name in ("result.html.j2", "parts.html.j2", "sections.html.j2", "numbers.html.j2"):
        _templates().get_template(name)


@cache
def _templates() -> Environment:
    made = environment(PACKAGE)
    made.filters |= {"markdown": markdown, "prose": prose}
    made.globals |= {"version": __version__, "role_names": ROLE_NAMES}
    return made
