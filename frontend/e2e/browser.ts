import { execFileSync } from 'node:child_process';
import chromiumPackage from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright-core';

const onPath = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** WebGL by software, so that a machine without a graphics card draws the map too. */
const FLAGS = [
  '--no-zygote',
  '--no-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--font-render-hinting=none',
];

function findOnPath(): string | null {
  for (const name of onPath) {
    try {
      const path = execFileSync('which', [name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
      execFileSync(path, ['--version'], { stdio: 'ignore' }); // a shim may exist and fail
      return path;
    } catch {
      // not this one
    }
  }
  return null;
}

/** The machine's Chromium, else the one that came with the packages. */
export async function launch(): Promise<Browser> {
  const executablePath = findOnPath() ?? (await chromiumPackage.executablePath());
  return chromium.launch({ executablePath, args: FLAGS, headless: true });
}
