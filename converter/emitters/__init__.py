"""Emitters: one file per output format."""
