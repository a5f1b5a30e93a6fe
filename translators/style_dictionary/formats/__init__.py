"""The predefined formats, one module per first part of their names."""
