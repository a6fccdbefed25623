namespace EndToEnd.Tests;

/// <summary>Every page with the keyboard alone: everything can be reached, and one sees where one is.</summary>
public sealed class KeyboardTests(BrowserPortal portal)
{
    private const int Limit = 150;

    // Marks each stop of the Tab key, says whether the focus changes how anything near it looks, and whether something lies on top of it.
    private const string Stop =
        """
        () => {
          const e = document.activeElement;
          if (!e || e === document.body) return null;
          if (e === window.lastStop || e.tagName === 'IFRAME') return { again: true }; // a date has several stops of its own, a frame is another page
          window.lastStop = e;
          const seen = e.hasAttribute('data-test-stop');
          e.setAttribute('data-test-stop', '');
          const near = [e, ...(e.labels ?? []), e.nextElementSibling];
          for (let up = e.parentElement, i = 0; up && i < 4; up = up.parentElement, i++) near.push(up);
          const look = () => near.filter(Boolean).flatMap(x => ['', '::before', '::after'].map(p => {
            const s = getComputedStyle(x, p);
            const outline = s.outlineStyle === 'none' ? '' : s.outlineStyle + s.outlineWidth + s.outlineColor;
            return [outline, s.boxShadow, s.borderColor, s.backgroundColor, s.textDecorationLine].join();
          })).join('|');
          const focused = look();
          e.blur();
          const shown = focused !== look();
          e.focus({ preventScroll: true });
          const r = e.getBoundingClientRect();
          // What is taller than the window is judged by the middle of what shows of it.
          const upper = Math.max(r.top, 0), lower = Math.min(r.bottom, innerHeight);
          const x = r.left + Math.min(r.width / 2, 40), y = r.height > innerHeight / 2 ? (upper + lower) / 2 : r.top + Math.min(r.height / 2, 20);
          const top = document.elementFromPoint(x, y);
          const covered = r.width > 2 && r.height > 2 && !(top && (e.contains(top) || top.contains(e) || [...(e.labels ?? [])].some(l => l.contains(top))));
          return { seen, shown, covered, html: e.outerHTML.slice(0, 140) };
        }
        """;

    // FocusOnNavigate may have begun at the heading; start where the page starts.
    private const string FromTheTop =
        """
        () => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex'); }
        """;

    // What Tab should reach: visible, enabled, one per radio group.
    private const string Missed =
        """
        () => {
          const groups = new Set([...document.querySelectorAll('input[type=radio][data-test-stop]')].map(r => r.name));
          return [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
            .filter(e => !e.hasAttribute('data-test-stop') && !e.disabled && e.tabIndex >= 0 && e.checkVisibility({ visibilityProperty: true }))
            .filter(e => !(e.type === 'radio' && groups.has(e.name)) && e.type !== 'hidden' && !e.closest('[inert]'))
            .slice(0, 5).map(e => e.outerHTML.slice(0, 140));
        }
        """;

    public static TheoryData<string> Pages => PageList.Templates();

    [Theory, MemberData(nameof(Pages))]
    public async Task A_page_can_be_walked_by_keyboard_and_shows_where_one_is(string template)
    {
        var page = PageList.Find(template);
        await using var tab = await portal.OpenAsync(page.Reader);
        await tab.Page.GoOnceSettledAsync(portal.Scene.Address(page));
        await tab.Page.EvaluateAsync(FromTheTop);
        var found = new List<string>();
        for (var i = 0; i < Limit; i++)
        {
            await tab.Page.Keyboard.PressAsync("Tab");
            var stop = await tab.Page.EvaluateAsync<TabStop?>(Stop);
            if (stop is null || stop.Seen)
                break;
            if (stop.Again)
                continue;
            if (!stop.Shown)
                found.Add($"the focus does not show: {stop.Html}");
            if (stop.Covered)
                found.Add($"the focused element is covered: {stop.Html}");
        }
        if (found.Count == 0)
            found.AddRange((await tab.Page.EvaluateAsync<string[]>(Missed)).Select(m => $"Tab does not reach: {m}"));
        Assert.True(found.Count == 0, $"{template}\n  {string.Join("\n  ", found)}");
    }

    private sealed class TabStop
    {
        public bool Again { get; set; }
        public bool Seen { get; set; }
        public bool Shown { get; set; }
        public bool Covered { get; set; }
        public string Html { get; set; } = "";
    }
}
