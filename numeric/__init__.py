"""The numbers: compile, sample, enclose, compare, judge."""
