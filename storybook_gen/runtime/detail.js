// Everything about one token, in a panel at the side; `?token=path` in the address opens it.
import { copyText, SYNTAXES } from './copy.js';
import { h, icon, replace } from './dom.js';
import { aliasOf, columnsFor, DEFAULTS, valueOf } from './modes.js';
import { specimen } from './specimens.js';
import { chainOf, impact, loadKinds, tokenAt, users } from './store.js';
import { badges, copyButton, description, pathText, stage, valueText } from './ui.js';

let dialog = null;

/** Opens the panel for the token at `path`. */
export async function openDetail(path) {
  await loadKinds(null);
  const token = tokenAt(path);
  if (!token) return;
  if (!dialog?.isConnected) {
    dialog = h('dialog', { class: 'dss dss-detail', 'aria-labelledby': 'dss-detail-title', onclick(event) {
      if (event.target === dialog) dialog.close();
    }, onclose: () => remember(null) });
    document.body.append(dialog);
  }
  replace(dialog, content(token));
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  remember(path);
}

function remember(path) {
  const url = new URL(location.href);
  if (path === null) url.searchParams.delete('token');
  else url.searchParams.set('token', path);
  history.replaceState(history.state, '', url);
}

function content(token) {
  const code = Object.entries(SYNTAXES).filter(([key]) => key !== 'value');
  const figma = token.figma;
  const syntaxes = (figma?.syntax ?? []).map(([platform, text]) => [`Figma, ${platform}`, text]);
  return h('article', {},
    h('header', {},
      h('p', { class: 'dss-eyebrow' }, token.type),
      h('h2', { id: 'dss-detail-title' }, pathText(token.path)),
      h('button', { type: 'button', class: 'dss-close', 'aria-label': 'Close', onclick: () => dialog.close() }, icon('close'))),
    h('div', { class: 'dss-detail-body' },
      h('p', { class: 'dss-badges' }, badges(token)),
      description(token),
      deprecation(token),
      part('In every context', contexts(token)),
      part('Refers to', chains(token)),
      part('Used by', usedBy(token)),
      part('In code', h('dl', { class: 'dss-code' },
        [...code.map(([, { label, text }]) => [label, text(token)]), ...syntaxes].map(([label, text]) => [
          h('dt', {}, label),
          h('dd', { class: 'dss-copyable' }, h('code', {}, text), copyButton(token, { text, label: `${label}: ${text}` })),
        ]))),
      figma && part('In Figma', h('dl', { class: 'dss-pairs' },
        [['Variable', figma.name], ['Collection', figma.collection], ['Scopes', figma.scopes?.join(', ')], ['Id', figma.id]]
          .filter(([, text]) => text).map(([label, text]) => [h('dt', {}, label), h('dd', {}, text)])),
      figma.url && h('a', { class: 'dss-external', href: figma.url, target: '_blank', rel: 'noopener noreferrer' }, 'Open in Figma', icon('link'))),
      h('p', { class: 'dss-detail-foot' }, h('button', { type: 'button', class: 'dss-button', onclick: () => copyText(location.href) }, 'Copy a link to this token'))));
}

const part = (title, ...content) => (content.flat().some(Boolean) ? h('section', {}, h('h3', {}, title), content) : null);

function deprecation(token) {
  if (!token.deprecated) return null;
  return h('div', { class: 'dss-callout' }, icon('warn'), h('div', {},
    h('strong', {}, 'Deprecated. '), typeof token.deprecated === 'string' && h('bdi', {}, token.deprecated),
    token.replacement && h('p', {}, 'Use ', link(token.replacement), ' instead.')));
}

function contexts(token) {
  return h('ul', { class: 'dss-contexts' }, columnsFor([token]).map((column) => h('li', {},
    stage(column.inputs, { class: 'dss-context-stage' }, specimen(token, column.inputs)),
    h('div', {}, column.inputs && h('span', { class: 'dss-context-name' }, column.name), valueText(token, column.inputs)))));
}

function chains(token) {
  const columns = columnsFor([token]).map(({ name, inputs }) => ({ name, inputs: inputs ?? DEFAULTS }));
  const shown = new Map();
  for (const { name, inputs } of columns) {
    const chain = chainOf(token, inputs, aliasOf);
    const key = chain.join('\n');
    if (!shown.has(key)) shown.set(key, { chain, names: [], inputs });
    shown.get(key).names.push(name);
  }
  const several = shown.size > 1;
  const items = [...shown.values()].filter(({ chain }) => chain.length).map(({ chain, names, inputs }) => h('li', {},
    several && h('span', { class: 'dss-context-name' }, names.join(', ')),
    chain.map((path) => [icon('arrow'), link(path)]),
    h('code', { class: 'dss-value' }, ` = ${valueOf(token, inputs) ?? '—'}`)));
  const parts = (token.uses ?? []).filter((path) => path !== token.alias);
  return [
    items.length > 0 && h('ul', { class: 'dss-chain' }, items),
    parts.length > 0 && h('ul', { class: 'dss-links' }, parts.map((path) => h('li', {}, link(path)))),
  ];
}

function usedBy(token) {
  const direct = users(token.path);
  if (!direct.length) return null;
  const all = impact(token.path).size;
  return [
    h('p', { class: 'dss-note' }, `${direct.length} directly, ${all} in all`),
    h('ul', { class: 'dss-links' }, direct.slice(0, 24).map((user) => h('li', {}, link(user.path))), direct.length > 24 && h('li', {}, `and ${direct.length - 24} more`)),
  ];
}

function link(path) {
  if (!tokenAt(path)) return h('span', { class: 'dss-path' }, path);
  return h('button', { type: 'button', class: 'dss-link', onclick: () => openDetail(path) },
    h('span', { class: 'dss-path' }, path.split(/(?<=\.)/).flatMap((name) => [name, h('wbr')])));
}

