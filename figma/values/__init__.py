"""Single values between Figma's notation and DTCG's: numbers, colours, weights, families, names. Pure."""
