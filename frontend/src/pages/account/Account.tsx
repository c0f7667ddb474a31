import { useConfig } from '../../data/config';
import { useMe } from '../../data/me';
import { problemText } from '../../data/problemText';
import { common } from '../../i18n/common';
import { text } from '../../i18n/account';
import { Opening } from '../../shell/Opening';
import { SignIn } from '../../shell/SignIn';
import { Note } from '../../ui/Note';
import { Skeleton } from '../../ui/Skeleton';
import './account.css';
import { Erased } from './Erased';
import { Factor } from './Factor';
import { Forgot } from './Forgot';
import { Invitation } from './Invitation';
import { Mine } from './Mine';
import { Passkey } from './Passkey';
import { People } from './People';
import { Reset } from './Reset';
import { SignUp } from './SignUp';
import { Verify } from './Verify';

/** Rooms that are open before anybody has signed in. */
const OPEN: Record<string, () => React.JSX.Element> = {
  forgot: Forgot,
  reset: Reset,
  verify: Verify,
  factor: Factor,
  passkey: Passkey,
  invitation: Invitation,
  erased: Erased,
  'sign-up': SignUp,
};

/** Signing in, one's own account, and for owners who works for them: the address says which. */
export function Account() {
  const room = location.pathname.split('/')[2] ?? '';
  const Room = OPEN[room];
  return Room ? <Room /> : <OwnRooms room={room} />;
}

function OwnRooms({ room }: { room: string }) {
  const config = useConfig();
  const me = useMe();
  const fault = problemText(config.error ?? me.error);
  if (!config.data || !me.data) {
    return <Opening>{fault ? <Note look="alert">{fault}</Note> : <Skeleton lines={3} sentence={common.loading} />}</Opening>;
  }
  if (!me.data.person) return <SignIn config={config.data} me={me.data} demoRole="owner" roleWord={text.owner} newcomers />;
  return room === 'people' ? <People /> : <Mine me={me.data} person={me.data.person} />;
}
