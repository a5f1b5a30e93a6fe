// Opens the details that the address asks for and copies from them.
while (!document.querySelector('dialog[open]')) await new Promise((done) => setTimeout(done, 30));
document.querySelector('.dss-detail .dss-copy').click();
await new Promise((done) => setTimeout(done, 300));
return [document.querySelector('.dss-toast').textContent, String(getSelection())];
