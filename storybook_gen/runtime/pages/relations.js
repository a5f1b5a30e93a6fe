// Relations between tokens: the alias graph, deprecated tokens, components.
import { h, icon, replace, svg } from '../dom.js';
import { aliasOf, columnsFor, DEFAULTS, site, valueOf } from '../modes.js';
import { specimen } from '../specimens.js';
import { chainOf, impact, targets, tokenAt, tokensOf, users } from '../store.js';
import { tokenTable } from '../table.js';
import { copyAs, growing, grouped, matches, nameButton, pageShell, pathText, searchBox, section, stage, valuesAs, valueText } from '../ui.js';

const MOST_RESULTS = 12;
const MOST_DRAWN = 9;
const DEEPEST = 6;

/** One token at a time: the chain to its literal, and everything that depends on it. */
export function graph() {
  const all = tokensOf();
  const linked = all.filter((token) => targets(token).length || users(token.path).length);
  const box = h('div', { class: 'dss-graph' });
  const results = h('ul', { class: 'dss-results', 'aria-label': 'Tokens found' });
  const status = h('p', { class: 'dss-status', role: 'status' });
  const choose = (path) => {
    const url = new URL(location.href);
    url.searchParams.set('focus', path);
    history.replaceState(history.state, '', url);
    replace(box, drawing(tokenAt(path), choose));
  };
  const find = (words) => {
    const found = (words.length ? all.filter((token) => matches(token, words)) : mostUsed(linked));
    status.textContent = words.length ? `${found.length.toLocaleString('en')} found` : `${linked.length.toLocaleString('en')} tokens refer to others or are referred to. The most used:`;
    replace(results, found.slice(0, MOST_RESULTS).map((token) => h('li', {}, h('button', { type: 'button', class: 'dss-result', 'data-token': token.path, onclick: () => choose(token.path) },
      pathText(token.path), h('span', { class: 'dss-muted' }, `${impact(token.path).size} depend on it`)))));
  };
  find([]);
  const asked = new URLSearchParams(location.search).get('focus');
  const first = tokenAt(asked) ?? mostUsed(linked)[0];
  if (first) replace(box, drawing(first, choose));
  return pageShell({ eyebrow: 'Tokens', title: 'Alias graph', lead: 'Choose a token: what it refers to, down to the literal, and what a change of it would reach.' },
    linked.length ? [h('div', { class: 'dss-controls' }, searchBox('Find a token', find)), status, results, box] : h('p', { class: 'dss-empty' }, 'No token refers to another one.'));
}

const mostUsed = (tokens) => [...tokens].map((token) => [users(token.path).length, token]).sort((a, b) => b[0] - a[0]).slice(0, MOST_RESULTS).map(([, token]) => token);

function drawing(token, choose) {
  const columns = columnsFor([token]).map(({ name, inputs }) => ({ name, inputs: inputs ?? [...DEFAULTS] }));
  const byChain = grouped(columns, ({ inputs }) => chainOf(token, inputs, aliasOf).join('\n'));
  const direct = users(token.path);
  const all = impact(token.path);
  const pick = (path, extra) => (tokenAt(path)
    ? h('button', { type: 'button', class: 'dss-node', 'data-token': path, onclick: () => choose(path) }, stage(null, { class: 'dss-node-stage' }, specimen(tokenAt(path))), h('span', {}, pathText(path), extra))
    : h('span', { class: 'dss-node' }, pathText(path)));
  const used = new Set();
  const tree = (path, depth) => {
    const next = users(path).filter((user) => !used.has(user.path));
    if (!next.length || depth > DEEPEST) return null;
    next.forEach((user) => used.add(user.path));
    return growing(next, (user) => h('li', {}, pick(user.path), tree(user.path, depth + 1)), { size: 30, wrap: (items) => h('ul', { class: 'dss-tree' }, items) });
  };
  return [
    h('div', { class: 'dss-graph-head' }, stage(null, { class: 'dss-graph-stage' }, specimen(token)), h('div', {}, h('h2', {}, nameButton(token)), valueText(token))),
    svgGraph(token, direct, choose),
    h('div', { class: 'dss-graph-columns' },
      section({ title: 'Refers to', level: 3 }, byChain.some(([key]) => key) || token.uses?.length ? [
        byChain.filter(([key]) => key).map(([key, members]) => [
          byChain.length > 1 && h('p', { class: 'dss-context-name' }, members.map(({ name }) => name).join(', ')),
          h('ol', { class: 'dss-tree dss-chainlist' }, key.split('\n').map((path, at, chain) => h('li', {}, pick(path, at === chain.length - 1 && h('code', { class: 'dss-value' }, valueOf(token, members[0].inputs) ?? '')))))]),
        token.uses?.length > 0 && [h('p', { class: 'dss-context-name' }, 'Parts'), h('ul', { class: 'dss-tree' }, token.uses.map((path) => h('li', {}, pick(path))))],
      ] : h('p', { class: 'dss-note' }, 'Nothing: it is a literal.')),
      section({ title: 'Used by', level: 3, count: all.size }, direct.length ? [h('p', { class: 'dss-note' }, `${direct.length} directly, ${all.size} in all`), tree(token.path, 1)] : h('p', { class: 'dss-note' }, 'No other token.'))),
  ];
}

