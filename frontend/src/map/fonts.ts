/** MapLibre draws words with the page's own fonts: they must be there before the map is. */
export async function loadMapFonts(): Promise<void> {
  const faces = ["16px 'Archivo Regular'", "16px 'Archivo Medium'"];
  // A map in the system's font is better than none.
  await Promise.allSettled(faces.map((face) => document.fonts.load(face)));
}
