/** A token's value now; layers are laid anew when the theme changes. */
export function colourOf(token: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(token).trim() || '#000';
}
