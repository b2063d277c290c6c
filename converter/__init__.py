"""Convert QRDA III XML to QPP JSON for every performance year, and say what is wrong, where and what to do.

    import converter

    result = converter.convert("report.xml")
    result.ok, result.to_json(), result.findings, result.measures, result.to_text()

The names below load what they need on first use; importing this package costs nothing.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from converter.batch.many import check_many, convert_many
    from converter.door import check, convert, render
    from converter.emitters.reports.report import Report
    from converter.errors import (
        AnswerError,
        BlockedError,
        ConverterError,
        DataFileError,
        DataFileWarning,
        SourceError,
        UsageError,
    )
    from converter.explanation.explanation import Certainty, Explanation, Subject
    from converter.explanation.lookup import explain
    from converter.explanation.response import explain_response
    from converter.explanation.response.explained import ExplainedAnswer, ExplainedMessage, Mention
    from converter.findings.fault import Framed
    from converter.findings.finding import Effect, Finding, Kind, MeasureLabel, Severity, Stage
    from converter.findings.frame import FrameLine
    from converter.findings.place import Place
    from converter.model.identity import Identity
    from converter.model.inventory import (
        AnswerItem,
        CountItem,
        EntryItem,
        Inventory,
        PartItem,
        RateItem,
        SectionItem,
        Status,
    )
    from converter.model.measure_result import MeasureResult, PopulationSetResult
    from converter.model.readiness import CategoryReadiness
    from converter.model.submission import Submission
    from converter.model.summary import SetSummary, SubmissionSummary
    from converter.model.verdict import Verdict, VerdictKind
    from converter.result import Conversion, Result, SubmissionCheck
    from converter.scoring.door import score
    from converter.scoring.profile import Profile
    from converter.scoring.roster import Roster
    from converter.scoring.values import CategoryScore, ItemScore, MeasureScore, NextDecile, NotScored, Score, Scores
    from converter.source.limits import Limits

__version__ = "0.1.0"

__all__ = [
    "AnswerError",
    "AnswerItem",
    "BlockedError",
    "CategoryReadiness",
    "CategoryScore",
    "Certainty",
    "Conversion",
    "ConverterError",
    "CountItem",
    "DataFileError",
    "DataFileWarning",
    "Effect",
    "EntryItem",
    "ExplainedAnswer",
    "ExplainedMessage",
    "Explanation",
    "Finding",
    "FrameLine",
    "Framed",
    "Identity",
    "Inventory",
    "ItemScore",
    "Kind",
    "Limits",
    "MeasureLabel",
    "MeasureResult",
    "MeasureScore",
    "Mention",
    "NextDecile",
    "NotScored",
    "PartItem",
    "Place",
    "PopulationSetResult",
    "Profile",
    "RateItem",
    "Report",
    "Result",
    "Roster",
    "Score",
    "Scores",
    "SectionItem",
    "SetSummary",
    "Severity",
    "SourceError",
    "Stage",
    "Status",
    "Subject",
    "Submission",
    "SubmissionCheck",
    "SubmissionSummary",
    "UsageError",
    "Verdict",
    "VerdictKind",
    "check",
    "check_many",
    "convert",
    "convert_many",
    "explain",
    "explain_response",
    "render",
    "score",
]

_MODULE_OF = {
    "AnswerError": "converter.errors",
    "AnswerItem": "converter.model.inventory",
    "BlockedError": "converter.errors",
    "CategoryReadiness": "converter.model.readiness",
    "CategoryScore": "converter.scoring.values",
    "Certainty": "converter.explanation.explanation",
    "Conversion": "converter.result",
    "ConverterError": "converter.errors",
    "CountItem": "converter.model.inventory",
    "DataFileError": "converter.errors",
    "DataFileWarning": "converter.errors",
    "Effect": "converter.findings.finding",
    "EntryItem": "converter.model.inventory",
    "ExplainedAnswer": "converter.explanation.response.explained",
    "ExplainedMessage": "converter.explanation.response.explained",
    "Explanation": "converter.explanation.explanation",
    "Finding": "converter.findings.finding",
    "FrameLine": "converter.findings.frame",
    "Framed": "converter.findings.fault",
    "Identity": "converter.model.identity",
    "Inventory": "converter.model.inventory",
    "ItemScore": "converter.scoring.values",
    "Kind": "converter.findings.finding",
    "Limits": "converter.source.limits",
    "MeasureLabel": "converter.findings.finding",
    "MeasureResult": "converter.model.measure_result",
    "MeasureScore": "converter.scoring.values",
    "Mention": "converter.explanation.response.explained",
    "NextDecile": "converter.scoring.values",
    "NotScored": "converter.scoring.values",
    "PartItem": "converter.model.inventory",
    "Place": "converter.findings.place",
    "PopulationSetResult": "converter.model.measure_result",
    "Profile": "converter.scoring.profile",
    "RateItem": "converter.model.inventory",
    "Report": "converter.emitters.reports.report",
    "Result": "converter.result",
    "Roster": "converter.scoring.roster",
    "Score": "converter.scoring.values",
    "Scores": "converter.scoring.values",
    "SectionItem": "converter.model.inventory",
    "SetSummary": "converter.model.summary",
    "Severity": "converter.findings.finding",
    "SourceError": "converter.errors",
    "Stage": "converter.findings.finding",
    "Status": "converter.model.inventory",
    "Subject": "converter.explanation.explanation",
    "Submission": "converter.model.submission",
    "SubmissionCheck": "converter.result",
    "SubmissionSummary": "converter.model.summary",
    "UsageError": "converter.errors",
    "Verdict": "converter.model.verdict",
    "VerdictKind": "converter.model.verdict",
    "check": "converter.door",
    "check_many": "converter.batch.many",
    "convert": "converter.door",
    "convert_many": "converter.batch.many",
    "explain": "converter.explanation.lookup",
    "explain_response": "converter.explanation.response",
    "render": "converter.door",
    "score": "converter.scoring.door",
}

if not TYPE_CHECKING:  # a type checker knows the names above, and refuses others

    def __getattr__(name):  # noqa: ANN001, ANN202 - not seen by type checkers
        if name not in _MODULE_OF:
            raise AttributeError(f"module 'converter' has no attribute {name!r}")
        from importlib import import_module

        value = getattr(import_module(_MODULE_OF[name]), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*__all__, "__version__"})
