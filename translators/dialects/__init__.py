"""Token files of other tools, one module a dialect: recognised, read as DTCG, and written from canonical tokens."""
