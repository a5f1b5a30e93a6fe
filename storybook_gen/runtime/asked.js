// The token that the address asks for, `?token=color.text`: its details open with the page.
let asked = new URLSearchParams(location.search).get('token');

/** Opens the details once; the panel is loaded only when it is wanted. */
export function openAsked() {
  if (asked === null) return;
  const path = asked;
  asked = null;
  import('./detail.js').then(({ openDetail }) => openDetail(path));
}
