// The contexts of the resolver's modifiers: which hold now, what a token is in them, and elements that show them.
// A choice of contexts is a list of numbers, one for each modifier; 0 is the default.
import site from '../data/site.json';
import { isDark, parseColor } from './color.js';

export { site };
export const modifiers = site.modifiers;

/** The default choice. */
export const DEFAULTS = Object.freeze(modifiers.map(() => 0));

let current = [...DEFAULTS];
const listeners = new Set();

/** The choice of the toolbar. */
export const now = () => current;

/** The choice that Storybook's globals name. */
export function inputsOf(globals) {
  return modifiers.map(({ key, contexts }) => {
    const found = contexts.findIndex((context) => context.key === globals?.[key]);
    return found < 0 ? 0 : found;
  });
}

/** Makes `inputs` the choice of the whole page. */
export function apply(inputs) {
  const root = document.documentElement;
  const same = inputs.every((context, place) => current[place] === context);
  mark(root, inputs);
  root.setAttribute('data-dss-scheme', schemeOf(inputs));
  if (same) return;
  current = [...inputs];
  for (const listener of [...listeners]) listener();
}

/** Runs `change` now and whenever the toolbar's choice changes, until `node` has left the page. */
export function follow(node, change) {
  let seen = false;
  const listener = () => {
    if (node.isConnected) seen = true;
    else if (seen) return void listeners.delete(listener);
    change(current);
  };
  listeners.add(listener);
  change(current);
  return node;
}

/** Calls `listener` after each change of the toolbar's choice; gives a function that ends it. */
export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Makes `element` show its content in the contexts `inputs`, whatever the toolbar says. */
export function mark(element, inputs) {
  modifiers.forEach(({ attribute, contexts }, place) => element.setAttribute(attribute, contexts[inputs[place]].name));
  return element;
}

const holds = (permutation, inputs) => permutation.every(([modifier, context]) => inputs[modifier] === context);

/** What holds for `inputs`: of the permutations in `overrides` that fit, the one with most contexts; else `base`. */
export function pick(base, overrides, inputs) {
  let found = base;
  let most = 0;
  for (const number in overrides ?? {}) {
    const permutation = site.permutations[number];
    if (permutation.length > most && holds(permutation, inputs)) {
      most = permutation.length;
      found = overrides[number];
    }
  }
  return found ?? null;
}

export const valueOf = (token, inputs = current) => pick(token.value, token.values, inputs);
export const aliasOf = (token, inputs = current) => pick(token.alias, token.aliases, inputs);
export const partsOf = (token, inputs = current) => pick(token.parts, token.partsIn, inputs);

/** Channels 0 to 1 and alpha of a colour in sRGB, or null. */
export function rgbaOf(token, inputs = current) {
  return parseColor(pick(token.srgb, token.srgbIn, inputs) ?? valueOf(token, inputs));
}

const DARK_NAME = /dark|night|dim|black/i;

/** `dark` or `light`: by the colour of the canvas, else by the names of the contexts. */
export function schemeOf(inputs) {
  const canvas = site.canvas && rgbaOf(site.canvas, inputs);
  if (canvas && canvas[3] > 0.5) return isDark(canvas) ? 'dark' : 'light';
  return inputs.some((context, place) => context > 0 && DARK_NAME.test(modifiers[place].contexts[context].name)) ? 'dark' : 'light';
}

/** How a choice is called: the contexts that are not the default, or the default of a single modifier. */
export function nameOf(inputs, among = null) {
  const named = inputs.flatMap((context, place) => (context > 0 || among === place ? [modifiers[place].contexts[context].name] : []));
  return named.join(' + ') || 'Default';
}

/** The modifiers that change any of `tokens`, as places. */
export function modifiersOf(tokens) {
  const found = new Set();
  for (const token of tokens) {
    for (const overrides of [token.values, token.aliases]) {
      for (const number in overrides ?? {}) for (const [modifier] of site.permutations[number]) found.add(modifier);
    }
    if (found.size === modifiers.length) break;
  }
  return [...found].sort((a, b) => a - b);
}

/**
 * The contexts in which `tokens` stand side by side: all of one modifier, or the default and every other context
 * of several. `fixed` columns carry their own contexts; a single column follows the toolbar.
 */
export function columnsFor(tokens) {
  const places = modifiersOf(tokens);
  if (!places.length) return [{ name: 'Value', inputs: null }];
  const single = places.length === 1;
  const columns = [{ name: nameOf(DEFAULTS, single ? places[0] : null), inputs: [...DEFAULTS] }];
  for (const place of places) {
    for (let context = 1; context < modifiers[place].contexts.length; context += 1) {
      const inputs = [...DEFAULTS];
      inputs[place] = context;
      columns.push({ name: nameOf(inputs), inputs });
    }
  }
  return columns;
}
