"""Transforms by name: a token -> the token with another value. A module's name begins the names it registers."""
