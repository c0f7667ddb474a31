import { lazy, Suspense, useCallback, useMemo, useReducer, useState, type CSSProperties } from 'react';
import type { MoveOption, UnitView } from '../../api/opsTypes';
import type { Config } from '../../api/types';
import { timeRange } from '../../format/timeRange';
import { common } from '../../i18n/common';
import { text } from '../../i18n/ops';
// With the page: its words are turned to a language before the map comes.
import '../../i18n/roads';
import { useLock } from '../../data/locks';
import { useReplan } from '../../data/replans';
import { boardRules, type LiveBoard } from '../../live/boardRules';
import { createStreamStore } from '../../live/store';
import { useStream } from '../../live/useStream';
import { worldNowMs } from '../../live/worldClock';
import { Opening } from '../../shell/Opening';
import { Note } from '../../ui/Note';
import { Segmented } from '../../ui/Segmented';
import { Skeleton } from '../../ui/Skeleton';
import './console.css';
import './dialogs.css';
import { atRest, consoleReducer } from './consoleState';
import { Detail } from './Detail';
import { Help } from './Help';
import { LostBand } from './LostBand';
import { findMovable } from './movable';
import { MovePane } from './MovePane';
import { keepPanes, loadPanes, type Panes } from './panes';
import { SYSTEM, usePlace } from './place';
import { Queue } from './Queue';
import { Risks } from './Risks';
import { Search } from './Search';
import type { Selection } from './selection';
import { Splitter } from './Splitter';
import { Timeline } from './Timeline';
import { Toast } from './Toast';
import { TopBar } from './TopBar';
import { useMoving } from './useMoving';
import { useChargerAddress } from './useChargerAddress';
import { useShortcuts } from './useShortcuts';
import { Why } from './Why';

const OpsMap = lazy(() => import('./OpsMap'));
const ChargerPage = lazy(() => import('./ChargerPage'));
const SystemPage = lazy(() => import('./SystemPage'));
const stream = createStreamStore({ socket: '/ws/ops', document: '/api/ops/board' }, boardRules);

/** Head, axis and a row for each unit: a small fleet leaves the rest to the map. */
const timelinePx = (wanted: number, units: number): number => Math.min(wanted, 36 + 20 + 27 + 37 * Math.max(3, units));

const byKindAndName = (a: UnitView, b: UnitView): number => b.kind.localeCompare(a.kind) || a.name.localeCompare(b.name);

function usePanes(): [Panes, (pane: keyof Panes, pixels: number) => void] {
  const [panes, setPanes] = useState(loadPanes);
  const setPane = useCallback((pane: keyof Panes, pixels: number) => {
    setPanes((before) => {
      const after = { ...before, [pane]: pixels };
      keepPanes(after);
      return after;
    });
  }, []);
  return [panes, setPane];
}

/** The dispatcher's screen: what needs me now? */
export function Console({ config }: { config: Config }) {
  const { document: board, connection, heardAtMs } = useStream(stream);
  if (!board) {
    return (
      <Opening>
        <LostBand connection={connection} heardAtMs={heardAtMs} />
        {connection === 'refused' ? <Note look="alert">{common.connection.refused}</Note> : <Skeleton lines={4} sentence={text.loading} />}
      </Opening>
    );
  }
  return <Desk board={board} config={config} connection={connection} heardAtMs={heardAtMs} />;
}

type DeskProps = { board: LiveBoard; config: Config } & Pick<ReturnType<typeof stream.view>, 'connection' | 'heardAtMs'>;

