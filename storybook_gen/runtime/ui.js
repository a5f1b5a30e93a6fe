// What every page is made of.
import { apca, contrast, hexText, levelOf, NOTATIONS, parseColor, ratioText } from './color.js';
import { copyText, preference, syntax, SYNTAXES } from './copy.js';
import { h, icon, replace, unique } from './dom.js';
import { aliasOf, DEFAULTS, follow, mark, modifiers, now, rgbaOf, schemeOf, site, valueOf } from './modes.js';

export { apca, contrast, hexText, levelOf, parseColor, ratioText };

export const notation = preference('dss-notation', NOTATIONS, 'authored');

/** A page: heading, lead, controls and content. `update` is called when a story's args change. */
export function pageShell({ eyebrow, title, lead, controls = [], facts = [] }, ...content) {
  const node = h('main', { class: 'dss dss-page' },
    h('header', { class: 'dss-head' },
      h('p', { class: 'dss-eyebrow' }, eyebrow ?? site.title),
      h('h1', {}, title),
      lead && h('p', { class: 'dss-lead' }, lead),
      facts.length > 0 && h('ul', { class: 'dss-facts' }, facts.map((fact) => h('li', {}, fact))),
      controls.length > 0 && h('div', { class: 'dss-controls' }, controls)),
    content);
  return node;
}

/** A part of a page with its own heading; `count` stands beside it. */
export function section({ title, count, note, level = 2, wide = false }, ...content) {
  return h('section', { class: `dss-section${wide ? ' dss-wide' : ''}` },
    h(`h${level}`, {}, title, count !== undefined && h('span', { class: 'dss-count' }, String(count))),
    note && h('p', { class: 'dss-note' }, note),
    content);
}

/** A labelled select over `[key, label]` pairs. */
export function chooser(label, options, value, change) {
  const id = unique('choice');
  const select = h('select', { id, onchange: (event) => change(event.target.value) },
    options.map(([key, text]) => h('option', { value: key, selected: key === value }, text)));
  select.value = value;
  return h('div', { class: 'dss-field' }, h('label', { for: id }, label), select);
}

/** A labelled search field; `change` gets the words in lower case. */
export function searchBox(label, change, placeholder = 'Name, value or description') {
  const id = unique('search');
  const input = h('input', {
    id, type: 'search', placeholder, autocomplete: 'off', spellcheck: 'false',
    oninput: (event) => change(event.target.value.trim().toLowerCase().split(/\s+/).filter(Boolean)),
  });
  return h('div', { class: 'dss-field dss-search' }, h('label', { for: id }, label), h('span', {}, icon('search'), input));
}

/** The choice of how the copy buttons write a token. */
export const copyAs = () => chooser('Copy as', Object.entries(SYNTAXES).map(([key, { label }]) => [key, label]), syntax.get(), syntax.set);

/** The choice of how colours are written. */
export const valuesAs = () => chooser('Values as', [['authored', 'Authored'], ['hex', 'Hex'], ['rgb', 'RGB'], ['hsl', 'HSL'], ['oklch', 'OKLCH']], notation.get(), notation.set);

/** A path with its groups dimmed; it can break after each dot. */
export function pathText(path) {
  const at = path.lastIndexOf('.') + 1;
  const lead = path.slice(0, at).split(/(?<=\.)/).flatMap((part) => [part, h('wbr')]);
  return h('span', { class: 'dss-path', title: path }, at > 0 && h('span', { class: 'dss-path-lead' }, lead), h('strong', {}, path.slice(at)));
}

/** The name of a token as a button that opens its details. */
export function nameButton(token) {
  return h('button', {
    type: 'button', class: `dss-name${token.deprecated ? ' dss-struck' : ''}`, 'data-token': token.path,
    'aria-haspopup': 'dialog', onclick: () => import('./detail.js').then(({ openDetail }) => openDetail(token.path)),
  }, pathText(token.path));
}

/** A button that copies a token in the chosen syntax. */
export function copyButton(token, { text = null, label = null } = {}) {
  const what = () => text ?? SYNTAXES[syntax.get()].text(token);
  const button = h('button', { type: 'button', class: 'dss-copy' }, icon('copy'));
  button.addEventListener('click', async () => {
    const copied = await copyText(what(), button.closest('.dss-copyable')?.querySelector('code'));
    if (!copied) return;
    replace(button, icon('check'));
    setTimeout(() => replace(button, icon('copy')), 1400);
  });
  const name = () => {
    button.setAttribute('aria-label', `Copy ${label ?? what()}`);
    button.title = `Copy ${what()}`;
  };
  return text === null ? syntax.follow(button, name) : (name(), button);
}

/** Marks of a token that text must say: deprecated, wide gamut. */
export function badges(token) {
  return [
    token.deprecated && h('span', { class: 'dss-badge dss-badge-warn' }, 'Deprecated'),
    token.wide && h('span', { class: 'dss-badge', title: 'Outside sRGB: screens without a wide gamut show the nearest colour' }, 'Wide gamut'),
  ];
}

