// Runs before first paint: the chosen theme, else the system's.
(function () {
  const find = () => {
    try {
      return localStorage.getItem('voltrun-theme');
    } catch {
      return null; // storage refused: the system's theme will do
    }
  };
  const stored = find();
  const dark = stored ? stored === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
