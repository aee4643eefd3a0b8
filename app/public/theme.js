// Runs before the first paint, so that a stored choice of theme never flashes the other one.
(function () {
  try {
    var theme = localStorage.getItem('truetonne.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is blocked: the system's own preference applies.
  }
})();
