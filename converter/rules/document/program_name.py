"""Rules about the name of the program: one that is accepted, and otherwise what it is (24, 25)."""

import re
from collections.abc import Iterator, Sequence

from converter.facts.profiles import Program
from converter.facts.program_names import family_name, other_program, program_note
from converter.findings import kinds
from converter.findings.place import Place
from converter.language.english import listed
from converter.language.near import nearest
from converter.model.document import Identifier
from converter.rules.context import Aspect, Context, Words
from converter.rules.document.elsewhere import program_elsewhere

_OF_PRACTICE_SITES = frozenset({"cpcPlus", "pcf"})
"""Families whose documents are those of a practice site."""
_MIPS = "MIPS_"
_WITHOUT_ENTITY = "MIPS"
"""The one name that is accepted although it does not say who reports."""
_LONG_WORDS = {"INDIV": ("INDIVIDUAL",), "APMENTITY": ("APM",)}
"""Last word of a name -> what others write in its place."""
_OTHER_WORDS = {"CPC+": "CPCPLUS", "CPC_PLUS": "CPCPLUS", "CPC PLUS": "CPCPLUS", "PRIMARY CARE FIRST": "PCF"}
"""How people write the names of programs of practice sites."""
_PATHWAY = re.compile(r"[GM]\d{4}|MVP")
_SHORTEST = 3
_FEW = 6
"""More digits than these, and no letters, may be a TIN or NPI and are not shown."""


def program_name(context: Context) -> None:
    """One intended recipient with the name of a program that is accepted in the year (24, 25)."""
    profile = context.resolved.profile
    recipients = [item for item in context.resolved.identity.recipients if item.extension is not None]
    root = profile.identifiers["program"]
    if not recipients:
        seen = program_elsewhere(context)
        cause = context.cause(context.resolved.document.node, Aspect.KIND)
        words: Words = {"root": root, "example": "MIPS_GROUP", "seen": seen.words, "caused_by": cause}
        context.report(kinds.RECIPIENT_MISSING, fix=seen.remedy, related=seen.places, **words)
    elif len(recipients) > 1:
        names = ", ".join(item.extension or "" for item in recipients)
        related = tuple(context.tree.place(item.node, "extension") for item in recipients)
        context.report(kinds.RECIPIENT_REPEATED, found=names, count=len(recipients), root=root, related=related)
    else:
        _check_program(context, recipients[0])


def _check_program(context: Context, recipient: Identifier) -> None:
    name, related = recipient.extension or "", (context.tree.place(recipient.node, "extension"),)
    programs = context.resolved.profile.programs
    program = programs.get(name.upper())
    if program is None and (meant := programs.get(name.strip().upper())) and not meant.accepted:
        program = meant  # blanks do not matter where the name is refused without them, too
    if program is None:
        _report_unknown(context, name, related)
    elif not program.accepted:
        _report_not_accepted(context, program, related)
    elif program.name == _WITHOUT_ENTITY:
        context.report(
            kinds.PROGRAM_READ_AS_INDIVIDUAL, recipient.node, "extension", found=program.name, program=program.name
        )
    elif _foreign(context, program):
        found = f"{family_name(program.family)} ({program.name})"
        context.report(kinds.PROGRAM_NOT_CONVERTED, found=found, program=program.name, related=related)


def _accepted(context: Context) -> list[str]:
    programs = context.resolved.profile.programs.items()
    # Programs of practice sites are left out, so that nobody is sent to one from another.
    return sorted(key for key, item in programs if item.accepted and item.family not in _OF_PRACTICE_SITES)


def _foreign(context: Context, program: Program) -> bool:
    """Whether a program is known and accepted, but not one that is converted in the year."""
    return program.family in _OF_PRACTICE_SITES and program.name not in context.resolved.profile.practice_sites


# --- a name that the profile does not know -----------------------------------------------------------------------


def _report_unknown(context: Context, name: str, related: tuple[Place, ...]) -> None:
    word, accepted = name.strip().upper(), _accepted(context)
    if other := other_program(word):
        context.report(
            kinds.PROGRAM_OF_OTHER_REPORTING,
            found=name.strip(),
            expected=", ".join(accepted),
            programs=tuple(accepted),
            what=other["what"],
            remedy=other["remedy"],
            related=related,
        )
    elif names := _with_entity(context, word, accepted):
        wanted = listed(names, "or")
        context.report(
            kinds.PROGRAM_WITHOUT_ENTITY, found=name.strip(), wanted=wanted, programs=tuple(names), related=related
        )
    else:
        note, remedy = (
            _pathway(context, word, accepted) or _other_words(context, word) or _near(context, name, accepted)
        )
        digits = sum(one.isdecimal() for one in word)
        private = digits > _FEW and not any(one.isalpha() for one in word)
        context.report(
            kinds.PROGRAM_UNKNOWN,
            found=f"of {digits} digits" if private else f'"{name}"',
            expected=", ".join(accepted),
            programs=tuple(accepted),
            near="; a TIN or NPI may have been entered in its place" if private else note,
            fix=remedy,
            related=related,
        )


