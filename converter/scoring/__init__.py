"""What data is worth: points from benchmarks and the rules of the year, as far as files can say."""

from converter.scoring.official import score_object

__all__ = ["score_object"]
