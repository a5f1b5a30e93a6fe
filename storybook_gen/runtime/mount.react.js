// Makes a page a story. For React: a component that holds the node.
import { createElement, useLayoutEffect, useRef } from 'react';
import './style.css';
import './stylesheet.js';
import { apply, inputsOf } from './modes.js';
import { openAsked } from './asked.js';

function Held({ make, args }) {
  const place = useRef(null);
  const node = useRef(null);
  useLayoutEffect(() => {
    node.current = make(args);
    openAsked();
    place.current.replaceChildren(node.current);
    return () => node.current.remove();
  }, [make]);
  useLayoutEffect(() => void node.current?.update?.(args), [args]);
  return createElement('div', { ref: place });
}

/** `render` of a story. The node is made once for each mount and kept over changes of globals and args. */
export function page(make) {
  return (args, context) => {
    apply(inputsOf(context.globals));
    return createElement(Held, { make, args });
  };
}
