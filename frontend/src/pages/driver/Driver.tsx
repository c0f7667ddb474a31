import { useState } from 'react';
import type { QuoteWish } from '../../api/driverTypes';
import type { Config } from '../../api/types';
import { useVehicles } from '../../data/vehicles';
import { problemText } from '../../data/problemText';
import { common } from '../../i18n/common';
import { text } from '../../i18n/driver';
import { Opening } from '../../shell/Opening';
import { Button } from '../../ui/Button';
import { Note } from '../../ui/Note';
import { Skeleton } from '../../ui/Skeleton';
import { follow, useFollowed } from './address';
import { Ask } from './Ask';
import { BesideMap } from './BesideMap';
import { Cars } from './Cars';
import './driver.css';
import { Follow } from './Follow';
import { Offers } from './Offers';
import { batteryKwh, startDraft, type Draft } from './wish';
import type { Spot } from './spot';

export interface Asked {
  wish: QuoteWish;
  spot: Spot;
  /** The same in the page's own measures, until offers say it exactly. */
  kwh: number;
  target: number;
}

/** The way of a driver: ask, choose, follow. */
export function Driver({ config }: { config: Config }) {
  const followed = useFollowed();
  const vehicles = useVehicles();
  const [draft, setDraft] = useState<Draft | null>(null);
  const [spot, setSpot] = useState<Spot | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);

  if (followed) return <Follow key={followed} id={followed} config={config} />;
  if (vehicles.error) {
    return (
      <main className="gate">
        <Note look="alert">{problemText(vehicles.error)}</Note>
        <Button onClick={() => void vehicles.refetch()}>{common.tryAgain}</Button>
      </main>
    );
  }
  if (!vehicles.data) {
    return (
      <Opening>
        <Skeleton lines={3} sentence={common.loading} />
      </Opening>
    );
  }
  const first = vehicles.data[0];
  if (!first) {
    return (
      <main className="gate">
        <Note>{text.ask.noCars}</Note>
        <Cars vehicles={[]} chosen={null} onChoose={(car) => { setDraft(startDraft(car)); }} onClose={() => { location.assign('/'); }} />
      </main>
    );
  }
  const current = draft ?? startDraft(first);
  const vehicle = vehicles.data.find((one) => one.id === current.vehicle) ?? first;
  if (asked) {
    return (
      <BesideMap config={config} place={asked.spot}>
        <Offers
          asked={asked}
          vehicle={vehicle}
          zone={config.area.time_zone}
          onBack={() => {
            setAsked(null);
          }}
          onAccepted={(id) => {
            setAsked(null);
            follow(id);
          }}
        />
      </BesideMap>
    );
  }
  return (
    <Ask
      config={config}
      vehicles={vehicles.data}
      vehicle={vehicle}
      draft={current}
      onDraft={setDraft}
      spot={spot}
      onSpot={setSpot}
      onAsk={(wish, at) => {
        setAsked({ wish, spot: at, kwh: batteryKwh(current, vehicle), target: current.target });
      }}
    />
  );
}
