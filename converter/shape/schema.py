"""The JSON Schema of QPP JSON: validates a submission, and says in words what is wrong with its shape.

Where a violation is better told by one of the submission rules, the schema names that finding (`x-finding`); the rule
has then reported it, and it is not told twice.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from converter.errors import DataFileError
from converter.facts.files import Folders
from converter.findings import kinds
from converter.interrupts import pass_on_interrupt
from converter.language.english import either, small
from converter.language.identifiers import NPI_DIGITS, TIN_DIGITS, number_words
from converter.language.near import near_name
from converter.parsers.qpp_json.parts import Part
from converter.resolve.submission_context import SubmissionContext
from converter.shape.member_words import example, given_words, member_name, parent_words, shown
from converter.shape.schema_files import common_schema, load_schema, schema_of
from converter.shape.told import Told
from converter.source.json.pointers import escape, join, split

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

_TYPES = {
    "integer": "a whole number",
    "number": "a number",
    "string": "a text in quotation marks",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}
_OTHER_NAMES = {
    "numerator": "performanceMet",
    "denominator": "eligiblePopulation",
    "populationTotal": "eligiblePopulation",
    "performanceExclusion": "eligiblePopulationExclusion",
    "tin": "taxpayerIdentificationNumber",
    "npi": "nationalProviderIdentifier",
}
"""Names that others give to a member, among them those of CMS' first drafts -> its name."""
_SHOWN = 8
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_OTHER_VALUE = (kinds.VALUE_SHAPE, kinds.NOT_FROM_THIRD_PARTIES, kinds.MEASURE_OF_OTHER_CATEGORY)
_IMPOSSIBLE = (kinds.REMAINDER_NEGATIVE.id, kinds.NUMERATOR_OVER_DENOMINATOR.id)
_PRIVATE = {
    "taxpayerIdentificationNumber": kinds.TIN_FORMAT,
    "nationalProviderIdentifier": kinds.NPI_FORMAT,
    "nationalProviderIdentifiers": kinds.NPI_FORMAT,
}
_SWAPPED = (kinds.TIN_FORMAT.id, kinds.NPI_FORMAT.id)


@lru_cache(maxsize=32)
def validator(folders: Folders, year: int, *, alone: bool = False) -> "Draft202012Validator":
    """Return the validator of a year, compiled once; a year without schema of its own has that of the year before.

    Args:
        folders: where the schemas are looked for (`qpp/<year>.schema.json`).
        year: performance year.
        alone: whether it is for a measurement set by itself, not for a submission.

    Raises:
        DataFileError: a schema cannot be read, or is none.
    """
    # Imported here, because it is slow to load and only a check of QPP JSON needs it.
    from jsonschema import Draft202012Validator
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    schema = load_schema(schema_of(folders, year)[1])
    common = load_schema(common_schema(folders))
    resources = [(one["$id"], DRAFT202012.create_resource(one)) for one in (schema, common)]
    root = {"$ref": f"{schema['$id']}{'#/$defs/measurementSetAlone' if alone else ''}"}
    registry = Registry().with_resources(resources)
    return Draft202012Validator(root, registry=registry)


@lru_cache(maxsize=32)
def _read_only(folders: Folders, definition: str) -> frozenset[str]:
    """Names of the members that CMS gives out, of an object that the common schema defines."""
    path = common_schema(folders)
    try:
        rules = dict(load_schema(path)["$defs"][definition].get("properties", {}))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise DataFileError(f"The schema {path} does not define {definition}.") from error
    return frozenset(name for name, rule in rules.items() if isinstance(rule, Mapping) and rule.get("readOnly"))


def violations(
    members: Mapping[str, Any], folders: Folders, year: int, *, alone: bool = False
) -> "list[ValidationError]":
    """Return what the schema has against a submission or measurement set, one object after the other."""
    asked = validator(folders, year, alone=alone)
    try:
        found = list(asked.iter_errors(members))
    except Exception as error:
        pass_on_interrupt(error)
        paths = [
            path for path in (schema_of(folders, year)[1], common_schema(folders)) if path.parent.parent != folders[-1]
        ]
        if not paths:
            raise
        # What a schema names and nobody defines, or a pattern that is none, shows only when it is used.
        raise DataFileError(f"The data file {paths[0]} cannot be used as a schema ({type(error).__name__}).") from error
    # Steps are names and numbers, which cannot be compared with each other. Of one value its type comes first, because
    # a wrong type silences the rest.
    return sorted(
        found,
        key=lambda one: ([(isinstance(step, str), step) for step in one.absolute_path], one.validator != "type"),
    )


