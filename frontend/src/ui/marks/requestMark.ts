import type { MarkColours } from './colours';

export type RequestShape = 'stranded' | 'at_risk' | 'booked' | 'flexible' | 'not_served' | 'done';

export const REQUEST_REACH = 15;

/** The shape is the urgency. */
export function requestMark(shape: RequestShape, colours: MarkColours): string {
  const { alert, onAlert, casing, disc, surface, ink, ink2, hush } = colours;
  switch (shape) {
    case 'stranded':
      return `<path d="M-5-12H5l7 7V5l-7 7H-5l-7-7V-5z" fill="${alert}" stroke="${casing}" stroke-width="1.5"/><path d="M0-6.5V1" stroke="${onAlert}" stroke-width="3" stroke-linecap="round"/><circle cy="6" r="1.9" fill="${onAlert}"/>`;
    case 'at_risk':
      return `<path d="M0-12.5 12.5 9.5h-25z" fill="#f0a500" stroke="${disc}" stroke-width="1.6" stroke-linejoin="round"/><path d="M0-4.5v6" stroke="#12201b" stroke-width="2.4" stroke-linecap="round"/><circle cy="5.8" r="1.5" fill="#12201b"/>`;
    case 'booked':
      return `<circle r="8.5" fill="${surface}" stroke="${ink}" stroke-width="2.4"/><circle r="3.2" fill="${ink}"/>`;
    case 'flexible':
      return `<path d="M0-9.5 9.5 0 0 9.5-9.5 0z" fill="${surface}" stroke="${ink2}" stroke-width="2"/>`;
    case 'not_served':
      return `<circle r="9" fill="${surface}" stroke="${alert}" stroke-width="2.2" stroke-dasharray="4 2.5"/><path d="M-3.5-3.5l7 7m0-7l-7 7" stroke="${alert}" stroke-width="2.2" stroke-linecap="round"/>`;
    case 'done':
      return `<circle r="7" fill="${hush}" stroke="${casing}" stroke-width="1.5"/><path d="m-3 .2 2.2 2.3 4-4.8" stroke="${ink}" stroke-width="1.7" fill="none"/>`;
  }
}
