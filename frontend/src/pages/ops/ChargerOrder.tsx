import { useId, useState, type ReactNode } from 'react';
import { useChargerOrder } from '../../data/chargers';
import { problemText } from '../../data/problemText';
import { text } from '../../i18n/chargers';
import { Button } from '../../ui/Button';
import { Note } from '../../ui/Note';
import { buildOrder, MESSAGES, NOTHING_TYPED, ORDERS, type OrderVerb, type Typed } from './chargerOrders';

function Row({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </>
  );
}

interface PartProps {
  verb: OrderVerb;
  typed: Typed;
  onType: (change: Partial<Typed>) => void;
}

/** What a command needs to be said beside its name. */
function Needed({ verb, typed, onType }: PartProps) {
  const line = (label: string, name: 'amount' | 'key' | 'value', mode: 'decimal' | 'text' = 'text') => (
    <Row label={label}>
      {(id) => <input id={id} required value={typed[name]} inputMode={mode} maxLength={500} onChange={(event) => { onType({ [name]: event.target.value }); }} />}
    </Row>
  );
  const choice = (label: string, name: 'hard' | 'available' | 'message', options: readonly (readonly [string, string])[]) => (
    <Row label={label}>
      {(id) => (
        <select id={id} value={typed[name]} onChange={(event) => { onType({ [name]: event.target.value }); }}>
          {options.map(([value, words]) => <option key={value} value={value}>{words}</option>)}
        </select>
      )}
    </Row>
  );
  switch (verb) {
    case 'cap':
      return line(text.kilowatts, 'amount', 'decimal');
    case 'configure':
      return <>{line(text.setting, 'key')}{line(text.value, 'value')}</>;
    case 'read':
      return line(text.settings, 'key');
    case 'trigger':
      return choice(text.message, 'message', MESSAGES.map((name) => [name, name]));
    case 'reset':
      return choice(text.how, 'hard', [['no', text.soft], ['yes', text.hard]]);
    case 'availability':
      return choice(text.how, 'available', [['yes', text.opened], ['no', text.closed]]);
    default:
      return null;
  }
}

/** A command and the reason for it; both are kept with the name of who gave it. */
export function ChargerOrder({ id }: { id: string }) {
  const [verb, setVerb] = useState<OrderVerb>('stop');
  const [typed, setTyped] = useState<Typed>(NOTHING_TYPED);
  const order = useChargerOrder(id);
  const onType = (change: Partial<Typed>) => { setTyped((before) => ({ ...before, ...change })); };
  return (
    <form
      className="chargers-order"
      aria-label={text.tell}
      onSubmit={(event) => {
        event.preventDefault();
        order.mutate(buildOrder(verb, typed), { onSuccess: () => { setTyped(NOTHING_TYPED); } });
      }}
    >
      <Row label={text.verb}>
        {(field) => (
          <select id={field} value={verb} onChange={(event) => { setVerb(event.target.value as OrderVerb); order.reset(); }}>
            {ORDERS.map((one) => <option key={one} value={one}>{text.verbs[one]}</option>)}
          </select>
        )}
      </Row>
      <Needed verb={verb} typed={typed} onType={onType} />
      <Row label={text.why}>
        {(field) => <input id={field} required maxLength={200} placeholder={text.whyHint} value={typed.why} onChange={(event) => { onType({ why: event.target.value }); }} />}
      </Row>
      {order.error && <Note look="alert">{problemText(order.error)}</Note>}
      <Button size="console" type="submit" disabled={order.isPending}>{text.send}</Button>
    </form>
  );
}
