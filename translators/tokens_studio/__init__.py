"""Tokens Studio's token files, read as ``@tokens-studio/sd-transforms`` 2.0.3 reads them.

Its types, math in values, colour modifiers, font styles and themes, as plain functions. The Style Dictionary
engine enters them under their names: the preprocessor and the transform group ``tokens-studio``, ``ts/*``.
"""

from .preprocessing import Options, preprocess
from .themes import Permutation, ThemeError, ordered_sets, permutations, permuted, sets_of

__all__ = (
    "Options",
    "Permutation",
    "ThemeError",
    "ordered_sets",
    "permutations",
    "permuted",
    "preprocess",
    "sets_of",
)
