"""The mathematics: what is claimed, how it is derived, and why each line follows."""
