import type { CrewStop } from '../../api/crewTypes';
import { clockTime } from '../../format/clockTime';
import { text } from '../../i18n/crew';
import { CrewHead } from './CrewHead';
import { NextAction } from './NextAction';
import { OfflineBand } from './OfflineBand';
import { OutboxPart } from './OutboxPart';
import { PackPart } from './PackPart';
import { PageTools } from './PageTools';
import { countVisits, splitAtShiftEnd } from './shiftStops';
import { StopRow } from './StopRow';
import { useCrew } from './useCrew';

interface Props {
  stops: readonly CrewStop[];
  onProblem: () => void;
  onCar: (() => void) | null;
}

/** Where next, and is my pack enough? */
export function StopList({ stops, onProblem, onCar }: Props) {
  const { day, zone } = useCrew();
  const [next] = stops;
  const { own, later } = splitAtShiftEnd(stops);
  const about = [day.unit?.name, day.unit?.crew, day.shift && text.until(clockTime(day.shift.end, zone))].filter(Boolean).join(' · ');
  return (
    <main className="crew-page">
      <CrewHead title={text.left(countVisits(own))} about={about} />
      <OfflineBand />
      <OutboxPart />
      {day.unit && <PackPart unit={day.unit} stops={own} zone={zone} />}
      <ol className="crew-stops">
        {own.map((stop, index) => (
          <StopRow key={stop.id} stop={stop} now={index === 0} zone={zone} />
        ))}
      </ol>
      {later.length > 0 && (
        <>
          <h2 className="small mute crew-later">{text.nextShift}</h2>
          <ol className="crew-stops later">
            {later.map((stop) => (
              <StopRow key={stop.id} stop={stop} now={false} zone={zone} />
            ))}
          </ol>
        </>
      )}
      {stops.length === 0 && <p className="crew-empty">{day.shift ? text.empty : text.noShift}</p>}
      <PageTools />
      {next && <NextAction stop={next} onProblem={onProblem} onCar={onCar} />}
    </main>
  );
}
