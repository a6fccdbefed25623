using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Features.Catalogue;
using Portal.Features.Profile;
using Portal.Identity.Accounts;
using Portal.Platform;
using Portal.Rewarding;
using Portal.Rewarding.Catalogue;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Purchases;
using RewardsEngine.Activities;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Features.Demo;

/// <summary>Fills the sample members' year, member by member, through the same door as every other purchase. Sends no mail.</summary>
internal sealed partial class DemoHistory(
    Rewards rewards, RecordPurchase recordPurchase, RecordRefund recordRefund, RedeemReward redeem, DemoComplaints complaints, IServiceScopeFactory scopes, ProgressBoard board,
    IOptions<PortalOptions> options, IDbContextFactory<PortalDb> databases, Settings settings, ILogger<DemoHistory> log)
{
    /// <summary>Fills some members; safe to repeat, and to be killed between any two.</summary>
    /// <returns>True when nothing is left to fill.</returns>
    public async Task<bool> FillAsync(int atMost, CancellationToken cancel)
    {
        for (var i = 0; i < atMost; i++)
        {
            if (!await FillNextAsync(cancel))
                return true;
        }
        return false;
    }

    /// <summary>Whether sample history of days that are over is still to come.</summary>
    public async Task<bool> IsFillingAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return settings.DemoEnabled && await db.Set<DemoRow>().AnyAsync(d => d.Done < d.Members, cancel);
    }

    private async Task<bool> FillNextAsync(CancellationToken cancel)
    {
        await using var work = await rewards.BeginAsync(cancel);
        work.IsSilent = true;
        var demo = await work.Db.Set<DemoRow>().SingleOrDefaultAsync(cancel);
        if (demo is null || demo.Done >= demo.Members)
            return false;
        await LiveAsync(work, new DemoLife(demo.Done, demo.Until, options.Value.Zone, options.Value.ProgrammeCurrency), cancel);
        demo.Done++;
        await work.CommitAsync(cancel);
        board.Note("demo", demo.Done, demo.Members);
        if (demo.Done % 50 == 0)
            Filled(demo.Done, demo.Members);
        return true;
    }

    private async Task LiveAsync(RewardingWork work, DemoLife life, CancellationToken cancel)
    {
        var now = work.Now;
        work.Now = life.JoinedAt;
        var account = Join(work, life);
        var shelf = await work.Db.Set<RewardRow>().AsNoTracking().ToDictionaryAsync(r => r.Key, cancel);
        await work.Db.SaveChangesAsync(cancel);
        await rewards.DecideAsync(work, account, new Registered { Reference = $"registered:{account.Id}", Member = account.Id, OccurredAt = life.JoinedAt, Channel = "web" }, cancel);
        if (life.HasConfirmedEmail)
            await rewards.DecideAsync(work, account, new EmailConfirmed { Reference = $"email.confirmed:{account.Id}", Member = account.Id, OccurredAt = life.JoinedAt.AddMinutes(4) }, cancel);
        foreach (var field in life.ProfileFields())
        {
            await rewards.DecideAsync(work, account, new ProfileCompleted { Reference = $"profile.completed:{account.Id}:{field}", Member = account.Id, OccurredAt = life.JoinedAt.AddMinutes(9), Field = field }, cancel);
            work.Db.Add(new ProfileCompletionRow { MemberId = account.Id, Field = field, At = life.JoinedAt.AddMinutes(9) });
        }
        foreach (var activity in life.Shopping(account.Id))
        {
            work.Now = activity.OccurredAt;
            var refusals = activity switch
            {
                Purchase purchase => (await recordPurchase.HandleAsync(work, purchase, "demo", cancel, isNew: true)).Refusals,
                Refund refund => (await recordRefund.HandleAsync(work, refund, "demo", cancel, isNew: true)).Refusals,
                _ => throw new UnreachableException(),
            };
            if (refusals.Count > 0)
                throw new InvalidOperationException($"The demo history is refused: {activity.Reference} {refusals[0].Code} {refusals[0].Field}.");
            if (life.HasConfirmedEmail && life.Treat(activity.OccurredAt) is { } key)
                await redeem.BookAsync(work, account, shelf.GetValueOrDefault(key), $"redemption:{activity.Reference}", activity.OccurredAt.AddHours(1), cancel); // or not: there may be too few points
        }
        work.Now = now;
        account.Settle(now, now);
        await complaints.LiveAsync(work, account, life, cancel);
    }

    private MemberAccount Join(RewardingWork work, DemoLife life)
    {
        var member = new MemberRow
        {
            CardCode = CardCode.New(),
            Name = life.Name,
            Email = life.Email,
            EmailConfirmedAt = life.HasConfirmedEmail ? life.JoinedAt.AddMinutes(4) : null,
            Language = life.Language,
            City = life.City,
            Birthday = life.ProfileFields().Contains("birthday") ? life.Birthday : null,
            Phone = life.ProfileFields().Contains("phone") ? FormattableString.Invariant($"+62812{life.Number:0000000}") : null,
            Consents = Consents.Join([Consents.Email]),
            JoinedAt = life.JoinedAt,
            ClaimedAt = life.JoinedAt,
        };
        if (life.Account is not null)
        {
            using var scope = scopes.CreateScope();
            var user = scope.ServiceProvider.GetRequiredService<NewAccount>().Create(life.Name, life.Email, life.Language, DemoSeed.Password, emailProven: true);
            work.Db.Add(user);
            member.UserId = user.Id;
        }
        work.Db.Add(Consents.Row(member.Id, Consents.Email, granted: true, "demo", life.Language, address: null, life.JoinedAt));
        return work.Add(member);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Demo history: {Done} of {Members} members.")]
    private partial void Filled(int done, int members);
}

/// <summary>Goes on filling while the portal serves.</summary>
internal sealed class DemoFiller(DemoHistory history, DemoDesk desk, Settings settings) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.DemoEnabled)
            return;
        await FirstPage.PassedAsync(stoppingToken);
        while (!await history.FillAsync(atMost: 1, stoppingToken))
            await Task.Delay(10, stoppingToken); // visitors' writes come in between
        await desk.OpenAsync(stoppingToken);
    }
}
