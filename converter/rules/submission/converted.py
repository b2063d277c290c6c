"""The submission rules' view of a converted document."""

from collections.abc import Mapping

from converter.assemble.assembled import Assembled
from converter.assemble.locate import locate_nearest
from converter.catalog.catalog import load_catalog, years_with
from converter.findings.place import Place
from converter.profiles.profile import Profile
from converter.profiles.submission_rules import load_submission_rules
from converter.resources import Folders
from converter.rules.context import Context
from converter.rules.submission.context import SubmissionContext, Where
from converter.rules.submission.subject import subject_of


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
    catalog = resolved.catalog if year == resolved.catalog.year else load_catalog(folders, year)

    def find_place(pointer: str) -> Place | None:
        node, attribute = locate_nearest(assembled, pointer)
        return tree.place(node, attribute)

    subject = subject_of(assembled.members, catalog)
    if subject.entity_type is None:
        for one in subject.sets:
            one.program = None  # not known, which is not the same as not named
    return SubmissionContext(
        subject=subject,
        catalog=catalog,
        rules=load_submission_rules(folders, year),
        findings=context.findings,
        find_place=find_place,
        where=_where(resolved.profile, subject.entity_type or ""),
        answers=("Y", "N"),
        years_with=lambda word: years_with(word, folders),
        converted=True,
        cehrt_given=resolved.identity.cehrt is not None and catalog is resolved.catalog,
        incomplete=incomplete,
    )


def _where(profile: Profile, entity_type: str) -> Mapping[str, Where]:
    roots = profile.identifiers
    performer, organization = "performer/assignedEntity", "the performer's representedOrganization"
    found = {
        "npi": _id(
            roots["npi"], performer, "the NPI (10 digits)", "; for a group, use the group's program name instead"
        ),
        "tin": _id(roots["tin"], organization, "the TIN (9 digits, no dash)"),
        "cehrt": _cehrt(roots.get("cehrt", "")),
    }
    entity = roots.get(profile.output.entity_id_from.get(entity_type, ""))
    return found | ({"entity": _id(entity, organization, "the id that CMS has given")} if entity else {})


def _id(root: str, where: str, value: str, unless: str = "") -> Where:
    return Where(
        f"An id with root {root} in {where}",
        f'Add <id root="{root}" extension="..."/> with {value}, in {where}{unless}.',
    )


def _cehrt(root: str) -> Where:
    return Where(
        f"A participant (typeCode DEV) with associatedEntity/id of root {root}",
        f'add it as <participant typeCode="DEV"><associatedEntity classCode="RGPR"><id root="{root}" extension="..."/>'
        "</associatedEntity></participant> in the header of the document",
    )
