import { pageColours } from './marks/colours';
import { REQUEST_REACH, requestMark, type RequestShape } from './marks/requestMark';
import { UNIT_REACH, unitMark, type UnitMark } from './marks/unitMark';

interface SvgProps {
  body: string;
  box: string;
  width: number;
  height: number;
  label: string | undefined;
}

/** `body` comes from our own drawings and holds no text from outside. */
function Drawing({ body, box, width, height, label }: SvgProps) {
  const meaning = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true };
  return (
    <svg className="icon mark" width={width} height={height} viewBox={box} {...meaning} dangerouslySetInnerHTML={{ __html: body }} />
  );
}

const around = (reach: number) => `${String(-reach)} ${String(-reach)} ${String(2 * reach)} ${String(2 * reach)}`;

export function UnitBadge({ mark, size = 30, label }: { mark: UnitMark; size?: number; label?: string }) {
  const reach = mark.state === 'delivering' ? 25.5 : Math.min(UNIT_REACH, 22);
  return <Drawing body={unitMark(mark, pageColours)} box={around(reach)} width={size} height={size} label={label} />;
}

export function RequestBadge({ shape, size = 20, label }: { shape: RequestShape; size?: number; label?: string }) {
  return <Drawing body={requestMark(shape, pageColours)} box={around(REQUEST_REACH - 1)} width={size} height={size} label={label} />;
}
