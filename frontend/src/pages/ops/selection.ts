/** One thing is selected everywhere: on the map, in the queue and on the timeline. */
export type Selection = { kind: 'unit'; id: string } | { kind: 'request'; id: string } | null;

export const isSelected = (selection: Selection, kind: 'unit' | 'request', id: string | null): boolean =>
  selection?.kind === kind && selection.id === id;
