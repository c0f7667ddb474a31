import { lazy, Suspense, useMemo } from 'react';
import type { ChargeRequest } from '../../api/driverTypes';
import type { Config } from '../../api/types';
import { isOver } from '../../data/requests';
import { common } from '../../i18n/common';
import { requestRules } from '../../live/requestRules';
import { createStreamStore, type StreamView } from '../../live/store';
import { useStream } from '../../live/useStream';
import { Note } from '../../ui/Note';
import { RoundButton } from '../../ui/RoundButton';
import { Skeleton } from '../../ui/Skeleton';
import { follow } from './address';
import { ArrivalPart } from './ArrivalPart';
import { CancelPart } from './CancelPart';
import { ChangesPart } from './ChangesPart';
import { Charging } from './Charging';
import { LivePill } from './LivePill';
import { Receipt } from './Receipt';
import { StageRow } from './StageRow';
import { UnitPart } from './UnitPart';

/** Without a network there may be no map; the rest of the page stands. */
const NoMap = () => <div className="map-canvas" />;
const FollowMap = lazy(() => import('./FollowMap').catch(() => ({ default: NoMap })));

export interface FollowedProps {
  request: ChargeRequest;
  zone: string;
  stream: StreamView<ChargeRequest>;
}

const leave = () => {
  follow(null);
};

/** When is it here? One request from booking to receipt. */
export function Follow({ id, config }: { id: string; config: Config }) {
  const store = useMemo(() => createStreamStore({ socket: `/ws/driver/requests/${id}`, document: `/api/driver/requests/${id}` }, requestRules), [id]);
  const stream = useStream(store);
  const request = stream.document;
  const zone = config.area.time_zone;

  if (!request) {
    return (
      <main className="gate">
        <RoundButton icon="back" label={common.back} onClick={leave} />
        {stream.connection === 'refused' ? (
          <Note look="alert">{common.connection.refused}</Note>
        ) : (
          <Skeleton lines={3} sentence={stream.connection === 'lost' ? common.connection.lost : common.loading} />
        )}
      </main>
    );
  }
  if (isOver(request.status)) return <Receipt request={request} zone={zone} onClose={leave} />;
  if (request.status === 'charging' && request.session) return <Charging request={request} zone={zone} stream={stream} onBack={leave} />;
  return (
    <main className="driver follow">
      <div className="driver-map">
        <Suspense fallback={null}>
          <FollowMap config={config} request={request} />
        </Suspense>
        <div className="map-top">
          <RoundButton icon="back" label={common.back} onClick={leave} />
          <LivePill stream={stream} />
        </div>
      </div>
      <section className="sheet">
        <div className="grab" />
        <ArrivalPart request={request} zone={zone} />
        <StageRow request={request} />
        <ChangesPart request={request} zone={zone} />
        <UnitPart request={request} />
        <CancelPart request={request} />
      </section>
    </main>
  );
}
