// The metrics of one text style as the browser sets it.
const style = getComputedStyle(document.querySelector('[data-sample="text.title"]'));
return [style.fontFamily, style.fontSize, style.fontWeight, style.lineHeight, style.letterSpacing];
