"""Stories and documentation pages from tokens; text only. Internal to dss; import ``dss`` instead."""

__distribution__ = "dss-design-tokens"
