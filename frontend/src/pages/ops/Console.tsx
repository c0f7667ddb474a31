import { lazy, Suspense, useMemo, useState } from 'react';
import type { Config } from '../../api/types';
import { common } from '../../i18n/common';
import { text } from '../../i18n/ops';
import { boardRules } from '../../live/boardRules';
import { createStreamStore } from '../../live/store';
import { useStream } from '../../live/useStream';
import { Note } from '../../ui/Note';
import { Segmented } from '../../ui/Segmented';
import { Skeleton } from '../../ui/Skeleton';
import './console.css';
import { Detail } from './Detail';
import { LostBand } from './LostBand';
import { Queue } from './Queue';
import type { Selection } from './selection';
import { Timeline } from './Timeline';
import { TopBar } from './TopBar';

const OpsMap = lazy(() => import('./OpsMap'));
const board = createStreamStore('/ws/ops', boardRules);

/** The dispatcher's screen: what needs me now? */
export function Console({ config }: { config: Config }) {
  const { document: state, connection, heardAtMs } = useStream(board);
  const [selection, setSelection] = useState<Selection>(null);
  const [pane, setPane] = useState<'queue' | 'timeline'>('queue');
  const select = useMemo(
    () => ({
      unit: (id: string) => {
        setSelection({ kind: 'unit', id });
      },
      request: (id: string) => {
        setSelection({ kind: 'request', id });
      },
      nothing: () => {
        setSelection(null);
      },
    }),
    [],
  );

  if (!state) {
    return (
      <main className="gate">
        <LostBand connection={connection} heardAtMs={heardAtMs} />
        {connection === 'refused' ? <Note look="alert">{common.connection.refused}</Note> : <Skeleton lines={4} sentence={text.loading} />}
      </main>
    );
  }
  return (
    <main className={`console show-${pane}`}>
      <TopBar board={state} connection={connection} heardAtMs={heardAtMs} />
      <section className="console-map" aria-label={config.area.name}>
        <Suspense fallback={null}>
          <OpsMap board={state} config={config} selection={selection} onUnit={select.unit} onRequest={select.request} />
        </Suspense>
        <Detail board={state} selection={selection} onSelect={setSelection} />
        <LostBand connection={connection} heardAtMs={heardAtMs} />
      </section>
      <div className="console-tabs">
        <Segmented
          label={text.queue}
          value={pane}
          onChange={setPane}
          options={[
            { value: 'queue', text: text.queue },
            { value: 'timeline', text: text.timeline },
          ]}
        />
      </div>
      <Queue board={state} selection={selection} onSelect={select.request} />
      <Timeline board={state} selection={selection} onUnit={select.unit} onRequest={select.request} />
    </main>
  );
}
