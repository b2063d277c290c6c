"""Parsers: from the XML tree to the document; shape only, no policy; one file per kind of section."""
