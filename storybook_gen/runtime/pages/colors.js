// Colours: scales, roles, gradients.
import { h } from '../dom.js';
import { contrast, ratioText } from '../color.js';
import { follow, partsOf, rgbaOf } from '../modes.js';
import { tokensOf } from '../store.js';
import { tokenTable } from '../table.js';
import { badges, canvasOf, copyAs, copyButton, description, growing, grouped, nameButton, pageShell, pathText, section, swatch, valuesAs, valueText } from '../ui.js';

const BLACK = [0, 0, 0, 1];
const WHITE = [1, 1, 1, 1];

/** Scales as strips of steps, then single colours that are no roles. */
export function scales() {
  const tokens = tokensOf('color');
  const ramps = grouped(tokens.filter((token) => token.ramp), (token) => token.ramp);
  const singles = tokens.filter((token) => !token.ramp && !token.alias && !token.role);
  return pageShell({
    eyebrow: 'Color', title: 'Scales', controls: [copyAs(), valuesAs()],
    lead: 'The palette everything else is made of. Each step shows the better of black and white text on it, with the contrast it reaches.',
    facts: [`${ramps.length} ${ramps.length === 1 ? 'scale' : 'scales'}`, `${tokens.filter((token) => token.ramp).length} steps`],
  },
  growing(ramps, ([name, steps]) => scale(name, [...steps].sort((a, b) => a.step - b.step)), { size: 24, noun: 'scales', wrap: (children) => h('div', { class: 'dss-scales' }, children) }),
  singles.length > 0 && section({ title: 'Single colours', count: singles.length },
    growing(singles, card, { size: 60, noun: 'colours', wrap: (children) => h('ul', { class: 'dss-cards' }, children) })));
}

function scale(name, steps) {
  return h('section', { class: 'dss-scale' },
    h('header', {}, h('h2', {}, pathText(name)), h('span', { class: 'dss-count' }, `${steps.length} steps`), steps.map((token) => token.description).filter(Boolean).slice(0, 1).map((text) => h('p', { class: 'dss-description', dir: 'auto' }, h('bdi', {}, text)))),
    h('ol', { class: 'dss-steps', style: { '--dssui-steps': String(steps.length) } }, steps.map(step)));
}

function step(token) {
  const tile = swatch(token, { class: 'dss-step-tile' });
  const verdict = h('span', { class: 'dss-step-contrast' });
  const node = h('li', { class: 'dss-step' }, tile,
    h('span', { class: 'dss-step-text' },
      h('button', { type: 'button', class: `dss-name${token.deprecated ? ' dss-struck' : ''}`, 'data-token': token.path, 'aria-haspopup': 'dialog', 'aria-label': token.path, onclick: () => import('../detail.js').then(({ openDetail }) => openDetail(token.path)) }, h('strong', {}, String(token.step))),
      valueText(token), verdict, badges(token)));
  return follow(node, (inputs) => {
    const color = rgbaOf(token, inputs);
    if (!color) return;
    const ground = canvasOf(inputs);
    const [white, black] = [contrast(WHITE, color, ground).ratio, contrast(BLACK, color, ground).ratio];
    tile.setAttribute('data-glyph', 'Aa');
    tile.style.setProperty('color', white >= black ? '#fff' : '#000');
    verdict.textContent = `${ratioText(Math.max(white, black))} ${white >= black ? 'white' : 'black'}`;
  });
}

function card(token) {
  return h('li', { class: 'dss-card' }, swatch(token, { class: 'dss-card-fill' }),
    h('div', { class: 'dss-card-body' }, h('div', { class: 'dss-row' }, nameButton(token), copyButton(token)), valueText(token), badges(token), description(token)));
}

const ROLES = [
  ['surface', 'Surfaces', 'Areas that carry other things: pages, panels, fields.'],
  ['text', 'Text', 'On the canvas of each context.'],
  ['icon', 'Icons', null],
  ['border', 'Borders', 'Lines, outlines and focus rings.'],
  ['shadow', 'Shadow colours', null],
  ['', 'Fills and others', 'Accents, states, data: colours whose name says no single role.'],
];

/** Colours by what they are for, every context side by side. */
export function roles() {
  const tokens = tokensOf('color').filter((token) => !token.ramp && (token.role || token.alias));
  return pageShell({
    eyebrow: 'Color', title: 'Roles', controls: [copyAs(), valuesAs()],
    lead: 'Colours by purpose. Use these in components; the palette behind them may change with the context.',
    facts: [`${tokens.length} roles`],
  }, ROLES.map(([role, title, note]) => {
    const members = tokens.filter((token) => (token.role ?? '') === role);
    return members.length > 0 && section({ title, count: members.length, note }, tokenTable(members, { filters: members.length > 25, label: title, size: 25 }));
  }));
}

/** Gradients on a wide band, with their stops. */
export function gradients() {
  return pageShell({
    eyebrow: 'Color', title: 'Gradients', controls: [copyAs(), valuesAs()],
    lead: 'The specification gives stops without a direction: shown from left to right. Use the value inside any gradient function.',
  }, h('ul', { class: 'dss-cards dss-cards-wide' }, tokensOf('gradient').map((token) => {
    const stops = h('ol', { class: 'dss-stops' });
    const node = h('li', { class: 'dss-card' },
      h('span', { class: 'dss-card-fill dss-checker', 'aria-hidden': 'true', 'data-sample': token.path, style: { '--dssui-image': `linear-gradient(90deg, var(--${token.name}))` } }),
      h('div', { class: 'dss-card-body' }, h('div', { class: 'dss-row' }, nameButton(token), copyButton(token)), description(token), badges(token), stops));
    return follow(node, (inputs) => stops.replaceChildren(...(partsOf(token, inputs) ?? []).map((stop) => h('li', {},
      h('span', { class: 'dss-dot', 'aria-hidden': 'true', style: { 'background-color': stop.color } }), h('code', {}, stop.color), h('span', {}, stop.position)))));
  })));
}

