"""From the tree of a QRDA III document to the model of it, in one walk."""
