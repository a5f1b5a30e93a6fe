// How a token is written in code, and copying it.
import { h } from './dom.js';
import { valueOf } from './modes.js';

/** `tokens.color.brand["500"]` */
function accessor(path) {
  return `tokens${path.split('.').map((name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`)).join('')}`;
}

/** Key -> label and the text for a token. The names are those that the other outputs have. */
export const SYNTAXES = {
  css: { label: 'CSS', text: (token) => `var(--${token.name})` },
  fallback: { label: 'CSS with fallback', text: (token) => `var(--${token.name}, ${valueOf(token) ?? 'initial'})` },
  scss: { label: 'SCSS', text: (token) => `$${/^\d/.test(token.name) ? '_' : ''}${token.name}` },
  js: { label: 'JavaScript', text: (token) => accessor(token.path) },
  json: { label: 'JSON path', text: (token) => token.path },
  alias: { label: 'Token reference', text: (token) => `{${token.path}}` },
  value: { label: 'Value', text: (token) => valueOf(token) ?? '' },
};

const remembered = (key, known, fallback) => {
  try {
    const found = localStorage.getItem(key);
    return found && Object.hasOwn(known, found) ? found : fallback;
  } catch {
    return fallback;
  }
};

/** A choice that the browser remembers: `{ get, set, follow }`. */
export function preference(key, known, fallback) {
  let value = remembered(key, known, fallback);
  const listeners = new Set();
  return {
    get: () => value,
    set(next) {
      value = next;
      try {
        localStorage.setItem(key, next);
      } catch {
        // Storage is off: the choice holds for this page.
      }
      for (const listener of [...listeners]) listener();
    },
    follow(node, change) {
      let seen = false;
      const listener = () => {
        if (node.isConnected) seen = true;
        else if (seen) return void listeners.delete(listener);
        change(value);
      };
      listeners.add(listener);
      change(value);
      return node;
    },
  };
}

export const syntax = preference('dss-copy-as', SYNTAXES, 'css');

let toast = null;
let timer = 0;

/** Says `text` to everybody: shown for a moment, and announced. */
export function announce(text) {
  if (!toast?.isConnected) {
    toast = h('div', { class: 'dss dss-toast', role: 'status', 'aria-live': 'polite' });
    document.body.append(toast);
  }
  toast.replaceChildren(h('span', {}, text));
  toast.dataset.shown = '';
  clearTimeout(timer);
  timer = setTimeout(() => delete toast.dataset.shown, 2400);
}

/** Copies `text`; where the browser refuses, `source` is selected so that a key press copies it. */
export async function copyText(text, source) {
  try {
    await navigator.clipboard.writeText(text);
    announce(`Copied ${text}`);
    return true;
  } catch {
    if (source) {
      const range = document.createRange();
      range.selectNodeContents(source);
      const selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
    }
    announce(`The browser refuses to copy; the text is: ${text}`);
    return false;
  }
}

