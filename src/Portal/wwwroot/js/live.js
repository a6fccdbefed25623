// An open case: follows what happens to it, fetches the parts of the page that changed, and keeps what is half written.
// The page works without this file.
let current;

export function follow() {
  const root = document.querySelector('[data-live]');
  // Going to another case may keep the element and change what it says.
  if (current?.root === root && current?.path === root?.dataset.live) return;
  current?.stop();
  current = root ? new OpenCase(root) : undefined;
}

class OpenCase {
  constructor(root) {
    this.root = root;
    this.path = root.dataset.live;
    this.stamp = root.dataset.liveStamp;
    this.note = root.querySelector('[data-live-note]');
    this.waits = 2000;
    this.ended = new AbortController();
    const listen = (target, kind, what) => target.addEventListener(kind, what, { signal: this.ended.signal });
    this.drafts = new Drafts(root, listen);
    // A page that nobody sees needs no connection; it looks again as soon as it is seen.
    listen(document, 'visibilitychange', () => document.hidden ? this.disconnect() : this.connect());
    listen(window, 'pagehide', () => this.disconnect());
    listen(window, 'pageshow', () => this.connect());
    listen(root, 'click', goThere);
    if (!document.hidden) this.connect();
  }

  stop() {
    this.disconnect();
    this.ended.abort();
  }

