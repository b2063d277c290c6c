"""What we say about a document: places, findings, the table of their ids, and the collector."""