def shape(context: SubmissionContext, part: Part, folders: Folders, before: int = 0) -> None:
    """Report what is wrong with the shape of a submission: run after the rules, whose findings are not repeated.

    Args:
        context: the submission.
        part: where it stands in its file.
        folders: where the schemas are looked for.
        before: how many findings there were before the rules.
    """
    of_rules = list(islice(context.findings, before, None))
    told = Told((one.id, one.place.pointer or "") for one in of_rules if one.place)
    others = {
        (one.place.pointer or "").removesuffix("/measureId")
        for one in of_rules
        if one.kind in _OTHER_VALUE and one.place
    }
    moved = {pointer.removesuffix("/measureId") for id, pointer in told.at if id == kinds.MEASURE_OF_OTHER_CATEGORY.id}
    impossible = {pointer.rpartition("/")[0] for id, pointer in told.at if id in _IMPOSSIBLE}
    types: set[str] = set()
    borrowed = (
        schema_of(folders, context.year)[0] != context.year
    )  # what its year fixes, such as programs, is out of date
    for error in violations(part.members, folders, context.year, alone=part.alone):
        pointer = part.pointer + join(error.absolute_path)
        if pointer in types:
            continue  # of the wrong type: the rest does not matter
        if error.validator == "type":
            types.add(pointer)
        whose = pointer.partition("/value")[0]
        if whose in others and "/value" in pointer and not (whose in moved and _fits_nothing(pointer, error)):
            continue  # the value is another than the measure has: its members are beside the point
        if error.validator == "minimum" and pointer.rpartition("/")[0] in impossible:
            continue  # it follows from counts that cannot be
        rule = error.schema.get("x-finding") if isinstance(error.schema, Mapping) else None
        if rule is None or not (borrowed or _is_told(rule, pointer, told, part)):
            _report(context, part, folders, pointer, error)
    types |= {one.place.pointer or "" for one in islice(context.findings, before, None) if one.place}
    _report_additions(context, part, folders, types)


def _fits_nothing(pointer: str, error: "ValidationError") -> bool:
    """Whether a value is one that no measure has, of whatever category: a number, a text, a list or null."""
    return pointer.endswith("/value") and error.validator == "type" and not isinstance(error.instance, bool | Mapping)


def _is_told(rule: str, pointer: str, told: Told, part: Part) -> bool:
    """Whether a rule has reported its finding there: at the value, at what holds it or at what is in it."""
    if rule == kinds.PROGRAM_ENTITY.id:
        if (kinds.PROGRAM_NOT_OF_YEAR.id, pointer) in told.at:
            return True
        pointer = part.pointer  # said once for all sets of a program
    beside = f"{pointer.rpartition('/')[0]}/nationalProviderIdentifier"
    if rule in _SWAPPED and (kinds.TIN_NPI_SWAPPED.id, beside) in told.at:
        return True
    return told.around(rule, pointer)


def malformed(members: Mapping[str, Any], folders: Folders, year: int) -> str | None:
    """Say what is malformed in a submission that this tool has written; None where names, types and shapes are right.

    What the document lacks or states wrongly (no CEHRT id, a negative remainder) is not malformed: it has its finding.
    """
    for error in violations(members, folders, year):
        told = isinstance(error.schema, Mapping) and "x-finding" in error.schema
        if not told and error.validator != "minimum":
            return f"{error.validator} at {error.json_path}"
    return None


def _report(context: SubmissionContext, part: Part, folders: Folders, pointer: str, error: "ValidationError") -> None:
    private = _PRIVATE.get(next((step for step in reversed(split(pointer)) if not step.isdecimal()), ""))
    if error.validator == "required":
        _report_missing(context, part, pointer, error)
    elif error.validator == "additionalProperties":
        _report_unknown(context, part, folders, pointer, error)
    elif error.validator == "type":
        _report_type(context, part, pointer, error)
    elif error.validator == "pattern" and private:
        text = str(error.instance)
        words = (
            number_words(text, "TIN", TIN_DIGITS)
            if private is kinds.TIN_FORMAT
            else number_words(text, "NPI", NPI_DIGITS)
        )
        context.report(private, pointer, found=text, **words)
    else:
        problem, wanted = _problem(error)
        context.report(
            kinds.MEMBER_VALUE,
            pointer,
            found=None if isinstance(error.instance, Mapping | list) else shown(error.instance),
            member=member_name(part, pointer),
            problem=problem,
            wanted=wanted,
        )


def _report_missing(context: SubmissionContext, part: Part, pointer: str, error: "ValidationError") -> None:
    given = error.instance if isinstance(error.instance, Mapping) else {}
    names: Sequence[str] = error.validator_value if isinstance(error.validator_value, list) else ()
    for name in names:
        if name not in given:
            parent = parent_words(part, pointer)
            context.report(kinds.MEMBER_MISSING, pointer, parent=parent, member=name, shape=example(name, context.year))


