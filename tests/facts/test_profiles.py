"""schemas/profiles/*.json: the profiles hold what the conversion reads, and nothing else."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from converter.facts import profiles
from converter.facts.files import data_folders
from tests.documents import SCHEMAS, YEARS

Json = dict[str, Any]
OTHER = "something else"


@cache
def facts(year: int) -> Json:
    data: Json = json.loads((SCHEMAS / "profiles" / f"{year}.json").read_bytes())
    return data


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the place of every value that holds no others."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [place for step, one in steps for place in places(one, (*path, step))]
    yield from found or [path]


def changed(data: Json, path: tuple[str | int, ...]) -> Json:
    """Return a copy with another value at a place."""
    copied = copy.deepcopy(data)
    holder: Any = copied
    for step in path[:-1]:
        holder = holder[step]
    before = holder[path[-1]]
    holder[path[-1]] = [OTHER] if isinstance(before, list | dict) else "preliminary" if before == "final" else OTHER
    return copied


def load(data: Json, monkeypatch: pytest.MonkeyPatch) -> profiles.Profile:
    monkeypatch.setattr(profiles, "load_year", lambda *_: data)
    return profiles.load_profile.__wrapped__(data_folders(), 0)


@pytest.mark.parametrize("year", YEARS)
def test_everything_in_a_profile_is_read(year: int, monkeypatch: pytest.MonkeyPatch) -> None:
    data = facts(year)
    right = load(data, monkeypatch)
    unread = []
    for place in places({key: value for key, value in data.items() if key != "origin"}):
        try:
            same = load(changed(data, place), monkeypatch) == right
        except (AttributeError, KeyError, TypeError, ValueError):
            same = False  # it was read, and could not be understood
        if same:
            unread.append(place)
    assert unread == []


@pytest.mark.parametrize("year", YEARS)
def test_every_template_has_a_root_of_its_own(year: int) -> None:
    rows = facts(year)["templates"].values()
    assert len({row["root"] for row in rows}) == len(rows)


def test_a_type_may_have_a_template_that_the_guide_does_not_list(monkeypatch: pytest.MonkeyPatch) -> None:
    data = copy.deepcopy(facts(2025))
    data["types"]["document"] = ["1.2.3"]
    assert load(data, monkeypatch).document_extension == ""
