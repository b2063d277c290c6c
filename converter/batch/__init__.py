"""Many files: what is kept of each, and the processes that share the work."""
