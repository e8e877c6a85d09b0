"""Benchmarks: ratios against what others would use, with equality of the results checked first."""
