// Shadows and motion.
import { h, icon, replace } from '../dom.js';
import { columnsFor, follow, now, partsOf, schemeOf, site, valueOf } from '../modes.js';
import { curve, milliseconds, pointsOf } from '../specimens.js';
import { tokenAt, tokensOf } from '../store.js';
import { aliasLine, badges, copyAs, copyButton, description, growing, nameButton, pageShell, pathText, section, stage, valueText } from '../ui.js';

/** Shadows in a light and a dark context side by side where there are both, layer by layer. */
export function shadows() {
  const tokens = tokensOf('shadow');
  const stages = grounds([...tokens, ...tokensOf('color').filter((token) => token.role === 'shadow' || token.role === 'surface')]);
  return pageShell({ eyebrow: 'Elevation', title: 'Shadows', lead: 'On the canvas of each context, with every layer listed. A shadow that nobody sees on dark needs a lighter surface or a border.', controls: [copyAs()] },
    tokens.length > 0 && growing(tokens, (token) => shadowCard(token, stages), { size: 30, wrap: (children) => h('ul', { class: 'dss-elevations' }, children) }),
    site.composed.shadow.length > 0 && section({ title: 'From parts', count: site.composed.shadow.length, note: 'Offsets, blur and colour are tokens of their own; this is the shadow they make together.' },
      h('ul', { class: 'dss-elevations' }, site.composed.shadow.map((shadow) => composedCard(shadow, stages)))));
}

/** One light and one dark choice of contexts; the toolbar's where there is no other. */
function grounds(tokens) {
  const columns = columnsFor(tokens).filter(({ inputs }) => inputs);
  const light = columns.find(({ inputs }) => schemeOf(inputs) === 'light');
  const dark = columns.find(({ inputs }) => schemeOf(inputs) === 'dark');
  return light && dark ? [light, dark] : [{ name: null, inputs: null }];
}

function shadowCard(token, stages) {
  const list = h('ol', { class: 'dss-layerlist' });
  const node = h('li', { class: 'dss-elevation' },
    stages.map(({ name, inputs }) => ground(name, inputs, { 'box-shadow': `var(--${token.name})` }, { 'data-sample': token.path })),
    h('div', { class: 'dss-card-body' }, h('div', { class: 'dss-row' }, nameButton(token), copyButton(token)), aliasLine(token), badges(token), description(token), list));
  return follow(node, (inputs) => replace(list, (partsOf(token, inputs) ?? []).map((layer) => h('li', {},
    h('code', {}, `${layer.offsetX} ${layer.offsetY}`), h('span', {}, 'blur ', h('code', {}, layer.blur)), h('span', {}, 'spread ', h('code', {}, layer.spread)),
    h('span', { class: 'dss-row dss-tight' }, h('span', { class: 'dss-dot', 'aria-hidden': 'true', style: { 'background-color': layer.color } }), h('code', {}, layer.color)), layer.inset && h('span', { class: 'dss-badge' }, 'Inset')))));
}

function shadowOf({ parts }) {
  const reference = (key, fallback) => (parts[key] && tokenAt(parts[key]) ? `var(--${tokenAt(parts[key]).name})` : fallback);
  return `${reference('x', '0px')} ${reference('y', '0px')} ${reference('blur', '0px')} ${reference('spread', '0px')} ${reference('color', 'rgb(0 0 0 / 0.25)')}`;
}

/** A small sample of a shadow whose parts are tokens of their own. */
export const composedShadow = (shadow) => h('span', { class: 'dss-sample dss-sample-card', 'aria-hidden': 'true', style: { 'box-shadow': shadowOf(shadow) } });

function composedCard(shadow, stages) {
  const { path, parts } = shadow;
  return h('li', { class: 'dss-elevation' },
    stages.map(({ name, inputs }) => ground(name, inputs, { 'box-shadow': shadowOf(shadow) }, { 'data-composed': path })),
    h('div', { class: 'dss-card-body' }, h('span', { class: 'dss-name dss-name-plain' }, pathText(path)),
      h('ul', { class: 'dss-partlist' }, Object.entries(parts).map(([key, part]) => tokenAt(part) && h('li', {}, h('span', { class: 'dss-muted' }, key), nameButton(tokenAt(part)), valueText(tokenAt(part)))))));
}

