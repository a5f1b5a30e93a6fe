// What the page draws, beside what it says. The body of a function that runs in the page.
const out = [];
for (const row of document.querySelectorAll('main tbody tr')) {
  for (const cell of row.querySelectorAll('td[data-label]')) {
    const drawn = cell.querySelector('[data-swatch], [data-sample]');
    const style = getComputedStyle(drawn);
    const ink = drawn.classList.contains('dss-sample-ink') ? style.color : drawn.classList.contains('dss-sample-box') ? style.borderTopColor : null;
    const probe = document.createElement('i');
    cell.querySelector('.dss-stage').append(probe);
    probe.style.color = style.getPropertyValue('--dssui-color');
    out.push([row.dataset.token, cell.dataset.label, ink ?? getComputedStyle(probe).color, cell.querySelector('code').textContent]);
    probe.remove();
  }
}
return out;
