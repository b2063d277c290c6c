"""JSON: a parser that keeps where each value stands."""
