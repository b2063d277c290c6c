"""What a pasted word, message or answer of CMS means."""