/** The text of a token's value; colours in the chosen notation. Follows the toolbar unless `inputs` are given. */
export function valueText(token, inputs = null) {
  const node = h('code', { class: 'dss-value' });
  const show = () => {
    const chosen = inputs ?? now();
    const text = valueOf(token, chosen);
    let shown = text ?? '—';
    if (token.type === 'color' && text !== null && NOTATIONS[notation.get()]) {
      const color = rgbaOf(token, chosen);
      if (color) shown = NOTATIONS[notation.get()](color);
    }
    node.textContent = shown;
    node.title = text ?? 'No value in this context';
  };
  if (token.type === 'color') notation.follow(node, show);
  return inputs ? (token.type === 'color' ? node : (show(), node)) : follow(node, show);
}

/** A patch of colour on a checkerboard. It shows the context of the element around it. */
export function swatch(token, props = {}) {
  return h('span', { ...props, class: `dss-swatch ${props.class ?? ''}`, 'aria-hidden': 'true', 'data-swatch': token.path,
    style: { '--dssui-color': `var(--${token.name})`, ...props.style } });
}

/** The colour of the page under specimens in the contexts `inputs`. */
export function canvasOf(inputs) {
  const color = site.canvas && rgbaOf(site.canvas, inputs);
  if (color && color[3] === 1) return color;
  return schemeOf(inputs) === 'dark' ? [0.067, 0.071, 0.086, 1] : [1, 1, 1, 1];
}

/** An element whose content stands in the contexts `inputs` (the toolbar's by default), on their canvas. */
export function stage(inputs, props, ...children) {
  const node = h('div', { ...props, class: `dss-stage ${props?.class ?? ''}` }, children);
  const place = (chosen) => {
    mark(node, chosen);
    node.dataset.dssScheme = schemeOf(chosen);
    node.style.setProperty('--dssui-canvas', hexText(canvasOf(chosen)));
  };
  return inputs ? (place(inputs), node) : follow(node, place);
}

/** `a → b = value`: what an alias refers to, as buttons; nothing for a literal. */
export function aliasLine(token, inputs = null) {
  const node = h('span', { class: 'dss-alias' });
  const show = () => {
    const alias = aliasOf(token, inputs ?? now());
    replace(node, alias ? [icon('arrow'), h('button', {
      type: 'button', class: 'dss-link', 'aria-haspopup': 'dialog', 'aria-label': `${token.path} refers to ${alias}`,
      onclick: () => import('./detail.js').then(({ openDetail }) => openDetail(alias)),
    }, h('span', { class: 'dss-path' }, alias.split(/(?<=\.)/).flatMap((part) => [part, h('wbr')])))] : []);
    node.hidden = !alias;
  };
  return inputs ? (show(), node) : follow(node, show);
}

/** A list that shows `size` items at a time; the rest on request. */
export function growing(items, make, { size = 48, wrap = (children) => h('div', {}, children), noun = 'tokens' } = {}) {
  const list = wrap(items.slice(0, size).map(make));
  if (items.length <= size) return list;
  let shown = size;
  const label = () => `Show ${Math.min(size, items.length - shown).toLocaleString('en')} more of ${(items.length - shown).toLocaleString('en')} ${noun}`;
  const button = h('button', { type: 'button', class: 'dss-button dss-more', onclick() {
    const next = items.slice(shown, shown + size).map(make);
    list.append(...next);
    shown += next.length;
    if (shown >= items.length) button.remove();
    else button.textContent = label();
    next[0]?.querySelector('button')?.focus();
  } }, label());
  return h('div', {}, list, button);
}

/** Groups items in order by a key. */
export function grouped(items, key) {
  const found = new Map();
  for (const item of items) {
    const name = key(item);
    if (!found.has(name)) found.set(name, []);
    found.get(name).push(item);
  }
  return [...found];
}

export const parentOf = (path) => path.slice(0, Math.max(0, path.lastIndexOf('.')));
export const lastOf = (path) => path.slice(path.lastIndexOf('.') + 1);

/** The description as text of its own direction, so that marks in it turn nothing around. */
export const description = (token) => token.description && h('p', { class: 'dss-description', dir: 'auto' }, h('bdi', {}, token.description));

/** Whether all `words` occur in what a token says of itself. */
export function matches(token, words) {
  if (!words.length) return true;
  token.haystack ??= [token.path, token.name, token.type, token.value, ...Object.values(token.values ?? {}), token.alias, token.description].filter(Boolean).join('\n').toLowerCase();
  return words.every((word) => token.haystack.includes(word));
}

/** A link to another page of this Storybook; the manager opens it. */
export const pageLink = (page, ...children) => h('a', { class: 'dss-pagelink', href: `./?path=/${page.view}/${encodeURIComponent(page.id)}`, target: '_top' }, children);

/** A length as pixels, at 16 px for 1 rem; null where it is none. */
export function pixels(text) {
  const found = /^(-?[\d.]+)(px|rem|em)?$/.exec(text ?? '');
  if (!found) return null;
  return Number(found[1]) * (found[2] === 'rem' || found[2] === 'em' ? 16 : 1);
}

/** A length in the other unit: `16px` is `1rem`. */
export function otherUnit(text) {
  const length = pixels(text);
  if (length === null || !/(px|rem)$/.test(text)) return '';
  const shown = (number) => Number(number.toFixed(4)).toString();
  return text.endsWith('rem') ? `${shown(length)}px` : `${shown(length / 16)}rem`;
}

export { DEFAULTS, modifiers };
