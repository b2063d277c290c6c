"""Words: English helpers, and names that differ little."""
