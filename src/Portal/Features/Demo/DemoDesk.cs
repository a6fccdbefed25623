using Complaints.Cases;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Features.Complaints;
using Portal.Features.Complaints.Staff.Approvals;
using Portal.Features.Complaints.Staff.Replies;
using Portal.Features.Complaints.Staff.Routing;
using Portal.Features.Complaints.Staff.Teams;
using Portal.Features.Segments;
using Portal.Platform;
using Portal.Rewarding;

namespace Portal.Features.Demo;

/// <summary>The sample company's desk: teams, who is in them, routing rules, prepared replies; and, once the year is filled, today's work on it.</summary>
internal sealed class DemoDesk(
    IDbContextFactory<PortalDb> databases, Portal.Rewarding.Rewards rewards, RefreshSegments segments, CaseRouter router, CaseBook book, CaseApprovals approvals, TimeProvider time)
{
    public const string Service = "layanan-gerai";
    public const string Quality = "mutu-produk";
    public const string KeyCustomers = "pelanggan-utama";

    /// <summary>Rows only: part of the transaction that sets the company up.</summary>
    public static void SetUp(PortalDb db, Guid agent, Guid manager, DateTime now)
    {
        db.AddRange(
            new TeamRow { Key = Service, Name = "Layanan gerai" },
            new TeamRow { Key = Quality, Name = "Mutu produk" },
            new TeamRow { Key = KeyCustomers, Name = "Pelanggan utama" });
        db.AddRange(
            new DeskAgentRow { UserId = agent, Teams = $"{Service},{Quality}", Skills = "product,waiting", Capacity = 25 },
            new DeskAgentRow { UserId = manager, Teams = $"{KeyCustomers},{Service}", Senior = true, Capacity = 8 });
        db.AddRange(
            Rule(1, "Keselamatan lebih dulu", "event.category = \"safety\"", Quality, Priority.Immediate, "keselamatan"),
            Rule(2, "Pelanggan paling bernilai", "customer.segments = \"most-valuable\" or customer.tier = \"platinum\"", KeyCustomers, Priority.High, "utama", senior: true),
            Rule(3, "Mutu produk", "event.category in [\"product\", \"delivery\"]", Quality, null, ""),
            Rule(4, "Semua yang lain", "", Service, null, ""));
        db.AddRange(
            Reply("Sedang kami periksa", "", "Halo {name}, terima kasih sudah memberi tahu kami. Kami memeriksa keluhan {reference} dan memberi kabar paling lambat {date}.\n\n{agent}, {company}",
                "Hello {name}, thank you for telling us. We look into complaint {reference} and write to you by {date}.\n\n{agent}, {company}"),
            Reply("Minta foto", "product,delivery", "Halo {name}, bolehkah Anda mengirim foto produk atau struknya? Dengan itu kami dapat menyelesaikannya lebih cepat.\n\n{agent}, {company}",
                "Hello {name}, could you send us a photo of the product or the receipt? It helps us to settle this sooner.\n\n{agent}, {company}"),
            Reply("Maaf atas lama menunggu", "waiting,service", "Halo {name}, kami mohon maaf Anda menunggu selama itu. Kami membicarakannya dengan gerai hari ini juga.\n\n{agent}, {company}",
                "Hello {name}, we are sorry that you waited so long. We speak with the store today.\n\n{agent}, {company}"));

        RoutingRuleRow Rule(int position, string name, string condition, string team, Priority? priority, string tags, bool senior = false) =>
            new() { Position = position, Name = name, Condition = condition, Team = team, Priority = priority, Tags = tags, SeniorOnly = senior, UpdatedAt = now, UpdatedBy = manager };

        CannedReplyRow Reply(string title, string categories, string id, string en) =>
            new() { Title = title, Categories = categories, TextId = id, TextEn = en, UpdatedAt = now, UpdatedBy = agent };
    }

    /// <summary>When the year is filled: values are reckoned, open cases handed out by the rules, one decision waits for approval. Once.</summary>
    public async Task OpenAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await db.Set<RoutingRuleRow>().AnyAsync(cancel) || await db.Set<RoutingRuleRow>().AnyAsync(r => r.Uses > 0, cancel))
            return;
        await segments.RunAsync(again: true, cancel);
        foreach (var id in await db.Set<CaseRow>().Where(c => c.IsOpen).OrderBy(c => c.CreatedAt).Select(c => c.Id).ToListAsync(cancel))
        {
            await using var work = await rewards.BeginAsync(cancel);
            if (await book.LockAsync(work.Db, work.Db.Set<CaseRow>().Where(c => c.Id == id && c.IsOpen), cancel) is not { } open)
                continue;
            await router.RouteAsync(work.Db, open, Actor.Portal, work.Now, cancel);
            await work.CommitAsync(cancel);
        }
        await AskAsync(db, cancel);
    }

    private async Task AskAsync(PortalDb db, CancellationToken cancel)
    {
        var email = DemoSeed.Accounts.First(a => a.Role == Identity.Roles.Agent).Email;
        var agent = Actor.Agent((await db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync(cancel)).ToString());
        var now = time.UtcNow();
        if (await db.Set<CaseRow>().Where(c => c.State == CaseState.Investigating && c.MemberId != null && c.CreatedAt < now).OrderBy(c => c.CreatedAt).FirstOrDefaultAsync(cancel) is not { } row
            || await book.ReadAsync(db, db.Set<CaseRow>().Where(c => c.Id == row.Id), cancel) is not { } open)
            return;
        var english = row.Language == "en";
        var decision = new Decision(
            [.. open.Case.Points.Select(p => new Finding(p.Number, Outcome.Upheld, english ? "You are right, and it cost you a whole afternoon. We are sorry." : "Anda benar, dan sore Anda terbuang karenanya. Kami mohon maaf."))],
            [Remedy.OfPoints(900)], "product-quality");
        await approvals.RequestAsync(new(row.Reference), new SendDecision(decision), agent, null, cancel);
    }
}
