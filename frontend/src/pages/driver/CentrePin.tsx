import { carPin } from '../../ui/marks/carPin';
import { pageColours } from '../../ui/marks/colours';

/** The pin stands still; the map moves under it. */
export function CentrePin({ label }: { label: string }) {
  return (
    <svg
      className="centre-pin mark"
      width="48"
      height="64"
      viewBox="-24 -58 48 64"
      role="img"
      aria-label={label}
      // Our own drawing: no text from outside is in it.
      dangerouslySetInnerHTML={{ __html: carPin(pageColours) }}
    />
  );
}
