// Elements without markup strings: whatever a token says reaches the page as text, an attribute's value or the value
// of one CSS property, never as HTML.

const SVG = 'http://www.w3.org/2000/svg';

/** An element. `style` is an object of properties, `on…` are listeners, `null` and `false` leave things out. */
export function h(tag, props, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** The same in SVG. */
export function svg(tag, props, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

function fill(element, props, children) {
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key === 'style') setStyle(element, value);
    else if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'value' || key === 'checked') element[key] = value;
    else element.setAttribute(key, value === true ? '' : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Sets CSS properties one by one, so that no value can bring another declaration. */
export function setStyle(element, style) {
  for (const [property, value] of Object.entries(style)) {
    if (value !== null && value !== undefined) element.style.setProperty(property, String(value));
  }
}

/** Puts `children` in place of what `element` holds. */
export function replace(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

let last = 0;
/** An id that occurs once on the page, also where a story is shown twice. */
export const unique = (stem) => `dss-${stem}-${(last += 1)}`;

const PATHS = {
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z',
  check: 'M3 8.5l3.2 3.2L13 4.8',
  play: 'M5 3.2l7.5 4.8L5 12.8z',
  arrow: 'M3 8h9.5M9 4.5L12.5 8 9 11.5',
  close: 'M4 4l8 8M12 4l-8 8',
  search: 'M7 12a5 5 0 1 1 0-10 5 5 0 0 1 0 10zM10.7 10.7L14 14',
  link: 'M9.5 3H13v3.5M13 3L7.5 8.5M11.5 9.5V13H3V4.5h3.5',
  warn: 'M8 2.2L14.5 13.5h-13zM8 6.5v3.2M8 11.4v.6',
  contrast: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 2v12M8 4.5h4M8 8h6M8 11.5h4',
  component: 'M8 1.8l2.6 2.6L8 7 5.4 4.4zM8 9l2.6 2.6L8 14.2l-2.6-2.6zM1.8 8l2.6-2.6L7 8l-2.6 2.6zM9 8l2.6-2.6L14.2 8l-2.6 2.6z',
  diff: 'M4 2v8M2 4h4M2 13h4M10 3.5h4M12 6v8M10 12l2 2 2-2',
  graph: 'M3.5 5.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM12.5 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM3.5 14.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM5.3 4.4l5.4 2.7M5.3 11.6l5.4-2.7',
};

/** A small picture that says nothing on its own: the text beside it does. */
export function icon(name) {
  return svg('svg', { class: 'dss-icon', viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' },
    svg('path', { d: PATHS[name] }));
}
