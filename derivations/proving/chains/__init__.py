"""Proof of a step by what its reason says: an earlier claim at an instance, a limit or an integral
carried out, a change of variable. `derivations.proving.reasons` judges the label of a step; here
its truth is proved, with every side condition."""
