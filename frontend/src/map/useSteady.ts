import { useState } from 'react';

/** Whether two lists say the same of the same things, by the fields that are drawn. */
export function areSame<T extends object>(before: readonly T[], after: readonly T[], fields: readonly (keyof T)[]): boolean {
  return before.length === after.length && before.every((one, index) => {
    const other = after[index];
    return one === other || (other !== undefined && fields.every((field) => one[field] === other[field]));
  });
}

/** The list before, as long as nothing that is drawn has changed: a source laid again costs the map a frame of every mark. */
export function useSteady<T extends object>(list: readonly T[], fields: readonly (keyof T)[]): readonly T[] {
  const [kept, setKept] = useState(list);
  if (kept === list || areSame(kept, list, fields)) return kept;
  setKept(list);
  return list;
}
