// Lengths: spacing, sizes, radii, borders; and numbers.
import { h, replace, svg } from '../dom.js';
import { follow, partsOf, valueOf } from '../modes.js';
import { tokensOf } from '../store.js';
import { tokenTable } from '../table.js';
import { aliasLine, badges, copyAs, copyButton, description, growing, nameButton, otherUnit, pageShell, pixels, section, stage, valueText } from '../ui.js';

const bySize = (tokens) => [...tokens].sort((a, b) => (pixels(valueOf(a)) ?? 0) - (pixels(valueOf(b)) ?? 0));
const literals = (tokens) => tokens.filter((token) => !token.alias);
const aliases = (tokens) => tokens.filter((token) => token.alias);

function both(token) {
  const other = h('span', { class: 'dss-muted' });
  follow(other, (inputs) => replace(other, otherUnit(valueOf(token, inputs))));
  return h('span', { class: 'dss-row dss-tight' }, valueText(token), other);
}

/** One line of a scale: name, value, a bar as long as the value. */
function bar(token, { gap = false } = {}) {
  const reference = `var(--${token.name})`;
  const picture = gap
    ? h('span', { class: 'dss-gap', 'aria-hidden': 'true', 'data-sample': token.path, style: { gap: reference } }, h('i'), h('i'))
    : h('span', { class: 'dss-ruler', 'aria-hidden': 'true', 'data-sample': token.path, style: { width: reference } });
  return h('li', { class: 'dss-barline' },
    h('div', { class: 'dss-barline-name' }, nameButton(token), copyButton(token), badges(token)),
    h('div', { class: 'dss-barline-value' }, both(token), aliasLine(token)),
    stage(null, { class: 'dss-barline-stage' }, picture),
    description(token));
}

const bars = (tokens, options) => growing(tokens, (token) => bar(token, options), { size: 60, wrap: (children) => h('ul', { class: 'dss-bars' }, children) });

function scalePage(role, { eyebrow, title, lead, options, roleNote }) {
  const tokens = tokensOf('dimension').filter((token) => role.includes(token.role ?? ''));
  const [scale, roles] = [bySize(literals(tokens)), aliases(tokens)];
  return pageShell({ eyebrow, title, lead, controls: [copyAs()], facts: [`${tokens.length} tokens`] },
    scale.length > 0 && section({ title: 'Scale', count: scale.length, note: 'From the smallest to the largest.' }, bars(scale, options)),
    roles.length > 0 && section({ title: 'Roles', count: roles.length, note: roleNote }, tokenTable(roles, { filters: roles.length > 25, label: `${title}: roles`, size: 40 })));
}

export const spacing = () => scalePage(['spacing'], {
  eyebrow: 'Layout', title: 'Spacing', options: { gap: true },
  lead: 'The distance between two things is the token, drawn at its real length.',
  roleNote: 'Distances by purpose; each refers to a step of the scale.',
});

export const sizing = () => scalePage(['size', 'breakpoint', 'blur', ''], {
  eyebrow: 'Layout', title: 'Sizing', lead: 'Heights, widths, breakpoints and other lengths, drawn at their real length as far as the page is wide.',
  roleNote: 'Lengths by purpose.',
});

/** Radii on a corner and on a box. */
export function radius() {
  const tokens = tokensOf('dimension').filter((token) => token.role === 'radius');
  return pageShell({ eyebrow: 'Shape', title: 'Radius', lead: 'Each radius on a large corner and on a button.', controls: [copyAs()] },
    growing(bySize(tokens), (token) => h('li', { class: 'dss-card' },
      stage(null, { class: 'dss-card-stage' },
        h('span', { class: 'dss-corner', 'aria-hidden': 'true', 'data-sample': token.path, style: { 'border-start-start-radius': `var(--${token.name})` } }),
        h('span', { class: 'dss-pill', 'aria-hidden': 'true', style: { 'border-radius': `var(--${token.name})` } })),
      h('div', { class: 'dss-card-body' }, h('div', { class: 'dss-row' }, nameButton(token), copyButton(token)), both(token), aliasLine(token), badges(token), description(token))),
    { size: 48, wrap: (children) => h('ul', { class: 'dss-cards' }, children) }));
}

