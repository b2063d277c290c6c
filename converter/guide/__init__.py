"""The implementation guide: its assertions, and what a document fails of them."""
