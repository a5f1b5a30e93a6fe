"""The predefined preprocessors, one module each."""