  connect() {
    if (this.source || this.over || this.ended.signal.aborted) return;
    clearTimeout(this.again);
    const source = this.source = new EventSource(`${this.root.dataset.live}?seen=${encodeURIComponent(this.stamp)}`);
    source.addEventListener('open', () => {
      this.waits = 2000;
      if (this.note.textContent === this.root.dataset.textLost) this.say('');
    });
    source.addEventListener('changed', (event) => this.refresh(event.data));
    source.addEventListener('over', () => { this.over = true; this.disconnect(); });
    source.onerror = () => {
      if (!document.hidden && !this.ended.signal.aborted) this.lost = setTimeout(() => { if (source.readyState !== 1) this.say(this.root.dataset.textLost); }, 4000);
      if (source.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
      this.disconnect();
      this.again = setTimeout(() => this.connect(), this.waits);
      this.waits = Math.min(this.waits * 2, 120000);
    };
  }

  disconnect() {
    clearTimeout(this.again);
    clearTimeout(this.lost);
    this.source?.close();
    this.source = undefined;
  }

  say(text, forMilliseconds) {
    clearTimeout(this.silence);
    this.note.textContent = text;
    if (forMilliseconds) this.silence = setTimeout(() => { this.note.textContent = ''; }, forMilliseconds);
  }

  // One fetch at a time; what changes meanwhile is fetched afterwards.
  async refresh(stamp) {
    this.wanted = stamp;
    if (this.busy) return;
    this.busy = true;
    try {
      while (this.wanted !== this.stamp) {
        const asked = this.wanted;
        const answer = await fetch(this.root.dataset.livePart, { headers: { Accept: 'text/html' }, redirect: 'error' });
        if (!answer.ok) return;
        this.show(new DOMParser().parseFromString(await answer.text(), 'text/html'));
        this.stamp = asked;
      }
    } catch {
      // cut off in between: the next event or the next connection asks again
    } finally {
      this.busy = false;
    }
  }

  show(page) {
    let changed = false;
    for (const fresh of page.querySelectorAll('[data-part]')) {
      const old = this.root.querySelector(`[data-part="${CSS.escape(fresh.dataset.part)}"]`);
      if (!old || old.dataset.mark === fresh.dataset.mark) continue;
      const part = document.importNode(fresh, true);
      const keep = keepForms(old, part, this.root.dataset);
      markFresh(old, part);
      old.replaceWith(part);
      keep();
      changed ||= part.dataset.part !== 'colleagues';
    }
    if (changed) this.say(this.root.dataset.textChanged, 6000);
  }
}

// To a place of this page without fetching the page, which would come when its reader has begun to write there and take the words back.
function goThere(event) {
  const link = event.target.closest('a[href*="#"]');
  if (!link || link.pathname !== location.pathname || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const place = document.getElementById(link.hash.slice(1));
  if (!place) return;
  event.preventDefault();
  place.scrollIntoView();
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
  place.querySelector('textarea')?.focus({ preventScroll: true }); // one that is folded away takes no focus
}

// A form in which somebody writes stays as it is, with its words, its files and the cursor.
function keepForms(old, part, texts) {
  const active = document.activeElement;
  const moves = [];
  for (const form of old.querySelectorAll('form')) {
    if (!isWritten(form) && !form.contains(active)) continue;
    const name = form.querySelector('input[name="_handler"]')?.value;
    const place = [...part.querySelectorAll('form')].find((f) => f.querySelector('input[name="_handler"]')?.value === name);
    moves.push(() => {
      const caret = form.contains(active) ? [active, active.selectionStart, active.selectionEnd] : undefined;
      const open = form.closest('details')?.open;
      if (place) {
        place.replaceWith(form);
        if (open && form.closest('details')) form.closest('details').open = true;
        if (form.elements['Form.Version'] && !form.querySelector('.kept') && isWritten(form)) form.prepend(notice(texts.textMeanwhile));
      } else if (isWritten(form)) {
        const box = document.createElement('div');
        box.className = 'kept';
        box.append(notice(texts.textGone), form);
        part.append(box);
      }
      if (caret) {
        caret[0].focus({ preventScroll: true });
        if (caret[1] !== null && caret[1] !== undefined) caret[0].setSelectionRange(caret[1], caret[2]);
      }
    });
  }
  const opened = [...old.querySelectorAll('details')].map((d) => d.open);
  return () => {
    part.querySelectorAll('details').forEach((d, i) => { if (opened[i]) d.open = true; });
    for (const move of moves) move();
  };
}

function notice(text) {
  const p = document.createElement('p');
  p.className = 'kept small';
  p.setAttribute('role', 'status');
  p.textContent = text;
  return p;
}

function isWritten(form) {
  return [...form.elements].some((e) => e.type === 'file' ? e.files.length > 0
    : e.type === 'radio' || e.type === 'checkbox' ? e.checked !== e.defaultChecked
    : e.tagName === 'SELECT' ? [...e.options].some((o) => o.selected !== o.defaultSelected && (o.defaultSelected || e.selectedIndex > 0))
    : e.tagName === 'TEXTAREA' || e.tagName === 'INPUT' ? e.type !== 'hidden' && e.value !== e.defaultValue : false);
}

function markFresh(old, part) {
  if (part.dataset.part !== 'thread') return;
  const known = old.querySelectorAll('.thread > li').length;
  [...part.querySelectorAll('.thread > li')].slice(known).forEach((li) => li.classList.add('fresh'));
}

// Half-written texts go to the server a moment after the last key; what cannot go waits in this tab.
class Drafts {
  constructor(root, listen) {
    this.root = root;
    this.waiting = new Map();
    if (document.querySelector('.alert.good')) this.forgetAll(); // something was just sent
    this.restore();
    listen(root, 'input', (event) => { if (event.target.matches('[data-draft]')) this.later(event.target); });
    listen(root, 'submit', (event) => this.beforeSending(event));
    listen(document, 'visibilitychange', () => { if (document.hidden) this.saveAll(true); });
    listen(window, 'pagehide', () => this.saveAll(true));
    listen(window, 'online', () => this.saveAll());
  }

  key(field) { return `draft:${this.root.dataset.liveDraft}:${field.dataset.draft}`; }

  forgetAll() {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(`draft:${this.root.dataset.liveDraft}:`)) sessionStorage.removeItem(key);
  }

  restore() {
    for (const field of this.root.querySelectorAll('[data-draft]')) {
      const kept = sessionStorage.getItem(this.key(field));
      if (kept === null || field.value === kept) continue;
      if (kept.startsWith(field.value)) field.value = kept; // what could not be saved is newer than what was
      field.closest('details')?.setAttribute('open', '');
      this.later(field);
    }
  }

  later(field) {
    clearTimeout(this.waiting.get(field));
    this.waiting.set(field, setTimeout(() => this.save(field), 1000));
  }

  saveAll(leaving) {
    return Promise.all([...this.waiting.keys()].map((field) => this.save(field, leaving)));
  }

  // The next page may be on its way already and not know what is saved now, so a page that is left keeps its copy too.
  async save(field, leaving) {
    clearTimeout(this.waiting.get(field));
    this.waiting.delete(field);
    if (leaving) sessionStorage.setItem(this.key(field), field.value);
    const body = new FormData();
    body.set('field', field.dataset.draft);
    body.set('text', field.value);
    body.set('__RequestVerificationToken', field.form?.elements['__RequestVerificationToken']?.value ?? '');
    try {
      const answer = await fetch(this.root.dataset.liveDraft, { method: 'POST', body, keepalive: true, redirect: 'error' });
      if (!answer.ok) throw new Error(String(answer.status));
      if (!leaving) sessionStorage.removeItem(this.key(field));
      this.state(field, field.value === '' ? '' : this.root.dataset.textSaved);
    } catch {
      sessionStorage.setItem(this.key(field), field.value);
      this.state(field, this.root.dataset.textUnsaved);
      if (!this.waiting.has(field)) this.waiting.set(field, setTimeout(() => this.save(field), 15000));
    }
  }

  state(field, text) {
    let line = field.parentElement.querySelector('.draft-state');
    if (!line) {
      line = document.createElement('p');
      line.className = 'draft-state small muted';
      field.after(line);
    }
    line.textContent = text;
  }

  // What is sent is saved first, so that a send that gets lost on the way loses nothing; then the form goes as it would have.
  async beforeSending(event) {
    const fields = [...event.target.querySelectorAll('[data-draft]')].filter((f) => this.waiting.has(f));
    if (fields.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const { target, submitter } = event;
    await Promise.race([Promise.all(fields.map((f) => this.save(f))), new Promise((resolve) => setTimeout(resolve, 2000))]);
    fields.forEach((f) => { clearTimeout(this.waiting.get(f)); this.waiting.delete(f); });
    target.requestSubmit(submitter);
  }
}
