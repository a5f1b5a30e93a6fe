"""Other tools' token files in, code out; text only. Internal to dss; import ``dss`` instead."""

__distribution__ = "dss-design-tokens"
