"""The built-in rules, one module each; see :mod:`dss_tokens.lint.registry`."""
