// Makes a page a story. For renderers that take a DOM node: html and web-components.
import './style.css';
import './stylesheet.js';
import { apply, inputsOf } from './modes.js';
import { openAsked } from './asked.js';

const nodes = new WeakMap();

/**
 * `render` of a story. The node is made once for each mount and kept over changes of globals and args: a page follows
 * the mode by its attributes and by `follow`, so that search, paging and scroll position survive.
 */
export function page(make) {
  return (args, context) => {
    apply(inputsOf(context.globals));
    const key = context.abortSignal ?? context;
    let node = nodes.get(key);
    if (node) node.update?.(args);
    else {
      node = make(args);
      openAsked();
      nodes.set(key, node);
    }
    return node;
  };
}
