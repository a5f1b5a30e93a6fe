"""Figma's variables <-> the token model. Internal to dss; import ``dss`` instead."""

__distribution__ = "dss-design-tokens"
