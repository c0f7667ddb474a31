import { useMemo, useState } from 'react';
import type { Config, Me } from '../../api/types';
import { useOutbox } from '../../data/outbox/useOutbox';
import { useKeptDay } from '../../data/outbox/useKeptDay';
import { withActions } from '../../data/outbox/optimism';
import { text } from '../../i18n/crew';
import { dayRules } from '../../live/dayRules';
import { createStreamStore } from '../../live/store';
import { useOnline } from '../../live/useOnline';
import { useStream } from '../../live/useStream';
import { Opening } from '../../shell/Opening';
import { Note } from '../../ui/Note';
import { Skeleton } from '../../ui/Skeleton';
import { AtCar } from './AtCar';
import './crew.css';
import { CrewCharging } from './CrewCharging';
import { isOpen, partOf } from './nextAction';
import { Problem } from './Problem';
import { StopList } from './StopList';
import { useLostSince } from './useLostSince';
import { CrewContext } from './useCrew';

const stream = createStreamStore({ socket: '/ws/crew', document: '/api/crew/day' }, dayRules);

/** The part of the day that is now: the list, the car, the charge, or what is wrong. */
export function Day({ config, me }: { config: Config; me: Me }) {
  const heard = useStream(stream);
  const { document } = heard;
  const connection = useOnline() ? heard.connection : 'lost';
  const person = me.person?.id ?? '';
  const known = useKeptDay(person, document);
  const [outbox, queue] = useOutbox(person, connection);
  const lostSince = useLostSince(connection);
  const [failing, setFailing] = useState(false);
  const [listed, setListed] = useState<string | null>(null);
  const zone = config.area.time_zone;
  const day = useMemo(() => known && withActions(known, [...queue.taken, ...queue.kept.map(({ action }) => action)]), [known, queue]);
  if (!day) {
    return (
      <Opening>
        {connection === 'refused' ? <Note>{text.refused}</Note> : <Skeleton lines={4} sentence={connection === 'lost' ? text.offline.unknown : text.loading} />}
      </Opening>
    );
  }
  const stops = day.stops.filter(isOpen);
  const [stop, next] = stops;
  const part = partOf(stop);
  const toList = () => {
    setListed(stop?.id ?? null);
  };
  const toProblem = () => {
    setFailing(true);
  };
  const draw = () => {
    if (failing && stop) return <Problem stop={stop} onDone={() => { setFailing(false); }} />;
    const aside = stop === undefined || listed === stop.id;
    if (!aside && part === 'at-car') return <AtCar key={stop.id} stop={stop} onBack={toList} onProblem={toProblem} />;
    if (!aside && part === 'charging') return <CrewCharging key={stop.id} stop={stop} next={next} onBack={toList} onProblem={toProblem} />;
    return <StopList stops={stops} onProblem={toProblem} onCar={part === 'list' ? null : () => { setListed(null); }} />;
  };
  return <CrewContext value={{ day, zone, connection, outbox, queue, lostSince }}>{draw()}</CrewContext>;
}
