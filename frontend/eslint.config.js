import js from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const pages = ['landing', 'driver', 'ops', 'crew', 'account', 'stories'];

/** Pages stand beside one another; the library below them is layered, nouns at the bottom. */
const zones = [
  ...pages.map((page) => ({
    target: `./src/pages/${page}`,
    from: './src/pages',
    except: [`./${page}`],
    message: 'Pages do not import one another.',
  })),
  { target: './src/{api,data,live,map,format,ui,i18n,shell}/**', from: './src/pages', message: 'The library knows no page.' },
  { target: './src/{format,i18n}/**', from: './src/{api,data,live,map,ui}/**', message: 'format and i18n stand alone.' },
  { target: './src/api/**', from: './src/{data,live,map,ui}/**', message: 'api is the lowest room.' },
  { target: './src/ui/**', from: './src/{data,live,map}/**', message: 'ui draws what it is given.' },
  { target: './src/{api,data,live,map,ui}/**', from: './src/shell/**', message: 'shell stands on the library.' },
  { target: './src/map/**', from: './src/data/**', message: 'map draws what it is given.' },
];

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/api/schema.d.ts'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  hooks.configs.flat['recommended-latest'],
  {
    files: ['**/*.{ts,tsx}'],
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: './tsconfig.json' })] },
    rules: {
      'max-lines': ['error', { max: 300 }],
      // French sets no-break spaces inside its texts.
      'no-irregular-whitespace': ['error', { skipStrings: true, skipTemplates: true }],
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-cycle': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
      'no-restricted-syntax': [
        'error',
        { selector: 'JSXText[value=/[A-Za-z]{2}/]', message: 'Words come from a catalogue in i18n/.' },
        {
          selector: 'JSXAttribute[name.name=/^(aria-label|aria-valuetext|aria-description|title|placeholder|alt|label)$/] > Literal[value=/[A-Za-z]/]',
          message: 'Words come from a catalogue in i18n/.',
        },
        {
          selector: 'TSAsExpression > TSAsExpression > TSUnknownKeyword',
          message: 'No `as unknown as`: parse or narrow instead.',
        },
      ],
    },
  },
  {
    // What stories say is sample text: it is part of no page.
    files: ['src/pages/stories/*.tsx'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['public/*.js'],
    languageOptions: { globals: { document: 'readonly', localStorage: 'readonly', matchMedia: 'readonly' } },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', Buffer: 'readonly', URL: 'readonly', setTimeout: 'readonly', fetch: 'readonly' } },
  },
);
