"""A token folder as a pull leaves it: which file is which mode, which token which variable. Pure."""
