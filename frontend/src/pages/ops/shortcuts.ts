import type { Board } from '../../api/opsTypes';
import type { Action, ConsoleState } from './consoleState';
import { neighbour, stepTime } from './moveRules';
import { queueGroups } from './queueGroups';

export interface Desk {
  state: ConsoleState;
  board: Board;
  /** Units in the order of the timeline, and when the carried visit begins now. */
  units: readonly string[];
  stopStartMs: number | null;
  nowMs: number;
  drop: () => void;
  move: () => void;
  lock: () => void;
}

const opensSearch = (event: KeyboardEvent): boolean => (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) || event.key === '/';

/** What Escape closes first. */
function closeOne({ dialog, moving, why }: ConsoleState): Action {
  if (dialog) return { type: 'dialog', dialog: null };
  if (moving) return { type: 'putBack' };
  return why ? { type: 'why', request: null } : { type: 'select', selection: null };
}

function whileMoving(key: string, desk: Desk): Action | (() => void) | null {
  const { moving } = desk.state;
  if (!moving) return null;
  const from = moving.startMs ?? desk.stopStartMs ?? desk.nowMs;
  switch (key) {
    case 'j':
    case 'ArrowDown':
      return { type: 'carry', over: neighbour(desk.units, moving.over, 1) };
    case 'k':
    case 'ArrowUp':
      return { type: 'carry', over: neighbour(desk.units, moving.over, -1) };
    case 'ArrowRight':
      return { type: 'carry', startMs: stepTime(from, 1, desk.nowMs) };
    case 'ArrowLeft':
      return { type: 'carry', startMs: stepTime(from, -1, desk.nowMs) };
    case '0':
      return { type: 'carry', startMs: null };
    case 'Enter':
      return desk.drop;
    default:
      return null;
  }
}

/** The request before or after the selected one, in the order of the queue. */
function inQueue(desk: Desk, step: number): Action | null {
  const ids = queueGroups(desk.board.requests).flatMap((group) => group.requests.map((request) => request.id));
  const { selection } = desk.state;
  const index = selection?.kind === 'request' ? ids.indexOf(selection.id) : -1;
  const id = index < 0 ? ids[step > 0 ? 0 : ids.length - 1] : ids[(index + step + ids.length) % ids.length];
  return id ? { type: 'select', selection: { kind: 'request', id } } : null;
}

function atRestKey(key: string, desk: Desk): Action | (() => void) | null {
  const { selection } = desk.state;
  switch (key) {
    case '?':
      return { type: 'dialog', dialog: 'help' };
    case 'j':
      return inQueue(desk, 1);
    case 'k':
      return inQueue(desk, -1);
    case 'm':
      return desk.move;
    case 'l':
      return desk.lock;
    case 'w':
      return selection?.kind === 'request' ? { type: 'why', request: selection.id } : null;
    default:
      return null;
  }
}

/** What a key does; null leaves it to the page. */
export function shortcut(event: KeyboardEvent, desk: Desk): Action | (() => void) | null {
  if (opensSearch(event)) return { type: 'dialog', dialog: 'search' };
  if (event.key === 'Escape') return closeOne(desk.state);
  if (desk.state.dialog || event.ctrlKey || event.metaKey || event.altKey) return null;
  return desk.state.moving ? whileMoving(event.key, desk) : atRestKey(event.key, desk);
}
