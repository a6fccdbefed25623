// The only script of our own on every page. Pages work without it; it starts the framework, shows lost connections
// to staff, and adds the staff keyboard shortcuts.
(() => {
  'use strict';

  Blazor.start({
    circuit: {
      reconnectionOptions: { maxRetries: 60, retryIntervalMilliseconds: (tries) => tries < 2 ? 500 : Math.min(1000 * tries, 15000) },
    },
  });

  document.addEventListener('click', async (event) => {
    if (!event.target.closest?.('#reconnect-retry')) return;
    if (!(await Blazor.reconnect())) location.reload();
  });

  // A server that no longer knows the circuit cannot continue it: the page is loaded again, its state lives in the address.
  const watched = new WeakSet();
  const watchReconnect = () => {
    const modal = document.getElementById('components-reconnect-modal');
    if (!modal || watched.has(modal)) return;
    watched.add(modal);
    new MutationObserver(() => {
      if (modal.classList.contains('components-reconnect-rejected')) setTimeout(() => location.reload(), 500);
    }).observe(modal, { attributes: true, attributeFilter: ['class'] });
  };
  watchReconnect();
  Blazor.addEventListener('enhancedload', watchReconnect);

  // Progress of long work: the part marked so is fetched again until it no longer asks for it; then the whole page is.
  let following;
  const follow = () => {
    clearTimeout(following);
    const part = document.querySelector('[data-follow]');
    if (!part) return;
    following = setTimeout(async () => {
      try {
        const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
        const fresh = page.getElementById(part.id);
        if (!fresh?.dataset.follow) { location.reload(); return; }
        if (!part.contains(document.activeElement)) part.replaceWith(document.importNode(fresh, true));
      } catch { /* the server is away for a moment: the next round asks again */ }
      follow();
    }, Number(part.dataset.follow));
  };
  follow();
  Blazor.addEventListener('enhancedload', follow);

  // A page that follows what it shows brings its own script along, and only such a page loads it.
  let liveScript;
  const followLive = async () => {
    const live = document.querySelector('[data-live-script]');
    if (live || liveScript) (liveScript ??= await import(live.dataset.liveScript)).follow();
  };
  followLive();
  Blazor.addEventListener('enhancedload', followLive);

  let leader = 0;
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.('input, textarea, select, [contenteditable]')) return;
    const help = document.getElementById('shortcuts');
    if (!help) return;
    if (event.key === '?') {
      event.preventDefault();
      help.open ? help.close() : help.showModal();
    } else if (event.key === 'g') {
      leader = Date.now();
    } else if (event.key === '/') {
      const search = document.querySelector('main input[type="search"]');
      if (search) { event.preventDefault(); search.focus(); }
    } else if (Date.now() - leader < 1500) {
      leader = 0;
      document.querySelector(`[data-shortcut="${CSS.escape(event.key)}"]`)?.click();
    }
  });
  document.addEventListener('click', (event) => {
    const opener = event.target.closest?.('[data-opens]');
    if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  });
})();
