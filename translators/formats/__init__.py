"""Output formats, one module a language; a module's name begins the names it registers."""
