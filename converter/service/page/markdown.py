"""The pages of findings, which are Markdown, as HTML; and texts for a terminal as they are read on a page."""

import re
from functools import cache
from urllib.parse import quote

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

_LINK = re.compile(r"^(\w+)\.md$")
_CODE = re.compile(r"`([^`\n]+)`")


def markdown(text: str) -> Markup:
    """Return a page of a finding as HTML. Markup in the text is escaped; links lead to what else can be looked up."""
    reader = _reader()
    tokens = reader.parse(text)
    for one in tokens:
        if one.type in ("heading_open", "heading_close"):
            one.tag = f"h{int(one.tag[1]) + 1}"  # the page around it has the first heading
        for part in one.children or ():
            if part.type == "link_open":
                part.attrSet("href", _lookup(str(part.attrGet("href"))))
    return Markup(reader.renderer.render(tokens, reader.options, {}))  # html is off: all of it is escaped


def prose(text: str) -> Markup:
    """Return a text with what stands in backticks as code."""
    parts = _CODE.split(text)
    return Markup().join(
        Markup("<code>{}</code>").format(one) if at % 2 else escape(one) for at, one in enumerate(parts)
    )


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False})
    reader.disable("image")
    return reader


def _lookup(target: str) -> str:
    """Where a link to another page leads; nowhere for any other link."""
    match = _LINK.match(target)
    return f"/page/explain?q={quote(match[1])}" if match else "#"
