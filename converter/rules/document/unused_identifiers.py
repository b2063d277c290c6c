"""Rules about who reports that need the document: what of its identifiers is not submitted. Stage `submission`."""

from converter.facts.profiles import Program
from converter.findings import kinds
from converter.language.terms import ENTITY_NAMES, program_words
from converter.rules.context import Context


def npi_in_group(context: Context) -> None:
    """The document of a group or entity names no clinician."""
    identity, output, program = context.resolved.identity, context.resolved.profile.output, _program(context)
    if identity.npi is None or program is None or program.entity_type in output.npi_for:
        return
    individual = next(
        (one.name for one in context.resolved.profile.programs.values()
         if one.accepted and one.family == program.family and one.name.endswith("_INDIV")),
        "of individual clinicians",
    )  # fmt: skip
    entity = ENTITY_NAMES[program.entity_type]
    context.report(
        kinds.NPI_IN_GROUP,
        identity.npi.node,
        "extension",
        found=identity.npi.extension,
        entity_type=program.entity_type,
        entity=entity,
        individual=individual,
    )


def one_performer(context: Context) -> None:
    """A document has one performer; the official converter silently takes the first."""
    performers = context.resolved.document.performers
    if len(performers) > 1 and _program(context):
        context.report(kinds.SEVERAL_PERFORMERS, performers[1].node, count=len(performers))


def pathway_used(context: Context) -> None:
    """A MIPS Value Pathway that the document names is the program of its submission."""
    identity, output = context.resolved.identity, context.resolved.profile.output
    program = _program(context)
    if identity.mvp is None or program is None or program.program_name is None or not output.mvp_programs:
        return
    if program.program_name not in output.mvp_programs:
        why = f"{program.name} does not report under pathways"
    elif program.entity_type not in output.mvp_entities:
        why = f"{ENTITY_NAMES[program.entity_type]} cannot report under one"
    else:
        return
    context.report(
        kinds.MVP_NOT_USED, identity.mvp.node, "extension", found=identity.mvp.extension, why=why,
        program=program.program_name, under=program_words(program.program_name),
        pathway=context.resolved.catalog.program_words(identity.mvp.extension or ""),
    )  # fmt: skip


def pathway_elsewhere(context: Context) -> None:
    """The id of a MIPS Value Pathway stands under its root, since it is submitted only from there."""
    resolved = context.resolved
    program, output, root = _program(context), resolved.profile.output, resolved.profile.identifiers.get("mvp")
    if resolved.identity.mvp or root is None or program is None or program.program_name not in output.mvp_programs:
        return
    for one in resolved.document.participant_ids:
        if (one.extension or "").strip().upper() in resolved.catalog.pathways and one.root != root:
            context.report(
                kinds.MVP_UNDER_OTHER_ROOT, one.node, "root", found=one.extension, root=root,
                program=program.program_name, under=program_words(program.program_name),
                pathway=resolved.catalog.program_words((one.extension or "").strip().upper()),
            )  # fmt: skip


def one_cehrt_id(context: Context) -> None:
    """A document names one certified EHR; the official converter silently takes the first (SV-032)."""
    if context.resolved.practice:
        return
    root = context.resolved.profile.identifiers.get("cehrt")
    found = [one for one in context.resolved.document.participant_ids if one.root == root and one.extension]
    different = {(one.extension or "").upper() for one in found}
    if len(different) > 1:
        dropped = "the other is dropped" if len(different) == 2 else "the others are dropped"
        context.report(kinds.CEHRT_SEVERAL, found[1].node, "extension", count=len(different), dropped=dropped)


def _program(context: Context) -> Program | None:
    """The program that the submission is assembled for; None where it is not known, or not one of the year.

    None for practice sites, too: their clinicians are all named, and have rules of their own (`practice_sites`).
    """
    assembled = None if context.resolved.practice else context.assembled
    return context.resolved.identity.program if assembled and "entityType" in assembled.members else None


RULES = (npi_in_group, one_performer, pathway_used, pathway_elsewhere, one_cehrt_id)
