// The table of tokens: search, filters, order, pages of rows, every context side by side.
import { h, replace, unique } from './dom.js';
import { columnsFor, DEFAULTS, modifiers, rgbaOf, valueOf } from './modes.js';
import { specimen } from './specimens.js';
import { aliasLine, badges, chooser, copyButton, description, matches, nameButton, pixels, searchBox, stage, valueText } from './ui.js';

const COLUMNS_AT_ONCE = 4;

const ORDERS = {
  source: ['As written', null],
  name: ['Name', (a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)],
  value: ['Value', (a, b) => {
    const [x, y] = [valueOf(a) ?? '', valueOf(b) ?? ''];
    const [p, q] = [pixels(x), pixels(y)];
    if (p !== null && q !== null) return p - q;
    return x < y ? -1 : x > y ? 1 : 0;
  }],
  type: ['Type', (a, b) => (a.type < b.type ? -1 : a.type > b.type ? 1 : 0)],
};

/**
 * A table of `tokens`.
 * filters: offer search, type, context, deprecated and order. size: rows of a page.
 */
export function tokenTable(tokens, { filters = true, size = 50, label = 'Tokens', columns = null } = {}) {
  const all = columns ?? columnsFor(tokens);
  const state = { words: [], type: '', mode: '', deprecated: '', order: 'source', page: 0, columns: all.slice(0, COLUMNS_AT_ONCE) };
  const status = h('p', { class: 'dss-status', role: 'status' });
  const caption = unique('caption');
  const head = h('tr', { role: 'row' });
  const body = h('tbody', { role: 'rowgroup' });
  const table = h('table', { class: 'dss-table', role: 'table', 'aria-label': label, id: caption },
    h('thead', { role: 'rowgroup' }, head), body);
  const pager = h('nav', { class: 'dss-pager', 'aria-label': `Pages of ${label.toLowerCase()}` });

  const shown = () => {
    const found = tokens.filter((token) => matches(token, state.words)
      && (!state.type || token.type === state.type)
      && (!state.deprecated || (state.deprecated === 'only') === Boolean(token.deprecated))
      && (!state.mode || differsBy(token, Number(state.mode))));
    const order = ORDERS[state.order][1];
    return order ? [...found].sort(order) : found;
  };

  const draw = () => {
    const found = shown();
    const pages = Math.max(1, Math.ceil(found.length / size));
    state.page = Math.min(state.page, pages - 1);
    const from = state.page * size;
    const rows = found.slice(from, from + size);
    replace(head, ['Token', ...state.columns.map(({ name }) => name), 'Copy'].map((text) => h('th', { scope: 'col', role: 'columnheader' }, text)));
    replace(body, rows.map((token) => row(token, state.columns)));
    table.hidden = !rows.length;
    const range = found.length > size ? `${(from + 1).toLocaleString('en')}–${(from + rows.length).toLocaleString('en')} of ` : '';
    status.textContent = found.length === tokens.length
      ? `${range}${tokens.length.toLocaleString('en')} ${tokens.length === 1 ? 'token' : 'tokens'}`
      : `${range}${found.length.toLocaleString('en')} found among ${tokens.length.toLocaleString('en')} tokens`;
    drawPager(pages);
  };

  const turn = (page) => {
    state.page = page;
    draw();
    table.scrollIntoView({ block: 'nearest' });
  };

  const drawPager = (pages) => {
    pager.hidden = pages < 2;
    if (pages < 2) return void replace(pager);
    const near = [...new Set([0, state.page - 1, state.page, state.page + 1, pages - 1])].filter((page) => page >= 0 && page < pages).sort((a, b) => a - b);
    replace(pager,
      h('button', { type: 'button', class: 'dss-button', disabled: state.page === 0, onclick: () => turn(state.page - 1) }, 'Previous'),
      h('span', { class: 'dss-pager-pages' }, near.map((page, place) => [
        place > 0 && page - near[place - 1] > 1 && h('span', { 'aria-hidden': 'true' }, '…'),
        h('button', { type: 'button', class: 'dss-button dss-page-number', 'aria-current': page === state.page ? 'page' : null, 'aria-label': `Page ${page + 1}`, onclick: () => turn(page) }, String(page + 1)),
      ])),
      h('button', { type: 'button', class: 'dss-button', disabled: state.page === pages - 1, onclick: () => turn(state.page + 1) }, 'Next'));
  };

  const change = (key) => (value) => {
    state[key] = value;
    state.page = 0;
    draw();
  };
  const controls = filters ? controlsFor(tokens, change, all, state, draw) : all.length > COLUMNS_AT_ONCE ? [columnsBox(all, state, draw)] : [];
  draw();
  return h('div', { class: 'dss-tablebox' },
    controls.length > 0 && h('div', { class: 'dss-controls dss-filters', role: 'search', 'aria-label': `Filter: ${label}` }, controls), status,
    h('div', { class: 'dss-scroll', tabindex: '0', role: 'region', 'aria-label': `${label}, scrolls sideways` }, table), pager);
}

