"""The codes of CMS' converter and the findings of this tool: what is known of each, and what is said of it.

What is known of the codes stands in `schemas/official-codes.json`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from converter.explanation.explanation import Certainty, Explanation, Subject
from converter.facts.files import load_json, shipped_folder
from converter.findings.advice import page
from converter.findings.finding import Kind
from converter.findings.kinds import TABLE

_CODE = re.compile(
    r"""["']?((?:(?:official|conversion|cms'?)\ (?=[ecw]))?(?:ct\ ?[-\N{EN DASH}\N{EM DASH}:]?\ ?)?
    (?:(?:error\ ?code|error|err\.?|code|warning)["']?(?:\ (?:number|no\.?))?\ ?[:=\#-]?\ ?)*)
    [(\[]?(\d{1,3})[.:;,)\]]*""",
    re.IGNORECASE | re.VERBOSE,
)
SPECIFIC = "This tool reports a more specific finding instead."


def finding_explained(word: str) -> Explanation | None:
    """Explain the id or slug of a finding."""
    kind = next((kind for kind in TABLE.values() if word.upper() == kind.id or word.lower() == kind.slug), None)
    if kind is None:
        return None
    codes = () if kind.official_code is None else (kind.official_code,)
    return Explanation(
        word, Subject.FINDING, page(kind.id), id=kind.id, title=kind.slug, findings=(kind.id,), codes=codes
    )


def code_explained(word: str) -> Explanation | None:
    """Explain a code that CMS' converter emits, or that its documentation numbers otherwise."""
    number = _number(word)
    emitted = next((row for row in official_codes() if row["code"] == number), None)
    documented = [row for row in official_codes() if row["documented"] == number and row["code"] != number]
    if number is None or (emitted is None and not documented):
        return None
    retired = _retired(number)
    kinds = tuple(kind for row in ([emitted] if emitted else retired) for kind in kinds_of_row(row))
    if emitted:
        lines = [*code_words(emitted), *(finding_lines(kinds) or ["", SPECIFIC])]
    else:
        lines = [_words_of_retired(retired) or f"CMS' converter emits no code {number}.", *finding_lines(kinds)]
    for row in documented:
        lines += ["", f"CMS' documentation uses the number {number} for another message: {plain_name(row['name'])},"]
        lines.append(f"which its converter emits as code {row['code']}.")
    rows = [emitted] if emitted else retired
    return _code(word, number, "\n".join(lines), [*rows, *documented], kinds)


def retired_explained(word: str) -> Explanation | None:
    """Explain a code that only earlier releases of CMS' converter emit, where the number is nothing else."""
    number = _number(word)
    rows = [] if number is None else _retired(number)
    if number is None or not rows:
        return None
    kinds = tuple(kind for row in rows for kind in kinds_of_row(row))
    return _code(word, number, "\n".join([_words_of_retired(rows), *finding_lines(kinds)]), rows, kinds)


def with_code(found: Explanation, word: str) -> Explanation:
    """Say of an answer about a measure, where it is so, that its number is a code of earlier releases as well."""
    code = retired_explained(word)
    if code is None or not code.findings:
        return found
    return replace(found, text=f"{found.text.rstrip()}\n\nThe number may also be an error code:\n{code.text}")


def code_not_known(word: str) -> Explanation | None:
    """Say of a number that is called a code that CMS' converter has no such code; None for any other word."""
    match = _CODE.fullmatch(word)
    if match is None or not match[1]:
        return None
    text = (
        f"No public release of CMS' converter emits a code {int(match[2])}. The text of the message that came with it "
        "may say more."
    )
    return Explanation(word, Subject.UNKNOWN, text, Certainty.NOT_KNOWN)


def _code(word: str, number: int, text: str, rows: Sequence[Mapping[str, Any]], kinds: Sequence[Kind]) -> Explanation:
    return Explanation(
        word,
        Subject.OFFICIAL_CODE,
        text,
        id=str(number),
        title=next((plain_name(row["name"]) for row in rows if "name" in row), None),
        findings=tuple(kind.id for kind in kinds),
        codes=tuple(dict.fromkeys(row["code"] for row in rows)),
    )


def _number(word: str) -> int | None:
    """Return the official code that a word may be; a number such as 001 is the id of a measure."""
    match = _CODE.fullmatch(word)
    if match is None or (not match[1] and len(match[2]) == 3 and match[2].startswith("0")):
        return None
    return int(match[2])


def _retired(number: int) -> list[dict[str, Any]]:
    return [row for row in retired_codes() if row["code"] == number]


def _words_of_retired(rows: Sequence[Mapping[str, Any]]) -> str:
    return "\n\n".join("\n".join(code_words(row)) for row in rows)


def kinds_of_code(number: int) -> tuple[Kind, ...]:
    """Return the findings that are about the same as an official code."""
    return tuple(kind for kind in TABLE.values() if kind.official_code == number)


def kinds_of_row(row: Mapping[str, Any]) -> tuple[Kind, ...]:
    """Return the findings that are about the same as a code: those that its row names, or those that have the code.

    A code of earlier releases that stood for something else has none.
    """
    if "findings" in row:
        return tuple(TABLE[id] for id in row["findings"])
    return () if "last" in row else kinds_of_code(row["code"])


def finding_lines(kinds: Sequence[Kind]) -> list[str]:
    """Name the findings of this tool about a matter."""
    if not kinds:
        return []
    lines = ["", "This tool reports instead:", *(f"  {kind.id:<8} {kind.slug}" for kind in kinds)]
    return [*lines, "", f"`qrda2qpp explain {kinds[0].id}` explains the first of them."]


def official_codes() -> list[dict[str, Any]]:
    """Return the codes of the newest release of the official converter with what is known of each."""
    rows: list[dict[str, Any]] = _codes()["codes"]
    return rows


def retired_codes() -> list[dict[str, Any]]:
    """Return the codes that only earlier releases have, and those that stood for something else there."""
    rows: list[dict[str, Any]] = _codes()["retired"]
    return rows


def official_row(code: int, last: str | None = None) -> Mapping[str, Any] | None:
    """Return what is known of a code; with a release, what it stood for in the releases up to that one."""
    rows = [row for row in (*official_codes(), *retired_codes()) if row["code"] == code]
    return next((row for row in rows if row.get("last") == last), rows[0] if rows else None)


def code_words(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is to be said of a code of the official converter: what it means, and the other number it has."""
    earlier = f" of earlier releases (to {row['last']})" if "last" in row else ""
    yield f"Official code {row['code']}{earlier}{': ' + plain_name(row['name']) if 'name' in row else ''}."
    yield row["meaning"]
    if row.get("documented", row["code"]) != row["code"]:
        yield f"CMS' documentation numbers this message {row['documented']}."


def plain_name(name: str) -> str:
    """Return the name of a code as words in small letters."""
    return name.lower().replace("_", " ")


@lru_cache(maxsize=1)
def _codes() -> dict[str, Any]:
    return load_json(shipped_folder() / "official-codes.json")
