/** Where somebody wanted to go before they were asked who they are: an address of this house, or none. */
export function findNext(search: string): string {
  const next = new URLSearchParams(search).get('next') ?? '';
  return /^\/(?![/\\])/.test(next) ? next : '/account/';
}

export function goOn(): void {
  location.replace(findNext(location.search));
}

/** What the link of a letter carries behind the #: no server ever hears it. */
export function readSecret(): string {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return '';
  }
}
