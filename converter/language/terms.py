"""The terms of the standard in words, each once: categories, entities."""

from collections.abc import Mapping

CATEGORY_NAMES: Mapping[str, str] = {
    "quality": "quality",
    "pi": "promoting interoperability",
    "aci": "advancing care information",
    "ia": "improvement activities",
    "cost": "cost",
}
"""Category -> how findings name its data."""

ENTITY_NAMES: Mapping[str, str] = {
    "individual": "an individual clinician",
    "group": "a group",
    "apm": "an APM entity",
    "subgroup": "a subgroup",
    "virtualGroup": "a virtual group",
}
"""Entity type -> how findings name it."""
