import { useQuery } from '@tanstack/react-query';
import { post } from '../api/client';
import type { Quote, QuoteWish } from '../api/driverTypes';

/** Asks for offers; `round` grows when the same wish is asked anew. */
export const useQuote = (wish: QuoteWish | null, round: number) =>
  useQuery({
    queryKey: ['quote', wish, round],
    queryFn: () => post<Quote>('/api/driver/quotes', wish ?? {}),
    enabled: wish !== null,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    // The last offers stay in their places until the fresh ones are here.
    placeholderData: (before) => before,
  });
