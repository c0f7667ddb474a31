import type { landing as english } from '../en/landing';

export const landing: typeof english = {
  title: 'La recharge qui vient à la voiture',
  lead: 'Demandez de l’énergie là où la voiture est garée. Fourgons et robots l’apportent ; chaque plan est vérifié avant le départ.',
  doors: {
    driver: { title: 'Conducteur', text: 'Placez la voiture, choisissez une offre, suivez le fourgon.', go: 'Ouvrir la page conducteur' },
    dispatcher: { title: 'Régulateur', text: 'Chaque unité, demande et batterie, en direct sur un écran.', go: 'Ouvrir la console' },
    crew: { title: 'Équipe', text: 'Le prochain arrêt, et le seul bouton qu’il faut.', go: 'Ouvrir la page équipe' },
  },
  oneClick: 'Un clic vous connecte à la démo.',
  signedIn: (name) => `Connecté : ${name}`,
  docs: 'Documentation de l’API',
  state: { good: 'Tout fonctionne', bad: 'Quelque chose est en panne', unknown: 'Vérification…' },
  world: (area, time, speed) => `${area}, ${time}. Le temps y passe ${speed} fois plus vite que le vôtre.`,
};
