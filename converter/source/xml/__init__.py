"""XML: the hardened parser, the tree, and where its elements stand."""
