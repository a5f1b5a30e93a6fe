"""Colours as Style Dictionary reads, converts and writes them.

Two readings exist side by side, as in the original: text goes through :mod:`.srgb` (permissive, sRGB
only), DTCG objects and the wide-gamut transforms go through :mod:`.spaces` and :mod:`.css`.
"""
