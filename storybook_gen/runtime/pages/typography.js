// Typography: styles as real lines, scales, families, weights.
import { h, replace } from '../dom.js';
import { follow, partsOf, site, valueOf } from '../modes.js';
import { tokenAt, tokensOf } from '../store.js';
import { badges, copyAs, copyButton, description, growing, nameButton, otherUnit, pageShell, pathText, pixels, section, stage, valueText } from '../ui.js';

export const SAMPLE = 'The quick harbour pilot guides five vast ships home';
const LABELS = { fontFamily: 'Family', fontSize: 'Size', fontWeight: 'Weight', lineHeight: 'Line height', letterSpacing: 'Spacing' };

/** `args.sample` is the text of every specimen. */
export function typography(args) {
  const styles = tokensOf('typography').filter((token) => token.type === 'typography');
  const families = tokensOf('typography').filter((token) => token.type === 'fontFamily');
  const weights = tokensOf('typography').filter((token) => token.type === 'fontWeight');
  const dimensions = tokensOf('dimension');
  const sizes = dimensions.filter((token) => token.role === 'fontSize').sort((a, b) => (pixels(valueOf(a)) ?? 0) - (pixels(valueOf(b)) ?? 0));
  const spacings = dimensions.filter((token) => token.role === 'letterSpacing');
  const heights = [...tokensOf('number'), ...dimensions].filter((token) => token.role === 'lineHeight');
  const inStyles = (token) => inComposed(token.path);
  const samples = [];
  const text = (props) => {
    const node = h('p', { ...props, class: `dss-type-sample ${props.class ?? ''}`, 'aria-hidden': 'true' }, args?.sample || SAMPLE);
    samples.push(node);
    return node;
  };
  const block = (title, tokens, make, wrap, note) => {
    const shown = tokens.filter((token) => !inStyles(token));
    return shown.length > 0 && section({ title, count: shown.length, note }, growing(shown, make, { size: 40, wrap }));
  };
  const list = (children) => h('ul', { class: 'dss-lines' }, children);
  const node = pageShell({
    title: 'Typography', controls: [copyAs()],
    lead: 'Every style as it is set. The sample text is a control of this story; fonts are those of your system: none is fetched.',
  },
  styles.length + site.composed.typography.length > 0 && section({ title: 'Styles', count: styles.length + site.composed.typography.length },
    growing([...styles.map((token) => () => styleRow(token, text)), ...site.composed.typography.map((style) => () => composedRow(style, text))], (make) => make(), { size: 30, noun: 'styles', wrap: list })),
  block('Sizes', sizes, (token) => sizeRow(token, text), list, 'In the order of their size.'),
  block('Families', families, (token) => h('li', { class: 'dss-line' }, info(token, valueText(token), fontMark(token)), stage(null, {}, text({ class: 'dss-type-big', 'data-sample': token.path, style: { 'font-family': `var(--${token.name})` } }))), list),
  block('Weights', weights, (token) => h('li', { class: 'dss-line' }, info(token, valueText(token)), stage(null, {}, text({ class: 'dss-type-big', 'data-sample': token.path, style: { 'font-weight': `var(--${token.name})` } }))), list),
  block('Line heights', heights, (token) => h('li', { class: 'dss-line' }, info(token, valueText(token)), stage(null, {}, h('p', { class: 'dss-type-paragraph', 'aria-hidden': 'true', 'data-sample': token.path, style: { 'line-height': `var(--${token.name})` } }, 'Boats, buoys and beacons: lines stand as far apart as the token says, so that a paragraph is easy to read or tight enough to be a headline.'))), list),
  block('Letter spacing', spacings, (token) => h('li', { class: 'dss-line' }, info(token, valueText(token)), stage(null, {}, text({ 'data-sample': token.path, style: { 'letter-spacing': `var(--${token.name})` } }))), list));
  node.update = (next) => samples.forEach((sample) => replace(sample, next?.sample || SAMPLE));
  return node;
}

const composedPaths = new Set(site.composed.typography.flatMap(({ parts }) => Object.values(parts)));
const inComposed = (path) => composedPaths.has(path);

function info(token, ...more) {
  return h('div', { class: 'dss-line-info' }, h('div', { class: 'dss-row' }, nameButton(token), copyButton(token)), more, badges(token), description(token));
}

function metrics(rows) {
  return h('dl', { class: 'dss-metrics' }, rows.map(([label, text]) => h('div', {}, h('dt', {}, label), h('dd', {}, text))));
}

function styleRow(token, text) {
  const numbers = h('div', {});
  const node = h('li', { class: 'dss-line' }, info(token, numbers),
    stage(null, {}, text({ 'data-sample': token.path, style: { font: `var(--${token.name})`, 'letter-spacing': `var(--${token.name}-letter-spacing, normal)` } })));
  return follow(node, (inputs) => {
    const parts = partsOf(token, inputs) ?? {};
    replace(numbers, metrics(Object.entries(LABELS).filter(([key]) => parts[key]).map(([key, label]) => [label, parts[key]])));
  });
}

function composedRow({ path, parts }, text) {
  const part = (key) => parts[key] && tokenAt(parts[key]);
  const reference = (key, fallback) => (part(key) ? `var(--${part(key).name})` : fallback);
  const numbers = h('div', {});
  const node = h('li', { class: 'dss-line' },
    h('div', { class: 'dss-line-info' }, h('div', { class: 'dss-row' }, h('span', { class: 'dss-name dss-name-plain' }, pathText(path)), h('span', { class: 'dss-badge' }, 'From parts')), numbers),
    stage(null, {}, text({ 'data-composed': path, style: {
      'font-family': reference('fontFamily', 'inherit'), 'font-size': reference('fontSize', 'inherit'), 'font-weight': reference('fontWeight', 'normal'),
      'line-height': reference('lineHeight', 'normal'), 'letter-spacing': reference('letterSpacing', 'normal'),
    } })));
  return follow(node, (inputs) => replace(numbers, metrics(Object.entries(LABELS).filter(([key]) => part(key)).map(([key, label]) => [label, valueOf(part(key), inputs) ?? '—']))));
}

function sizeRow(token, text) {
  const other = h('span', { class: 'dss-muted' });
  const node = h('li', { class: 'dss-line' }, info(token, h('span', { class: 'dss-row' }, valueText(token), other)),
    stage(null, {}, text({ class: 'dss-type-clip', 'data-sample': token.path, style: { 'font-size': `var(--${token.name})` } })));
  return follow(node, (inputs) => replace(other, otherUnit(valueOf(token, inputs))));
}

/** Says so when the first family of a stack is not on this machine: the sample shows a later one. */
function fontMark(token) {
  const mark = h('span', { class: 'dss-badge', hidden: true }, 'Not on this device');
  return follow(mark, (inputs) => {
    const first = /^"((?:[^"\\]|\\.)*)"/.exec(valueOf(token, inputs) ?? '');
    try {
      mark.hidden = !first || widthDiffers(first[0]);
    } catch {
      mark.hidden = true;
    }
  });
}

function widthDiffers(family) {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return true;
  return ['monospace', 'serif'].some((fallback) => {
    context.font = `48px ${fallback}`;
    const without = context.measureText('mmmiiillWQ@').width;
    context.font = `48px ${family}, ${fallback}`;
    return context.measureText('mmmiiillWQ@').width !== without;
  });
}
