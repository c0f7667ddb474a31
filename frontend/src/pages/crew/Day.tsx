import { useState } from 'react';
import type { Config } from '../../api/types';
import { text } from '../../i18n/crew';
import { dayRules } from '../../live/dayRules';
import { createStreamStore } from '../../live/store';
import { useStream } from '../../live/useStream';
import { Note } from '../../ui/Note';
import { Skeleton } from '../../ui/Skeleton';
import { Actions } from './Actions';
import './crew.css';
import { CrewHead } from './CrewHead';
import { isOpen } from './nextAction';
import { PackPart } from './PackPart';
import { Problem } from './Problem';
import { StopRow } from './StopRow';

const day = createStreamStore('/ws/crew', dayRules);

/** Where next, and is my pack enough? */
export function Day({ config }: { config: Config }) {
  const { document: state, connection } = useStream(day);
  const [failing, setFailing] = useState(false);
  const zone = config.area.time_zone;
  if (!state) {
    return (
      <main className="gate">
        {connection === 'refused' ? <Note>{text.refused}</Note> : <Skeleton lines={4} sentence={text.loading} />}
      </main>
    );
  }
  const stops = state.stops.filter(isOpen);
  const next = stops[0];
  if (failing && next) {
    return (
      <Problem
        stop={next}
        onDone={() => {
          setFailing(false);
        }}
      />
    );
  }
  return (
    <main className="crew-page">
      <CrewHead day={state} left={stops.length} connection={connection} zone={zone} />
      {connection === 'lost' && <p className="crew-band">{text.offline}</p>}
      {state.unit && <PackPart unit={state.unit} stops={stops} zone={zone} />}
      <ol className="crew-stops">
        {stops.map((stop, index) => (
          <StopRow key={stop.id} stop={stop} now={index === 0} zone={zone} />
        ))}
      </ol>
      {stops.length === 0 && <p className="crew-empty">{state.shift ? text.empty : text.noShift}</p>}
      {next && (
        <Actions
          stop={next}
          onProblem={() => {
            setFailing(true);
          }}
        />
      )}
    </main>
  );
}
