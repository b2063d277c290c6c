"""The shape of QPP JSON, held against its JSON Schema."""