/** Border widths, stroke styles, whole borders. */
export function borders() {
  const widths = bySize(tokensOf('dimension').filter((token) => token.role === 'borderWidth'));
  const styles = tokensOf('border').filter((token) => token.type === 'strokeStyle');
  const whole = tokensOf('border').filter((token) => token.type === 'border');
  const cards = (tokens, picture) => growing(tokens, (token) => h('li', { class: 'dss-card' },
    stage(null, { class: 'dss-card-stage' }, picture(token)),
    h('div', { class: 'dss-card-body' }, h('div', { class: 'dss-row' }, nameButton(token), copyButton(token)), token.type === 'dimension' ? both(token) : valueText(token), aliasLine(token), badges(token), description(token))),
  { size: 48, wrap: (children) => h('ul', { class: 'dss-cards' }, children) });
  return pageShell({ eyebrow: 'Shape', title: 'Borders', lead: 'Widths, stroke styles and whole borders. CSS has no dash patterns of its own, so that a pattern is drawn beside the keyword that stands for it.', controls: [copyAs()] },
    whole.length > 0 && section({ title: 'Borders', count: whole.length }, cards(whole, (token) => h('span', { class: 'dss-borderbox', 'aria-hidden': 'true', 'data-sample': token.path, style: { border: `var(--${token.name})` } }))),
    widths.length > 0 && section({ title: 'Widths', count: widths.length }, cards(widths, (token) => h('span', { class: 'dss-rule', 'aria-hidden': 'true', 'data-sample': token.path, style: { 'border-top': `var(--${token.name}) solid` } }))),
    styles.length > 0 && section({ title: 'Stroke styles', count: styles.length }, cards(styles, strokePicture)));
}

function strokePicture(token) {
  const keyword = h('span', { class: 'dss-rule dss-rule-thick', 'aria-hidden': 'true', 'data-sample': token.path, style: { 'border-top-style': `var(--${token.name})` } });
  const holder = h('span', { class: 'dss-stroke' }, keyword);
  return follow(holder, (inputs) => {
    const parts = partsOf(token, inputs);
    const drawn = parts?.dashes && svg('svg', { class: 'dss-dashes', viewBox: '0 0 200 8', 'aria-hidden': 'true' },
      svg('line', { x1: 2, y1: 4, x2: 198, y2: 4, 'stroke-width': 4, 'stroke-linecap': parts.lineCap, 'stroke-dasharray': parts.dashes.map((text) => pixels(text) ?? 0).join(' ') }));
    replace(holder, keyword, drawn);
  });
}

const NUMBER_ROLES = [
  ['opacity', 'Opacity', 'On a checkerboard, so that what shines through is seen.'],
  ['zIndex', 'Stacking', 'What stands above what, the highest first.'],
  ['lineHeight', 'Line heights', 'As multiples of the font size.'],
  ['weight', 'Weights', null],
  ['ratio', 'Ratios', null],
  ['', 'Numbers', null],
];

/** Opacities, stacking, other numbers. */
export function numbers() {
  const tokens = tokensOf('number');
  return pageShell({ eyebrow: 'Other', title: 'Numbers', lead: 'Values without a unit: opacities, stacking, line heights, ratios.', controls: [copyAs()] },
    NUMBER_ROLES.map(([role, title, note]) => {
      const members = tokens.filter((token) => (token.role ?? '') === role);
      if (!members.length) return null;
      return section({ title, count: members.length, note }, role === 'opacity' ? opacities(members) : role === 'zIndex' ? layers(members) : tokenTable(members, { filters: members.length > 25, label: title, size: 40 }));
    }));
}

function opacities(tokens) {
  return growing(tokens, (token) => h('li', { class: 'dss-card' },
    h('span', { class: 'dss-card-fill dss-checker dss-opacity', 'aria-hidden': 'true', 'data-sample': token.path, style: { '--dssui-opacity': `var(--${token.name})` } }),
    h('div', { class: 'dss-card-body' }, h('div', { class: 'dss-row' }, nameButton(token), copyButton(token)), valueText(token), aliasLine(token), badges(token), description(token))),
  { size: 48, wrap: (children) => h('ul', { class: 'dss-cards dss-cards-small' }, children) });
}

function layers(tokens) {
  const sorted = [...tokens].sort((a, b) => Number(valueOf(b)) - Number(valueOf(a)));
  return h('ol', { class: 'dss-layers' }, sorted.map((token, place) => h('li', { style: { '--dssui-depth': String(place) } },
    h('span', { class: 'dss-layer' }, nameButton(token), valueText(token), copyButton(token)))));
}
