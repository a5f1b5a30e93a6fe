"""Variables -> tokens: follow aliases, decide types, paths and references, lay out files. Pure."""
