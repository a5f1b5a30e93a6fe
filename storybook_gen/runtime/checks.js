// Tests of the pages, run in the browser by Storybook's own test tools: search, filters, details, the graph.
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { tokensOf } from './store.js';
import { valueOf } from './modes.js';

/** Searching finds exactly the tokens that hold the words; clearing brings all back. */
export async function searchTable({ canvasElement }) {
  const canvas = within(canvasElement);
  const tokens = tokensOf();
  const wanted = tokens[Math.floor(tokens.length / 2)];
  const box = canvas.getByRole('searchbox');
  await userEvent.type(box, wanted.path.replace(/[{[]/g, '$&$&'));
  const rows = [...canvasElement.querySelectorAll('tbody tr')];
  await expect(rows.some((row) => row.dataset.token === wanted.path)).toBe(true);
  await expect(canvas.getByRole('status')).toHaveTextContent(tokens.length === 1 ? '1 token' : /found among/);
  await userEvent.clear(box);
  await expect(canvas.getByRole('status')).not.toHaveTextContent('found');
}

/** Each row shows the value of the context that the toolbar chose, or of its own column. */
export async function showValues({ canvasElement }) {
  const row = canvasElement.querySelector('tbody tr');
  const token = tokensOf().find(({ path }) => path === row.dataset.token);
  await expect(row.querySelector('td code').textContent).toBe(valueOf(token, undefined) ?? '—');
}

/** A name opens its details with the values and the code; Escape closes them. */
export async function openDetails({ canvasElement }) {
  const name = canvasElement.querySelector('tbody .dss-name');
  await userEvent.click(name);
  const dialog = await waitFor(() => {
    const found = document.querySelector('dialog[open]');
    if (!found) throw new Error('no dialog');
    return found;
  });
  await expect(within(dialog).getByRole('heading', { level: 2 })).toHaveTextContent(name.textContent);
  await expect(dialog.querySelector('.dss-code code').textContent).toMatch(/^var\(--.+\)$/);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Close' }));
  await expect(dialog.open).toBe(false);
}

/** The filter leaves only failing pairs, and says how many pass. */
export async function filterContrast({ canvasElement }) {
  const canvas = within(canvasElement);
  await userEvent.selectOptions(canvas.getByLabelText('Show'), 'fail');
  for (const result of canvasElement.querySelectorAll('.dss-pair .dss-verdict')) await expect(result).toHaveClass('dss-fail');
  await userEvent.selectOptions(canvas.getByLabelText('Show'), 'pass');
  for (const result of canvasElement.querySelectorAll('.dss-pair .dss-verdict')) await expect(result).toHaveClass('dss-pass');
  await userEvent.selectOptions(canvas.getByLabelText('Show'), 'all');
}

/** Choosing another token in the graph shows it. */
export async function walkGraph({ canvasElement }) {
  const node = [...canvasElement.querySelectorAll('button.dss-node')].at(-1);
  if (!node) return;
  const path = node.dataset.token;
  await userEvent.click(node);
  await expect(canvasElement.querySelector('.dss-graph-head .dss-name').dataset.token).toBe(path);
}
