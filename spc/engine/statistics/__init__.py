"""Descriptive statistics and tests that stand beside the charts; sums are taken about the mean, never of squares."""