const ground = (name, inputs, style, props) => stage(inputs, { class: 'dss-ground' }, h('span', { ...props, class: 'dss-raised', 'aria-hidden': 'true', style }), name && h('span', { class: 'dss-ground-name' }, name));

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Durations, curves and transitions; nothing moves before a button is pressed. */
export function motion() {
  const tokens = tokensOf('motion');
  const durations = tokens.filter((token) => token.type === 'duration').sort((a, b) => milliseconds(valueOf(a)) - milliseconds(valueOf(b)));
  const curves = tokens.filter((token) => token.type === 'cubicBezier');
  const transitions = tokens.filter((token) => token.type === 'transition');
  const calm = still();
  return pageShell({ title: 'Motion', controls: [copyAs()],
    lead: calm ? 'Your system asks for less motion: the samples jump instead of moving.' : 'Press play. Nothing moves by itself, and nothing moves where the system asks for less motion.' },
  durations.length > 0 && section({ title: 'Durations', count: durations.length, note: 'One second is the full width.' }, growing(durations, durationLine, { size: 40, wrap: (children) => h('ul', { class: 'dss-bars' }, children) })),
  curves.length > 0 && section({ title: 'Curves', count: curves.length }, growing(curves, (token) => curveCard(token), { size: 24, wrap: (children) => h('ul', { class: 'dss-cards' }, children) })),
  transitions.length > 0 && section({ title: 'Transitions', count: transitions.length }, growing(transitions, (token) => curveCard(token), { size: 24, wrap: (children) => h('ul', { class: 'dss-cards' }, children) })));
}

function durationLine(token) {
  const ruler = h('span', { class: 'dss-ruler', 'aria-hidden': 'true', 'data-sample': token.path });
  follow(ruler, (inputs) => ruler.style.setProperty('width', `${Math.min(100, milliseconds(valueOf(token, inputs)) / 10)}%`));
  return h('li', { class: 'dss-barline' },
    h('div', { class: 'dss-barline-name' }, nameButton(token), copyButton(token), badges(token)),
    h('div', { class: 'dss-barline-value' }, valueText(token), aliasLine(token)),
    h('div', { class: 'dss-barline-stage' }, ruler), description(token));
}

/** A ball that runs along a track as the token says. */
function curveCard(token) {
  const ball = h('span', { class: 'dss-ball' });
  const track = h('span', { class: 'dss-track', 'aria-hidden': 'true' }, ball);
  const play = h('button', { type: 'button', class: 'dss-button dss-play', 'aria-label': `Play ${token.path}` }, icon('play'), 'Play');
  play.addEventListener('click', () => {
    const parts = token.type === 'transition' ? partsOf(token, now()) ?? {} : {};
    const points = pointsOf(token);
    const end = track.clientWidth - ball.offsetWidth;
    if (still()) return void ball.style.setProperty('translate', ball.style.getPropertyValue('translate') ? '' : `${end}px`);
    ball.getAnimations().forEach((animation) => animation.cancel());
    ball.animate([{ translate: '0' }, { translate: `${end}px` }], {
      duration: milliseconds(parts.duration) || 700, delay: milliseconds(parts.delay), fill: 'forwards',
      easing: points ? `cubic-bezier(${points.join(', ')})` : 'linear',
    });
  });
  const facts = h('dl', { class: 'dss-metrics' });
  if (token.type === 'transition') {
    follow(facts, (inputs) => {
      const parts = partsOf(token, inputs) ?? {};
      replace(facts, [['Duration', parts.duration], ['Delay', parts.delay], ['Curve', parts.timingFunction]].filter(([, text]) => text).map(([label, text]) => h('div', {}, h('dt', {}, label), h('dd', {}, text))));
    });
  }
  return h('li', { class: 'dss-card' },
    h('div', { class: 'dss-card-stage dss-motion-stage' }, curve(token, null, 92), h('div', { class: 'dss-motion-play' }, track, play)),
    h('div', { class: 'dss-card-body' }, h('div', { class: 'dss-row' }, nameButton(token), copyButton(token)), token.type === 'transition' ? facts : valueText(token), aliasLine(token), badges(token), description(token)));
}

