using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Join;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Payments;
using Portal.Rewarding.Purchases;
using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Values;
using Tests.Shared;

namespace Portal.Tests.Join;

public abstract class LinkTests(PortalFixture portal)
{
    [Fact]
    public async Task A_membership_known_by_the_proven_address_is_offered_and_linked_with_all_points()
    {
        var email = "known@link.test";
        var known = await KnownAsync(40, email);
        var (visitor, joined) = await portal.Server.JoinedAsync(email);

        var offered = await visitor.SubmitAsync(await visitor.GetAsync(await portal.Server.LinkAsync(email, "confirm-email")), "confirm-email");
        Assert.Equal("/profile/link", offered.Path);
        var after = await visitor.SubmitAsync(offered, $"link-{known.Value:N}");

        Assert.Equal("/transactions", after.Path);
        await using var db = portal.Server.OpenDatabase();
        var row = await db.Set<MemberRow>().SingleAsync(m => m.Id == known, Cancel);
        Assert.Equal((joined.UserId, email, "Ayu Lestari"), (row.UserId, row.Email, row.Name));
        var old = await db.Set<MemberRow>().SingleAsync(m => m.Id == joined.Id, Cancel);
        Assert.Equal((null, null, known), (old.UserId, old.Name, old.MergedIntoId!.Value));
        Assert.Equal(140, await BalanceAsync(known));
        Assert.Equal(0, await BalanceAsync(joined.Id));
        Assert.Contains(await portal.Server.LettersToAsync(email), m => m.Template == "linked-member");
        Assert.Equal(3, await db.Set<ConsentRow>().CountAsync(c => c.MemberId == known, Cancel));
        Assert.Empty((await portal.Server.Services.GetRequiredService<VerifyBooks>().HandleAsync(null, Cancel)).Differences);
    }

    [Fact]
    public async Task A_card_links_a_membership_without_owner_and_address()
    {
        var known = await KnownAsync(25, email: null);
        var (visitor, _) = await portal.Server.JoinedAsync("card@link.test");
        await ConfirmAsync(visitor, "card@link.test");
        await using var db = portal.Server.OpenDatabase();
        var code = await db.Set<MemberRow>().Where(m => m.Id == known).Select(m => m.CardCode).SingleAsync(Cancel);

        var after = await visitor.SubmitAsync(await visitor.GetAsync("/profile/link"), "link-card", ("Card", CardCode.Display(code).ToLowerInvariant()));

        Assert.Equal("/transactions", after.Path);
        Assert.Equal(125, await BalanceAsync(known));
    }

    [Fact]
    public async Task Nobody_takes_over_a_membership_that_has_an_owner_or_another_address_or_before_proving_an_own_one()
    {
        var owned = await KnownAsync(10, email: null);
        var addressed = await KnownAsync(10, "somebody.else@link.test");
        var free = await KnownAsync(10, email: null);
        var (_, owner) = await portal.Server.JoinedAsync("owner@link.test");
        await using (var db = portal.Server.OpenDatabase())
        {
            await db.Set<MemberRow>().Where(m => m.Id == owner.Id).ExecuteUpdateAsync(s => s.SetProperty(m => m.UserId, (Guid?)null), Cancel);
            await db.Set<MemberRow>().Where(m => m.Id == owned).ExecuteUpdateAsync(s => s.SetProperty(m => m.UserId, owner.UserId), Cancel);
        }
        var (visitor, thief) = await portal.Server.JoinedAsync("thief@link.test");
        var link = portal.Server.Services.GetRequiredService<LinkMembership>();

        Assert.Equal("link.unproven", Assert.Single((await link.HandleAsync(thief.UserId!.Value, thief.Id, free, Cancel)).Refusals).Code);
        await ConfirmAsync(visitor, "thief@link.test");
        Assert.Equal("card.unknown", Assert.Single((await link.HandleAsync(thief.UserId!.Value, thief.Id, owned, Cancel)).Refusals).Code);
        Assert.Equal("card.unknown", Assert.Single((await link.HandleAsync(thief.UserId!.Value, thief.Id, addressed, Cancel)).Refusals).Code);
        Assert.Equal("card.unknown", Assert.Single((await link.HandleAsync(Guid.NewGuid(), thief.Id, free, Cancel)).Refusals).Code);
        await using var check = portal.Server.OpenDatabase();
        foreach (var id in new[] { owned, addressed })
        {
            var code = await check.Set<MemberRow>().Where(m => m.Id == id).Select(m => m.CardCode).SingleAsync(Cancel);
            Assert.Equal("card.unknown", Assert.Single((await link.FindByCardAsync(thief.Id, code, Cancel)).Refusals).Code);
        }
        Assert.Equal(10, await BalanceAsync(owned));
        Assert.Equal(10, await BalanceAsync(addressed));
    }

