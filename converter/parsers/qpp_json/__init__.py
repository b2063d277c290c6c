"""From QPP JSON to what the submission rules look at."""
