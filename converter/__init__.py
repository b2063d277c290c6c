"""Convert QRDA III XML to QPP JSON for every performance year, and say what is wrong, where and what to do.

    import converter

    result = converter.convert("report.xml")
    result.ok, result.submission, result.to_json(), result.findings

The names below load what they need on first use; importing this package costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from converter.errors import ConverterError, DataFileError, SourceError, UsageError
    from converter.explanation.explanation import Certainty, Explanation, Subject
    from converter.explanation.lookup import explain
    from converter.explanation.response import explain_response
    from converter.explanation.response.explained import ExplainedAnswer, ExplainedMessage, Mention
    from converter.findings.finding import Finding, MeasureLabel, Severity, Stage
    from converter.findings.place import Place
    from converter.pipeline import check, convert
    from converter.result import Conversion
    from converter.source.limits import Limits

__version__ = "0.1.0"

__all__ = [
    "Certainty",
    "Conversion",
    "ConverterError",
    "DataFileError",
    "ExplainedAnswer",
    "ExplainedMessage",
    "Explanation",
    "Finding",
    "Limits",
    "MeasureLabel",
    "Mention",
    "Place",
    "Severity",
    "SourceError",
    "Stage",
    "Subject",
    "UsageError",
    "check",
    "convert",
    "explain",
    "explain_response",
]

_MODULE_OF = {
    "Certainty": "converter.explanation.explanation",
    "Conversion": "converter.result",
    "ConverterError": "converter.errors",
    "DataFileError": "converter.errors",
    "ExplainedAnswer": "converter.explanation.response.explained",
    "ExplainedMessage": "converter.explanation.response.explained",
    "Explanation": "converter.explanation.explanation",
    "Finding": "converter.findings.finding",
    "Limits": "converter.source.limits",
    "MeasureLabel": "converter.findings.finding",
    "Mention": "converter.explanation.response.explained",
    "Place": "converter.findings.place",
    "Severity": "converter.findings.finding",
    "SourceError": "converter.errors",
    "Stage": "converter.findings.finding",
    "Subject": "converter.explanation.explanation",
    "UsageError": "converter.errors",
    "check": "converter.pipeline",
    "convert": "converter.pipeline",
    "explain": "converter.explanation.lookup",
    "explain_response": "converter.explanation.response",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'converter' has no attribute {name!r}")
    value = getattr(import_module(_MODULE_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*__all__, "__version__"})
