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
_ABOVE_HALF = 0.5 + 2**-21  # as far as a head tells
_LOW = bytes(4)
"""The lower 32 bits of what FDLIBM calls a head: the upper half of a double, which leaves 21 significant bits."""


@lru_cache(1 << 16)  # most are of the 256 values of a channel
def power(base: float, exponent: float) -> float:
    """``base ** exponent`` for a positive, not too large exponent; NaN for a root of a negative number."""
    if base <= 0 or base == 1 or not math.isfinite(base):
        if base < 0 and exponent != int(exponent):
            return math.nan
        return -power(-base, exponent) if base < 0 and exponent % 2 else abs(base) ** exponent
    high, low = _log2(base)
    (head,) = _unpack(_LOW + _pack(exponent)[4:])
    return _exp2(head * high, (exponent - head) * high + exponent * low)


def _log2(value: float) -> tuple[float, float]:
    """log2 of a positive *value* as a sum, the first part with 21 significant bits."""
    value, exponent = math.frexp(value)
    value, exponent = 2 * value, exponent - 1
    fraction = int((value - 1) * 0x100000)  # the upper 20 bits behind the point
    near_15 = 0x3988E < fraction < 0xBB67A
    if fraction >= 0xBB67A:
        exponent += 1
        value /= 2
        t_high = 1.5 + (fraction >> 1) / 0x100000
    else:
        t_high = (2.5 if near_15 else 2.0) + (fraction >> 1) / 0x80000
    pivot = 1.5 if near_15 else 1.0
    u, v = value - pivot, 1.0 / (value + pivot)
    s = u * v
    (s_high,) = _unpack(_LOW + _pack(s)[4:])
    t_low = value - (t_high - pivot)
    s_low = v * ((u - s_high * t_high) - s_high * t_low)
    square = s * s
    l1, l2, l3, l4, l5, l6 = _LOG
    rest = square * square * (l1 + square * (l2 + square * (l3 + square * (l4 + square * (l5 + square * l6)))))
    rest += s_low * (s_high + s)
    square = s_high * s_high
    t_high = int((3.0 + square + rest) * 0x80000) / 0x80000  # the head of what is between 3 and 4
    t_low = rest - ((t_high - 3.0) - square)
    u = s_high * t_high
    v = s_low * t_high + t_low * s
    (p_high,) = _unpack(_LOW + _pack(u + v)[4:])
    p_low = v - (p_high - u)
    z_high = _CP_HIGH * p_high
    z_low = _CP_LOW * p_high + p_low * _CP + (_LOG2_15_LOW if near_15 else 0.0)
    offset = _LOG2_15_HIGH if near_15 else 0.0
    (high,) = _unpack(_LOW + _pack(((z_high + z_low) + offset) + exponent)[4:])
    return high, z_low - (((high - exponent) - offset) - z_high)


def _exp2(high: float, low: float) -> float:
    """2 to the power of *high* + *low*."""
    total = low + high
    if not -1022 < total < 1023:
        return 2.0**total if total < 0 else math.inf
    whole = int(total + math.copysign(0.5, total)) if abs(total) >= _ABOVE_HALF else 0
    high -= whole
    (t,) = _unpack(_LOW + _pack(low + high)[4:])
    u = t * _LN2_HIGH
    v = (low - (t - high)) * _LN2 + t * _LN2_LOW
    z = u + v
    w = v - (z - u)
    t = z * z
    p1, p2, p3, p4, p5 = _EXP
    t1 = z - t * (p1 + t * (p2 + t * (p3 + t * (p4 + t * p5))))
    # FDLIBM subtracts after the division; V8's copy divides by the difference.
    rest = (z * t1) / ((t1 - 2.0) - (w + z * w))
    return math.ldexp(1.0 - (rest - z), whole)


def cube_root(value: float) -> float:
    """The real cube root of *value*."""
    if value == 0 or not math.isfinite(value):
        return value
    magnitude = abs(value)
    if magnitude < 2.2250738585072014e-308:
        return math.copysign(math.cbrt(magnitude), value)
    (bits,) = _unpack_bits(_pack(magnitude))
    (root,) = _unpack(_pack_bits(((bits >> 32) // 3 + 715094163) << 32))
    r = (root * root) * (root / magnitude)
    root *= (1.87595182427177009643 + r * (-1.88497979543377169875 + r * 1.621429720105354466140)) + ((r * r) * r) * (
        -0.758397934778766047437 + r * 0.145996192886612446982
    )
    (bits,) = _unpack_bits(_pack(root))
    (root,) = _unpack(_pack_bits((bits + 0x80000000) & 0x7FFFFFFFC0000000))
    square = root * root
    r = magnitude / square
    r = (r - root) / (root + root + r)
    return math.copysign(root + root * r, value)
