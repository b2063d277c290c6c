"""The table of findings: id, slug, official code, severity, stage, and the sentences. They stand here and nowhere else.

One file for each family of ids, its rows in order. Ids are never reused. Official codes are those that the official
converter emits (its `ProblemCode` enumeration), not the numbers of its documentation, which differ. In the sentences
`{found}` is what stands in the document and `{measure}` names the measure; no sentence ever carries a TIN or NPI.
"""

from converter.findings.finding import Kind
from converter.findings.kinds.doc_header import *
from converter.findings.kinds.doc_parts import *
from converter.findings.kinds.doc_sections import *
from converter.findings.kinds.guid import *
from converter.findings.kinds.ia import *
from converter.findings.kinds.ig import *
from converter.findings.kinds.ig_guide import *
from converter.findings.kinds.pi import *
from converter.findings.kinds.pop import *
from converter.findings.kinds.rate import *
from converter.findings.kinds.site_header import *
from converter.findings.kinds.site_measures import *
from converter.findings.kinds.sub_counts import *
from converter.findings.kinds.sub_json import *
from converter.findings.kinds.sub_measurements import *
from converter.findings.kinds.sub_pi import *
from converter.findings.kinds.sub_points import *
from converter.findings.kinds.sub_reporter import *
from converter.findings.kinds.sub_sets import *
from converter.findings.kinds.tool import *
from converter.findings.kinds.xml import *

_ROWS = [one for one in tuple(globals().values()) if isinstance(one, Kind)]

TABLE: dict[str, Kind] = {one.id: one for one in sorted(_ROWS, key=lambda one: one.id)}
"""Id -> row, in the order of the ids."""
