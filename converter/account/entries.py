"""Which measure or activity a finding is about, and what became of each of them."""

from collections.abc import Iterable, Mapping

from converter.findings.finding import Finding
from converter.model.inventory import EntryItem, Inventory, Status

STATUS: Mapping[Status, str] = {
    Status.CONVERTED: "converted",
    Status.IGNORED: "not part of the submission",
    Status.REJECTED: "not converted",
    Status.CHECKED: "checked",
}
"""What became of a part of the document."""


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


def short_statuses(inventory: Inventory, errors: Iterable[Finding]) -> list[str]:
    """Return for each entry what became of it: `converted`, `not converted`, or which findings stand against it.

    Args:
        inventory: the inventory of a document.
        errors: what stands against entries although they are part of a submission.
    """
    entries = Entries(inventory)
    against: dict[int, dict[str, None]] = {}
    for finding in errors:
        number = entries.of(finding)
        if number is not None:
            against.setdefault(number, {})[finding.id] = None
    return [
        f"see {', '.join(against[number])}" if number in against else _short_status(entry)
        for number, entry in enumerate(entries.items)
    ]


def _short_status(entry: EntryItem) -> str:
    if entry.status is not Status.REJECTED:
        return STATUS[entry.status]
    return entry.reason if entry.reason.startswith("see ") else "not converted"
