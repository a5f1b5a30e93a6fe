// Contrast: pairs and a matrix, for each context, WCAG 2 beside APCA.
import { contrast, difference, levelOf, ratioText } from '../color.js';
import { h, replace } from '../dom.js';
import { columnsFor, DEFAULTS, follow, now, rgbaOf, site } from '../modes.js';
import { glyph } from '../specimens.js';
import { tokenAt, tokensOf } from '../store.js';
import { canvasOf, chooser, growing, nameButton, pageShell, searchBox, section, stage, swatch } from '../ui.js';

const GOALS = {
  text: ['Text, 4.5:1', 4.5],
  large: ['Large text and graphics, 3:1', 3],
  best: ['Enhanced text, 7:1', 7],
};
const MOST = { rows: 16, columns: 8 };

/** Likely and declared pairs, then every foreground on every background. */
export function contrastPage() {
  const colors = tokensOf('color');
  const columns = columnsFor(colors).map(({ name, inputs }) => ({ name, inputs: inputs ?? [...DEFAULTS] }));
  const state = { goal: 'text', mode: 'toolbar', show: 'all', words: [] };
  const pairsBox = h('div', {});
  const matrixBox = h('div', {});
  const status = h('p', { class: 'dss-status', role: 'status' });
  const inputsNow = () => (state.mode === 'toolbar' ? now() : columns[Number(state.mode)].inputs);

  const draw = () => {
    const inputs = inputsNow();
    const goal = GOALS[state.goal][1];
    const ground = canvasOf(inputs);
    const measured = site.pairs.map(([front, back, declared]) => measure(tokenAt(front), tokenAt(back), declared, inputs, ground)).filter(Boolean);
    const failing = measured.filter((pair) => pair.ratio < goal).length;
    const wanted = (value) => state.show === 'all' || (state.show === 'pass') === (value >= goal);
    const named = (token) => state.words.every((word) => token.path.toLowerCase().includes(word));
    const listed = measured.filter((pair) => wanted(pair.ratio) && (named(pair.front) || named(pair.back)));
    status.textContent = `${measured.length - failing} of ${measured.length} pairs reach ${goal}:1`;
    replace(pairsBox, listed.length
      ? growing(listed, (pair) => pairRow(pair, goal, inputs, colors, ground), { size: 30, noun: 'pairs', wrap: (rows) => h('ul', { class: 'dss-pairlist' }, rows) })
      : h('p', { class: 'dss-empty' }, measured.length ? 'No pair fits the filter.' : 'No pairs are declared, and no names suggest any.'));
    replace(matrixBox, matrix(colors, inputs, ground, goal, state));
  };
  const change = (key) => (value) => {
    state[key] = value;
    draw();
  };
  const node = pageShell({
    eyebrow: 'Color', title: 'Contrast',
    lead: 'Foregrounds on backgrounds as a person sees them: transparent colours are laid over what is behind them. Ratios are truncated, never rounded up. APCA is a draft and not part of any standard yet; its sign tells dark on light (+) from light on dark (−).',
    controls: [
      columns.length > 1 && chooser('Context', [['toolbar', 'As in the toolbar'], ...columns.map(({ name }, place) => [String(place), name])], 'toolbar', change('mode')),
      chooser('Goal', Object.entries(GOALS).map(([key, [text]]) => [key, text]), 'text', change('goal')),
      chooser('Show', [['all', 'Everything'], ['fail', 'Only failing'], ['pass', 'Only passing']], 'all', change('show')),
      searchBox('Search', change('words'), 'Name of a colour'),
    ].filter(Boolean),
  }, status, section({ title: 'Pairs', note: 'Declared in $extensions.dss.contrastWith; otherwise guessed from names and marked so.' }, pairsBox),
  section({ title: 'Matrix', note: 'Foregrounds in rows, backgrounds in columns.' }, matrixBox));
  return follow(node, draw);
}

function measure(front, back, declared, inputs, ground) {
  const [one, other] = [front && rgbaOf(front, inputs), back && rgbaOf(back, inputs)];
  return one && other ? { front, back, declared, one, other, ...contrast(one, other, ground) } : null;
}

/** A ratio with what it is good for, in words and by shape. */
export function verdict(value, goal) {
  const passes = value >= goal;
  return h('span', { class: `dss-verdict ${passes ? 'dss-pass' : 'dss-fail'}` }, h('span', { 'aria-hidden': 'true' }, passes ? '●' : '▲'), ` ${levelOf(value)}`);
}

const lightness = (value) => `Lc ${value > 0 ? '' : value < 0 ? '−' : ''}${Math.floor(Math.abs(value))}`;

