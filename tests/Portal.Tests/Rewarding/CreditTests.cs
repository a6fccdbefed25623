using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Rewarding.Credits;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using RewardsEngine.Accounting;
using RewardsEngine.Values;
using Tests.Shared;
using Books = RewardsEngine.Accounting.Ledger;
using Points = RewardsEngine.Accounting.Wallet;

namespace Portal.Tests.Rewarding;

/// <summary>Points given to many at once, most of them without looking at the wallet first.</summary>
public abstract class CreditTests(PortalFixture portal)
{
    private static readonly Cause ByRule = new(Activity: "sale:1", Rule: new("base"), RuleVersion: 1);

    private static readonly Cause Why = new(Activity: "partner:1", Reason: "partner");

    [Fact]
    public async Task A_credit_does_to_every_wallet_what_the_ledger_does()
    {
        var random = new Random(7);
        var members = new List<MemberId>();
        for (var i = 0; i < 40; i++)
            members.Add(await MemberAsync(random));

        for (var round = 0; round < 3; round++)
        {
            // Some are credited more than once in a group.
            var chosen = Enumerable.Range(0, 60).Select(_ => members[random.Next(members.Count)]).ToList();
            var before = await WalletsAsync(chosen.Distinct());
            var credits = chosen.ConvertAll(m => new Credit(m, $"credit:{Guid.NewGuid():N}", 1 + random.Next(200), Why,
                random.Next(3) == 0 ? Now.AddDays(1 + random.Next(5)) : null, random.Next(2) == 0 ? Now.AddDays(10 + random.Next(90)) : null))
                .ConvertAll(c => c.ActivatesAt is null ? c : c with { Cause = ByRule });

            var answers = await Task.WhenAll(credits.Select(c => Give.HandleAsync(c, Cancel)));

            Assert.All(answers, a => Assert.Null(a.Refusal));
            var after = await WalletsAsync(before.Keys);
            foreach (var (member, wallet) in before)
            {
                var expected = Books.Settle(wallet, Now, Now).Wallet;
                var last = -1;
                for (var i = 0; i < credits.Count; i++)
                {
                    if (credits[i].Member != member)
                        continue;
                    expected = credits[i].Apply(expected, credits[i].Key(), Now).OrThrow().Wallet;
                    last = i;
                }
                Assert.Equal(Said(expected), Said(after[member]));
                Assert.Equal(Lots(expected), Lots(after[member]));
                Assert.Contains(expected.Balance, credits.Select((c, i) => c.Member == member ? answers[i].Balance : long.MinValue));
                Assert.True(last >= 0);
            }
        }
        await ProveAsync();
    }

    [Fact]
    public async Task A_reference_is_given_once_and_nobody_else_in_the_group_is_held_up()
    {
        var members = new List<MemberId>();
        for (var i = 0; i < 20; i++)
            members.Add(await MemberAsync(null));
        var first = new Credit(members[0], $"credit:{Guid.NewGuid():N}", 30, Why);
        Assert.Equal(new Credited(null, 30, 1, Repeated: false), await Give.HandleAsync(first, Cancel));

        List<Credit> all =
        [
            first,
            first with { Points = 31 },
            first with { Member = members[1] },
            new(new MemberId(Guid.CreateVersion7()), $"credit:{Guid.NewGuid():N}", 30, Why),
            new(members[2], $"credit:{Guid.NewGuid():N}", 0, Why),
            new(members[3], $"credit:{Guid.NewGuid():N}", 5, Why, ExpiresAt: Now.AddDays(-1)),
            .. members.Skip(4).Select(m => new Credit(m, $"credit:{Guid.NewGuid():N}", 30, Why)),
        ];
        var answers = await Task.WhenAll(all.Select(c => Give.HandleAsync(c, Cancel)));

        Assert.Equal(new Credited(null, 30, 1, Repeated: true), answers[0]);
        Assert.Equal(["reference.conflict", "reference.conflict", "member.unknown", "points.invalid", "points.terms"], answers.Skip(1).Take(5).Select(a => a.Refusal));
        Assert.All(answers.Skip(6), a => Assert.Equal(new Credited(null, 30, 1, Repeated: false), a));
        await ProveAsync();
    }

