import { describe, expect, it } from 'vitest';

const components = Object.keys(import.meta.glob('../../ui/*.tsx')).map((path) => path.split('/').at(-1) ?? '');
const sources = Object.values(import.meta.glob<string>('./*.tsx', { query: '?raw', import: 'default', eager: true })).join('\n');

describe('the stories', () => {
  it('show every component of the library', () => {
    const missing = components.filter((file) => !sources.includes(`/ui/${file.replace('.tsx', '')}'`));
    expect(components.length).toBeGreaterThan(20);
    expect(missing).toEqual([]);
  });
});
