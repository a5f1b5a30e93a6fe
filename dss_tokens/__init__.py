"""The model of design tokens: pure values and functions, no I/O. Internal to dss; import ``dss`` instead."""

__distribution__ = "dss-design-tokens"
