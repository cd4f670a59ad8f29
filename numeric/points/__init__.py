"""Where a claim is asked: special values, critical places, lowest points, drawn points."""
