// What changed since another version.
import { difference, parseColor } from '../color.js';
import { h, icon, replace } from '../dom.js';
import { site } from '../modes.js';
import { tokenAt } from '../store.js';
import { chooser, growing, grouped, nameButton, pageShell, pathText, searchBox, section } from '../ui.js';

const KINDS = [
  ['removed', 'Removed'], ['renamed', 'Renamed'], ['retyped', 'Type changed'], ['changed', 'Value changed'],
  ['realiased', 'Refers to another token'], ['deprecated', 'Deprecated'], ['restored', 'No longer deprecated'],
  ['added', 'Added'], ['described', 'Described otherwise'], ['extended', 'Extensions changed'],
];
const STEPS = { major: 'a major step: something breaks', minor: 'a minor step', patch: 'a patch', none: 'no step' };

/** Every difference, old beside new. */
export function changes() {
  const { since, list, step, contextsAdded, contextsRemoved } = site.changes;
  const state = { words: [], kind: '' };
  const box = h('div', {});
  const status = h('p', { class: 'dss-status', role: 'status' });
  const breaking = list.filter((change) => change.reasons).length;
  const draw = () => {
    const found = list.filter((change) => (!state.kind || change.kind === state.kind || (state.kind === 'breaking' && change.reasons)) && state.words.every((word) => `${change.path} ${change.was ?? ''}`.toLowerCase().includes(word)));
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
  return pageShell({ eyebrow: 'Tokens', title: 'What changed', lead: `Since ${since}: ${STEPS[step]}. Removals, renames and changes of a type break code that uses the token.`,
    facts: [`${list.length} ${list.length === 1 ? 'change' : 'changes'}`, `${breaking} breaking`, ...contextsAdded.map((name) => `New context ${name}`), ...contextsRemoved.map((name) => `Context ${name} is gone`)],
    controls: [searchBox('Search', change('words'), 'Name'), chooser('Kind', [['', 'All'], ['breaking', 'Breaking'], ...KINDS], '', change('kind'))] }, status, box);
}

const patch = (text, kind) => {
  const color = parseColor(text);
  return h('span', { class: 'dss-old-new' },
    color && h('span', { class: 'dss-swatch dss-swatch-small', 'aria-hidden': 'true', style: { '--dssui-color': `rgb(${color.slice(0, 3).map((channel) => channel * 255).join(' ')} / ${color[3]})` } }),
    h('code', { class: `dss-value dss-${kind}` }, text ?? '—'));
};

function row(change) {
  const token = change.kind === 'removed' ? null : tokenAt(change.path);
  const told = [
    change.was && ['Was ', change.was],
    change.types && ['Was of type ', change.types[0]],
    change.alias?.[0] && ['Referred to ', change.alias[0]],
    typeof change.deprecated?.[1] === 'string' && ['', change.deprecated[1]],
    change.description && ['Was described as ', change.description[0] || 'nothing'],
  ].filter(Boolean);
  return h('li', { class: 'dss-change', 'data-change': change.path },
    h('div', {}, token ? nameButton(token) : h('span', { class: 'dss-name dss-name-plain dss-struck' }, pathText(change.path)),
      change.reasons && h('span', { class: 'dss-badge dss-badge-warn', title: change.reasons.join('\n') }, 'Breaking'),
      told.map(([lead, text]) => h('p', { class: 'dss-note', dir: 'auto' }, lead, h('bdi', { class: 'dss-path' }, text)))),
    h('div', { class: 'dss-change-list' }, (change.values ?? []).map(([context, before, after]) => values(context, before, after))));
}

function values(context, before, after) {
  const [one, other] = [parseColor(before), parseColor(after)];
  const far = one && other ? difference(one, other) : 0;
  return h('div', { class: 'dss-change-values' },
    context && h('span', { class: 'dss-badge' }, context),
    before !== null && patch(before, 'old'),
    before !== null && after !== null && icon('arrow'),
    after !== null && patch(after, 'new'),
    far > 0 && h('span', { class: 'dss-muted' }, `ΔE ${far.toFixed(1)}`));
}
