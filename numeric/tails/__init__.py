"""A formula near infinity: expansions by leading terms with a bounded error."""