    [Fact]
    public async Task Two_hundred_credits_of_one_member_at_once_are_all_given_once()
    {
        var member = await MemberAsync(null);
        var references = Enumerable.Range(0, 100).Select(_ => $"credit:{Guid.NewGuid():N}").ToList();

        var answers = await Task.WhenAll(references.Concat(references).Select(r => Give.HandleAsync(new(member, r, 3, Why), Cancel)));

        Assert.Equal(100, answers.Count(a => a is { Refusal: null, Repeated: false }));
        Assert.Equal(100, answers.Count(a => a is { Refusal: null, Repeated: true }));
        Assert.Equal(300, (await WalletsAsync([member]))[member].Balance);
        await ProveAsync();
    }

    /// <summary>A member with some history: something spent, owed, pending, expiring, due already.</summary>
    private async Task<MemberId> MemberAsync(Random? random)
    {
        await using var work = await Rewards.BeginAsync(Cancel);
        var account = work.Add(A.Member());
        for (var n = random?.Next(6) ?? 0; n > 0; n--)
        {
            var at = Now.AddDays(-8);
            var posting = new Posting($"before:{Guid.NewGuid():N}", at, Now, Why);
            _ = random!.Next(4) switch
            {
                0 => account.Apply(Books.Spend(account.Wallet, posting, 1 + random.Next(60))),
                1 => account.Apply(Books.Adjust(account.Wallet, posting, new(-1 - random.Next(150), MayOwe: true))),
                _ => account.Apply(Books.Accrue(account.Wallet, posting with { Cause = ByRule }, new(new(Guid.CreateVersion7()), 1 + random.Next(100),
                    random.Next(3) == 0 ? at.AddDays(1 + random.Next(14)) : null, random.Next(2) == 0 ? at.AddDays(15 + random.Next(9)) : null))),
            };
        }
        await work.CommitAsync(Cancel);
        return account.Id;
    }

    private async Task<Dictionary<MemberId, Points>> WalletsAsync(IEnumerable<MemberId> members)
    {
        Dictionary<MemberId, Points> wallets = [];
        await using var work = await Rewards.BeginAsync(Cancel);
        foreach (var member in members)
            wallets[member] = (await work.FindAsync(member, Cancel))!.Wallet;
        return wallets;
    }

    private static (long, long, long, long, long, DateTime?) Said(Points w) => (w.Version, w.Pending, w.Available, w.Held, w.Debt, Books.NextDue(w));

    private static IEnumerable<(string, long, DateTime, DateTime?, DateTime?, long, long, long)> Lots(Points wallet) =>
        wallet.Lots.Where(l => l.Left > 0).OrderBy(l => l.Sequence).Select(l => (l.Accrual, l.Sequence, l.EarnedAt, l.ActivatesAt, l.ExpiresAt, l.Earned, l.Pending, l.Available));

    /// <summary>No decision is stored here for what a rule gave.</summary>
    private async Task ProveAsync() => Assert.DoesNotContain(
        (await portal.Server.Services.GetRequiredService<VerifyBooks>().HandleAsync(null, Cancel)).Differences, d => !d.EndsWith("has no explanation", StringComparison.Ordinal));

    private GiveCredits Give => portal.Server.Services.GetRequiredService<GiveCredits>();

    private Portal.Rewarding.Rewards Rewards => portal.Server.Services.GetRequiredService<Portal.Rewarding.Rewards>();

    private DateTime Now => portal.Server.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Its clock stands.</summary>
    internal static PortalServerOptions Standing => new() { Time = new() };
}

public sealed class CreditsOnSqlite(CreditsOnSqlite.StandingPortal portal) : CreditTests(portal), IClassFixture<CreditsOnSqlite.StandingPortal>
{
    public sealed class StandingPortal : SqlitePortal
    {
        protected override PortalServerOptions Options => Standing;
    }
}

public sealed class CreditsOnPostgres(CreditsOnPostgres.StandingPortal portal) : CreditTests(portal), IClassFixture<CreditsOnPostgres.StandingPortal>
{
    public sealed class StandingPortal : PostgresPortal
    {
        protected override PortalServerOptions Options => Standing;
    }
}
