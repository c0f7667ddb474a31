import { usePlace } from './place';

const PLACE = '#chargers';

/** The address of the chargers, or of one: by its own id, its unit's or its plug's. */
export const chargerAddress = (id = ''): string => (id ? `${PLACE}/${id}` : PLACE);

/** Which charger the address names; '' for all of them, null for the console itself. */
export function useChargerAddress(): string | null {
  const hash = usePlace();
  if (hash !== PLACE && !hash.startsWith(`${PLACE}/`)) return null;
  return decodeURIComponent(hash.slice(PLACE.length + 1));
}
