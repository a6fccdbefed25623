using Complaints.Cases;
using Microsoft.EntityFrameworkCore;
using Portal.Features.Complaints;
using Portal.Rewarding;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Purchases;
using Case = Complaints.Cases.Case;

namespace Portal.Features.Demo;

/// <summary>
/// Complaints of the sample members, through the same case machine as every other. What would lie in the future is left
/// out, so that the newest cases are open. Sends no mail.
/// </summary>
internal sealed class DemoComplaints(FileComplaint filing, CaseBook book)
{
    private static readonly (string Category, string Wish, string Cause, string Id, string En)[] Stories =
    [
        ("product", "replacement", "product-quality", "Kopi susu yang saya terima sudah dingin dan gelasnya bocor.", "The milk coffee I got was cold, and the cup leaked."),
        ("waiting", "explanation", "waiting-time", "Saya menunggu hampir empat puluh menit untuk dua minuman.", "I waited for nearly forty minutes for two drinks."),
        ("points", "explanation", "points-or-voucher", "Poin dari belanja ini tidak sesuai dengan yang tertulis di gerai.", "The points for this purchase are not what the sign in the store says."),
        ("service", "apology", "service-behaviour", "Kasir tidak ramah ketika saya menanyakan isi menu.", "The cashier was unfriendly when I asked about the menu."),
        ("billing", "refund", "price-or-billing", "Satu croissant ditagih dua kali di struk saya.", "One croissant is charged twice on my receipt."),
        ("delivery", "replacement", "delivery", "Pesanan saya datang tanpa roti kayu manis.", "My order came without the cinnamon roll."),
    ];

    public async Task LiveAsync(RewardingWork work, MemberAccount account, DemoLife life, CancellationToken cancel)
    {
        if (life.Account is null && life.Number % 6 != 1)
            return;
        await work.Db.SaveChangesAsync(cancel);
        var agent = await StaffAsync(work, Identity.Roles.Agent, cancel);
        var manager = await StaffAsync(work, Identity.Roles.Manager, cancel);
        var sales = await work.Db.Set<PurchaseRow>().AsNoTracking().Where(p => p.MemberId == account.Id && p.Kind == PurchaseKind.Sale)
            .OrderByDescending(p => p.OccurredAt).Select(p => new { p.Id, p.OccurredAt }).Take(8).ToListAsync(cancel);
        // Who can sign in finds one that is settled and one that is under way.
        foreach (var i in life.Account is null ? [life.Number / 6 % 5] : new[] { 0, 3 })
        {
            if (i >= sales.Count)
                continue;
            var story = Stories[(life.Number + i) % Stories.Length];
            // Some are of these days, so that the desk has work; the others are spread over the year.
            var at = life.Number % 18 == 1 ? work.Now.AddHours(-(life.Number % 41)).AddMinutes(-12) : sales[i].OccurredAt.AddHours(3);
            var filed = new Filing(
                Guid.CreateVersion7(), account.Id, i % 2 == 0 ? Channel.Web : Channel.Phone, life.Language, story.Category, life.Language == "en" ? story.En : story.Id,
                story.Wish, sales[i].Id, null, null, null, i % 2 == 0 ? null : agent);
            var open = await filing.SubmitAsync(work, filed, [], at, cancel);
            await FileComplaint.CountAsync(work, account.Id, account, at, cancel);
            foreach (var (by, minutes, step) in Steps(story, life, i, Actor.Customer(account.Id.Value.ToString()), Actor.Agent(agent), Actor.Manager(manager)))
            {
                at = at.AddMinutes(minutes);
                if (at >= work.Now)
                    break;
                var taken = CaseMachine.Apply(open.Case, step(open.Case), open.Context(at, by));
                if (!taken.Succeeded)
                    throw new InvalidOperationException($"The demo case is refused: {taken.Refusal.Detail}");
                open = await book.AppendAsync(work.Db, open.Row, taken, at, cancel);
            }
        }
    }

    private static async Task<string> StaffAsync(RewardingWork work, string role, CancellationToken cancel)
    {
        var email = DemoSeed.Accounts.First(a => a.Role == role).Email;
        return (await work.Db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync(cancel)).ToString();
    }

