"""Whether an XML document is a QRDA III document at all."""

from converter.findings import kinds
from converter.findings.collector import Collector
from converter.parsers.qrda3.header import document_templates
from converter.source.sniff import kind_of_root
from converter.source.xml.tree import XmlTree, give_namespace, local_name


def is_qrda3(tree: XmlTree, findings: Collector) -> bool:
    """Whether a document is one of QRDA III; what it is otherwise is reported.

    One that declares no namespace is put into that of CDA, and reported.
    """
    root = tree.root
    without_namespace = local_name(root) == "ClinicalDocument" and give_namespace(root)
    roots = {one.root or "" for one in document_templates(root)}
    namespace = str(root.tag)[1:].partition("}")[0] if str(root.tag).startswith("{") else ""
    other = kind_of_root(local_name(root), namespace, roots)
    if other:
        findings.add(kinds.NOT_QRDA_III, tree.place(root), what=other[0], remedy=other[1])
    elif without_namespace:
        findings.add(kinds.NO_NAMESPACE, tree.place(root))
    return other is None
