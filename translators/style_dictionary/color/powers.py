"""Powers and cube roots to the very last bit, as JavaScript engines compute them.

Greys have no colour but rounding noise: whether Oklab's *a* prints as ``0.0000`` or ``-0.0000`` hangs on
the last bit of a power. Engines use the algorithms of FDLIBM; the platform's C library, behind ``**`` and
:func:`math.cbrt`, rounds one result in ten the other way.

Source: FDLIBM 5.3 (Sun Microsystems, 1993), "e_pow"; FreeBSD msun, "s_cbrt".
"""

from __future__ import annotations

import math
import struct
from functools import lru_cache

_LOG = (
    5.99999999999994648725e-01,
    4.28571428578550184252e-01,
    3.33333329818377432918e-01,
    2.72728123808534006489e-01,
    2.30660745775561754067e-01,
    2.06975017800338417784e-01,
)
_EXP = (
    1.66666666666666019037e-01,
    -2.77777777770155933842e-03,
    6.61375632143793436117e-05,
    -1.65339022054652515390e-06,
    4.13813679705723846039e-08,
)
_LN2, _LN2_HIGH, _LN2_LOW = 6.93147180559945286227e-01, 6.93147182464599609375e-01, -1.90465429995776804525e-09
_CP, _CP_HIGH, _CP_LOW = 9.61796693925975554329e-01, 9.61796700954437255859e-01, -7.02846165095275826516e-09
_LOG2_15_HIGH, _LOG2_15_LOW = 5.84962487220764160156e-01, 1.35003920212974897128e-08


_pack, _unpack = struct.Struct("<d").pack, struct.Struct("<d").unpack
_pack_bits, _unpack_bits = struct.Struct("<q").pack, struct.Struct("<q").unpack
_ZEROS = bytes(4)


def _bits(value: float) -> int:
    found: int
    (found,) = _unpack_bits(_pack(value))
    return found


def _double(bits: int) -> float:
    found: float
    (found,) = _unpack(_pack_bits(bits))
    return found


def _head(value: float) -> float:
    """*value* with the lower 32 bits cleared."""
    found: float
    (found,) = _unpack(_ZEROS + _pack(value)[4:])
    return found


@lru_cache(1 << 16)  # most are of the 256 values of a channel
def power(base: float, exponent: float) -> float:
    """``base ** exponent`` for a positive, not too large exponent; NaN for a root of a negative number."""
    if base <= 0 or base == 1 or not math.isfinite(base):
        if base < 0 and exponent != int(exponent):
            return math.nan
        return -power(-base, exponent) if base < 0 and exponent % 2 else abs(base) ** exponent
    high, low = _log2(base)
    exponent_head = _head(exponent)
    tail = (exponent - exponent_head) * high + exponent * low
    return _exp2(exponent_head * high, tail)


def _log2(value: float) -> tuple[float, float]:
    """log2 of a positive *value* as a sum, the first part with 21 significant bits."""
    exponent = 0
    if value < 2.2250738585072014e-308:
        value *= 9007199254740992.0
        exponent = -53
    bits = _bits(value)
    word = bits >> 32
    exponent += (word >> 20) - 0x3FF
    fraction = word & 0xFFFFF
    word = fraction | 0x3FF00000
    near_15 = 0x3988E < fraction < 0xBB67A
    if fraction >= 0xBB67A:
        exponent += 1
        word -= 0x100000
    value = _double((word << 32) | (bits & 0xFFFFFFFF))
    pivot = 1.5 if near_15 else 1.0
    u, v = value - pivot, 1.0 / (value + pivot)
    s = u * v
    s_high = _head(s)
    t_high = _double((((word >> 1) | 0x20000000) + 0x80000 + (near_15 << 18)) << 32)
    t_low = value - (t_high - pivot)
    s_low = v * ((u - s_high * t_high) - s_high * t_low)
    square = s * s
    l1, l2, l3, l4, l5, l6 = _LOG
    rest = square * square * (l1 + square * (l2 + square * (l3 + square * (l4 + square * (l5 + square * l6)))))
    rest += s_low * (s_high + s)
    square = s_high * s_high
    t_high = _head(3.0 + square + rest)
    t_low = rest - ((t_high - 3.0) - square)
    u = s_high * t_high
    v = s_low * t_high + t_low * s
    p_high = _head(u + v)
    p_low = v - (p_high - u)
    z_high = _CP_HIGH * p_high
    z_low = _CP_LOW * p_high + p_low * _CP + (_LOG2_15_LOW if near_15 else 0.0)
    offset = _LOG2_15_HIGH if near_15 else 0.0
    high = _head(((z_high + z_low) + offset) + exponent)
    return high, z_low - (((high - exponent) - offset) - z_high)


def _exp2(high: float, low: float) -> float:
    """2 to the power of *high* + *low*."""
    total = low + high
    if not -1022 < total < 1023:
        return 2.0**total if total < 0 else math.inf
    word = _bits(total) >> 32
    magnitude = word & 0x7FFFFFFF
    exponent = 0
    if magnitude > 0x3FE00000:
        shift = (magnitude >> 20) - 0x3FF
        exponent = word + (0x100000 >> (shift + 1))
        shift = ((exponent & 0x7FFFFFFF) >> 20) - 0x3FF
        whole = _double((exponent & ~(0xFFFFF >> shift)) << 32)
        exponent = ((exponent & 0xFFFFF) | 0x100000) >> (20 - shift)
        if word < 0:
            exponent = -exponent
        high -= whole
    t = _head(low + high)
    u = t * _LN2_HIGH
    v = (low - (t - high)) * _LN2 + t * _LN2_LOW
    z = u + v
    w = v - (z - u)
    t = z * z
    p1, p2, p3, p4, p5 = _EXP
    t1 = z - t * (p1 + t * (p2 + t * (p3 + t * (p4 + t * p5))))
    # FDLIBM subtracts after the division; V8's copy divides by the difference.
    rest = (z * t1) / ((t1 - 2.0) - (w + z * w))
    return math.ldexp(1.0 - (rest - z), exponent)


def cube_root(value: float) -> float:
    """The real cube root of *value*."""
    if value == 0 or not math.isfinite(value):
        return value
    magnitude = abs(value)
    if magnitude < 2.2250738585072014e-308:
        return math.copysign(math.cbrt(magnitude), value)
    root = _double(((_bits(magnitude) >> 32) // 3 + 715094163) << 32)
    r = (root * root) * (root / magnitude)
    root *= (1.87595182427177009643 + r * (-1.88497979543377169875 + r * 1.621429720105354466140)) + ((r * r) * r) * (
        -0.758397934778766047437 + r * 0.145996192886612446982
    )
    root = _double((_bits(root) + 0x80000000) & 0x7FFFFFFFC0000000)
    square = root * root
    r = magnitude / square
    r = (r - root) / (root + root + r)
    return math.copysign(root + root * r, value)
