// The tokens, loaded by kind when a page needs them, and what relates them.
import { files } from '../data/files.js';

const loaded = new Map();
const tokens = new Map();
let usersOf = null;

/** Loads the kinds named, or all, once. For `loaders` of a story. */
export async function loadKinds(kinds) {
  const wanted = (kinds ?? Object.keys(files)).filter((kind) => Object.hasOwn(files, kind) && !loaded.has(kind));
  const found = await Promise.all(wanted.map((kind) => files[kind]()));
  wanted.forEach((kind, place) => {
    if (loaded.has(kind)) return;
    loaded.set(kind, found[place].default);
    for (const token of found[place].default) {
      token.kind = kind;
      tokens.set(token.path, token);
    }
    usersOf = null;
  });
}

/** A loader: `loaders: [needs('color')]`. */
export const needs = (...kinds) => async () => {
  await loadKinds(kinds.length ? kinds : null);
  return {};
};

/** The tokens of some kinds, in the order of the source; all that are loaded without any. */
export const tokensOf = (...kinds) => (kinds.length ? kinds : Object.keys(files)).flatMap((kind) => loaded.get(kind) ?? []);

export const tokenAt = (path) => tokens.get(path);

/** The tokens that refer to `path` in any context, as far as their kinds are loaded. */
export function users(path) {
  if (!usersOf) {
    usersOf = new Map();
    for (const token of tokens.values()) {
      for (const target of targets(token)) {
        if (!usersOf.has(target)) usersOf.set(target, []);
        usersOf.get(target).push(token);
      }
    }
  }
  return usersOf.get(path) ?? [];
}

/** The paths that a token refers to in any context, each once. */
export function targets(token) {
  const found = new Set();
  if (token.alias) found.add(token.alias);
  for (const number in token.aliases ?? {}) if (token.aliases[number]) found.add(token.aliases[number]);
  for (const path of token.uses ?? []) found.add(path);
  return [...found];
}

/** The chain of aliases of a token in the contexts `inputs`, itself left out; ends at a literal or an unknown path. */
export function chainOf(token, inputs, aliasOf) {
  const chain = [];
  const seen = new Set([token.path]);
  let path = aliasOf(token, inputs);
  while (path && !seen.has(path)) {
    seen.add(path);
    chain.push(path);
    const next = tokens.get(path);
    path = next ? aliasOf(next, inputs) : null;
  }
  return chain;
}

/** All that depend on `path`, directly or not, nearest first. */
export function impact(path) {
  const found = new Map();
  let waiting = [path];
  for (let distance = 1; waiting.length; distance += 1) {
    const next = [];
    for (const at of waiting) {
      for (const user of users(at)) {
        if (user.path === path || found.has(user.path)) continue;
        found.set(user.path, distance);
        next.push(user.path);
      }
    }
    waiting = next;
  }
  return found;
}
