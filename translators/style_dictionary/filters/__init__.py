"""The predefined filters, one module each."""
