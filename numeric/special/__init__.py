"""The functions beyond the elementary core, in ball arithmetic and by mpmath.

`table` has a row for each name; the other modules have the functions of one family. Conventions
where books differ are SymPy's; they are written in the modules' opening paragraphs.
"""
