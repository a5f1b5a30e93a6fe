// The overview: what there is, how it is, where to go.
import { h, icon, replace } from '../dom.js';
import { modifiers, site } from '../modes.js';
import { specimen } from '../specimens.js';
import { tokensOf } from '../store.js';
import { copyText } from '../copy.js';
import { grouped, pageLink, pageShell, section, stage, swatch } from '../ui.js';
import { composedShadow } from './effects.js';
import { failing } from './contrast.js';
import { sampleInterface } from './modes.js';

const plural = (count, one, many = `${one}s`) => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** The first page. */
export function overview() {
  const tokens = tokensOf();
  const contexts = modifiers.reduce((sum, { contexts: all }) => sum + all.length, 0);
  return pageShell({
    eyebrow: 'Design tokens', title: site.title,
    lead: `${plural(tokens.length, 'token')}, all documented here${modifiers.length ? `, in ${plural(contexts, 'context')} of ${plural(modifiers.length, 'modifier')}` : ''}.`,
    facts: [`${site.count.toLocaleString('en')} tokens, ${tokens.length.toLocaleString('en')} documented`, `Source ${site.hash}`],
  }, palette(tokens), tiles(), interfaces(), health(tokens), usage(tokens));
}

/** All scales as bands: the system at one glance. */
function palette(tokens) {
  const colors = tokens.filter((token) => token.type === 'color');
  const ramps = grouped(colors.filter((token) => token.ramp), (token) => token.ramp).filter(([, steps]) => steps.length > 3).slice(0, 8);
  const bands = ramps.length ? ramps.map(([, steps]) => [...steps].sort((a, b) => a.step - b.step)) : [colors.slice(0, 24)];
  if (!bands[0].length) return null;
  return h('div', { class: 'dss-palette', 'aria-hidden': 'true' }, bands.map((steps) => h('div', { class: 'dss-band' }, steps.slice(0, 24).map((token) => swatch(token)))));
}

/** A card for each page, with a few samples of what it shows. */
function tiles() {
  return section({ title: 'Pages' }, h('ul', { class: 'dss-tiles' }, site.pages.filter((page) => page.about).map((page) => h('li', {}, pageLink(page,
    h('span', { class: 'dss-tile-samples' }, samples(page)),
    h('strong', {}, page.name), h('span', { class: 'dss-muted' }, page.about))))));
}

const PICTURES = { modes: 'contrast', components: 'component', all: 'search', graph: 'graph', deprecated: 'warn', changes: 'diff' };

function samples(page) {
  if (Object.hasOwn(PICTURES, page.key)) return h('span', { class: 'dss-tile-icon' }, icon(PICTURES[page.key]));
  if (page.key === 'shadows' && site.composed.shadow.length) return site.composed.shadow.slice(0, 4).map((shadow) => stage(null, { class: 'dss-tile-sample' }, composedShadow(shadow)));
  const tokens = tokensOf(...page.kinds);
  const wanted = tokens.filter((token) => (!page.types || page.types.includes(token.type)) && (!page.roles || page.roles.includes(token.role ?? '')) && token.value !== undefined);
  const step = Math.max(1, Math.floor(wanted.length / 5));
  return wanted.filter((_, at) => at % step === 0).slice(0, 5).map((token) => stage(null, { class: 'dss-tile-sample' }, specimen(token)));
}

function interfaces() {
  const place = modifiers.findIndex((_, at) => site.visual.includes(at));
  if (place < 0 || !site.sample.text) return null;
  const columns = modifiers[place].contexts.slice(0, 3).map((context, at) => ({ name: context.name, inputs: modifiers.map((_, other) => (other === place ? at : 0)) }));
  return section({ title: 'In use', note: 'A few of the tokens at work, in each context.' }, h('div', { class: 'dss-interfaces' }, columns.map(sampleInterface)));
}

/** What needs attention. */
function health(tokens) {
  const old = tokens.filter((token) => token.deprecated).length;
  const bare = tokens.filter((token) => !token.description).length;
  const gaps = tokens.filter((token) => token.value === undefined || Object.values(token.values ?? {}).includes(null)).length;
  const contrasts = failing().map(({ name, found }) => ({ name, count: found.length })).filter(({ count }) => count);
  const page = (key) => site.pages.find((candidate) => candidate.key === key);
  const line = (good, text, target) => h('li', { class: good ? 'dss-good' : 'dss-attention' }, icon(good ? 'check' : 'warn'), target ? pageLink(target, text) : h('span', {}, text));
  return section({ title: 'State' }, h('ul', { class: 'dss-health' },
    page('contrast') && line(!contrasts.length, contrasts.length ? `Pairs below their contrast goal: ${contrasts.map(({ name, count }) => `${count} in ${name}`).join(', ')}` : 'Every known pair of colours reaches its contrast goal', page('contrast')),
    line(!old, old ? `${plural(old, 'token')} deprecated` : 'No token is deprecated', old ? page('deprecated') : null),
    line(!gaps, gaps ? `${plural(gaps, 'token')} without a value in some context` : 'Every token has a value in every context', null),
    line(!site.warnings.length, site.warnings.length ? `${plural(site.warnings.length, 'warning')} while reading` : 'Nothing was reported while reading', null),
    line(bare < tokens.length / 2, `${(tokens.length - bare).toLocaleString('en')} of ${plural(tokens.length, 'token')} have a description`, null)),
  site.warnings.length > 0 && h('details', { class: 'dss-details' }, h('summary', {}, 'Warnings'), h('ul', {}, site.warnings.map((text) => h('li', {}, text)))));
}

function usage(tokens) {
  const token = tokens.find((candidate) => candidate.type === 'color' && candidate.alias) ?? tokens[0];
  if (!token) return null;
  const attributes = modifiers.map(({ attribute, contexts }) => `${attribute}="${contexts.at(-1).name}"`);
  const samplesOf = {
    CSS: `.card {\n  ${token.type === 'color' ? 'background-color' : 'width'}: var(--${token.name});\n}`,
    SCSS: `@use "tokens";\n\n.card {\n  ${token.type === 'color' ? 'background-color' : 'width'}: tokens.$${token.name};\n}`,
    HTML: attributes.length ? `<section ${attributes[0]}>\n  everything in here\n</section>` : '<link rel="stylesheet" href="tokens.css">',
  };
  const code = h('code', {});
  const show = (key) => {
    replace(code, samplesOf[key]);
    for (const tab of tabs) tab.setAttribute('aria-pressed', String(tab.textContent === key));
  };
  const tabs = Object.keys(samplesOf).map((key) => h('button', { type: 'button', class: 'dss-button', onclick: () => show(key) }, key));
  show('CSS');
  return section({ title: 'Use' }, h('div', { class: 'dss-usage' }, h('div', { class: 'dss-row' }, tabs, h('button', { type: 'button', class: 'dss-button', onclick: () => copyText(code.textContent, code) }, icon('copy'), 'Copy')), h('pre', { tabindex: '0', role: 'region', 'aria-label': 'Code' }, code)));
}

