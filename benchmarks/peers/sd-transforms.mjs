// Style Dictionary with the transforms of Tokens Studio: node sd-transforms.mjs FOLDER OUTPUT_FOLDER
import { readFile } from 'node:fs/promises';
import { register } from '@tokens-studio/sd-transforms';
import StyleDictionary from 'style-dictionary';

const [folder, output] = process.argv.slice(2);
const config = JSON.parse(await readFile(`${folder}/config.json`, 'utf8'));
config.source = config.source.map((pattern) => `${folder}/${pattern}`);
for (const platform of Object.values(config.platforms)) platform.buildPath = `${output}/${platform.buildPath}`;
await register(StyleDictionary);
await new StyleDictionary(config).buildAllPlatforms();