    private static IEnumerable<(Actor By, int Minutes, Func<Case, CaseCommand> Step)> Steps((string Category, string Wish, string Cause, string Id, string En) story, DemoLife life, int i, Actor customer, Actor agent, Actor manager)
    {
        var cause = story.Cause;
        var team = story.Category is "product" or "delivery" ? DemoDesk.Quality : DemoDesk.Service;
        var english = life.Language == "en";
        var kind = (life.Number + i) % 5;
        yield return (Actor.Portal, 0, _ => new Acknowledge());
        yield return (agent, 25, _ => new Assign(agent.Id, team));
        yield return (agent, 10, c => new Assess(new(kind == 4 ? Severity.Serious : Severity.Moderate, false, Impact.One, kind == 0 ? Urgency.Today : Urgency.Soon), [.. c.Points.Select(p => new PointRaised(p.Number, p.Text))]));
        yield return (agent, 15, _ => new StartInvestigation());
        if (kind == 1)
        {
            yield return (agent, 90, _ => new AskCustomer(Channel.Web, english ? "Which store was it, and at what time about?" : "Di gerai mana, dan kira-kira pukul berapa?"));
            yield return (customer, 600, _ => new PostMessage(Channel.Web, english ? "The store in my receipt, shortly after noon." : "Di gerai pada struk, sedikit lewat tengah hari."));
        }
        if (story.Category == "waiting")
        {
            // Somebody goes and looks: the newest of these visits lie ahead.
            yield return (agent, 40, c => new ScheduleVisit(c.LastEventAt.Date.AddDays(2).AddHours(3), "Yusuf Ramadhan"));
            yield return (agent, (2 * 1440) + 90, _ => new ReportVisit(english ? "One of the two espresso machines was out of order; it was repaired on the spot." : "Satu dari dua mesin espresso rusak; sudah diperbaiki di tempat."));
            yield return (customer, 300, _ => new ConfirmVisit(true));
        }
        var outcome = kind == 3 ? Outcome.NotUpheld : kind == 2 ? Outcome.PartlyUpheld : Outcome.Upheld;
        yield return (agent, 300 + (kind * 240), c => new SendDecision(Decide(c, outcome, cause, english)));
        if (kind == 3)
        {
            yield return (customer, 700, _ => new DisputeDecision(Channel.Web, english ? "The camera must show it. Please look once more." : "Kamera pasti merekamnya. Mohon dilihat sekali lagi."));
            yield return (manager, 120, _ => new StartSecondReview());
            yield return (manager, 900, c => new SendFinalDecision(Decide(c, Outcome.PartlyUpheld, cause, english)));
            yield return (agent, 600, _ => new DeliverRemedy(""));
            yield return (manager, 60, _ => new CloseCase());
        }
        else
        {
            yield return (customer, 800, _ => new AcceptDecision());
            yield return (agent, 200, _ => new DeliverRemedy(""));
            yield return (agent, 30, _ => new CloseCase());
        }
        if (kind != 4)
            yield return (customer, 400, _ => new RateCase(kind == 3 ? 3 : 5, kind == 3 ? 2 : 4));
    }

    private static Decision Decide(Case @case, Outcome outcome, string cause, bool english)
    {
        var reasons = outcome switch
        {
            Outcome.Upheld => english ? "The store confirms it. It should not have happened, and we are sorry." : "Gerai membenarkannya. Ini tidak semestinya terjadi, dan kami mohon maaf.",
            Outcome.PartlyUpheld => english ? "The till and the shift list show a part of it; that part was our fault." : "Kasir dan daftar jaga membenarkan sebagian; bagian itu kesalahan kami.",
            _ => english ? "The till shows that everything was recorded as it was ordered." : "Catatan kasir menunjukkan semuanya sesuai pesanan.",
        };
        var remedy = outcome == Outcome.NotUpheld
            ? Remedy.Of(RemedyKind.Apology, english ? "We are sorry that it disappointed you." : "Kami mohon maaf atas kekecewaan Anda.")
            : Remedy.Of(RemedyKind.Replacement, english ? "A fresh one at your next visit, on us." : "Pengganti pada kunjungan Anda berikutnya, tanpa bayar.");
        return new([.. @case.Points.Select(p => new Finding(p.Number, outcome, reasons))], [remedy], cause);
    }
}
