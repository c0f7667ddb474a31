const plain = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const strange = 'ȧƀƈḓḗƒɠħīĵķŀḿƞǿƥɋřşŧŭṽẇẋẏẑȦƁƇḒḖƑƓĦĪĴĶĿḾȠǾƤɊŘŞŦŬṼẆẊẎẐ';
const swap = new Map([...plain].map((letter, index) => [letter, [...strange][index] ?? letter]));

/** Every letter changed and the whole in brackets: readable still, and plainly from a catalogue. */
export function strangeText(text: string): string {
  return text === '' ? '' : `⟦${[...text].map((letter) => swap.get(letter) ?? letter).join('')}⟧`;
}

function strangeValue(value: unknown): unknown {
  if (typeof value === 'string') return strangeText(value);
  if (typeof value === 'function') {
    return (...given: unknown[]): unknown => strangeValue(Reflect.apply(value, undefined, given));
  }
  if (Array.isArray(value)) return value.map(strangeValue);
  if (typeof value === 'object' && value !== null) return makeStrange(value);
  return value;
}

/** A catalogue in the strange language. */
export function makeStrange(words: object): object {
  return Object.fromEntries(Object.entries(words).map(([name, value]) => [name, strangeValue(value)]));
}
