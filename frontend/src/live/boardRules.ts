import type { Board, RequestView, UnitView } from '../api/opsTypes';
import type { Position } from '../api/types';
import { FEW, isFields, isLater, upsert } from './records';
import type { StreamRules } from './stream';

type Charge = NonNullable<UnitView['charge']>;
type Eta = NonNullable<RequestView['eta']>;

/** What `data` of a durable message of the console may hold: whole things, by id. */
interface BoardChange {
  units?: UnitView[];
  requests?: RequestView[];
  routes?: Board['routes'];
  depots?: Board['depots'];
  plan?: Board['plan'];
  figures?: Board['figures'];
  risks?: Board['risks'];
  closures?: Board['closures'];
}

interface BoardLive {
  position?: Record<string, Position>;
  soc?: Record<string, { soc: number; energy_kwh: number; at: string }>;
  eta?: Record<string, Eta>;
  power?: Record<string, Charge>;
}

/** The board, and beside it when each live pack level was true. */
export interface LiveBoard extends Board {
  socAt: Record<string, string>;
}

/** A unit as told durably, except where a live value is newer. */
function mergeUnit(before: UnitView | undefined, after: UnitView, toldAt: string, socAt: string | undefined): UnitView {
  if (!before) return after;
  const position = isLater(before.position?.at, after.position?.at) ? before.position : after.position;
  const keepsSoc = isLater(socAt, toldAt);
  return keepsSoc ? { ...after, position, soc: before.soc, energy_kwh: before.energy_kwh } : { ...after, position };
}

function mergeRequest(before: RequestView | undefined, after: RequestView): RequestView {
  const keepsEta = before?.eta && after.eta && isLater(before.eta.at, after.eta.at);
  return keepsEta ? { ...after, eta: before.eta } : after;
}

/** Finds things by id: for a few by looking, for many by an index. */
function finderOf<T extends { id: string }>(all: readonly T[], wanted: readonly T[] | undefined): (id: string) => T | undefined {
  if ((wanted?.length ?? 0) <= FEW) return (id) => all.find((one) => one.id === id);
  const byId = new Map(all.map((one) => [one.id, one]));
  return (id) => byId.get(id);
}

/** What has ended stays in sight this long, here as in a fresh snapshot. */
const RECENT_MS = 3_600_000;

function letGo(board: LiveBoard, at: string): LiveBoard {
  const sinceMs = Date.parse(at) - RECENT_MS;
  const isPast = (request: RequestView) => request.ended_at !== null && Date.parse(request.ended_at) <= sinceMs;
  return board.requests.some(isPast) ? { ...board, requests: board.requests.filter((request) => !isPast(request)) } : board;
}

function takeChange(board: LiveBoard, change: BoardChange, at: string): LiveBoard {
  const unitOf = finderOf(board.units, change.units);
  const requestOf = finderOf(board.requests, change.requests);
  const mergedUnits = (change.units ?? []).map((unit) => mergeUnit(unitOf(unit.id), unit, at, board.socAt[unit.id]));
  const mergedRequests = (change.requests ?? []).map((request) => mergeRequest(requestOf(request.id), request));
  return {
    ...board,
    units: upsert(board.units, mergedUnits, (unit) => unit.id),
    requests: upsert(board.requests, mergedRequests, (request) => request.id),
    routes: upsert(board.routes, change.routes ?? [], (route) => route.unit),
    depots: upsert(board.depots, change.depots ?? [], (depot) => depot.id),
    plan: change.plan === undefined ? board.plan : change.plan,
    figures: change.figures ?? board.figures,
    risks: change.risks ?? board.risks,
    closures: change.closures ?? board.closures,
  };
}

function liveUnit(unit: UnitView, live: BoardLive, socAt: string | undefined): UnitView {
  const fix = live.position?.[unit.id];
  const level = live.soc?.[unit.id];
  const moved = fix && isLater(fix.at, unit.position?.at);
  const filled = level && isLater(level.at, socAt);
  const flow = unit.charge && live.power?.[unit.id];
  const flows = flow && isLater(flow.at, unit.charge?.at);
  if (!moved && !filled && !flows) return unit;
  return {
    ...unit,
    ...(moved ? { position: fix } : {}),
    ...(flows ? { charge: flow } : {}),
    ...(filled ? { soc: level.soc, energy_kwh: level.energy_kwh } : {}),
  };
}

function takeLive(board: LiveBoard, live: BoardLive): LiveBoard {
  const units = board.units.map((unit) => liveUnit(unit, live, board.socAt[unit.id]));
  const requests = live.eta
    ? board.requests.map((request) => {
        const eta = live.eta?.[request.id];
        return eta && isLater(eta.at, request.eta?.at) ? { ...request, eta } : request;
      })
    : board.requests;
  const socAt = { ...board.socAt };
  for (const [id, level] of Object.entries(live.soc ?? {})) {
    if (isLater(level.at, socAt[id])) socAt[id] = level.at;
  }
  return { ...board, units, requests, socAt };
}

const isBoard = (data: unknown): data is Board =>
  isFields(data) && Array.isArray(data['units']) && Array.isArray(data['requests']);
const isChange = (data: unknown): data is BoardChange => isFields(data);
const isLive = (data: unknown): data is BoardLive => isFields(data);

export const boardRules: StreamRules<LiveBoard> = {
  snapshot: (frame) => (isBoard(frame.data) ? { ...frame.data, seq: frame.seq, socAt: {} } : null),
  durable: (board, frame) => {
    const counted = { ...board, seq: frame.seq };
    return letGo(isChange(frame.data) ? takeChange(counted, frame.data, frame.at) : counted, frame.at);
  },
  live: (board, frame) => letGo(isLive(frame.data) ? takeLive(board, frame.data) : board, frame.at),
};