def _given_out(folders: Folders, part: Part, pointer: str) -> frozenset[str]:
    """Names of the members of an object that CMS gives out, and that need not be named as known ones."""
    before = split(pointer[len(part.pointer) :])[-2:-1]
    definition = {"measurementSets": "measurementSet", "measurements": "measurement"}.get("".join(before))
    root = "measurementSet" if part.alone else "identity"
    return _read_only(folders, definition or (root if pointer == part.pointer else "computedRates"))


def _report_unknown(
    context: SubmissionContext, part: Part, folders: Folders, pointer: str, error: "ValidationError"
) -> None:
    names = list(error.schema.get("properties", ())) if isinstance(error.schema, Mapping) else []
    given_out = _given_out(folders, part, pointer)
    known = [one for one in names if one not in given_out]
    given = error.instance if isinstance(error.instance, Mapping) else {}
    for name in given:
        if name in names:
            continue
        free = [one for one in known if one not in given]
        near = _OTHER_NAMES[name] if _OTHER_NAMES.get(name) in free else near_name(name, free)
        context.report(
            kinds.MEMBER_UNKNOWN,
            f"{pointer}/{escape(name)}",
            member=name,
            parent=parent_words(part, pointer, lower=True),
            meant=near,
            known_members=tuple(known),
            near=f"; {near} is probably meant" if near else "",
            known=either(known),
            remedy=f'Write "{near}" if that is what is meant; otherwise, remove "{name}".'
            if near
            else f'Remove "{name}".',
        )


def _report_type(context: SubmissionContext, part: Part, pointer: str, error: "ValidationError") -> None:
    member = member_name(part, pointer)
    wanted: Any = error.validator_value
    names = [wanted] if isinstance(wanted, str) else [one for one in wanted if one != "null"]
    words = " or ".join(_TYPES.get(one, one) for one in names)
    given = error.instance
    remedy = f'Write "{member}" as {words}.'
    if isinstance(given, str) and _NUMBER.fullmatch(given) and {"integer", "number"} & set(names):
        remedy = "Write the number without quotation marks."
    elif isinstance(given, str) and given.lower() in ("true", "false", "y", "n") and "boolean" in names:
        remedy = "Write true or false without quotation marks."
    elif isinstance(given, int | float) and names == ["string"]:
        remedy = "Put the value in quotation marks, and keep any leading zeros."
    context.report(
        kinds.MEMBER_TYPE,
        pointer,
        found=None if isinstance(given, Mapping | list) else shown(given),
        member=member,
        types=tuple(names),
        given=given_words(given),
        wanted=words,
        remedy=remedy,
    )


def _problem(error: "ValidationError") -> tuple[str, str]:
    """What is wrong with a value, and what was wanted."""
    rule = error.validator_value
    said = error.schema.get("description", "") if isinstance(error.schema, Mapping) else ""
    value = "it" if isinstance(error.instance, Mapping | list) else f"it is {shown(error.instance)}"
    if error.validator == "minimum":
        return (f"{value}, below {rule}", f"{rule} or more")
    if error.validator == "maximum":
        return (f"{value}, above {rule}", f"{rule} or less")
    if error.validator in ("enum", "const"):
        names = [str(one) for one in (rule if isinstance(rule, list) else [rule]) if one is not None]
        return "it is not one that CMS recognizes", ", ".join(names[:_SHOWN]) + ", ..." * (len(names) > _SHOWN)
    if error.validator in ("pattern", "format"):
        form = said.partition(". ")[0].rstrip(".")
        return f"it is not {small(form)}" if form else "it is not written in the required form", said or "-"
    if error.validator in ("minItems", "minLength"):
        return "it is empty", said or "At least one"
    return said.rstrip(".") or "it does not fit", said or "Another value"


def _report_additions(context: SubmissionContext, part: Part, folders: Folders, told: set[str]) -> None:
    """Members that CMS gives out, and members without a value: both should not be sent."""
    for definition, pointer, members in _objects(part):
        read_only = _read_only(folders, definition)
        for name, value in members.items():
            where = f"{pointer}/{escape(name)}"
            if where in told:
                continue
            if name in read_only:
                context.report(kinds.MEMBER_READ_ONLY, where, member=name)
            elif value is None:
                context.report(kinds.MEMBER_NULL, where, member=name)


def _objects(part: Part) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Submission, measurement sets and measurements: their definition in the common schema, pointer and members."""
    if not part.alone:
        yield "identity", part.pointer, part.members
    sets = [part.members] if part.alone else part.members.get("measurementSets")
    for index, one in enumerate(sets if isinstance(sets, list) else ()):
        if not isinstance(one, Mapping):
            continue
        pointer = part.pointer if part.alone else f"{part.pointer}/measurementSets/{index}"
        yield "measurementSet", pointer, one
        measurements = one.get("measurements")
        for number, item in enumerate(measurements if isinstance(measurements, list) else ()):
            if isinstance(item, Mapping):
                yield "measurement", f"{pointer}/measurements/{number}", item
