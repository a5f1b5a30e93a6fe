"""Archives: project states as `.dss` files, written reproducibly and read as if their author were hostile."""
