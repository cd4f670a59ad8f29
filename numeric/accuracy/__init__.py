"""How accurate a float64 function is: audited against certified values of a derived formula."""
