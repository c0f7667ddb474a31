import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, useEffect, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from '../data/queryClient';
import { speak } from '../i18n/catalogue';
import { common } from '../i18n/common';
import { findLanguage, useLanguage } from '../i18n/language';
import '../ui/base.css';
import { Fence } from './Fence';
import { HouseBand } from './HouseBand';

export type PageName = keyof typeof common.pageTitles;

interface Props {
  name: PageName;
  draw: () => ReactNode;
}

/** A page in the language in force: another language draws it anew. */
function Page({ name, draw }: Props) {
  const language = useLanguage();
  useEffect(() => {
    document.title = common.pageTitles[name];
  }, [name, language]);
  return (
    <Fence key={language} words={{ failed: common.failed(500), again: common.tryAgain }}>
      <HouseBand />
      {draw()}
    </Fence>
  );
}

/** Puts a page on its root, with what every page stands on. */
export async function mountPage(name: PageName, draw: () => ReactNode): Promise<void> {
  const root = document.getElementById('root');
  if (!root) throw new Error('the document has no root');
  await speak(findLanguage()).catch(() => undefined); // a language that cannot be fetched leaves English
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={createQueryClient()}>
        <Page name={name} draw={draw} />
      </QueryClientProvider>
    </StrictMode>,
  );
}
