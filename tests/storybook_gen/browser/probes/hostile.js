// Whether anything of a text was run or became an element, and the descriptions as they are shown.
const shown = [...document.querySelectorAll('.dss-description bdi')].map((node) => node.textContent);
return { hacked: window.hacked ?? null, scripts: document.querySelectorAll('main img, main script, main svg[onload], dialog img').length, shown };
