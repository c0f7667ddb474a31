import type { Role } from '../../api/types';
import { useConfig } from '../../data/config';
import { useMe, useSignIn } from '../../data/me';
import { problemText } from '../../data/problemText';
import { clockTime } from '../../format/clockTime';
import { common } from '../../i18n/common';
import { text } from '../../i18n/landing';
import { useTick } from '../../live/useTick';
import { worldNowMs, worldSpeed } from '../../live/worldClock';
import { Icon } from '../../ui/Icon';
import type { IconName } from '../../ui/icons/shapes';
import { LanguageButton } from '../../ui/LanguageButton';
import { Logo } from '../../ui/Logo';
import { Note } from '../../ui/Note';
import { ThemeButton } from '../../ui/ThemeButton';
import './landing.css';
import { SystemState } from './SystemState';

type Door = keyof typeof text.doors;

const doors: { door: Door; role: Role; path: string; icon: IconName }[] = [
  { door: 'driver', role: 'driver', path: '/driver/', icon: 'car' },
  { door: 'dispatcher', role: 'dispatcher', path: '/ops/', icon: 'drive' },
  { door: 'crew', role: 'crew', path: '/crew/', icon: 'van' },
];

/** What this is, and three doors into it. */
export function Landing() {
  useTick(1000);
  const config = useConfig();
  const me = useMe();
  const signIn = useSignIn();
  const demo = config.data?.demo ? config.data.demo_accounts : [];
  const fault = problemText(signIn.error ?? config.error);
  const enter = (role: Role, path: string) => {
    const account = demo.find((one) => one.role === role);
    // Without a demo account the page itself asks who it is.
    if (!account || me.data?.person?.email === account.email) location.assign(path);
    else signIn.mutate({ email: account.email }, { onSuccess: () => { location.assign(path); } });
  };
  const area = config.data?.area;
  return (
    <main className="landing">
      <header className="spread">
        <span className="gate-brand">
          <Logo size={36} />
          {common.brand}
        </span>
        <span className="row">
          <LanguageButton />
          <ThemeButton labels={common.themeLabels} />
        </span>
      </header>
      <section className="landing-lead">
        <h1>{text.title}</h1>
        <p>{text.lead}</p>
        {area && <p className="base mute">{text.world(area.name, clockTime(worldNowMs(), area.time_zone), String(worldSpeed()))}</p>}
      </section>
      {fault && <Note look="alert">{fault}</Note>}
      <section className="doors">
        {doors.map(({ door, role, path, icon }) => (
          <button
            key={door}
            type="button"
            className="door"
            disabled={signIn.isPending}
            onClick={() => {
              enter(role, path);
            }}
          >
            <span className="door-icon">
              <Icon name={icon} size={30} />
            </span>
            <b>{text.doors[door].title}</b>
            <span className="mute">{text.doors[door].text}</span>
            <span className="door-go">
              {text.doors[door].go}
              <Icon name="next" />
            </span>
          </button>
        ))}
      </section>
      <p className="base mute">{me.data?.person ? text.signedIn(me.data.person.name) : demo.length > 0 ? text.oneClick : ''}</p>
      <section className="landing-more">
        <div className="how">
          <h2>{text.how.title}</h2>
          <ol>
            {text.how.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </div>
        <SystemState />
        <div className="for-programs">
          <h2>{text.programs.title}</h2>
          <p className="base">{text.programs.text}</p>
          <p className="row">
            <a href="/api/docs/">{text.docs}</a>
            <a href="/api/schema/">{text.schema}</a>
          </p>
        </div>
      </section>
    </main>
  );
}
