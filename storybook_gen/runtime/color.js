// Colours as numbers: contrast, composition and notations. Sources: WCAG 2.2 "relative luminance" and "contrast
// ratio"; APCA 0.1.9 (a draft, not symmetric, not normative); Oklab by its author's matrices.

/** `#rgb…`, `#rrggbbaa`, `rgb(r g b / a)` as [r, g, b, a] from 0 to 1; null for anything else. */
export function parseColor(text) {
  if (typeof text !== 'string') return null;
  const hex = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(text);
  if (hex) {
    const digits = hex[1].length < 5 ? [...hex[1]].map((digit) => digit + digit).join('') : hex[1];
    const parts = digits.match(/../g).map((pair) => parseInt(pair, 16) / 255);
    return [parts[0], parts[1], parts[2], parts[3] ?? 1];
  }
  const rgb = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)(?:\s*[/,]\s*([\d.]+)(%?))?\s*\)$/i.exec(text);
  if (!rgb) return null;
  const alpha = rgb[4] === undefined ? 1 : Number(rgb[4]) / (rgb[5] ? 100 : 1);
  return [rgb[1] / 255, rgb[2] / 255, rgb[3] / 255, alpha];
}

/** `top` over an opaque `bottom`, as browsers do it: in gamma-encoded sRGB. */
export function over(top, bottom) {
  const alpha = top[3];
  return [0, 1, 2].map((i) => top[i] * alpha + bottom[i] * (1 - alpha)).concat(1);
}

const linear = (channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);

/** Relative luminance of an opaque colour, 0 to 1. */
export const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);

export const isDark = (color) => luminance(color) < 0.18;

/** WCAG 2 contrast ratio of two opaque colours, 1 to 21. */
export function ratio(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** A ratio as text, truncated: 4.49 must not read 4.5. */
export const ratioText = (value) => (Math.floor(value * 10 + 1e-9) / 10).toFixed(1);

/** APCA lightness contrast of text on a background, signed: negative for light text on dark. */
export function apca(text, background) {
  const screen = ([r, g, b]) => 0.2126729 * r ** 2.4 + 0.7151522 * g ** 2.4 + 0.072175 * b ** 2.4;
  const soft = (y) => (y > 0.022 ? y : y + (0.022 - y) ** 1.414);
  const [t, b] = [soft(screen(text)), soft(screen(background))];
  if (Math.abs(b - t) < 0.0005) return 0;
  if (b > t) {
    const value = (b ** 0.56 - t ** 0.57) * 1.14;
    return value < 0.1 ? 0 : (value - 0.027) * 100;
  }
  const value = (b ** 0.65 - t ** 0.62) * 1.14;
  return value > -0.1 ? 0 : (value + 0.027) * 100;
}

/** A foreground on a background on a canvas: everything composited, then measured. */
export function contrast(foreground, background, canvas) {
  const ground = background[3] < 1 ? over(background, canvas) : background;
  const front = foreground[3] < 1 ? over(foreground, ground) : foreground;
  return { ratio: ratio(front, ground), apca: apca(front, ground) };
}

/** The WCAG level of a ratio for normal text. */
export const levelOf = (value) => (value >= 7 ? 'AAA' : value >= 4.5 ? 'AA' : value >= 3 ? 'AA large' : 'Fail');

const round = (value, digits) => Number(value.toFixed(digits)).toString();

/** `#rrggbb`, with alpha `#rrggbbaa`. */
export function hexText([r, g, b, a]) {
  const pair = (channel) => Math.round(Math.min(1, Math.max(0, channel)) * 255).toString(16).padStart(2, '0');
  return `#${pair(r)}${pair(g)}${pair(b)}${a < 1 ? pair(a) : ''}`;
}

function rgbText([r, g, b, a]) {
  const channels = [r, g, b].map((channel) => Math.round(channel * 255)).join(' ');
  return `rgb(${channels}${a < 1 ? ` / ${round(a, 3)}` : ''})`;
}

function hslText([r, g, b, a]) {
  const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)];
  const [sum, span] = [most + least, most - least];
  const saturation = span === 0 ? 0 : span / (1 - Math.abs(sum - 1));
  let hue = 0;
  if (span) {
    if (most === r) hue = ((g - b) / span + 6) % 6;
    else if (most === g) hue = (b - r) / span + 2;
    else hue = (r - g) / span + 4;
  }
  return `hsl(${round(hue * 60, 1)} ${round(saturation * 100, 1)}% ${round(sum * 50, 1)}%${a < 1 ? ` / ${round(a, 3)}` : ''})`;
}

/** [lightness, chroma, hue in degrees] */
export function oklch([r, g, b]) {
  const [lr, lg, lb] = [linear(r), linear(g), linear(b)];
  const l = Math.cbrt(0.4122214708 * lr + 0.5363325363 * lg + 0.0514459929 * lb);
  const m = Math.cbrt(0.2119034982 * lr + 0.6806995451 * lg + 0.1073969566 * lb);
  const s = Math.cbrt(0.0883024619 * lr + 0.2817188376 * lg + 0.6299787005 * lb);
  const lightness = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  const x = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const y = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return [lightness, Math.hypot(x, y), (Math.atan2(y, x) * 180) / Math.PI + (Math.atan2(y, x) < 0 ? 360 : 0)];
}

function oklchText(color) {
  const [lightness, chroma, hue] = oklch(color);
  const shown = chroma < 0.0005 ? 'none' : round(hue, 1);
  return `oklch(${round(lightness, 3)} ${round(chroma, 3)} ${shown}${color[3] < 1 ? ` / ${round(color[3], 3)}` : ''})`;
}

/** Distance in Oklab times 100: about 2 is the least that is noticed side by side. */
export function difference(one, other) {
  const [a, b] = [one, other].map((color) => {
    const [lightness, chroma, hue] = oklch(color);
    return [lightness, chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)];
  });
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) * 100;
}

/** Notation -> text of a colour in sRGB. `authored` stands for the text of the stylesheet. */
export const NOTATIONS = { authored: null, hex: hexText, rgb: rgbText, hsl: hslText, oklch: oklchText };
