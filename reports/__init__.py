"""Everything a person or a CI system reads: LaTeX, PDF, terminal."""
