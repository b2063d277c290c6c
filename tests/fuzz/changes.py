"""All changes, and how often each is made."""

from random import Random

from tests.fuzz import nesting, templates, values
from tests.fuzz.elements import Element
from tests.fuzz.picks import Change
from tests.properties.mutations import ELEMENTS


def anything(root: Element, random: Random) -> str:
    """A change that knows nothing of QRDA III, anywhere in the document."""
    change = random.choice(ELEMENTS)
    change(root, random.randrange)
    return str(getattr(change, "__name__", change)).strip("_")


CHANGES: dict[Change, int] = {
    templates.drop_template: 6,
    templates.drop_templates: 8,
    templates.only_hl7_templates: 4,
    templates.spoil_root: 8,
    templates.other_root: 5,
    templates.null_template: 2,
    templates.move_template: 8,
    templates.add_template: 9,
    templates.shuffle_children: 5,
    nesting.duplicate: 9,
    nesting.copy_elsewhere: 10,
    nesting.move: 7,
    nesting.delete: 3,
    nesting.rename: 6,
    nesting.wrap: 6,
    nesting.unwrap: 5,
    nesting.swap: 5,
    nesting.nest_section: 4,
    nesting.nest_entry: 3,
    values.second_value: 5,
    values.number: 4,
    values.role: 4,
    values.code: 4,
    values.identifier: 3,
    values.island: 7,
    values.namespace_of_all: 1,
    values.null_flavor: 2,
    values.negation: 2,
    values.attribute: 3,
    values.comment: 1,
    anything: 8,
}
