"""Parsers of HQMF, the standard in which CMS describes eCQMs."""
