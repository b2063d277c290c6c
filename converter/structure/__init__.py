"""The structure check: a document against an XML schema, ours or another, explained for people who read neither.

`load_structure` gives the schema, `examine_structure` the findings. lxml checks; xmlschema, which is slow to load, is
asked only about documents that fail.
"""

from converter.structure.examine import examine_structure
from converter.structure.xsd import Structure, load_structure

__all__ = ["Structure", "examine_structure", "load_structure"]
