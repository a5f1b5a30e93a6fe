// A small sample of any token, drawn with its custom property, so that it is what the stylesheet says. Samples are
// pictures: the text beside them says the same in words.
import { h, svg } from './dom.js';
import { follow, now, partsOf, valueOf } from './modes.js';
import { swatch } from './ui.js';

const sample = ({ token, ...props }, ...children) => h('span', { ...props, class: `dss-sample ${props.class ?? ''}`, 'aria-hidden': 'true', 'data-sample': token }, children);

/** Text that is a picture: drawn by CSS, so that nobody is told of its contrast twice. */
export const glyph = (text, props) => h('span', { 'aria-hidden': 'true', ...props, 'data-glyph': text });

/** The sample of `token`; it follows the contexts of the element around it, texts follow `inputs` or the toolbar. */
export function specimen(token, inputs = null) {
  const reference = `var(--${token.name})`;
  const make = SAMPLES[token.type] ?? plain;
  return make(token, reference, inputs);
}

const SAMPLES = {
  color: colorSample,
  dimension: dimensionSample,
  fontFamily: (token, reference) => sample({ class: 'dss-sample-text', token: token.path, style: { 'font-family': reference } }, 'Ag'),
  fontWeight: (token, reference) => sample({ class: 'dss-sample-text', token: token.path, style: { 'font-weight': reference } }, 'Ag'),
  typography: (token, reference) => sample({ class: 'dss-sample-text dss-sample-clip', token: token.path, style: { font: reference, 'letter-spacing': `var(--${token.name}-letter-spacing, normal)` } }, 'Ag'),
  border: (token, reference) => sample({ class: 'dss-sample-box', token: token.path, style: { border: reference } }),
  strokeStyle: (token, reference) => sample({ class: 'dss-sample-line', token: token.path, style: { 'border-top-style': reference } }),
  shadow: (token, reference) => sample({ class: 'dss-sample-card', token: token.path, style: { 'box-shadow': reference } }),
  gradient: (token, reference) => sample({ class: 'dss-sample-fill', token: token.path, style: { background: `linear-gradient(90deg, ${reference})` } }),
  cubicBezier: (token, reference, inputs) => curve(token, inputs, 44),
  duration: durationSample,
  transition: (token, reference, inputs) => curve(token, inputs, 44),
  number: numberSample,
};

const plain = (token) => sample({ class: 'dss-sample-plain', token: token.path }, typeIcon(token.type));
const typeIcon = (type) => (type === 'boolean' ? '◐' : type === 'string' ? '“ ”' : '{ }');

function colorSample(token, reference) {
  if (token.role === 'text' || token.role === 'icon') return sample({ class: 'dss-sample-text dss-sample-ink', token: token.path, 'data-glyph': token.role === 'icon' ? '★' : 'Aa', style: { color: reference } });
  if (token.role === 'border') return sample({ class: 'dss-sample-box', token: token.path, style: { border: `2px solid ${reference}` } });
  return swatch(token);
}

function dimensionSample(token, reference) {
  if (token.role === 'radius') return sample({ class: 'dss-sample-radius', token: token.path, style: { 'border-start-start-radius': reference } });
  if (token.role === 'borderWidth') return sample({ class: 'dss-sample-line', token: token.path, style: { 'border-top': `${reference} solid` } });
  if (token.role === 'fontSize') return sample({ class: 'dss-sample-text dss-sample-clip', token: token.path, style: { 'font-size': `min(${reference}, 40px)` } }, 'Ag');
  return sample({ class: 'dss-sample-bar', token: token.path, style: { width: `min(${reference}, 100%)` } });
}

function durationSample(token, reference, inputs) {
  const bar = sample({ class: 'dss-sample-bar dss-sample-time', token: token.path });
  const show = (chosen) => bar.style.setProperty('width', `${Math.min(100, milliseconds(valueOf(token, chosen)) / 10)}%`);
  return inputs ? (show(inputs), bar) : follow(bar, show);
}

function numberSample(token, reference) {
  if (token.role === 'opacity') return sample({ class: 'dss-sample-opacity', token: token.path, style: { '--dssui-opacity': reference } });
  if (token.role === 'zIndex') return sample({ class: 'dss-sample-plain', token: token.path }, '≡');
  if (token.role === 'lineHeight') return sample({ class: 'dss-sample-lines', token: token.path, style: { 'line-height': reference } }, 'Ag', h('br'), 'Ag');
  return sample({ class: 'dss-sample-plain', token: token.path }, '#');
}

/** `200ms`, `0.2s` as a number of milliseconds. */
export function milliseconds(text) {
  const found = /^([\d.]+)(ms|s)$/.exec(text ?? '');
  return found ? Number(found[1]) * (found[2] === 's' ? 1000 : 1) : 0;
}

/** The four numbers of a curve: of a cubicBezier or of a transition's timing. */
export function pointsOf(token, inputs = now()) {
  const text = token.type === 'transition' ? partsOf(token, inputs)?.timingFunction : valueOf(token, inputs);
  const found = /^cubic-bezier\(([-\d., ]+)\)$/.exec(text ?? '');
  const points = found?.[1].split(',').map(Number);
  return points?.length === 4 ? points : null;
}

/** The curve of a timing function as a drawing. */
export function curve(token, inputs, size) {
  const node = svg('svg', { class: 'dss-curve', viewBox: '-6 -26 112 152', width: size, height: size * 1.2, 'aria-hidden': 'true' });
  const show = (chosen) => {
    const points = pointsOf(token, chosen) ?? [0, 0, 1, 1];
    const [x1, y1, x2, y2] = points.map((point, place) => (place % 2 ? 100 - point * 100 : point * 100));
    node.replaceChildren(
      svg('path', { class: 'dss-curve-frame', d: 'M0 0V100H100' }),
      svg('path', { class: 'dss-curve-arm', d: `M0 100L${x1} ${y1}M100 0L${x2} ${y2}` }),
      svg('path', { class: 'dss-curve-line', d: `M0 100C${x1} ${y1} ${x2} ${y2} 100 0` }),
      svg('circle', { class: 'dss-curve-dot', cx: x1, cy: y1, r: 3.5 }),
      svg('circle', { class: 'dss-curve-dot', cx: x2, cy: y2, r: 3.5 }),
    );
  };
  return inputs ? (show(inputs), node) : follow(node, show);
}

