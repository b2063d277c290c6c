"""The submissions API of the sandbox."""
