// What changed since another version.
import { difference, parseColor } from '../color.js';
import { h, icon, replace } from '../dom.js';
import { site } from '../modes.js';
import { tokenAt } from '../store.js';
import { chooser, growing, grouped, nameButton, pageShell, pathText, searchBox, section } from '../ui.js';

const KINDS = [
  ['removed', 'Removed'], ['renamed', 'Renamed'], ['type', 'Type changed'], ['value', 'Value changed'],
  ['deprecated', 'Deprecated'], ['added', 'Added'],
];

const NOTES = { renamed: 'Was ', type: 'Was of type ' };

/** Every difference, old beside new. */
export function changes() {
  const { since, list } = site.changes;
  const state = { words: [], kind: '' };
  const box = h('div', {});
  const status = h('p', { class: 'dss-status', role: 'status' });
  const breaking = list.filter((change) => change.breaking).length;
  const draw = () => {
    const found = list.filter((change) => (!state.kind || change.kind === state.kind || (state.kind === 'breaking' && change.breaking)) && state.words.every((word) => `${change.path} ${change.was ?? ''}`.toLowerCase().includes(word)));
    status.textContent = `${found.length} of ${list.length} changes`;
    const byKind = new Map(grouped(found, (change) => change.kind));
    replace(box, found.length ? KINDS.filter(([kind]) => byKind.has(kind)).map(([kind, title]) => section({ title, count: byKind.get(kind).length },
      growing(byKind.get(kind), row, { size: 60, noun: 'changes', wrap: (rows) => h('ul', { class: 'dss-changes' }, rows) })))
      : h('p', { class: 'dss-empty' }, list.length ? 'No change fits the filter.' : `Nothing changed since ${since}.`));
  };
  const change = (key) => (value) => {
    state[key] = value;
    draw();
  };
  draw();
  return pageShell({ eyebrow: 'Tokens', title: 'What changed', lead: `Since ${since}. Removals, renames and changes of a type break code that uses the token.`,
    facts: [`${list.length} changes`, `${breaking} breaking`],
    controls: [searchBox('Search', change('words'), 'Name'), chooser('Kind', [['', 'All'], ['breaking', 'Breaking'], ...KINDS], '', change('kind'))] }, status, box);
}

const patch = (text, kind) => {
  const color = parseColor(text);
  return h('span', { class: 'dss-old-new' },
    color && h('span', { class: 'dss-swatch dss-swatch-small', 'aria-hidden': 'true', style: { '--dssui-color': `rgb(${color.slice(0, 3).map((channel) => channel * 255).join(' ')} / ${color[3]})` } }),
    h('code', { class: `dss-value dss-${kind}` }, text ?? '—'));
};

function row(change) {
  const token = tokenAt(change.path);
  const [one, other] = [parseColor(change.before), parseColor(change.after)];
  const far = one && other ? difference(one, other) : null;
  return h('li', { class: 'dss-change', 'data-change': change.path },
    h('div', {}, token ? nameButton(token) : h('span', { class: 'dss-name dss-name-plain dss-struck' }, pathText(change.path)),
      change.breaking && h('span', { class: 'dss-badge dss-badge-warn' }, 'Breaking'), change.context && h('span', { class: 'dss-badge' }, change.context),
      change.was && h('p', { class: 'dss-note', dir: 'auto' }, NOTES[change.kind], h('bdi', { class: 'dss-path' }, change.was))),
    h('div', { class: 'dss-change-values' },
      !['added', 'deprecated'].includes(change.kind) && patch(change.before, 'old'),
      !['added', 'deprecated', 'removed'].includes(change.kind) && icon('arrow'),
      change.kind !== 'removed' && patch(change.after, 'new'),
      far !== null && far > 0 && h('span', { class: 'dss-muted' }, `ΔE ${far.toFixed(1)}`)));
}
