"""The predefined actions."""
