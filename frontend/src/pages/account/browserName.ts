const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrom(?:e|ium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux|X11/, 'Linux'],
];

const find = (known: typeof BROWSERS, agent: string): string | undefined => known.find(([pattern]) => pattern.test(agent))?.[1];

/** What a browser says it is, in two words; what nobody knows is shown as it was said. */
export function browserName(agent: string): string {
  const words = [find(BROWSERS, agent), find(SYSTEMS, agent)].filter(Boolean);
  return words.length > 0 ? words.join(', ') : agent || '–';
}
