import { useCallback, useMemo, useState } from 'react';
import type { ClosureView } from '../../api/opsTypes';
import type { LatLon } from '../../api/types';
import { text as roads } from '../../i18n/roads';
import { useStage } from '../../map/context';
import { ClosuresLayer } from '../../map/layers/ClosuresLayer';
import { DraftLayer } from '../../map/layers/DraftLayer';
import { useClicks } from '../../map/useClicks';
import { Icon } from '../../ui/Icon';
import { closureName } from './closureWords';
import { emptyDraft, type Draft } from './closureOrder';
import { RoadsPane } from './RoadsPane';
import './roads.css';

interface Props {
  closures: readonly ClosureView[];
  zone: string;
  open: boolean;
  onOpen: (open: boolean) => void;
}

const placesOf = (spots: readonly number[][]): LatLon[] => spots.map(([lat = 0, lon = 0]) => ({ lat, lon }));

/** Closed and slow roads on the map, and the pane that makes and lifts them. */
export function RoadsTool({ closures, zone, open, onOpen }: Props) {
  const { map } = useStage();
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const shown = useMemo(
    () => closures.map((one) => ({ id: one.id, kind: one.kind, line: placesOf(one.line), area: placesOf(one.area), label: closureName(one) })),
    [closures],
  );
  const add = useCallback((place: LatLon) => { setDraft((before) => ({ ...before, spots: [...before.spots, place] })); }, []);
  const addMiddle = () => {
    const { lat, lng: lon } = map.getCenter();
    add({ lat, lon });
  };
  const show = (closure: ClosureView) => {
    const [first] = placesOf(closure.line.length > 0 ? closure.line : closure.area);
    if (first) map.easeTo({ center: [first.lon, first.lat], zoom: Math.max(map.getZoom(), 15) });
  };
  useClicks(open ? add : null);
  return (
    <>
      <ClosuresLayer closures={shown} {...(open ? {} : { onSelect: () => { onOpen(true); } })} />
      {open && <DraftLayer spots={draft.spots} closed={draft.shape === 'area'} />}
      <button
        type="button"
        className="roads-button"
        aria-expanded={open}
        aria-label={closures.length > 0 ? `${roads.title}, ${String(closures.length)}` : roads.title}
        title={roads.title}
        onClick={() => { onOpen(!open); }}
      >
        <Icon name="barrier" />
        {closures.length > 0 && <span className="roads-count">{closures.length}</span>}
      </button>
      {open && (
        <RoadsPane
          closures={closures}
          zone={zone}
          draft={draft}
          onDraft={setDraft}
          onMiddle={addMiddle}
          onShow={show}
          onClose={() => { setDraft(emptyDraft); onOpen(false); }}
        />
      )}
    </>
  );
}
