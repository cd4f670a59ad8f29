"""The last search before a claim is called consistent: points that no sample meets by chance."""
