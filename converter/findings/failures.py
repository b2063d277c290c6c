"""Failures of this tool as findings."""

from converter.findings import kinds
from converter.findings.collector import Collector
from converter.interrupts import pass_on_interrupt


def report_failure(findings: Collector, step: str, error: Exception) -> None:
    """Turn a failure of this tool into a finding."""
    findings.add(kinds.CHECK_FAILED, step=step, problem=failure_of(error))


def failure_of(error: Exception) -> str:
    """Name a failure of this tool and its line. The error's text may hold data of the document and is left out.

    Raises:
        KeyboardInterrupt: it is an interrupt and no failure.
    """
    pass_on_interrupt(error)
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{type(error).__name__} in line {trace.tb_lineno}" if trace else type(error).__name__
