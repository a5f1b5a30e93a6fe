"""Colour spaces of DTCG and conversions between them, to the digits that Style Dictionary prints.

The matrices and thresholds are those of CSS Color 4 as the npm package colorjs.io 0.5.2 holds them: another
library with its own last digits would print other fifth decimals.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

from ..ecmascript.numbers import remainder
from .powers import cube_root, power

Coords = tuple[float, ...]
Matrix = tuple[tuple[float, float, float], ...]
Step = Callable[[Coords], Coords]
Range = tuple[float, float]

NAN = math.nan
_UNBOUNDED = (None, None, None)
D50 = (0.3457 / 0.3585, 1.0, (1.0 - 0.3457 - 0.3585) / 0.3585)


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """A colour space, defined by its steps to and from a base space."""

    name: str
    """As CSS and DTCG call it."""

    base: Space | None = None
    to_base: Step = field(default=lambda coords: coords)
    from_base: Step = field(default=lambda coords: coords)
    ranges: tuple[Range | None, ...] = _UNBOUNDED
    """What is in gamut, per coordinate; ``None`` is unbounded."""

    polar: bool = False

    def path(self) -> list[Space]:
        """The spaces from the root down to this one."""
        return [*(self.base.path() if self.base else ()), self]


def convert(coords: Coords, source: Space, target: Space) -> Coords:
    """*coords* of *source* in *target*. Missing coordinates (NaN) count as 0, unless nothing is converted."""
    if source is target:
        return coords
    coords = tuple([0.0 if c != c else c for c in coords])
    for step in _route(source, target):
        coords = step(coords)
    return coords


@cache
def _route(source: Space, target: Space) -> Sequence[Step]:
    """The steps from one space to another, through the space both are based on."""
    up, down = source.path(), target.path()
    shared = 0
    while shared < min(len(up), len(down)) and up[shared] is down[shared]:
        shared += 1
    return [*(space.to_base for space in reversed(up[shared:])), *(space.from_base for space in down[shared:])]


def in_gamut(coords: Coords, space: Space, *, epsilon: float = 0.000075) -> bool:
    """Whether *coords* are colours that *space* can show; polar spaces ask the space they are based on."""
    if space.polar and space.base is not None:
        if space.base.ranges == _UNBOUNDED:
            return True
        return in_gamut(convert(coords, space, space.base), space.base, epsilon=epsilon)
    for coord, bounds in zip(coords, space.ranges, strict=False):
        if bounds is not None and (coord < bounds[0] - epsilon or coord > bounds[1] + epsilon):
            return False
    return True


def _times(matrix: Matrix) -> Step:
    (a, b, c), (d, e, f), (g, h, i) = matrix

    def step(coords: Coords) -> Coords:
        x, y, z = coords
        return a * x + b * y + c * z, d * x + e * y + f * z, g * x + h * y + i * z

    return step


def _each(function: Callable[[float], float]) -> Step:
    return lambda coords: tuple(map(function, coords))


def _signed_power(exponent: float) -> Callable[[float], float]:
    return lambda value: math.copysign(power(abs(value), exponent), value)


def _srgb_decode(value: float) -> float:
    magnitude = abs(value)
    if magnitude <= 0.04045:
        return value / 12.92
    return math.copysign(power((magnitude + 0.055) / 1.055, 2.4), value)


def _srgb_encode(value: float) -> float:
    magnitude = abs(value)
    if magnitude > 0.0031308:
        return math.copysign(1.055 * power(magnitude, 1 / 2.4) - 0.055, value)
    return 12.92 * value


def _prophoto_decode(value: float) -> float:
    return value / 16 if value < 16 / 512 else power(value, 1.8)


def _prophoto_encode(value: float) -> float:
    return power(value, 1 / 1.8) if value >= 1 / 512 else 16 * value


_ALPHA, _BETA = 1.09929682680944, 0.018053968510807


def _rec2020_decode(value: float) -> float:
    return value / 4.5 if value < _BETA * 4.5 else power((value + _ALPHA - 1) / _ALPHA, 1 / 0.45)


def _rec2020_encode(value: float) -> float:
    return _ALPHA * power(value, 0.45) - (_ALPHA - 1) if value >= _BETA else 4.5 * value


_EPSILON, _KAPPA = 216 / 24389, 24389 / 27


def _lab_from_xyz(xyz: Coords) -> Coords:
    fx, fy, fz = (
        cube_root(share) if share > _EPSILON else (_KAPPA * share + 16) / 116
        for share in (value / white for value, white in zip(xyz, D50, strict=True))
    )
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _lab_to_xyz(lab: Coords) -> Coords:
    lightness, a, b = lab
    fy = (lightness + 16) / 116
    fx, fz = a / 500 + fy, fy - b / 200
    shares = (
        power(fx, 3) if fx > 24 / 116 else (116 * fx - 16) / _KAPPA,
        power(fy, 3) if lightness > 8 else lightness / _KAPPA,
        power(fz, 3) if fz > 24 / 116 else (116 * fz - 16) / _KAPPA,
    )
    return tuple(share * white for share, white in zip(shares, D50, strict=True))


def _to_polar(threshold: float) -> Step:
    def step(coords: Coords) -> Coords:
        lightness, a, b = coords
        gray = abs(a) < threshold and abs(b) < threshold
        hue = NAN if gray else remainder(remainder(math.atan2(b, a) * 180 / math.pi, 360) + 360, 360)
        return lightness, math.sqrt(a * a + b * b), hue

    return step


def _from_polar(coords: Coords) -> Coords:
    lightness, chroma, hue = coords
    if hue != hue:
        return lightness, 0.0, 0.0
    angle = hue * math.pi / 180
    return lightness, chroma * math.cos(angle), chroma * math.sin(angle)


def _lch_to_lab(coords: Coords) -> Coords:
    lightness, chroma, hue = coords
    return _from_polar((lightness, max(chroma, 0.0), hue))


def _hsl_from_rgb(rgb: Coords) -> Coords:
    red, green, blue = rgb
    high, low = max(rgb), min(rgb)
    hue, saturation, lightness = NAN, 0.0, (low + high) / 2
    chroma = high - low
    if chroma != 0:
        saturation = 0.0 if lightness in (0, 1) else (high - lightness) / min(lightness, 1 - lightness)
        if high == red:
            hue = (green - blue) / chroma + (6 if green < blue else 0)
        elif high == green:
            hue = (blue - red) / chroma + 2
        else:
            hue = (red - green) / chroma + 4
        hue *= 60
    if saturation < 0:  # far out of gamut: the opposite hue
        hue, saturation = hue + 180, abs(saturation)
    return (hue - 360 if hue >= 360 else hue), saturation * 100, lightness * 100


def _hsl_to_rgb(hsl: Coords) -> Coords:
    hue, saturation, lightness = remainder(hsl[0], 360), hsl[1] / 100, hsl[2] / 100
    if hue < 0:
        hue += 360

    reach, third = saturation * min(lightness, 1 - lightness), hue / 30
    channels = []
    for shift in (0, 8, 4):
        k = (shift + third) % 12
        slope = k - 3 if k < 6 else 9 - k
        channels.append(lightness - reach * (-1 if slope < -1 else min(slope, 1)))
    return tuple(channels)


def _hsv_from_hsl(hsl: Coords) -> Coords:
    hue, saturation, lightness = hsl[0], hsl[1] / 100, hsl[2] / 100
    value = lightness + saturation * min(lightness, 1 - lightness)
    return hue, 0 if value == 0 else 200 * (1 - lightness / value), 100 * value


def _hsv_to_hsl(hsv: Coords) -> Coords:
    hue, saturation, value = hsv[0], hsv[1] / 100, hsv[2] / 100
    lightness = value * (1 - saturation / 2)
    if lightness in (0, 1):
        return hue, 0.0, lightness * 100
    return hue, (value - lightness) / min(lightness, 1 - lightness) * 100, lightness * 100


def _hwb_from_hsv(hsv: Coords) -> Coords:
    hue, saturation, value = hsv
    return hue, value * (100 - saturation) / 100, 100 - value


def _hwb_to_hsv(hwb: Coords) -> Coords:
    hue, whiteness, blackness = hwb[0], hwb[1] / 100, hwb[2] / 100
    total = whiteness + blackness
    if total >= 1:
        return hue, 0.0, whiteness / total * 100
    value = 1 - blackness
    return hue, (0 if value == 0 else 1 - whiteness / value) * 100, value * 100


_UNIT: tuple[Range, ...] = ((0, 1), (0, 1), (0, 1))
_PERCENT: tuple[Range | None, ...] = (None, (0, 100), (0, 100))

XYZ_D65 = Space("xyz-d65")
XYZ_D50 = Space(
    "xyz-d50",
    XYZ_D65,
    to_base=_times(
        (
            (0.955473421488075, -0.02309845494876471, 0.06325924320057072),
            (-0.0283697093338637, 1.0099953980813041, 0.021041441191917323),
            (0.012314014864481998, -0.020507649298898964, 1.330365926242124),
        )
    ),
    from_base=_times(
        (
            (1.0479297925449969, 0.022946870601609652, -0.05019226628920524),
            (0.02962780877005599, 0.9904344267538799, -0.017073799063418826),
            (-0.009243040646204504, 0.015055191490298152, 0.7518742814281371),
        )
    ),
)


def _rgb(name: str, linear: Space, decode: Callable[[float], float], encode: Callable[[float], float]) -> Space:
    return Space(name, linear, to_base=_each(decode), from_base=_each(encode), ranges=_UNIT)


def _linear(name: str, base: Space, to_xyz: Matrix, from_xyz: Matrix) -> Space:
    return Space(name, base, to_base=_times(to_xyz), from_base=_times(from_xyz), ranges=_UNIT)


SRGB_LINEAR = _linear(
    "srgb-linear",
    XYZ_D65,
    (
        (0.41239079926595934, 0.357584339383878, 0.1804807884018343),
        (0.21263900587151027, 0.715168678767756, 0.07219231536073371),
        (0.01933081871559182, 0.11919477979462598, 0.9505321522496607),
    ),
    (
        (3.2409699419045226, -1.537383177570094, -0.4986107602930034),
        (-0.9692436362808796, 1.8759675015077202, 0.04155505740717559),
        (0.05563007969699366, -0.20397695888897652, 1.0569715142428786),
    ),
)
SRGB = _rgb("srgb", SRGB_LINEAR, _srgb_decode, _srgb_encode)
_P3_LINEAR = _linear(
    "display-p3-linear",
    XYZ_D65,
    (
        (0.4865709486482162, 0.26566769316909306, 0.1982172852343625),
        (0.2289745640697488, 0.6917385218365064, 0.079286914093745),
        (0.0, 0.04511338185890264, 1.043944368900976),
    ),
    (
        (2.493496911941425, -0.9313836179191239, -0.40271078445071684),
        (-0.8294889695615747, 1.7626640603183463, 0.023624685841943577),
        (0.03584583024378447, -0.07617238926804182, 0.9568845240076872),
    ),
)
DISPLAY_P3 = _rgb("display-p3", _P3_LINEAR, _srgb_decode, _srgb_encode)
_A98_LINEAR = _linear(
    "a98-rgb-linear",
    XYZ_D65,
    (
        (0.5766690429101305, 0.1855582379065463, 0.1882286462349947),
        (0.29734497525053605, 0.6273635662554661, 0.07529145849399788),
        (0.02703136138641234, 0.07068885253582723, 0.9913375368376388),
    ),
    (
        (2.0415879038107465, -0.5650069742788596, -0.34473135077832956),
        (-0.9692436362808795, 1.8759675015077202, 0.04155505740717557),
        (0.013444280632031142, -0.11836239223101838, 1.0151749943912054),
    ),
)
_PROPHOTO_LINEAR = _linear(
    "prophoto-rgb-linear",
    XYZ_D50,
    (
        (0.7977666449006423, 0.13518129740053308, 0.0313477341283922),
        (0.2880748288194013, 0.711835234241873, 0.00008993693872564),
        (0.0, 0.0, 0.8251046025104602),
    ),
    (
        (1.3457868816471583, -0.25557208737979464, -0.05110186497554526),
        (-0.5446307051249019, 1.5082477428451468, 0.02052744743642139),
        (0.0, 0.0, 1.2119675456389452),
    ),
)
_REC2020_LINEAR = _linear(
    "rec2020-linear",
    XYZ_D65,
    (
        (0.6369580483012914, 0.14461690358620832, 0.1688809751641721),
        (0.2627002120112671, 0.6779980715188708, 0.05930171646986196),
        (0.0, 0.028072693049087428, 1.060985057710791),
    ),
    (
        (1.716651187971268, -0.355670783776392, -0.25336628137366),
        (-0.666684351832489, 1.616481236634939, 0.0157685458139111),
        (0.017639857445311, -0.042770613257809, 0.942103121235474),
    ),
)
_XYZ_TO_LMS = _times(
    (
        (0.819022437996703, 0.3619062600528904, -0.1288737815209879),
        (0.0329836539323885, 0.9292868615863434, 0.0361446663506424),
        (0.0481771893596242, 0.2642395317527308, 0.6335478284694309),
    )
)
_LMS_TO_XYZ = _times(
    (
        (1.2268798758459243, -0.5578149944602171, 0.2813910456659647),
        (-0.0405757452148008, 1.112286803280317, -0.0717110580655164),
        (-0.0763729366746601, -0.4214933324022432, 1.5869240198367816),
    )
)
_LMS_TO_LAB = _times(
    (
        (0.210454268309314, 0.7936177747023054, -0.0040720430116193),
        (1.9779985324311684, -2.4285922420485799, 0.450593709617411),
        (0.0259040424655478, 0.7827717124575296, -0.8086757549230774),
    )
)
_LAB_TO_LMS = _times(
    (
        (1.0, 0.3963377773761749, 0.2158037573099136),
        (1.0, -0.1055613458156586, -0.0638541728258133),
        (1.0, -0.0894841775298119, -1.2914855480194092),
    )
)
LAB = Space("lab", XYZ_D50, to_base=_lab_to_xyz, from_base=_lab_from_xyz)
LCH = Space("lch", LAB, to_base=_lch_to_lab, from_base=_to_polar(0.02), polar=True)
OKLAB = Space(
    "oklab",
    XYZ_D65,
    to_base=lambda lab: _LMS_TO_XYZ(tuple(power(value, 3) for value in _LAB_TO_LMS(lab))),
    from_base=lambda xyz: _LMS_TO_LAB(tuple(map(cube_root, _XYZ_TO_LMS(xyz)))),
)
OKLCH = Space("oklch", OKLAB, to_base=_from_polar, from_base=_to_polar(0.0002), polar=True)
HSL = Space("hsl", SRGB, to_base=_hsl_to_rgb, from_base=_hsl_from_rgb, ranges=_PERCENT, polar=True)
_HSV = Space("hsv", HSL, to_base=_hsv_to_hsl, from_base=_hsv_from_hsl, ranges=_PERCENT, polar=True)
HWB = Space("hwb", _HSV, to_base=_hwb_to_hsv, from_base=_hwb_from_hsv, ranges=_PERCENT, polar=True)

SPACES = {
    space.name: space
    for space in (
        SRGB,
        SRGB_LINEAR,
        DISPLAY_P3,
        _rgb("a98-rgb", _A98_LINEAR, _signed_power(563 / 256), _signed_power(256 / 563)),
        _rgb("prophoto-rgb", _PROPHOTO_LINEAR, _prophoto_decode, _prophoto_encode),
        _rgb("rec2020", _REC2020_LINEAR, _rec2020_decode, _rec2020_encode),
        XYZ_D50,
        XYZ_D65,
        LAB,
        LCH,
        OKLAB,
        OKLCH,
        HSL,
        HWB,
    )
}
"""The colour spaces a DTCG colour may name (DTCG Color 2025.10, "Supported color spaces")."""
