"""The words of the page are those that a native editor would use, as in everything that users read."""

import re
from pathlib import Path

import pytest

import converter.service.page
from tests.findings.test_wording import faults

_FOLDER = Path(converter.service.page.__file__).parent
_JINJA = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_QUOTED = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_TAG = re.compile(r"<[^>]*>", re.DOTALL)
_SENTENCE = re.compile(r"\"([A-Z][^\"\n]{6,})\"")


@pytest.mark.parametrize("template", sorted((_FOLDER / "templates").iterdir()), ids=lambda path: path.name)
def test_words_of_templates(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    inside = " ".join(match for jinja in _QUOTED.findall(text) for match in _SENTENCE.findall(jinja))
    assert faults(_TAG.sub(" ", _JINJA.sub(" ", text))) == []
    assert faults(inside) == []


@pytest.mark.parametrize("script", sorted((_FOLDER / "static").glob("*.js")), ids=lambda path: path.name)
def test_words_of_scripts(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert faults(" ".join(_SENTENCE.findall(text))) == []
    assert faults(" ".join(re.findall(r"^ *// (.*)$", text, re.MULTILINE))) == []
