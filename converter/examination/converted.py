"""The submission rules' view of a converted document."""

from collections.abc import Callable, Mapping

from converter.assemble.assembled import Assembled
from converter.facts.catalog import load_catalog, years_with
from converter.facts.files import Folders
from converter.facts.policies import SubmissionRules, load_submission_rules
from converter.findings.place import Place
from converter.parsers.qpp_json.subject import subject_of
from converter.resolve.submission_context import Seen, SubmissionContext, Where
from converter.rules.context import Context
from converter.rules.document.elsewhere import IF_GROUP, cehrt_elsewhere, entity_elsewhere, npi_elsewhere, tin_elsewhere


def context_of(
    context: Context, assembled: Assembled, folders: Folders, year: int, incomplete: frozenset[str] = frozenset()
) -> SubmissionContext:
    """Return the context of the submission rules for a document.

    Args:
        context: the document under examination.
        assembled: its submission.
        folders: where the data files are looked for.
        year: the year whose rules are asked: the one that is written.
        incomplete: categories of which a part was left out.
    """
    resolved, tree = context.resolved, context.tree
    rules = load_submission_rules(folders, year)
    catalog = resolved.catalog if year == resolved.catalog.year else load_catalog(folders, year)

    def find_place(pointer: str) -> Place | None:
        node, attribute = assembled.locate_nearest(pointer)
        return tree.place(node, attribute)

    subject = subject_of(assembled.members, catalog)
    if subject.entity_type is None:
        for one in subject.sets:
            one.program = None  # not known, which is not the same as not named
    return SubmissionContext(
        subject=subject,
        catalog=catalog,
        rules=rules,
        findings=context.findings,
        find_place=find_place,
        where=_where(context, subject.entity_type or "", rules),
        answers=("Y", "N"),
        years_with=lambda word: years_with(word, folders),
        converted=True,
        cehrt_given=resolved.identity.cehrt is not None and catalog is resolved.catalog,
        incomplete=incomplete,
    )


def _where(context: Context, entity_type: str, rules: SubmissionRules) -> Mapping[str, Where]:
    profile = context.resolved.profile
    roots = profile.identifiers
    performer, organization = "performer/assignedEntity", "the performer's representedOrganization"
    found = {
        "npi": _id(
            roots["npi"],
            performer,
            "the NPI (10 digits)",
            lambda: npi_elsewhere(context),
            IF_GROUP,
        ),
        "tin": _id(roots["tin"], organization, "the TIN (9 digits, no dash)", lambda: tin_elsewhere(context)),
        "cehrt": _cehrt(roots.get("cehrt", ""), lambda: cehrt_elsewhere(context, rules.cehrt_format)),
    }
    kind = profile.output.entity_id_from.get(entity_type, "")
    if root := roots.get(kind):
        found["entity"] = _id(root, organization, "the id that CMS assigned", lambda: entity_elsewhere(context, kind))
    return found


def _id(root: str, where: str, value: str, look: Callable[[], Seen], unless: str = "") -> Where:
    return Where(
        f'<id root="{root}" extension="..."/> in {where}', f"In the header of the document, add {value}{unless}.", look
    )


def _cehrt(root: str, look: Callable[[], Seen]) -> Where:
    return Where(
        f'<participant typeCode="DEV"><associatedEntity classCode="RGPR"><id root="{root}" extension="..."/>'
        "</associatedEntity></participant> in the header",
        "add it to the header of the document",
        look,
    )
