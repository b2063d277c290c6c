"""Which measure or activity a finding is about, and what became of each of them."""

from converter.emitters.reports.report import Report
from converter.emitters.reports.wording import STATUS
from converter.findings.finding import Finding
from converter.model.inventory import EntryItem, Inventory, Status


class Entries:
    """Tells which entry of the inventory a finding is about."""

    def __init__(self, inventory: Inventory) -> None:
        self.items: list[EntryItem] = [entry for section in inventory.sections for entry in section.entries]
        self._paths = {entry.place.path: number for number, entry in enumerate(self.items)}
        self._labels = {str(entry.label): number for number, entry in reversed(list(enumerate(self.items)))}

    def of(self, finding: Finding) -> int | None:
        """Return the number of the entry, from 0; None where the finding is about none of them."""
        path = finding.place.path if finding.place else ""
        while path:
            if path in self._paths:
                return self._paths[path]
            path = path.rpartition("/")[0]
        return self._labels.get(str(finding.measure)) if finding.measure else None


def short_statuses(report: Report, inventory: Inventory) -> list[str]:
    """Return for each entry what became of it: `converted`, `not converted`, or which findings keep it from it."""
    entries = Entries(inventory)
    errors: dict[int, dict[str, None]] = {}
    for finding in report.errors if report.submission else ():
        number = entries.of(finding)
        if number is not None:
            errors.setdefault(number, {})[finding.id] = None
    return [
        f"see {', '.join(errors[number])}" if number in errors else _short_status(entry)
        for number, entry in enumerate(entries.items)
    ]


def _short_status(entry: EntryItem) -> str:
    if entry.status is not Status.REJECTED:
        return STATUS[entry.status]
    return entry.reason if entry.reason.startswith("see ") else "not converted"
