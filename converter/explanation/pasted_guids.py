"""GUIDs as people paste them: without hyphens, with other dashes, with O for 0, cut off, several in one text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from converter.explanation.explanation import Certainty, Explanation, Subject, together
from converter.explanation.guid_lookup import guid_explained, guid_or_nearest
from converter.facts.catalog import Catalog
from converter.facts.guids import all_identifiers
from converter.language.english import listed, number_of

_DASHES = re.compile(
    "[\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{HORIZONTAL BAR}\N{MINUS SIGN}"
    "\N{SMALL EM DASH}\N{SMALL HYPHEN-MINUS}\N{FULLWIDTH HYPHEN-MINUS}]"
)
_INVISIBLE = re.compile(
    "[\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{WORD JOINER}"
    "\N{ZERO WIDTH NO-BREAK SPACE}]"
)
_WRAPPED = re.compile(r"(?<=[0-9a-fA-F])- (?=[0-9a-fA-F]{4,12}\b)")
_RUN = r"[0-9A-Za-z]+(?:-+[0-9A-Za-z]+)*-?"
_DOTS = r"(?:\.{2,}|\N{HORIZONTAL ELLIPSIS})"
_TOKEN = re.compile(rf"(?<![\w.])(?:({_RUN})(?:\s?({_DOTS})\s?-?({_RUN})?)?|({_DOTS})\s?-?({_RUN}))(?!\w)")
_BLANKS = re.compile(r"[0-9A-Fa-f]{8}(?: [0-9A-Fa-f]{4}){3} [0-9A-Fa-f]{12}")
_LOOK_ALIKE = str.maketrans("OoIl", "0011")
_HEX = frozenset("0123456789abcdef")
_LENGTH, _FARTHEST, _SHORTEST = 32, 2, 8
_FEWEST, _FEWEST_BARE = 4, 6
"""What has fewer digits before dots, or without dots, is not part of a GUID."""
_GROUPS = (8, 12, 16, 20)
_LISTED = 6


@dataclass(frozen=True, slots=True)
class Pasted:
    """A stretch of a text that is a GUID, or a part of one.

    Attributes:
        written: as it is written in the text.
        head: its digits, in small letters, with zeros for the letter O; those before the dots where it is cut.
        tail: the digits after the dots.
        cut: whether a part of it is missing.
        certain: whether it has the form of a part of a GUID, and is not perhaps another word.
    """

    written: str
    head: str
    tail: str = ""
    cut: bool = False
    certain: bool = True


def pasted_guids(word: str, catalog: Catalog) -> Explanation | None:
    """Explain the GUIDs in a text, in whatever form; None where there is none."""
    found = [one for pasted in _found(word) if (one := _explained(pasted, catalog)) is not None]
    return together(word, tuple({(one.id, one.text): one for one in found}.values())) if found else None


def _found(word: str) -> Iterator[Pasted]:
    plain = _WRAPPED.sub("-", _INVISIBLE.sub("", word))
    dashed = _BLANKS.sub(lambda match: match[0].replace(" ", "-"), _DASHES.sub("-", plain))
    for match in _TOKEN.finditer(dashed):
        head, tail = match[1] or "", match[3] or match[5] or ""
        written = plain[match.start() : match.end()]
        if found := _pasted(written, head, tail, bool(match[2] or match[4])):
            yield found


def _pasted(written: str, head: str, tail: str, dots: bool) -> Pasted | None:
    digits, end = _digits(head), _digits(tail)
    wrong = sum(one not in _HEX for one in digits + end)
    if not dots and abs(len(digits) - _LENGTH) <= _FARTHEST and wrong <= _FARTHEST:
        return Pasted(written, digits)
    length = len(digits) + len(end)
    first = len(head.partition("-")[0])
    if "-" not in head and not any(one.isdecimal() for one in head + tail):
        return None
    if wrong or length < (_FEWEST if dots else _FEWEST_BARE) or length >= _LENGTH - _FARTHEST:
        return None
    if "-" in head and not (first in _GROUPS and all(len(one) in (0, 4) for one in head.split("-")[1:4][:-1])):
        return None
    return Pasted(written, digits, end, cut=True, certain=dots or "-" in head)


def _digits(text: str) -> str:
    return text.replace("-", "").translate(_LOOK_ALIKE).lower()


def _explained(pasted: Pasted, catalog: Catalog) -> Explanation | None:
    shorter = len(pasted.head) < _LENGTH and any(_fits(one.replace("-", ""), pasted) for one in _all_known(catalog))
    if pasted.cut or shorter:
        return _cut(pasted, catalog)
    guid = hyphened(pasted.head)
    written = _DASHES.sub("-", pasted.written).replace(" ", "-").lower()
    if written == guid and len(pasted.head) == _LENGTH:
        # Letters and hyphens are right; dashes of another kind are the only fault.
        found = guid_explained(guid, catalog)
    else:
        known = guid if len(pasted.head) == _LENGTH and set(pasted.head) <= _HEX else pasted.head
        found = guid_or_nearest(known if known == guid else written, catalog)
    if found is None:
        return None
    if found.found and found.id == guid and (faults := list(_faults(pasted, guid))):
        found = replace(found, text=f"{pasted.written} is {guid}, misspelled: {listed(faults)}.\n{found.text}")
    elif not found.found and len(pasted.head) != _LENGTH:
        note = f"It has {len(pasted.head)} digits; a GUID has {_LENGTH}. Copy it again from its source.\n"
        found = replace(found, text=found.text + note)
    return replace(found, word=pasted.written)


def hyphened(digits: str) -> str:
    """Return 32 digits as they are written in a GUID."""
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _faults(pasted: Pasted, guid: str) -> Iterator[str]:
    written = pasted.written.lower()
    dashed = _DASHES.sub("-", written)
    if " " in written:
        yield "it has spaces instead of hyphens"
    elif "-" not in dashed:
        yield "it has no hyphens"
    elif [at for at, one in enumerate(dashed) if one == "-"] != [at for at, one in enumerate(guid) if one == "-"]:
        yield "a hyphen is missing or in the wrong place"
    elif dashed != written:
        yield "its dashes are not hyphens"
    letters = sorted({one for one in pasted.written if one in "OoIl"})
    if letters:
        yield f"the letter {listed(letters)} is written instead of the digit that looks like it"


def _cut(pasted: Pasted, catalog: Catalog) -> Explanation | None:
    known = [one for one in _all_known(catalog) if _fits(one.replace("-", ""), pasted)]
    if not known and not pasted.certain:
        return None
    length = len(pasted.head) + len(pasted.tail)
    if len(known) == 1 and length >= _SHORTEST and (found := guid_explained(known[0], catalog)):
        lead = f"{pasted.written} is part of {known[0]}, the only known GUID with these digits.\n"
        return replace(found, word=pasted.written, text=lead + found.text)
    if known:
        return _too_short(pasted, known, catalog)
    text = f"{pasted.written} is not part of the GUID of any measure or population of any year.\n"
    return Explanation(pasted.written, Subject.UNKNOWN, text, Certainty.NOT_KNOWN, year=catalog.year)


def _too_short(pasted: Pasted, known: list[str], catalog: Catalog) -> Explanation:
    have = "has" if len(known) == 1 else "have"
    lines = [f"{pasted.written} is too short to tell which GUID it is: {number_of(len(known), 'GUID')} that "
             f"{'is' if len(known) == 1 else 'are'} known {have} these digits. Paste more of it, "
             f"if possible all {_LENGTH} digits."]  # fmt: skip
    if 1 < len(known) <= _LISTED:
        named = ((guid, guid_explained(guid, catalog)) for guid in known)
        lines += [f"  {guid}  {one.text.splitlines()[0].removeprefix(f'{guid} is ')}" for guid, one in named if one]
    text = "\n".join(lines) + "\n"
    return Explanation(pasted.written, Subject.UNKNOWN, text, Certainty.NOT_KNOWN, year=catalog.year)


def _fits(digits: str, pasted: Pasted) -> bool:
    return digits.startswith(pasted.head) and digits.endswith(pasted.tail)


def _all_known(catalog: Catalog) -> Iterator[str]:
    yield from dict.fromkeys((*all_identifiers(), *(measure.guid.lower() for measure in catalog)))
