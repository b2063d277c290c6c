"""Rules: small pure checks, run one by one; of a document (`document/`), and of its submission (`submission/`)."""
