"""Assemble: from the resolved document to the submission, and back from a value to its place."""
