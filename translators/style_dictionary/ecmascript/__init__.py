"""What JavaScript does to numbers, strings, keys and order, where the output depends on it (ECMA-262)."""
