// What the page draws, beside what it says. The body of a function that runs in the page.
const out = [];
for (const drawn of document.querySelectorAll('[data-sample]')) {
  const style = getComputedStyle(drawn);
  const what = drawn.classList.contains('dss-gap') ? style.columnGap : drawn.classList.contains('dss-type-clip') ? style.fontSize
    : drawn.classList.contains('dss-ruler') ? style.width : null;
  if (what !== null) out.push([drawn.dataset.sample, what]);
}
return out;
