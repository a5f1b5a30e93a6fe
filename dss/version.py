"""Which release this is. Here and not asked of the distribution's metadata, which takes 10 ms."""

VERSION = "0.1.0"

PROGRAM = f"dss {VERSION}"
"""What files and requests name as their maker."""
