"""Token sets -> resolved tokens: documents flattened, groups extended, aliases followed."""
