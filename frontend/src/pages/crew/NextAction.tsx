import type { CrewStop } from '../../api/crewTypes';
import { text } from '../../i18n/crew';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { ActionBar } from './ActionBar';
import { nextVerb } from './nextAction';
import { verbWords } from './stopWords';
import { useTap } from './useTap';

interface Props {
  stop: CrewStop;
  onProblem: () => void;
  /** At the car there is more to do than one tap: its own part does it. */
  onCar: (() => void) | null;
}

export function NextAction({ stop, onProblem, onCar }: Props) {
  const tap = useTap();
  const verb = nextVerb(stop);
  return (
    <ActionBar onProblem={onProblem}>
      {onCar && (
        <Button size="crew" onClick={onCar}>
          <Icon name="car" size={22} />
          <span>{text.toCar}</span>
        </Button>
      )}
      {verb && !onCar && (
        <Button size="crew" onClick={() => void tap(stop, verb)}>
          {verb === 'depart' && <Icon name="drive" size={22} />}
          <span>{verbWords(verb, stop)}</span>
        </Button>
      )}
    </ActionBar>
  );
}
