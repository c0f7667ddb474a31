/** The colours a mark is drawn with: CSS variables on the page, plain values where an image is made for the map. */
export interface MarkColours {
  disc: string;
  casing: string;
  surface: string;
  line: string;
  ink: string;
  ink2: string;
  route: string;
  hush: string;
  alert: string;
  onAlert: string;
}

const names: Record<keyof MarkColours, string> = {
  disc: '--u-disc',
  casing: '--map-casing',
  surface: '--surface',
  line: '--line',
  ink: '--ink',
  ink2: '--ink-2',
  route: '--route',
  hush: '--hush',
  alert: '--alert',
  onAlert: '--on-alert',
};

const collect = (valueOf: (name: string) => string): MarkColours => ({
  disc: valueOf(names.disc),
  casing: valueOf(names.casing),
  surface: valueOf(names.surface),
  line: valueOf(names.line),
  ink: valueOf(names.ink),
  ink2: valueOf(names.ink2),
  route: valueOf(names.route),
  hush: valueOf(names.hush),
  alert: valueOf(names.alert),
  onAlert: valueOf(names.onAlert),
});

export const pageColours: MarkColours = collect((name) => `var(${name})`);

/** The values in force now, for images. */
export function readColours(): MarkColours {
  const style = getComputedStyle(document.documentElement);
  return collect((name) => style.getPropertyValue(name).trim());
}