function pairRow(pair, goal, inputs, colors, ground) {
  const better = pair.ratio < goal ? nearest(pair, goal, inputs, colors, ground) : null;
  return h('li', { class: 'dss-pair', 'data-pair': `${pair.front.path} ${pair.back.path}` },
    stage(inputs, { class: 'dss-pair-stage' }, glyph('Ag', { class: 'dss-pair-sample', style: { color: `var(--${pair.front.name})`, '--dssui-color': `var(--${pair.back.name})` } })),
    h('div', { class: 'dss-pair-names' }, nameButton(pair.front), h('span', { class: 'dss-on' }, 'on'), nameButton(pair.back), !pair.declared && h('span', { class: 'dss-badge' }, 'Guess')),
    h('div', { class: 'dss-pair-result' }, h('strong', {}, `${ratioText(pair.ratio)}:1`), verdict(pair.ratio, goal), h('span', { class: 'dss-muted' }, lightness(pair.apca))),
    better && h('p', { class: 'dss-pair-better' }, 'Nearest that passes: ', nameButton(better.token), ` ${ratioText(better.ratio)}:1`));
}

/** Of the same scale as the foreground's literal, the step that passes and differs least. */
function nearest(pair, goal, inputs, colors, ground) {
  let source = pair.front;
  for (let depth = 0; depth < 16 && !source.ramp; depth += 1) {
    const alias = Object.values(source.aliases ?? {}).length || source.alias ? source.alias : null;
    source = alias && tokenAt(alias);
    if (!source) return null;
  }
  if (!source.ramp) return null;
  const steps = colors.filter((token) => token.ramp === source.ramp).flatMap((token) => {
    const color = rgbaOf(token, inputs);
    if (!color) return [];
    const { ratio } = contrast(color, pair.other, ground);
    return ratio >= goal ? [{ token, ratio, distance: difference(color, pair.one) }] : [];
  });
  return steps.sort((a, b) => a.distance - b.distance)[0] ?? null;
}

function matrix(colors, inputs, ground, goal, state) {
  const named = (token) => state.words.every((word) => token.path.toLowerCase().includes(word));
  const usable = colors.filter((token) => rgbaOf(token, inputs));
  const semantic = (role) => usable.filter((token) => role.includes(token.role) && !token.ramp);
  let [rows, columns] = [semantic(['text', 'icon']), semantic(['surface'])];
  if (!rows.length) rows = usable.filter((token) => token.ramp || !token.role);
  if (!columns.length) columns = usable.filter((token) => token.ramp || !token.role);
  if (state.words.length) {
    const [some, others] = [rows.filter(named), columns.filter(named)];
    if (some.length) rows = some;
    else if (others.length) columns = others;
  }
  const cut = rows.length > MOST.rows || columns.length > MOST.columns;
  const [shownRows, shownColumns] = [rows.slice(0, MOST.rows), columns.slice(0, MOST.columns)];
  if (!shownRows.length || !shownColumns.length) return h('p', { class: 'dss-empty' }, 'No colours to compare.');
  const cell = (front, back) => {
    const { ratio, apca } = contrast(rgbaOf(front, inputs), rgbaOf(back, inputs), ground);
    const hidden = state.show !== 'all' && (state.show === 'pass') !== ratio >= goal;
    return h('td', { class: hidden ? 'dss-dim' : null },
      stage(inputs, { class: 'dss-matrix-stage' }, glyph('Ag', { class: 'dss-pair-sample', style: { color: `var(--${front.name})`, '--dssui-color': `var(--${back.name})` } })),
      h('span', { class: 'dss-matrix-text' }, h('strong', {}, ratioText(ratio)), verdict(ratio, goal), h('span', { class: 'dss-muted' }, lightness(apca))));
  };
  return [
    cut && h('p', { class: 'dss-note' }, `The first ${shownRows.length} of ${rows.length} foregrounds on the first ${shownColumns.length} of ${columns.length} backgrounds; search to choose others.`),
    h('div', { class: 'dss-scroll', tabindex: '0', role: 'region', 'aria-label': 'Contrast matrix, scrolls sideways' }, h('table', { class: 'dss-matrix' },
      h('thead', {}, h('tr', {}, h('td', {}), shownColumns.map((token) => h('th', { scope: 'col' }, stage(inputs, { class: 'dss-matrix-head' }, swatch(token)), nameButton(token))))),
      h('tbody', {}, shownRows.map((front) => h('tr', {}, h('th', { scope: 'row' }, nameButton(front)), shownColumns.map((back) => cell(front, back))))))),
  ];
}

/** The pairs below 4.5:1 by context, for the overview. */
export function failing() {
  return columnsFor(tokensOf('color')).map(({ name, inputs }) => {
    const chosen = inputs ?? [...DEFAULTS];
    const ground = canvasOf(chosen);
    const found = site.pairs.map(([front, back, declared]) => measure(tokenAt(front), tokenAt(back), declared, chosen, ground)).filter((pair) => pair && pair.ratio < (pair.front.role === 'icon' ? 3 : 4.5));
    return { name, found };
  });
}

