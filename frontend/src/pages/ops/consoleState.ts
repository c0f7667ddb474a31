import type { Selection } from './selection';

/** A visit on its way to another unit or time; nothing is saved before it is dropped. */
export interface Moving {
  stop: string;
  request: string;
  /** Where it was taken from, and the unit it is held over. */
  from: string;
  over: string;
  /** Not before this; null: wherever it fits best. */
  startMs: number | null;
  /** The dispatcher has seen whom it hurts. */
  meant: boolean;
  /** Held by a pointer, not by keys. */
  dragged: boolean;
}

export interface ConsoleState {
  selection: Selection;
  moving: Moving | null;
  /** The request whose why is open. */
  why: string | null;
  dialog: 'search' | 'help' | null;
}

export type Action =
  | { type: 'select'; selection: Selection }
  | { type: 'why'; request: string | null }
  | { type: 'dialog'; dialog: ConsoleState['dialog'] }
  | { type: 'lift'; stop: string; request: string; from: string; dragged: boolean }
  | { type: 'carry'; over?: string; startMs?: number | null }
  | { type: 'rest' }
  | { type: 'mean' }
  | { type: 'putBack' };

export const atRest: ConsoleState = { selection: null, moving: null, why: null, dialog: null };

function carry(moving: Moving, action: Extract<Action, { type: 'carry' }>): Moving {
  const over = action.over ?? moving.over;
  const startMs = action.startMs === undefined ? moving.startMs : action.startMs;
  if (over === moving.over && startMs === moving.startMs) return moving;
  // What was meant was meant of another place.
  return { ...moving, over, startMs, meant: false };
}

/** Everything the dispatcher's hand does to the console. */
export function consoleReducer(state: ConsoleState, action: Action): ConsoleState {
  switch (action.type) {
    case 'select':
      return { ...state, selection: action.selection, why: null };
    case 'why':
      return { ...state, why: action.request, moving: null };
    case 'dialog':
      return { ...state, dialog: action.dialog };
    case 'lift': {
      const { stop, request, from, dragged } = action;
      const moving: Moving = { stop, request, from, over: from, startMs: null, meant: false, dragged };
      return { ...state, moving, why: null, selection: { kind: 'request', id: request } };
    }
    case 'carry': {
      const moving = state.moving && carry(state.moving, action);
      return moving === state.moving ? state : { ...state, moving };
    }
    case 'rest':
      return state.moving?.dragged ? { ...state, moving: { ...state.moving, dragged: false } } : state;
    case 'mean':
      return state.moving ? { ...state, moving: { ...state.moving, meant: true } } : state;
    case 'putBack':
      return { ...state, moving: null };
  }
}
