"""The two models: the document as written, and the QPP submission."""
