// Style Dictionary through its API: node style-dictionary.mjs TOKENS_FOLDER OUTPUT_FOLDER FORMAT...
import StyleDictionary from 'style-dictionary';

const [tokens, output, ...formats] = process.argv.slice(2);
const platforms = {
  css: { transformGroup: 'css', files: [{ destination: 'tokens.css', format: 'css/variables' }] },
  scss: { transformGroup: 'scss', files: [{ destination: '_tokens.scss', format: 'scss/variables' }] },
  json: { transformGroup: 'css', files: [{ destination: 'tokens.json', format: 'json/flat' }] },
};
// CSS and SCSS keep aliases, as ours do.
for (const name of ['css', 'scss']) platforms[name].files[0].options = { outputReferences: true };

const dictionary = new StyleDictionary({
  source: [`${tokens}/*.json`],
  log: { verbosity: 'silent', warnings: 'disabled' },
  platforms: Object.fromEntries(formats.map((name) => [name, { ...platforms[name], buildPath: `${output}/` }])),
});
await dictionary.buildAllPlatforms();