/** The same as a drawing: targets at the left, users at the right. The lists beside it say it in words. */
function svgGraph(token, direct, choose) {
  const left = targets(token).slice(0, MOST_DRAWN);
  const right = direct.slice(0, MOST_DRAWN).map((user) => user.path);
  const rows = Math.max(left.length, right.length, 1);
  const [width, line] = [960, 40];
  const height = rows * line + 16;
  const y = (place, count) => (height / 2) + (place - (count - 1) / 2) * line;
  const edge = (x1, y1, x2, y2) => svg('path', { class: 'dss-edge', d: `M${x1} ${y1}C${(x1 + x2) / 2} ${y1} ${(x1 + x2) / 2} ${y2} ${x2} ${y2}` });
  const label = (path, x, at, anchor, strong) => {
    const shown = path.length > 38 ? `…${path.slice(-37)}` : path;
    return svg('text', { class: `dss-edge-label${strong ? ' dss-edge-strong' : ''}`, x, y: at + 4, 'text-anchor': anchor, onclick: () => choose(path) }, shown);
  };
  if (!left.length && !right.length) return null;
  return h('div', { class: 'dss-drawing', 'aria-hidden': 'true' }, svg('svg', { viewBox: `0 0 ${width} ${height}`, class: 'dss-svg', focusable: 'false' },
    left.map((path, at) => [edge(300, y(at, left.length), 350, height / 2), label(path, 292, y(at, left.length), 'end')]),
    right.map((path, at) => [edge(610, height / 2, 660, y(at, right.length)), label(path, 668, y(at, right.length), 'start')]),
    svg('rect', { class: 'dss-edge-box', x: 350, y: height / 2 - 16, width: 260, height: 32, rx: 8 }),
    label(token.path.length > 34 ? `…${token.path.slice(-33)}` : token.path, 480, height / 2, 'middle', true)));
}

/** Deprecated tokens with what to use instead and where they are still used. */
export function deprecated() {
  const tokens = tokensOf().filter((token) => token.deprecated);
  return pageShell({ eyebrow: 'Tokens', title: 'Deprecated', lead: 'Still in the output, on their way out.', facts: [tokens.length === 1 ? '1 token' : `${tokens.length} tokens`], controls: [copyAs()] },
    growing(tokens, (token) => {
      const still = users(token.path).filter((user) => !user.deprecated);
      return h('li', { class: 'dss-deprecated' },
        stage(null, { class: 'dss-context-stage' }, specimen(token)),
        h('div', { class: 'dss-deprecated-text' }, h('div', { class: 'dss-row' }, nameButton(token), valueText(token)),
          typeof token.deprecated === 'string' ? h('p', { class: 'dss-description', dir: 'auto' }, h('bdi', {}, token.deprecated)) : h('p', { class: 'dss-description' }, 'No reason is given.'),
          still.length > 0 && h('p', { class: 'dss-note' }, `Still used by ${still.length}: `, still.slice(0, 6).map((user, at) => [at > 0 && ', ', nameButton(user)]), still.length > 6 && ' …')),
        token.replacement && h('div', { class: 'dss-replacement' }, icon('arrow'), stage(null, { class: 'dss-context-stage' }, specimen(tokenAt(token.replacement))), nameButton(tokenAt(token.replacement))));
    }, { size: 60, wrap: (children) => h('ul', { class: 'dss-deprecations' }, children) }));
}

/** Components with the tokens they use: those of the design file, then groups of tokens named like components. */
export function components() {
  const drawn = site.components.map(({ name, description, properties, link, tokens }) => section({ title: name, count: tokens.length, note: description || null },
    properties.length > 0 && h('dl', { class: 'dss-metrics' }, properties.map(([property, values]) => h('div', {}, h('dt', {}, property), h('dd', {}, values.join(', '))))),
    link && h('a', { class: 'dss-external', href: link, target: '_blank', rel: 'noopener noreferrer' }, 'Open in Figma', icon('link')),
    tokens.length > 0 ? tableOf(name, tokens.map(tokenAt).filter(Boolean)) : h('p', { class: 'dss-note' }, 'No group of tokens is called like it.')));
  const groups = site.componentGroups.map((path) => {
    const members = tokensOf().filter((token) => token.path.startsWith(`${path}.`));
    return section({ title: path, count: members.length }, tableOf(path, members));
  });
  return pageShell({ title: 'Components', lead: 'The tokens each component uses.', controls: [copyAs(), valuesAs()] },
    growing([...drawn, ...groups], (part) => part, { size: 12, noun: 'components' }));
}

const tableOf = (name, tokens) => tokenTable(tokens, { filters: tokens.length > 25, label: name, size: 20 });

