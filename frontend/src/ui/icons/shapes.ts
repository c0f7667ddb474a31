/** Glyphs on a 24 grid, as data: the page draws them as SVG, the map on a canvas. */
export interface Shape {
  fill?: readonly string[];
  /** Path and stroke width. */
  stroke?: readonly (readonly [string, number])[];
}

const dot = (x: number, y: number, r: number): string =>
  `M${String(x)} ${String(y - r)}a${String(r)} ${String(r)} 0 1 0 0 ${String(2 * r)}a${String(r)} ${String(r)} 0 1 0 0-${String(2 * r)}z`;

const line = (d: string, width = 1.8): Shape => ({ stroke: [[d, width]] });

export const kindShapes = {
  van: {
    fill: [
      'M2 7.2h11.2v9.3H9a2.6 2.6 0 0 0-5 0H2zM14.6 9.3h3.5l3.9 3.9v3.3h-2a2.6 2.6 0 0 0-5 0h-.4z',
      dot(6.5, 17.3, 1.9),
      dot(17.5, 17.3, 1.9),
    ],
  },
  robot: {
    fill: [
      'M6.2 9.6h11.6a2.2 2.2 0 0 1 2.2 2.2v2.6a2.2 2.2 0 0 1-2.2 2.2H6.2A2.2 2.2 0 0 1 4 14.4v-2.6a2.2 2.2 0 0 1 2.2-2.2z',
      dot(12, 4.4, 2.2),
      dot(7.6, 18.6, 1.9),
      dot(16.4, 18.6, 1.9),
    ],
    stroke: [['M12 10V5.6', 2]],
  },
  trolley: {
    fill: [
      'M9.4 6.6H19a1.2 1.2 0 0 1 1.2 1.2V14a1.2 1.2 0 0 1-1.2 1.2H9.4A1.2 1.2 0 0 1 8.2 14V7.8a1.2 1.2 0 0 1 1.2-1.2z',
      dot(9.4, 19.4, 1.8),
      dot(18, 19.4, 1.8),
    ],
    stroke: [['M2.5 4.5h2.3L7 17h13', 2]],
  },
  portable: {
    fill: [
      'M5.8 8h12.4A1.8 1.8 0 0 1 20 9.8v8.4a1.8 1.8 0 0 1-1.8 1.8H5.8A1.8 1.8 0 0 1 4 18.2V9.8A1.8 1.8 0 0 1 5.8 8zm6.9 2-3.5 4.5h2.2l-.5 3.5 3.7-4.7h-2.3z',
    ],
    stroke: [['M8.8 8V5h6.4v3', 2]],
  },
  trailer: {
    fill: ['M2 7h14.5v8.8H2z', dot(6.4, 17.6, 1.9), dot(11.6, 17.6, 1.9)],
    stroke: [['M16.5 14.8h5.2', 2]],
  },
} satisfies Record<string, Shape>;

