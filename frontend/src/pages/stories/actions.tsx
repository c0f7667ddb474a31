import { useState } from 'react';
import { Announcer } from '../../ui/Announcer';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { DialogHead } from '../../ui/DialogHead';
import { Field } from '../../ui/Field';
import { HoldButton } from '../../ui/HoldButton';
import { Icon } from '../../ui/Icon';
import { LanguageButton } from '../../ui/LanguageButton';
import { RoundButton } from '../../ui/RoundButton';
import { SearchField } from '../../ui/SearchField';
import { Segmented } from '../../ui/Segmented';
import { Stepper } from '../../ui/Stepper';
import { ThemeButton } from '../../ui/ThemeButton';
import type { Story } from './Stories';

const nothing = () => undefined;

function Choices({ dense }: { dense: boolean }) {
  const [value, setValue] = useState<'now' | 'later' | 'window'>('now');
  return (
    <Segmented
      dense={dense}
      label="When"
      value={value}
      onChange={setValue}
      options={[
        { value: 'now', text: 'Soonest' },
        { value: 'later', text: 'At a time' },
        { value: 'window', text: 'Between' },
      ]}
    />
  );
}

function Steps() {
  const [share, setShare] = useState(32);
  return (
    <Stepper
      label="In the battery now"
      text={`${String(share)} %`}
      words={{ less: 'Less', more: 'More' }}
      onStep={(direction) => {
        setShare(share + direction);
      }}
    />
  );
}

function Held() {
  const [count, setCount] = useState(0);
  return (
    <div className="wide">
      <HoldButton onHeld={() => { setCount(count + 1); }}>
        <Icon name="stop" size={22} />
        <span>Hold to stop</span>
      </HoldButton>
      <Announcer text={count > 0 ? `Held ${String(count)} times` : ''} />
      <p className="small mute">Announcer: says aloud how often it was held, and shows nothing.</p>
    </div>
  );
}

function Sought() {
  const [typed, setTyped] = useState('');
  return <SearchField label="A place, a street, a car park" value={typed} onChange={setTyped} />;
}

function Opened() {
  const [open, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
  };
  return (
    <>
      <Button look="second" size="small" onClick={() => { setOpen(true); }}>
        Open a dialog
      </Button>
      {open && (
        <Dialog label="A dialog" onClose={close}>
          <DialogHead title="A dialog" backLabel="Back" onBack={close} />
          <p>Escape, the arrow or the ground around it closes it.</p>
        </Dialog>
      )}
    </>
  );
}

const looks = ['main', 'second', 'volt', 'alert', 'alert-line'] as const;

export const actionStories: readonly Story[] = [
  {
    name: 'Button',
    draw: () => (
      <div className="wide">
        {looks.map((look) => (
          <Button key={look} look={look}>
            {look}
          </Button>
        ))}
        <Button disabled>disabled</Button>
        <Button size="crew" look="volt">
          <Icon name="bolt" size={22} />
          crew
        </Button>
        <div className="flow">
          <Button size="console">console</Button>
          <Button size="console" look="second">
            console, second
          </Button>
        </div>
      </div>
    ),
  },
  { name: 'HoldButton', draw: () => <Held /> },
  {
    name: 'Segmented',
    draw: () => (
      <div className="wide">
        <Choices dense={false} />
        <Choices dense />
      </div>
    ),
  },
  { name: 'Stepper', draw: () => <Steps /> },
  {
    name: 'Field',
    draw: () => (
      <div className="wide">
        <Field label="Number plate" defaultValue="7Q41" />
        <Field label="Meter at the outlet, kWh" fault="Read the meter first, in kWh." defaultValue="" />
      </div>
    ),
  },
  { name: 'SearchField', draw: () => <Sought /> },
  {
    name: 'RoundButton',
    draw: () => (
      <div className="flow">
        <RoundButton icon="back" label="Back" onClick={nothing} />
        <RoundButton icon="search" label="Find a place" onClick={nothing} />
        <ThemeButton labels={{ light: 'Light colours', dark: 'Dark colours' }} />
        <LanguageButton />
      </div>
    ),
  },
  { name: 'Dialog', draw: () => <Opened /> },
];
