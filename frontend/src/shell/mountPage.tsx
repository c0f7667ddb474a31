import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from '../data/queryClient';
import { common } from '../i18n/common';
import '../ui/base.css';
import { Fence } from './Fence';

/** Puts a page on its root, with what every page stands on. */
export function mountPage(page: ReactNode): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('the document has no root');
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={createQueryClient()}>
        <Fence words={{ failed: common.failed(500), again: common.tryAgain }}>{page}</Fence>
      </QueryClientProvider>
    </StrictMode>,
  );
}
