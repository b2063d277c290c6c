"""Resolve: which year, program and entity; which measure, role and stratum."""