function controlsFor(tokens, change, all, state, draw) {
  const types = [...new Set(tokens.map((token) => token.type))].sort();
  const deprecated = tokens.some((token) => token.deprecated);
  const touched = modifiers.map((modifier, place) => [modifier, place]).filter(([, place]) => tokens.some((token) => differsBy(token, place)));
  return [
    searchBox('Search', change('words')),
    types.length > 1 && chooser('Type', [['', 'All types'], ...types.map((type) => [type, type])], '', change('type')),
    touched.length > 0 && chooser('Changes with', [['', 'Anything'], ...touched.map(([modifier, place]) => [String(place), modifier.name])], '', change('mode')),
    deprecated && chooser('Deprecated', [['', 'Shown'], ['hide', 'Hidden'], ['only', 'Only these']], '', change('deprecated')),
    chooser('Order', Object.entries(ORDERS).map(([key, [text]]) => [key, text]), 'source', change('order')),
    all.length > COLUMNS_AT_ONCE && columnsBox(all, state, draw),
  ].filter(Boolean);
}

/** Which contexts stand side by side, where there are many. */
function columnsBox(all, state, draw) {
  return h('details', { class: 'dss-columns' }, h('summary', {}, `Contexts (${all.length})`),
    h('div', { class: 'dss-popover', role: 'group', 'aria-label': 'Contexts shown' }, all.map((column) => h('label', {},
      h('input', { type: 'checkbox', checked: state.columns.includes(column), onchange(event) {
        const chosen = new Set(state.columns);
        if (event.target.checked) chosen.add(column);
        else chosen.delete(column);
        state.columns = all.filter((candidate) => chosen.has(candidate));
        draw();
      } }), ' ', column.name))));
}

const differsBy = (token, place) => columnsCache(token).has(place);

function columnsCache(token) {
  token.places ??= new Set(columnsFor([token]).flatMap(({ inputs }) => (inputs ? inputs.flatMap((context, at) => (context > 0 ? [at] : [])) : [])));
  return token.places;
}

/** Whether one sample says it all: nothing differs, and what is behind it does not show. */
function sameEverywhere(token, columns) {
  if (columns.length < 2 || columnsCache(token).size) return false;
  return token.type !== 'color' || ((!token.role || token.role === 'surface') && (rgbaOf(token, DEFAULTS)?.[3] ?? 0) === 1);
}

function row(token, columns) {
  return h('tr', { role: 'row', 'data-token': token.path },
    h('th', { scope: 'row', role: 'rowheader' }, nameButton(token), badges(token), description(token)),
    sameEverywhere(token, columns) ? h('td', { role: 'cell', colspan: columns.length, 'data-label': 'Every context' },
      stage(null, { class: 'dss-cell' }, specimen(token)), h('span', { class: 'dss-cell-text' }, valueText(token), aliasLine(token)))
    : columns.map(({ name, inputs }) => h('td', { role: 'cell', 'data-label': name },
      stage(inputs, { class: 'dss-cell' }, specimen(token, inputs)),
      h('span', { class: 'dss-cell-text' }, valueText(token, inputs), aliasLine(token, inputs)))),
    h('td', { role: 'cell', class: 'dss-cell-copy' }, copyButton(token)));
}
