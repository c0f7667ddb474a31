import type { ChargeRequest } from '../../api/driverTypes';
import { text } from '../../i18n/driver';
import { worldNowMs } from '../../live/worldClock';
import { StageBar } from '../../ui/StageBar';
import { stageIndex, stageProgress } from './stage';

export function StageRow({ request }: { request: ChargeRequest }) {
  return (
    <StageBar
      stages={text.follow.stages}
      now={stageIndex(request.status)}
      progress={stageProgress(request, worldNowMs())}
      energy={request.status === 'charging'}
    />
  );
}
