import type { system as english } from '../en/system';

const parts: Record<string, string> = {
  database: 'Base de données', valkey: 'Messages', writes: 'Modifications', roads: 'Routes', planner: 'Planificateur', world: 'Unités', quote: 'Offres',
};

const kinds: Record<string, string> = {
  done: 'Faites', moved: 'Renvoyées ailleurs', refused: 'Refusées telles quelles', too_often: 'Trop fréquentes', fault: 'Nos propres erreurs', unavailable: 'À redemander', other: 'Autres',
};

const reasons: Record<string, string> = { no_plan_yet: 'Le premier plan se préparait encore', no_tariff: 'Aucun prix n’est fixé', overloaded: 'Trop de demandes à la fois', other: 'Autres raisons' };

export const system: typeof english = {
  title: 'Système',
  asOf: (time) => `à ${time}`,
  loading: 'Les chiffres arrivent',
  allWell: 'Tout fonctionne',
  someDown: (count) => (count === 1 ? 'Une partie est en panne' : `${String(count)} parties sont en panne`),
  parts,
  stands: 'fonctionne',
  down: 'en panne',
  now: 'Maintenant',
  openRequests: 'Demandes ouvertes',
  unitsHeard: 'Unités qui répondent',
  of: (all) => `sur ${String(all)}`,
  planAge: 'Âge du plan, temps du monde',
  waiting: 'Zones en attente d’un plan',
  since: (age) => `depuis ${age}`,
  tasks: 'Tâches en attente',
  hour: 'La dernière heure, minute par minute',
  noHour: 'Les messages sont coupés, et avec eux ce qui est compté. Le reste de cette page est juste.',
  from: 'il y a 60 min',
  until: 'maintenant',
  goal: (span) => `objectif ${span}`,
  quotes: 'Devis',
  quotesTold: (all, refused) => `${String(all)} ${all > 1 ? 'demandés' : 'demandé'}, ${String(refused)} sans offre`,
  offered: 'avec offres',
  refused: 'sans offre',
  quoteTime: 'Du souhait aux offres',
  replanTime: 'De l’événement au plan',
  lag: 'De l’événement à l’écran',
  perMinute: 'le plus lent sur 20, chaque minute',
  spanTold: (p50, p95, count) => `la moitié en ${p50}, 95 sur 100 en ${p95}, ${String(count)} en tout`,
  nothing: 'rien pendant cette heure',
  whyRefused: 'Pourquoi des devis sont restés sans offre',
  noneRefused: 'Chaque devis de cette heure a reçu une offre.',
  answers: 'Réponses de l’API',
  noAnswers: 'Personne n’a rien demandé pendant cette heure.',
  kinds,
  reasons,
};
