"""What every reader of token files refuses beyond (contract, section 3). Inclusive: exactly at a limit is accepted."""

MAX_VALUE_DEPTH = 64
"""Nested values inside a ``$`` member."""

MAX_GROUP_DEPTH = 128
"""Nested groups."""

MAX_POINTER = MAX_GROUP_DEPTH + MAX_VALUE_DEPTH + 8
"""Parts of a JSON Pointer: no location lies deeper."""

MAX_STRING = 256 * 1024
"""Bytes of a string."""

MAX_NAME = 256
"""Characters of a name."""

MAX_NUMBER_TEXT = 64
"""Characters of a number."""

MAX_INTEGER = 2**53 - 1
"""The largest integer that every language reads the same."""

MIN_RESOLVED_NODES = 1_000_000
RESOLVED_NODES_PER_TOKEN = 10
"""Values resolve to at most this many nodes a token, or the minimum where that is more."""

MIN_INHERITED = 100_000
INHERITED_PER_TOKEN = 10
"""Groups that extend others take in at most this many tokens and groups a token, or the minimum where that is more."""

PATH_UNIT = 128
"""Characters of a path that weigh as much as one more token: paths of nested long names are what fills memory."""

MAX_PATHS = 100_000_000
"""Characters of all paths of a document: 100,000 tokens below 128 groups of long names would take gigabytes."""

MAX_SPLICED = 100_000
"""Documents that references between sets splice in: sets that splice in each other twice double."""
