// Contexts: an interface made of the tokens that exist in each of them, and what differs.
import { h } from '../dom.js';
import { DEFAULTS, modifiers, modifiersOf, site } from '../modes.js';
import { glyph } from '../specimens.js';
import { tokenAt, tokensOf } from '../store.js';
import { tokenTable } from '../table.js';
import { copyAs, pageShell, section, stage, valuesAs } from '../ui.js';

const SIDE_BY_SIDE = 4;

/** The sample interface in each context, then every token that any context changes. */
export function sideBySide() {
  const tokens = tokensOf();
  const changing = tokens.filter((token) => modifiersOf([token]).length);
  return pageShell({ eyebrow: 'Modes', title: 'Side by side', controls: [copyAs(), valuesAs()],
    lead: `${modifiers.map(({ name, contexts }) => `${name}: ${contexts.map((context) => context.name).join(', ')}`).join('. ')}. ${changing.length.toLocaleString('en')} of ${tokens.length.toLocaleString('en')} tokens change.` },
  modifiers.map((modifier, place) => {
    const mine = changing.filter((token) => modifiersOf([token]).includes(place));
    const columns = modifier.contexts.map((context, at) => {
      const inputs = [...DEFAULTS];
      inputs[place] = at;
      return { name: context.name, inputs };
    });
    const visible = mine.some((token) => token.type === 'color');
    return section({ title: modifier.name, count: mine.length, note: mine.length ? null : 'No token changes with it.' },
      visible && h('div', { class: 'dss-interfaces' }, columns.slice(0, SIDE_BY_SIDE).map((column) => sampleInterface(column))),
      mine.length > 0 && tokenTable(mine, { label: `Tokens that change with ${modifier.name}`, size: 30, columns }));
  }));
}

/** A small interface of the tokens that names suggest; nothing where there are too few. */
export function sampleInterface({ name, inputs }) {
  const { sample } = site;
  const use = (key, fallback) => (sample[key] && tokenAt(sample[key]) ? `var(--${tokenAt(sample[key]).name})` : fallback);
  const ink = use('text', 'var(--dssui-sample-ink)');
  const muted = use('muted', ink);
  const line = use('border', 'color-mix(in srgb, currentColor 20%, transparent)');
  const accent = use('accent', ink);
  const onAccent = use('onAccent', 'var(--dssui-canvas)');
  const radius = use('radius', '8px');
  return stage(inputs, { class: 'dss-interface', 'aria-hidden': 'true' },
    glyph(name, { class: 'dss-interface-name' }),
    h('div', { class: 'dss-interface-card', style: { 'background-color': use('raised', 'transparent'), border: `1px solid ${line}`, 'border-radius': use('cardRadius', radius), color: ink } },
      glyph('Leave the harbour?', { class: 'dss-interface-title' }),
      glyph('Two crew members are still ashore.', { style: { color: muted } }),
      glyph('Message to the crew', { class: 'dss-interface-field', style: { border: `1px solid ${use('strongBorder', line)}`, 'border-radius': radius, color: muted } }),
      h('span', { class: 'dss-interface-row' },
        glyph('Cast off', { class: 'dss-interface-button', style: { 'background-color': accent, color: onAccent, 'border-radius': radius } }),
        glyph('Wait', { class: 'dss-interface-button', style: { border: `1px solid ${line}`, 'border-radius': radius } }))),
    sample.status?.length > 0 && h('div', { class: 'dss-interface-row' }, sample.status.map(({ label, surface, text }) => glyph(label, { class: 'dss-interface-chip', style: {
      'background-color': surface && tokenAt(surface) ? `var(--${tokenAt(surface).name})` : 'transparent', color: text && tokenAt(text) ? `var(--${tokenAt(text).name})` : ink, 'border-radius': radius } }))));
}