    [Fact]
    public async Task A_fresh_membership_brings_its_purchases_points_and_vouchers_along_and_a_later_return_takes_them_back()
    {
        var known = await KnownAsync(10, "busy@link.test");
        var (visitor, mine) = await portal.Server.JoinedAsync("busy@link.test");
        await ConfirmAsync(visitor, "busy@link.test");
        var sale = A.Purchase(mine.Id, 250_000);
        await portal.Server.BuysAsync(sale);
        var held = await portal.Server.Services.GetRequiredService<PayWithPoints>().HoldAsync(mine.Id, "busy-hold", 20, 3_600, Cancel);
        var link = portal.Server.Services.GetRequiredService<LinkMembership>();

        Assert.True((await link.HandleAsync(mine.UserId!.Value, mine.Id, known, Cancel)).Succeeded);
        Assert.True((await link.HandleAsync(mine.UserId!.Value, mine.Id, known, Cancel)).Succeeded); // sent twice

        await using var db = portal.Server.OpenDatabase();
        var wallet = await db.Set<WalletRow>().AsNoTracking().SingleAsync(w => w.MemberId == known, Cancel);
        Assert.Equal((10 + 100 + 25 - 20, 20), (wallet.Available, wallet.Held));
        Assert.Equal(0, await BalanceAsync(mine.Id));
        Assert.False(await db.Set<PurchaseRow>().AnyAsync(p => p.MemberId == mine.Id, Cancel));
        Assert.False(await db.Set<VoucherRow>().AnyAsync(v => v.MemberId == mine.Id, Cancel));
        Assert.Equal(1, (await db.Set<MemberCounterRow>().SingleAsync(c => c.MemberId == known, Cancel)).Purchases);
        await ProveAsync();

        // The reservation goes on, the receipt is still known, and its return finds the points it gave.
        Assert.True((await portal.Server.Services.GetRequiredService<PayWithPoints>().CaptureAsync(held.Value.Hold.Id, "busy-capture", null, keepRest: false, Cancel)).Succeeded);
        await using (var again = await portal.Server.Services.GetRequiredService<Rewards>().BeginAsync(Cancel))
            Assert.True((await portal.Server.Services.GetRequiredService<RecordPurchase>().HandleAsync(again, sale with { Member = known }, "api", Cancel)).Value.Repeated);
        await using (var work = await portal.Server.Services.GetRequiredService<Rewards>().BeginAsync(Cancel))
        {
            var refund = new Refund { Reference = "busy-return", Member = known, OccurredAt = work.Now, PurchaseReference = sale.Reference, Returned = new WholeSale() };
            Assert.Equal(25, (await portal.Server.Services.GetRequiredService<RecordRefund>().HandleAsync(work, refund, "api", Cancel)).Value.Outcome.PointsReversed());
            await work.CommitAsync(Cancel);
        }
        Assert.Equal(10 + 100 - 20, await BalanceAsync(known));
        await ProveAsync();
        Assert.Equal("/sign-in", (await visitor.GetAsync("/transactions")).Path); // it named the membership that ended
        var list = await (await portal.Server.SignedInAsync("busy@link.test")).GetAsync("/transactions");
        Assert.Contains("Keanggotaan digabung", list.Text);
    }

    private async Task ProveAsync() =>
        Assert.Empty((await portal.Server.Services.GetRequiredService<VerifyBooks>().HandleAsync(null, Cancel)).Differences);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task ConfirmAsync(Visitor visitor, string email) =>
        await visitor.SubmitAsync(await visitor.GetAsync(await portal.Server.LinkAsync(email, "confirm-email")), "confirm-email");

    /// <summary>A member from a till: points, nobody who signs in.</summary>
    private async Task<MemberId> KnownAsync(long points, string? email)
    {
        await using var work = await portal.Server.Services.GetRequiredService<Rewards>().BeginAsync(Cancel);
        var account = work.Add(new() { CardCode = CardCode.New(), Email = email, JoinedAt = work.Now.AddYears(-1) });
        account.Apply(RewardsEngine.Accounting.Ledger.Adjust(account.Wallet, new($"known:{account.Id}", work.Now, new(Reason: "opening")), new(points, new LotId(Guid.CreateVersion7()))));
        await work.CommitAsync(Cancel);
        return account.Id;
    }

    private async Task<long> BalanceAsync(MemberId member)
    {
        await using var db = portal.Server.OpenDatabase();
        return await db.Set<WalletRow>().Where(w => w.MemberId == member).Select(w => w.Available).SingleAsync(Cancel);
    }
}

public sealed class LinkOnSqlite(SqlitePortal portal) : LinkTests(portal), IClassFixture<SqlitePortal>;

public sealed class LinkOnPostgres(PostgresPortal portal) : LinkTests(portal), IClassFixture<PostgresPortal>;