def _with_entity(context: Context, word: str, accepted: Sequence[str]) -> list[str]:
    """The names that say who reports, of the program that a name in QPP JSON or the beginning of a name is."""
    programs = context.resolved.profile.programs
    named = [one for one in accepted if (programs[one].program_name or "").upper() == word]
    if len(word) < _SHORTEST or named:
        return named
    begun = [one for one in accepted if _begins(one, word) or _begins(one.removeprefix(_MIPS), word)]
    return begun if len(begun) > 1 else []


def _begins(name: str, word: str) -> bool:
    return name.startswith(word) and not name[len(word) :][:1].isalpha()


def _pathway(context: Context, word: str, accepted: Sequence[str]) -> tuple[str, str] | None:
    """What is said of the id of a MIPS Value Pathway in place of the program."""
    if not _PATHWAY.fullmatch(word):
        return None
    profile = context.resolved.profile
    output, root = profile.output, profile.identifiers.get("mvp")
    title = context.resolved.catalog.pathways.get(word, {}).get("title")
    what = (
        f"it is the id of the MIPS Value Pathway {title}" if title else "it looks like the id of a MIPS Value Pathway"
    )
    note = f"; {'it means a MIPS Value Pathway' if word == 'MVP' else what}, which is named elsewhere in the document"
    programs = [profile.programs[one] for one in accepted if one.startswith(_MIPS)]
    names = [
        one.name
        for one in programs
        if one.program_name in output.mvp_programs and one.entity_type in output.mvp_entities
    ]
    if not names or root is None:
        return note, ""
    return note, (
        f"Write {listed(names, 'or')} as the name of the program, and name the pathway in a participant (typeCode TRC) "
        f'with <id root="{root}" extension="{word if word != "MVP" else "..."}"/> in its associatedEntity.'
    )


def _other_words(context: Context, word: str) -> tuple[str, str] | None:
    """What is said of a program that is not converted, under the name that people give it."""
    name = _OTHER_WORDS.get(word, "")
    program = context.resolved.profile.programs.get(name)
    if program is None:
        return None
    note = f"; it means {family_name(program.family)}"
    if program.accepted:
        return f"{note}, which is written {name}", f"Write {name}, and report the data as that program requires."
    more = program_note(name, context.year)
    return f"{note}, which is not accepted for performance year {context.year}", more["remedy"] if more else ""


def _near(context: Context, name: str, accepted: Sequence[str]) -> tuple[str, str]:
    word = name.strip().upper()
    if word in context.resolved.profile.programs:
        return (
            f", because of the spaces around it; it is close to {word}",
            f"Remove the spaces, and write the name as CMS does, such as {word}.",
        )
    near = nearest(name, {spelling: one for one in accepted for spelling in _spellings(one)})
    if near is None:
        return "", ""
    remedy = f"Replace it with the name of the program under which the {context.year} data is reported, such as {near}."
    return f"; it is close to {near}", remedy


def _spellings(name: str) -> Iterator[str]:
    """The name, and how others write it: with another last word, with or without MIPS before it."""
    yield name
    first, _, last = name.rpartition("_")
    yield from (f"{first}_{word}" for word in _LONG_WORDS.get(last, ()))
    if not name.startswith(_MIPS):
        yield _MIPS + name
    elif name.count("_") > 1:
        yield name.removeprefix(_MIPS)


# --- a name of other years ---------------------------------------------------------------------------------------


def _report_not_accepted(context: Context, program: Program, related: tuple[Place, ...]) -> None:
    more, accepted = program_note(program.name, context.year), _accepted(context)
    names = ", ".join(accepted)
    context.report(
        kinds.PROGRAM_NOT_ACCEPTED,
        found=program.name,
        program=program.name,
        programs=tuple(accepted),
        accepted_years=tuple(program.years),
        wanted=f"One of {names}" if more is None else f"One of {names}, for data of these programs",
        note=_note(program, context) + (f"; {more['note']}" if more else ""),
        fix=more["remedy"] if more else "",
        related=related,
    )


def _note(program: Program, context: Context) -> str:
    if program.years:
        verb = "was" if program.years[-1] < context.year else "is"
        return f"; it {verb} accepted for {_spans(program.years)}"
    if context.resolved.profile.preliminary:
        return f"; the implementation guide names it, but no release of CMS' converter handles {context.year} yet"
    return "; the implementation guide names it, but CMS' converter does not accept it"


def _spans(years: tuple[int, ...]) -> str:
    spans: list[list[int]] = []
    for year in years:
        if spans and spans[-1][1] == year - 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(str(a) if a == b else f"{a} to {b}" for a, b in spans)


RULES = (program_name,)