export const iconShapes = {
  ...kindShapes,
  car: {
    fill: [
      'm5.2 10.2 1.7-4A2 2 0 0 1 8.7 5h6.6a2 2 0 0 1 1.8 1.2l1.7 4A2.2 2.2 0 0 1 20.5 12.3v5.2h-2.7v-1.7H6.2v1.7H3.5v-5.2a2.2 2.2 0 0 1 1.7-2.1zm2.3-.4h9L15.3 7H8.7zM6.7 14.2a1.2 1.2 0 1 0 0-2.4 1.2 1.2 0 0 0 0 2.4zm10.6 0a1.2 1.2 0 1 0 0-2.4 1.2 1.2 0 0 0 0 2.4z',
    ],
  },
  stranded: {
    fill: [
      'M8 2.5h8L21.5 8v8L16 21.5H8L2.5 16V8zm3 4 .3 7.5h1.4l.3-7.5zm1 11.3a1.3 1.3 0 1 0 0-2.6 1.3 1.3 0 0 0 0 2.6z',
    ],
  },
  warning: {
    fill: ['M12 3 22 20.5H2zm-1 6.5.3 5.5h1.4l.3-5.5zm1 8.8a1.1 1.1 0 1 0 0-2.2 1.1 1.1 0 0 0 0 2.2z'],
  },
  bolt: { fill: ['M13.2 2.5 5.4 13.4h5.3l-1 8.1 8.3-11.4h-5.7z'] },
  stop: { fill: ['M7.5 6h9A1.5 1.5 0 0 1 18 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 6 16.5v-9A1.5 1.5 0 0 1 7.5 6z'] },
  drive: { fill: ['m12 2.5 7.5 18.5-7.5-4.5L4.5 21z'] },
  house: { fill: ['M12 4.5 3.5 11H6v8.5h4.2v-5h3.6v5H18V11h2.5z'] },
  tick: line('m5 12.5 4.5 4.5L19 7.5', 2.4),
  cross: line('M6 6l12 12M18 6 6 18'),
  back: line('M15 5 8 12l7 7'),
  next: line('m9 5 7 7-7 7'),
  plug: line('M9 3v5m6-5v5M6.5 8h11v3.5a5.5 5.5 0 0 1-11 0zM12 17v4.5'),
  clock: { stroke: [['M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17z', 1.8], ['M12 7.5V12l3 2', 1.8]] },
  syncing: line('M5 9a7.5 7.5 0 0 1 13-2l1.5 2M19.5 4.5V9H15M19 15a7.5 7.5 0 0 1-13 2l-1.5-2M4.5 19.5V15H9'),
  offline: line('M4 4l16 16M9 7.3A5.5 5.5 0 0 1 17 11a4 4 0 0 1 3 6M16 18H7.5A4.5 4.5 0 0 1 6.5 9.2'),
  lock: {
    stroke: [
      ['M7 10.5h10a1.5 1.5 0 0 1 1.5 1.5v6.5A1.5 1.5 0 0 1 17 20H7a1.5 1.5 0 0 1-1.5-1.5V12A1.5 1.5 0 0 1 7 10.5z', 1.8],
      ['M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5', 1.8],
    ],
  },
  height: line('M4 4.5h16M4 19.5h16M12 8v8M9.5 10 12 7.5 14.5 10M9.5 14l2.5 2.5 2.5-2.5'),
  search: { stroke: [['M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13z', 1.8], ['m15.5 15.5 5 5', 1.8]] },
  edit: line('M5 19h3.5L19 8.5 15.5 5 5 15.5z'),
  bin: line('M5 7h14M9.5 7V4.5h5V7M7 7l1 13h8l1-13'),
  key: { stroke: [['M8 11.5a4 4 0 1 0 0 8a4 4 0 1 0 0-8z', 1.8], ['m11 12.5 8.5-8.5m-3 3 2.5 2.5', 1.8]] },
  shield: line('M12 3.5 5 6v5.5c0 4.5 3 7.5 7 9 4-1.5 7-4.5 7-9V6z'),
  pin: { stroke: [['M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11z', 1.8], ['M12 7.6a2.4 2.4 0 1 0 0 4.8a2.4 2.4 0 1 0 0-4.8z', 1.8]] },
  pulse: line('M3 12.5h4l2.5-7 4.5 13 2.5-6H21'),
  plus: line('M12 5v14M5 12h14'),
  minus: line('M5 12h14'),
  barrier: line('M3 8h18v5H3zM6.5 13v6.5M17.5 13v6.5M7 13l4-5m3 5 4-5'),
  sun: { stroke: [['M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8z', 1.8], ['M12 2.8v2.4m0 13.6v2.4M2.8 12h2.4m13.6 0h2.4M5.5 5.5l1.7 1.7m9.6 9.6 1.7 1.7m0-13-1.7 1.7m-9.6 9.6-1.7 1.7', 1.8]] },
  moon: line('M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z'),
  here: { stroke: [['M12 7.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9z', 1.8], ['M12 3v3m0 12v3m9-9h-3M6 12H3', 1.8]] },
  leave: line('M14 4.5H6v15h8M10.5 12H20m0 0-3.5-3.5M20 12l-3.5 3.5'),
  receipt: line('M6 3.5h8.5L19 8v12.5H6zM14 3.5V8.5h5M9 13h7M9 16.5h5'),
  coffee: line('M5 9h11v5.5a4.5 4.5 0 0 1-4.5 4.5h-2A4.5 4.5 0 0 1 5 14.5zM16 10.5h1.5a2.3 2.3 0 0 1 0 4.6H16M9 3.5v2M12.5 3.5v2'),
} satisfies Record<string, Shape>;

export type IconName = keyof typeof iconShapes;
