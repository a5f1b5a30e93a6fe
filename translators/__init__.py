"""Other people's token files in, code out: text only, nothing is opened or written here."""

__distribution__ = "dss-design-tokens"
