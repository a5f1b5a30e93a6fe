// Searches, then switches the contexts as the toolbar does.
const box = document.querySelector('input[type=search]');
box.value = 'control padding'; box.dispatchEvent(new Event('input'));
const main = document.querySelector('main');
const before = document.querySelector('[data-token="button.padding"] code')?.textContent;
window.__STORYBOOK_ADDONS_CHANNEL__.emit('updateGlobals', { globals: { density: 'compact', theme: 'dark' } });
await new Promise((done) => setTimeout(done, 500));
return [main.isConnected, box.value, document.documentElement.dataset.density, document.documentElement.dataset.dssScheme,
  getComputedStyle(document.querySelector('.dss-page')).backgroundColor];
