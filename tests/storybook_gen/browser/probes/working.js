// Searches, copies in every syntax, filters and opens the details of a token.
const wait = async (check) => {
  for (let n = 0; n < 200; n += 1) {
    const found = check();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 30));
  }
  throw new Error(`waited in vain: ${check}`);
};
const choose = (label, value) => {
  const field = [...document.querySelectorAll('label')].find((candidate) => candidate.textContent === label).parentElement;
  const select = field.querySelector('select');
  select.value = value;
  select.dispatchEvent(new Event('change'));
};
const box = document.querySelector('input[type=search]');
box.value = 'palette-blue-60'; box.dispatchEvent(new Event('input'));
const rows = [...document.querySelectorAll('main tbody tr')].map((row) => row.dataset.token);
const copied = [];
for (const syntax of ['css', 'scss', 'js', 'json', 'alias', 'value']) {
  choose('Copy as', syntax);
  document.querySelector('.dss-toast')?.removeAttribute('data-shown');
  document.querySelector('main tbody .dss-copy').click();
  await wait(() => document.querySelector('.dss-toast[data-shown]')?.textContent.startsWith('Copied'));
  copied.push(await navigator.clipboard.readText());
}
choose('Values as', 'oklch');
const value = document.querySelector('main tbody code').textContent;
box.value = ''; box.dispatchEvent(new Event('input'));
choose('Deprecated', 'only');
const old = [...document.querySelectorAll('main tbody tr')].map((row) => row.dataset.token);
choose('Deprecated', '');
choose('Type', 'shadow');
const shadows = document.querySelectorAll('main tbody tr').length;
document.querySelector('main tbody .dss-name').click();
const dialog = await wait(() => document.querySelector('dialog[open]'));
return { rows, copied, value, old, shadows, detail: dialog.querySelector('h2').textContent, url: new URL(location.href).searchParams.get('token') };
