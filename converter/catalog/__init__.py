"""Catalog: the measures of each year, and what an identifier is."""
