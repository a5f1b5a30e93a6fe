// Pages that are one table: all tokens, a group, the types without a page of their own.
import { site } from '../modes.js';
import { tokensOf } from '../store.js';
import { tokenTable } from '../table.js';
import { copyAs, pageShell, valuesAs } from '../ui.js';

const controls = () => [copyAs(), valuesAs()];

/** Every token of the project. */
export function allTokens() {
  const tokens = tokensOf();
  return pageShell({
    title: 'All tokens', controls: controls(),
    lead: `Everything in one table: ${tokens.length.toLocaleString('en')} of ${site.count.toLocaleString('en')} tokens. Choose a name for its aliases, its users and its code.`,
  }, tokenTable(tokens, { label: 'All tokens' }));
}

/** The tokens below one top-level group, of some kinds or all. */
export const group = (name, about, kinds = []) => () => {
  const tokens = tokensOf(...kinds).filter((token) => token.path === name || token.path.startsWith(`${name}.`));
  return pageShell({ eyebrow: 'Group', title: name, lead: about || null, controls: controls() }, tokenTable(tokens, { label: name }));
};

/** Types that the specification does not have, shown as they are. */
export function others() {
  const tokens = tokensOf('other');
  return pageShell({
    eyebrow: 'Other', title: 'Other types', controls: [copyAs()],
    lead: 'Types beyond the specification: they are kept and written as they stand.',
  }, tokenTable(tokens, { label: 'Other types' }));
}
