import type { ReactNode } from 'react';
import type { Config, Me, Role } from '../api/types';
import { useConfig } from '../data/config';
import { useMe } from '../data/me';
import { problemText } from '../data/problemText';
import { common } from '../i18n/common';
import { Button } from '../ui/Button';
import { Note } from '../ui/Note';
import { Skeleton } from '../ui/Skeleton';
import './shell.css';
import { Opening } from './Opening';
import { SignIn } from './SignIn';

interface Props {
  roles: readonly Role[];
  /** The demo account offered, and the word for it. */
  demoRole: Role;
  roleWord: string;
  children: (config: Config, me: Me) => ReactNode;
}

/** Anybody signed in may ask for a charge; the other pages belong to members. */
function mayEnter(me: Me, roles: readonly Role[]): boolean {
  return me.person !== null && (roles.includes('driver') || me.roles.some(({ role }) => roles.includes(role)));
}

/** Lets those in who have a part in the page; the others sign in first. */
export function RoleGate({ roles, demoRole, roleWord, children }: Props) {
  const config = useConfig();
  const me = useMe();
  const fault = problemText(config.error ?? me.error);
  if (fault) {
    return (
      <main className="gate">
        <Note look="alert">{fault}</Note>
        <Button
          onClick={() => {
            void config.refetch();
            void me.refetch();
          }}
        >
          {common.tryAgain}
        </Button>
      </main>
    );
  }
  if (!config.data || !me.data) {
    return (
      <Opening>
        <Skeleton lines={3} sentence={common.loading} />
      </Opening>
    );
  }
  if (me.data.second_factor === 'needed' && !roles.includes('driver')) {
    return (
      <Opening>
        <Note look="amber">{common.signIn.factorNeeded}</Note>
        <a href={`/account/?next=${encodeURIComponent(location.pathname)}`}>{common.signIn.account}</a>
      </Opening>
    );
  }
  if (!mayEnter(me.data, roles)) return <SignIn config={config.data} me={me.data} demoRole={demoRole} roleWord={roleWord} newcomers={roles.includes('driver')} />;
  return children(config.data, me.data);
}
