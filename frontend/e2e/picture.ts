import type { Page } from 'playwright-core';

interface Compared {
  colours: number;
  /** How much of it has one and the same colour. */
  plain: number;
  changed: number;
}

/** Looks at two pictures of the same size: colours in the second, and pixels that differ. */
async function compare(page: Page, before: Buffer, after: Buffer): Promise<Compared> {
  return page.evaluate(
    async ([first, second]) => {
      const pixels = async (base64: string) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const canvas = new OffscreenCanvas(image.width, image.height);
        const context = canvas.getContext('2d');
        if (!context) throw new Error('no canvas');
        context.drawImage(image, 0, 0);
        return new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
      };
      const [a, b] = [await pixels(first), await pixels(second)];
      let changed = 0;
      for (let index = 0; index < b.length; index += 1) if (a[index] !== b[index]) changed += 1;
      const counts = new Map<number, number>();
      for (const pixel of b) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
      return { colours: counts.size, plain: Math.max(...counts.values()) / b.length, changed };
    },
    [before.toString('base64'), after.toString('base64')] as const,
  );
}

/** The map as it is drawn now. */
export async function mapPicture(page: Page): Promise<Buffer> {
  return page.locator('.map-canvas').screenshot();
}

/** A blank map has one colour; a city with streets and water has hundreds. */
export async function mapColours(page: Page): Promise<number> {
  const picture = await mapPicture(page);
  return (await compare(page, picture, picture)).colours;
}

/** How much of the map is one colour: nearly all, as long as units stand on a ground that has not come yet. */
export async function mapPlainness(page: Page): Promise<number> {
  const picture = await mapPicture(page);
  return (await compare(page, picture, picture)).plain;
}

/** Whether something on the map has moved since. */
export async function hasMoved(page: Page, before: Buffer): Promise<boolean> {
  return (await compare(page, before, await mapPicture(page))).changed > 40;
}
