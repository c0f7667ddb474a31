import type { UnitKind, UnitState } from '../../api/types';
import { Icon } from '../../ui/Icon';
import { iconShapes, type IconName } from '../../ui/icons/shapes';
import { Logo } from '../../ui/Logo';
import { RequestBadge, UnitBadge } from '../../ui/Mark';
import type { RequestShape } from '../../ui/marks/requestMark';
import type { Story } from './Stories';

const kinds: readonly UnitKind[] = ['van', 'robot', 'trolley', 'portable', 'trailer'];
const states: readonly UnitState[] = ['available', 'travelling', 'on_site', 'delivering', 'recharging', 'on_break', 'out_of_service'];
const shapes: readonly RequestShape[] = ['stranded', 'at_risk', 'booked', 'flexible', 'not_served', 'done'];
const icons = Object.keys(iconShapes).filter((name): name is IconName => Object.hasOwn(iconShapes, name));

export const markStories: readonly Story[] = [
  {
    name: 'Mark',
    draw: () => (
      <div className="wide">
        {kinds.map((kind) => (
          <div key={kind} className="flow">
            {states.map((state) => (
              <UnitBadge key={state} size={40} label={`${kind}, ${state}`} mark={{ kind, state, stale: false, soc: 0.64 }} />
            ))}
            <UnitBadge size={40} label={`${kind}, stale`} mark={{ kind, state: 'available', stale: true, soc: 0.12 }} />
          </div>
        ))}
        <div className="flow">
          {shapes.map((shape) => (
            <RequestBadge key={shape} shape={shape} size={30} label={shape} />
          ))}
        </div>
      </div>
    ),
  },
  {
    name: 'Icon',
    draw: () => (
      <div className="icons">
        {icons.map((name) => (
          <div key={name}>
            <Icon name={name} size={24} />
            {name}
          </div>
        ))}
      </div>
    ),
  },
  { name: 'Logo', draw: () => <Logo size={48} /> },
];
