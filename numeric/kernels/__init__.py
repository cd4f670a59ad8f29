"""Fast and accurate float64 code, found from derived results and certified."""