function Desk({ board, config, connection, heardAtMs }: DeskProps) {
  const [state, dispatch] = useReducer(consoleReducer, atRest);
  const [pane, setPane] = useState<'queue' | 'timeline' | 'risks'>('queue');
  const [panes, sizePane] = usePanes();
  const [toast, setToast] = useState('');
  const replan = useReplan();
  const lock = useLock();
  const charger = useChargerAddress();
  const place = usePlace();
  const zone = board.area.time_zone;
  const units = useMemo(() => [...board.units].sort(byKindAndName), [board.units]);
  const ids = useMemo(() => units.map((unit) => unit.id), [units]);
  const request = board.requests.find((one) => one.id === (state.moving?.request ?? state.why)) ?? null;

  const onMoved = useCallback(
    (unit: string, option: MoveOption) => {
      const name = units.find((one) => one.id === unit)?.name ?? '';
      const when = option.arrival_p50 && option.arrival_p90 ? timeRange(option.arrival_p50, option.arrival_p90, zone) : '';
      setToast(text.move.done(name, when));
    },
    [units, zone],
  );
  const onFixed = useCallback((unit: string, when: string) => { setToast(text.move.done(unit, when)); }, []);
  const carried = useMoving(board, state.moving, dispatch, onMoved);
  const chosen = state.selection?.kind === 'request' ? state.selection.id : null;
  const onReplan = useCallback(() => {
    replan.mutate(undefined, { onSuccess: () => { setToast(text.search.replanned); } });
  }, [replan]);
  const onGone = useCallback(() => { setToast(''); }, []);
  const onSelect = useCallback((selection: Selection) => { dispatch({ type: 'select', selection }); }, []);
  const onRequest = useCallback((id: string) => { dispatch({ type: 'select', selection: { kind: 'request', id } }); }, []);
  const onUnit = useCallback((id: string) => { dispatch({ type: 'select', selection: { kind: 'unit', id } }); }, []);

  useShortcuts(
    {
      state,
      board,
      units: ids,
      stopStartMs: carried?.stop ? Date.parse(carried.stop.start) : null,
      nowMs: worldNowMs(),
      drop: () => carried?.drop(),
      move: () => {
        const found = findMovable(board, chosen);
        if (found && chosen) dispatch({ type: 'lift', stop: found.stop.id, request: chosen, from: found.unit, dragged: false });
      },
      lock: () => {
        const found = findMovable(board, chosen);
        if (!found || lock.isPending) return;
        const held = found.stop.lock;
        const told = held ? text.lock.gaveBack : text.lock.nowHeld;
        lock.mutate({ stop: found.stop.id, what: held ? null : 'unit', why: '', until: null }, { onSuccess: () => { setToast(told); } });
      },
    },
    dispatch,
  );

  const sizes = { '--w-queue': `${String(panes.queue)}px`, '--w-risks': `${String(panes.risks)}px`, '--h-timeline': `${String(timelinePx(panes.timeline, units.length))}px` } as CSSProperties;
  return (
    <main className={`desk show-${pane}`} style={sizes}>
      <TopBar
        board={board}
        connection={connection}
        onSearch={() => { dispatch({ type: 'dialog', dialog: 'search' }); }}
        onHelp={() => { dispatch({ type: 'dialog', dialog: 'help' }); }}
      />
      <Queue board={board} selection={state.selection} onSelect={onRequest} />
      <section className="console-map" aria-label={config.area.name}>
        <Suspense fallback={null}>
          <OpsMap board={board} config={config} selection={state.selection} target={state.moving?.over ?? null} onUnit={onUnit} onRequest={onRequest} />
        </Suspense>
        {!state.moving && <Detail board={board} selection={state.selection} onSelect={onSelect} dispatch={dispatch} />}
        <LostBand connection={connection} heardAtMs={heardAtMs} />
      </section>
      <div className="console-tabs">
        <Segmented
          label={text.panes}
          value={pane}
          onChange={setPane}
          options={[
            { value: 'queue', text: text.queue },
            { value: 'timeline', text: text.timeline },
            { value: 'risks', text: text.risks.title },
          ]}
        />
      </div>
      {carried && request ? <MovePane board={board} request={request} carried={carried} dispatch={dispatch} /> : <Risks board={board} dispatch={dispatch} onMoved={onFixed} />}
      <Timeline board={board} units={units} selection={state.selection} carried={carried} dispatch={dispatch} />
      <Splitter pane="queue" size={panes.queue} label={text.sizes.queue} grows="right" onSize={sizePane} />
      <Splitter pane="risks" size={panes.risks} label={text.sizes.risks} grows="left" onSize={sizePane} />
      <Splitter pane="timeline" size={panes.timeline} label={text.sizes.timeline} grows="up" onSize={sizePane} />
      {state.why && request && !state.moving && <Why key={request.id} board={board} request={request} dispatch={dispatch} />}
      {state.dialog === 'search' && <Search board={board} dispatch={dispatch} onReplan={onReplan} />}
      {state.dialog === 'help' && <Help onClose={() => { dispatch({ type: 'dialog', dialog: null }); }} />}
      {charger !== null && (
        <Suspense fallback={null}>
          <ChargerPage id={charger} zone={zone} />
        </Suspense>
      )}
      {place === SYSTEM && (
        <Suspense fallback={null}>
          <SystemPage zone={zone} />
        </Suspense>
      )}
      {toast && <Toast words={toast} onGone={onGone} />}
    </main>
  );
}
