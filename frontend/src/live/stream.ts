import type { DurableFrame, Frame, LiveFrame, SnapshotFrame } from './frames';

/** How one kind of stream turns its messages into a document. Pure. */
export interface StreamRules<T> {
  snapshot: (frame: SnapshotFrame, before: T | null) => T | null;
  durable: (document: T, frame: DurableFrame) => T;
  live: (document: T, frame: LiveFrame) => T;
}

export interface StreamState<T> {
  document: T | null;
  seq: number;
  /** The seq after which a replay was asked for and has not come yet. */
  askedAfter: number | null;
}

export interface Step<T> {
  state: StreamState<T>;
  /** Send a replay request for everything after this seq. */
  replayAfter: number | null;
}

export const emptyStream = <T>(): StreamState<T> => ({ document: null, seq: -1, askedAfter: null });

const stay = <T>(state: StreamState<T>): Step<T> => ({ state, replayAfter: null });

function ask<T>(state: StreamState<T>): Step<T> {
  return { state: { ...state, askedAfter: state.seq }, replayAfter: state.seq };
}

function takeDurable<T>(state: StreamState<T>, frame: DurableFrame, rules: StreamRules<T>): Step<T> {
  if (state.document === null || frame.seq <= state.seq) return stay(state); // seen already
  // A gap: the replay brings this message again, in its order.
  if (frame.seq > state.seq + 1) return state.askedAfter === state.seq ? stay(state) : ask(state);
  return stay({ document: rules.durable(state.document, frame), seq: frame.seq, askedAfter: null });
}

/** One message on: the stale document plus every message equals the fresh document. */
export function takeFrame<T>(state: StreamState<T>, frame: Frame, rules: StreamRules<T>): Step<T> {
  switch (frame.type) {
    case 'snapshot': {
      const document = rules.snapshot(frame, state.document);
      return document === null ? stay(state) : stay({ document, seq: frame.seq, askedAfter: null });
    }
    case 'durable':
      return takeDurable(state, frame, rules);
    case 'live':
      return state.document === null ? stay(state) : stay({ ...state, document: rules.live(state.document, frame) });
    case 'beat':
      // A beat ahead of us tells that the last message was lost; each beat may ask anew.
      return state.document !== null && frame.seq > state.seq ? ask(state) : stay(state);
  }
}
