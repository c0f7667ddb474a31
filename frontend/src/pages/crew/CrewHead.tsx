import type { CrewDay } from '../../api/crewTypes';
import { useSignOut } from '../../data/me';
import { clockTime } from '../../format/clockTime';
import { common } from '../../i18n/common';
import { text } from '../../i18n/crew';
import type { Connection } from '../../live/socket';
import { Icon } from '../../ui/Icon';
import { LanguageButton } from '../../ui/LanguageButton';
import { ThemeButton } from '../../ui/ThemeButton';

const badges = { live: 'tick', connecting: 'syncing', lost: 'offline', refused: 'offline' } as const;

interface Props {
  day: CrewDay;
  left: number;
  connection: Connection;
  zone: string;
}

export function CrewHead({ day, left, connection, zone }: Props) {
  const signOut = useSignOut();
  return (
    <header className="crew-head">
      <div className="grow">
        <h1>{text.left(left)}</h1>
        <p className="small mute clip">
          {[day.unit?.name, day.shift && text.until(clockTime(day.shift.end, zone))].filter(Boolean).join(' · ')}
        </p>
      </div>
      <span className={`net ${connection}`} role="status">
        <Icon name={badges[connection]} size={18} />
        {text.network[connection]}
      </span>
      <LanguageButton />
      <ThemeButton labels={common.themeLabels} />
      <button
        type="button"
        className="plain-button"
        aria-label={common.signIn.out}
        onClick={() => {
          signOut.mutate();
        }}
      >
        <Icon name="leave" />
      </button>
    </header>
  );
}
