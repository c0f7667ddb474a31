import type { Me } from '../../api/types';
import { useAddresses, useFactors, useSignIns } from '../../data/account';
import { text } from '../../i18n/account';
import { common } from '../../i18n/common';
import { Note } from '../../ui/Note';
import { Skeleton } from '../../ui/Skeleton';
import { EmailPart } from './EmailPart';
import { FactorPart } from './FactorPart';
import { Frame } from './Frame';
import { OwnDataPart } from './OwnDataPart';
import { PasswordPart } from './PasswordPart';
import { SignInsPart } from './SignInsPart';

/** Everything that is one's own here: the address, the password, what guards them, and where one is signed in. */
export function Mine({ me, person }: { me: Me; person: NonNullable<Me['person']> }) {
  const words = text.mine;
  // All of it at once: a list that comes late would push a button from under a finger.
  const lists = [useAddresses(), useFactors(), useSignIns()];
  const is = (role: string) => me.roles.some((held) => held.role === role);
  return (
    <Frame title={words.title}>
      {me.second_factor === 'needed' && <Note look="amber">{words.needed}</Note>}
      <p className="account-doors">
        <b className="grow">{person.name}</b>
        <a href="/driver/">{words.open.driver}</a>
        {(is('dispatcher') || is('owner')) && <a href="/ops/">{words.open.dispatcher}</a>}
        {is('crew') && <a href="/crew/">{words.open.crew}</a>}
        {is('owner') && <a href="/account/people">{words.people}</a>}
      </p>
      {lists.some(({ isPending }) => isPending) ? (
        <Skeleton lines={5} sentence={common.loading} />
      ) : (
        <div className="account-parts">
          <EmailPart email={person.email} />
          <PasswordPart />
          <FactorPart />
          <SignInsPart />
          <OwnDataPart email={person.email} />
        </div>
      )}
    </Frame>
  );
}
