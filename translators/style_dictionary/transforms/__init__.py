"""The predefined transforms, one module per first part of their names."""
