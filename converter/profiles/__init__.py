"""Profiles: what a performance year says about templates, programs, identifiers and output."""
