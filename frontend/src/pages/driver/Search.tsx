import { useState } from 'react';
import type { FoundPlace, PlaceKind } from '../../api/driverTypes';
import type { LatLon } from '../../api/types';
import { problemText } from '../../data/problemText';
import { usePlaces } from '../../data/places';
import { useDebounced } from '../../data/useDebounced';
import { metres } from '../../format/metres';
import { common } from '../../i18n/common';
import { text } from '../../i18n/driver';
import { Announcer } from '../../ui/Announcer';
import { Dialog } from '../../ui/Dialog';
import { DialogHead } from '../../ui/DialogHead';
import { Icon } from '../../ui/Icon';
import type { IconName } from '../../ui/icons/shapes';
import { Note } from '../../ui/Note';
import { SearchField } from '../../ui/SearchField';
import './search.css';
import type { Spot } from './spot';

const glyphs: Record<PlaceKind, IconName> = { address: 'pin', street: 'pin', poi: 'pin', car_park: 'height', charger: 'plug', district: 'here' };
const QUIET_MS = 180;

const toSpot = (place: FoundPlace): Spot => ({
  lat: place.lat,
  lon: place.lon,
  street: place.name,
  site: place.site ? { id: place.site, name: place.name } : null,
  chosen: true,
});

function Row({ place, onChoose }: { place: FoundPlace; onChoose: (spot: Spot) => void }) {
  const words = text.search;
  const about = [place.in_area ? words.kinds[place.kind] : words.outside, place.detail].filter(Boolean).join(' · ');
  return (
    <li>
      <button
        type="button"
        className="found"
        disabled={!place.in_area}
        onClick={() => {
          onChoose(toSpot(place));
        }}
      >
        <Icon name={glyphs[place.kind]} size={22} />
        <span className="grow">
          <b>{place.name}</b>
          <span className="small mute">{about}</span>
        </span>
        {place.distance_m !== null && <span className="small mute nowrap">{metres(place.distance_m)}</span>}
      </button>
    </li>
  );
}

interface Props {
  near: LatLon;
  onChoose: (spot: Spot) => void;
  onClose: () => void;
}

/** Where does the car stand? By an address, a street, a car park or a place one knows. */
export function Search({ near, onChoose, onClose }: Props) {
  const words = text.search;
  const [typed, setTyped] = useState('');
  const asked = useDebounced(typed, QUIET_MS);
  const places = usePlaces(asked, near);
  const found = places.data;
  const fault = problemText(places.error);
  const nothing = found?.length === 0 && !places.isPlaceholderData;
  return (
    <Dialog label={words.title} onClose={onClose}>
      <DialogHead title={words.title} backLabel={common.back} onBack={onClose} />
      <SearchField label={words.title} hint={words.hint} value={typed} onChange={setTyped} />
      <Announcer text={found ? words.count(found.length) : ''} />
      {fault && <Note look="alert">{fault}</Note>}
      {found && found.length > 0 && (
        <ul className="found-list">
          {found.map((place) => (
            <Row key={place.id} place={place} onChoose={onChoose} />
          ))}
        </ul>
      )}
      {nothing && <p className="mute">{words.nothing(asked.trim())}</p>}
      {!found && !fault && <p className="mute">{words.about}</p>}
    </Dialog>
  );
}
