"""What became of everything in a document, and of the files of one run."""
