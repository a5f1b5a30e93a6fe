// The tokens' stylesheet, as a string past the bundler: some take "@import" and "url(" for real even inside CSS strings
// and comments. A constructed stylesheet loads nothing.
import css from '../data/stylesheet.js';

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
