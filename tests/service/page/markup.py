"""What every page must be: nothing inline, nothing from elsewhere, links that lead somewhere, no raw characters."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

from tests.fuzz.hostile import raw

_VOID = {"meta", "link", "input", "br", "wbr", "path", "rect", "hr"}
_TAGS = {
    *_VOID, "html", "head", "title", "script", "body", "a", "header", "div", "svg", "span", "nav", "main", "footer",
    "p", "article", "section", "h1", "h2", "h3", "h4", "strong", "em", "details", "summary", "dl", "dt", "dd", "figure",
    "figcaption", "pre", "code", "mark", "button", "table", "caption", "thead", "tbody", "tr", "th", "td", "ul", "ol",
    "li", "form", "label", "select", "option", "textarea", "meter", "progress", "template",
}  # fmt: skip


class Markup(HTMLParser):
    """The tags of a page, its ids and links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []
        self.text = ""
        self.open: list[str] = []
        self.faults: list[str] = []
        self.feed(html)
        self.close()
        if self.open:
            self.faults.append(f"not closed: {self.open}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len(dict(attrs)) < len(attrs):
            self.faults.append(f"attribute twice in {tag}")
        self.tags.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"{tag} closed where it is not open")

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of all tags of a name."""
        return [attributes for name, attributes in self.tags if name == tag]


def faults(html: str) -> list[str]:
    """Return what is wrong with a page, or with a part of one."""
    markup = Markup(html)
    found = list(markup.faults)
    found += [f"id twice: {one}" for one in set(markup.ids) if markup.ids.count(one) > 1]
    found += [f"raw character {one}" for one in [raw(html)] if one]
    for tag, attributes in markup.tags:
        found += [f"tag {tag}"] if tag not in _TAGS else []
        found += [f"{tag} has {name}" for name in attributes if name == "style" or name.startswith("on")]
        found += ["inline script"] if tag == "script" and "src" not in attributes else []
        for name in ("href", "src", "action", "formaction"):
            found += _led_astray(attributes.get(name), markup.ids)
    return found


def _led_astray(target: str | None, ids: list[str]) -> list[str]:
    if target is None or target == "#":
        return []
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not target.startswith(("/", "#")):
        return [f"leads elsewhere: {target}"]
    return [f"leads nowhere: {target}"] if target.startswith("#") and target[1:] not in {*ids, "top"} else []
