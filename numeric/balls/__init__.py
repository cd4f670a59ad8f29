"""Certified values at a point: balls, their Taylor series, and the walk over a formula."""
