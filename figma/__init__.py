"""Adapter to Figma: its variables and styles in, token files out, and back. Only :mod:`figma.client` does I/O."""

__distribution__ = "dss-design-tokens"
