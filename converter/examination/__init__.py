"""Which rules are asked of a document, of its submission, and of a QPP JSON file."""
