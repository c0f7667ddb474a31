import { usePeople, useRule } from '../../data/people';
import { problemText } from '../../data/problemText';
import { common } from '../../i18n/common';
import { text } from '../../i18n/account';
import { Note } from '../../ui/Note';
import { Segmented } from '../../ui/Segmented';
import { Skeleton } from '../../ui/Skeleton';
import { ChangesPart } from './ChangesPart';
import { DevicesPart } from './DevicesPart';
import { Frame, Part } from './Frame';
import { InvitePart } from './InvitePart';
import { MembersPart } from './MembersPart';

/** Who works for the operator, as its owner sees and changes it. */
export function People() {
  const words = text.people;
  const people = usePeople();
  const rule = useRule();
  const fault = problemText(people.error ?? rule.error);
  return (
    <Frame title={people.data ? `${people.data.operator.name}: ${words.title}` : words.title}>
      <p>
        <a href="/account/">{words.back}</a>
      </p>
      {fault && <Note look="alert">{fault}</Note>}
      {!people.data && !fault && <Skeleton lines={4} sentence={common.loading} />}
      {people.data && (
        <div className="account-parts">
          <MembersPart members={people.data.results} />
          <InvitePart />
          <Part title={words.rule}>
            <p className="mute base">{words.ruleLead}</p>
            <Segmented
              label={words.rule}
              value={people.data.operator.second_factor_required ? 'on' : 'off'}
              options={[
                { value: 'off', text: words.off },
                { value: 'on', text: words.on },
              ]}
              onChange={(value) => {
                rule.mutate(value === 'on');
              }}
            />
          </Part>
          <DevicesPart />
          <ChangesPart />
        </div>
      )}
    </Frame>
  );
}
