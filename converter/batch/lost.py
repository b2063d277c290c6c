"""What is said of an input whose process did not finish it."""

from enum import Enum, auto

from converter.findings import kinds
from converter.findings.collector import Collector
from converter.pipeline import Options, took_too_long
from converter.result import Conversion, Result


class Lost(Enum):
    """Why there is nothing to be had of an input."""

    DIED = auto()
    TOO_LONG = auto()


def lost_result(name: str, why: Lost, options: Options) -> Result:
    """Return the result of an input whose process was ended, or was stuck and had to be."""
    if why is Lost.TOO_LONG:
        return took_too_long(name, options)
    findings = Collector()
    findings.add(kinds.PROCESS_ENDED)
    return Conversion(name, findings, options.blocking)
